/**
 * What the runner's main thread and the worker that models a run say to each other. Both ends are built together, so there is
 * no version.
 */
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { RunOptions, RunResult } from "../../../protocol/run.ts";
import type { OutputLine, ThreadRow } from "../../../trace/tables.ts";
import type { NativeLine } from "../stepped/messages.ts";

/** The first message to a worker says what it is for. */
export interface ModelRequest {
  readonly type: "run";
  readonly program: CompiledProgram;
  readonly options: RunOptions;
  readonly tool: string;
  /** One word: a `StopWord`. */
  readonly stop: Int32Array;
}

/** It has a step session: from then on it takes `StepRequest`s. */
export interface StepOpening {
  readonly type: "step";
  readonly tool: string;
  /** To the native runs of the session. */
  readonly native: NativeLine;
}

/** What the runner wants of a worker that looks at it now and then. */
export const StopWord = { GO_ON: 0, TIME: 1, MEMORY: 2 } as const;

export type FromModel =
  | { readonly type: "traced"; readonly bytes: number; readonly events: number }
  | { readonly type: "output"; readonly lines: readonly OutputLine[] }
  | { readonly type: "thread"; readonly row: ThreadRow }
  | { readonly type: "ended"; readonly result: RunResult }
  /** Something of ours failed. */
  | { readonly type: "broken"; readonly message: string };
