/**
 * The messages between a host (extension, command line) and the runner process, over the process channel with
 * structured clone. Version in the first message; a runner that does not know it answers `fatal`.
 */
import type { ModelChoice } from "./execution-model.ts";
import type { ExploreRequest, FromExplorer } from "./explore.ts";
import type { CompiledProgram } from "./program.ts";
import type { FromProcess, ProcessStart, ToProcess } from "./process.ts";
import type { StepEvent, StepReply, StepRequest } from "./step.ts";
import type { Ending, OutputLine, ThreadRow } from "../trace/tables.ts";
import type { TraceProblem } from "../trace/problem.ts";
import type { Finding } from "../trace/finding.ts";

export const RUN_PROTOCOL = 1;

/**
 * Who decides in what order the threads of a run make their operations, one at a time. Absent, they run free, as the
 * operating system has it.
 */
export type Control =
  /** Whoever runs goes on until it can't: the fewest switches. */
  | { readonly kind: "onward" }
  | { readonly kind: "random"; readonly seed: number }
  /** The text of a schedule (docs/schedules.md). */
  | { readonly kind: "schedule"; readonly text: string }
  /** The order of a run that was recorded: the path of its trace. */
  | { readonly kind: "trace"; readonly path: string };

export interface RunOptions {
  readonly control?: Control;
  /** What the model engine plays instead of what the program's head says. */
  readonly model?: ModelChoice;
  /** Where the trace is written as the run goes on; the host reads it from there. Absent: nothing is recorded. */
  readonly tracePath?: string;
  /** The run ends with `time-limit` after this long. */
  readonly timeLimitMs: number;
  /** Bytes of memory the runner may take beyond what it took before the run. */
  readonly memoryLimitBytes: number;
  /** How many lines of output are kept before the program is made to wait, and how many in all. */
  readonly outputLimitLines: number;
  readonly argv: readonly string[];
  readonly cwd: string;
}

export type ToRunner =
  | {
      readonly type: "hello";
      readonly protocol: number;
      /** Which workers are started ahead. Absent: those that run threads. */
      readonly warm?: "explorer";
    }
  | {
      readonly type: "run";
      readonly run: number;
      readonly program: CompiledProgram;
      readonly options: RunOptions;
      /** What is run is a process that another run has started. */
      readonly process?: ProcessStart;
    }
  /** From whoever has started the process that is run. */
  | { readonly type: "process"; readonly said: ToProcess }
  /** For the step session of this runner, which the first one opens. */
  | { readonly type: "step"; readonly id: number; readonly request: StepRequest }
  /** One program is explored at a time. What is said of it comes with its number. */
  | {
      readonly type: "explore";
      readonly exploring: number;
      readonly request: ExploreRequest;
      readonly limits: ExploreLimits;
    }
  /** It shall end soon, with what it has. */
  | { readonly type: "stop-exploring"; readonly exploring: number }
  | { readonly type: "shutdown" };

export interface ExploreLimits {
  /** Bytes of memory the runner may take beyond what it took before. */
  readonly memoryLimitBytes: number;
  /** An explorer that has not looked up for so long is ended. */
  readonly silenceLimitMs: number;
  readonly cwd: string;
}

export type FromRunner =
  | { readonly type: "ready"; readonly protocol: number; readonly pid: number }
  | { readonly type: "started"; readonly run: number }
  /** So many bytes of the trace file are whole records or rows, and may be read. */
  | {
      readonly type: "traced";
      readonly run: number;
      readonly bytes: number;
      readonly events: number;
    }
  | { readonly type: "output"; readonly run: number; readonly lines: readonly OutputLine[] }
  | { readonly type: "thread"; readonly run: number; readonly thread: ThreadRow }
  /** To whoever has started the process that is run. */
  | { readonly type: "process"; readonly said: FromProcess }
  | { readonly type: "ended"; readonly run: number; readonly result: RunResult }
  | { readonly type: "stepped"; readonly reply: StepReply }
  | { readonly type: "step-event"; readonly event: StepEvent }
  | { readonly type: "explorer"; readonly exploring: number; readonly said: FromExplorer }
  /** The explorer was ended from outside, or ended by itself: nothing more comes of it. */
  | { readonly type: "explorer-lost"; readonly exploring: number; readonly ending: ExplorerLost }
  /** The runner can't go on; it exits after this. */
  | { readonly type: "fatal"; readonly message: string };

/** Why an explorer gives no result. */
export type ExplorerLost = Extract<
  Ending,
  { readonly kind: "time-limit" | "memory-limit" | "crashed" }
>;

export interface RunResult {
  readonly ending: Ending;
  /** What the engine found while it ran; analyses of the trace add theirs. */
  readonly findings: readonly Finding[];
  readonly durationNs: number;
  readonly events: number;
  readonly threads: number;
  /** Of a controlled run: the schedule that gives it again, and where one that was asked for did not fit. */
  readonly schedule?: string;
  readonly scheduleProblems?: readonly TraceProblem[];
}
