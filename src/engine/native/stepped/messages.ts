/**
 * What the runner's main thread and the worker of a step session say to each other. Both are built together. Beside the requests
 * of the session there is a line for native runs, since the worker waits for answers on it: a port, and a bell in shared
 * memory that the main thread rings after each message.
 */
import type { MessagePort } from "node:worker_threads";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { RunResult } from "../../../protocol/run.ts";
import type { StepEvent, StepReply, StepRequest } from "../../../protocol/step.ts";
import type { OutputLine } from "../../../trace/tables.ts";

export interface ToStepped {
  readonly id: number;
  readonly request: StepRequest;
}

export type FromStepped =
  | { readonly type: "reply"; readonly reply: StepReply }
  | { readonly type: "event"; readonly event: StepEvent };

/** The session's end of the line. */
export interface NativeLine {
  readonly port: MessagePort;
  /** One word, which counts messages. */
  readonly bell: Int32Array;
}

export type ToNativeRuns =
  /** Of which the runs are that follow. */
  | {
      readonly type: "program";
      readonly program: CompiledProgram;
      readonly argv: readonly string[];
      readonly memoryLimitBytes: number;
    }
  /** Ends the run before. Answered by `begun`. */
  | { readonly type: "begin"; readonly run: number }
  /** Answered by `collected`, after everything that was printed and recorded until now. */
  | { readonly type: "collect" }
  /** Nobody can go on in the run. Answered by `ended`. */
  | { readonly type: "stuck" }
  /** Ends the run. */
  | { readonly type: "drop" };

/** Each of the run that it names; runs that were given up may still have something to say. */
export type FromNativeRuns = { readonly run: number } & (
  | { readonly type: "begun"; readonly buffer: SharedArrayBuffer }
  | { readonly type: "collected" }
  | { readonly type: "output"; readonly lines: readonly OutputLine[] }
  | { readonly type: "trace"; readonly bytes: Uint8Array }
  | { readonly type: "ended"; readonly result: RunResult }
);
