/** How a request is served. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Refusal } from "./refusal.ts";
import type { RequestName } from "./request-shapes.ts";

export interface Answer {
  readonly body?: unknown;
  /** Instead of a body, where something has to be done after the refusal; otherwise it is thrown. */
  readonly refusal?: Refusal;
  /** Done once the client has its answer: what it leads to comes after it. */
  readonly after?: () => void;
}

type Args<Name extends keyof ArgumentsOf> = ArgumentsOf[Name];

interface ArgumentsOf {
  initialize: DebugProtocol.InitializeRequestArguments;
  launch: DebugProtocol.LaunchRequestArguments;
  attach: DebugProtocol.AttachRequestArguments;
  configurationDone: unknown;
  restart: DebugProtocol.RestartArguments;
  disconnect: unknown;
  terminate: unknown;
  threads: unknown;
  loadedSources: unknown;
  setBreakpoints: DebugProtocol.SetBreakpointsArguments;
  setFunctionBreakpoints: DebugProtocol.SetFunctionBreakpointsArguments;
  setExceptionBreakpoints: DebugProtocol.SetExceptionBreakpointsArguments;
  setDataBreakpoints: DebugProtocol.SetDataBreakpointsArguments;
  dataBreakpointInfo: DebugProtocol.DataBreakpointInfoArguments;
  breakpointLocations: DebugProtocol.BreakpointLocationsArguments;
  stackTrace: DebugProtocol.StackTraceArguments;
  scopes: DebugProtocol.ScopesArguments;
  variables: DebugProtocol.VariablesArguments;
  evaluate: DebugProtocol.EvaluateArguments;
  setVariable: DebugProtocol.SetVariableArguments;
  setExpression: DebugProtocol.SetExpressionArguments;
  completions: DebugProtocol.CompletionsArguments;
  exceptionInfo: DebugProtocol.ExceptionInfoArguments;
  continue: DebugProtocol.ContinueArguments;
  next: DebugProtocol.NextArguments;
  stepIn: DebugProtocol.StepInArguments;
  stepOut: DebugProtocol.StepOutArguments;
  stepBack: DebugProtocol.StepBackArguments;
  reverseContinue: DebugProtocol.ReverseContinueArguments;
  restartFrame: DebugProtocol.RestartFrameArguments;
  pause: DebugProtocol.PauseArguments;
}

/** All requests, or some of them, each with the function that serves it. */
export type Handlers<Name extends RequestName = RequestName> = {
  readonly [name in Name]: (args: Args<name>) => Answer | Promise<Answer>;
};
