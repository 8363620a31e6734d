/** What the extension and the worker of a browser that has the model engine say to each other. Both are built together. */
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions, RunResult } from "../../protocol/run.ts";
import type { StepEvent, StepReply, StepRequest } from "../../protocol/step.ts";
import type { RunNews } from "../model/run-trace.ts";

/** The first message says what the worker is for: a run, or a step session, which then takes requests. */
export type ToModelWorker =
  | {
      readonly type: "run";
      readonly program: CompiledProgram;
      readonly options: RunOptions;
      readonly tool: string;
    }
  | { readonly type: "step"; readonly tool: string }
  | { readonly type: "request"; readonly id: number; readonly request: StepRequest };

/** Something of ours failed. */
export interface Broken {
  readonly type: "broken";
  readonly message: string;
}

export type FromModelledRun =
  | RunNews
  /** The next bytes of the trace. */
  | { readonly type: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: "ended"; readonly result: RunResult }
  | Broken;

export type FromSteppedRun =
  | { readonly type: "reply"; readonly reply: StepReply }
  | { readonly type: "event"; readonly event: StepEvent }
  | Broken;

export type FromModelWorker = FromModelledRun | FromSteppedRun;
