/** What a modelled run is begun with: who decides it, who watches it, who is told. */
import type { ThreadId } from "../../base/brand.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import type { Ending, Facts, OutputLine, ProcessRow, ThreadRow } from "../../trace/tables.ts";
import type { ExecutionModel } from "../models/model.ts";
import type { RecordedInputs } from "../outside/recorded-inputs.ts";
import type { Scheduler } from "../scheduler.ts";
import type { StopsAt } from "./machine-run.ts";
import type { Observer } from "./observer.ts";
import type { RecordSink } from "./recorder.ts";
import type { ModelView } from "./view.ts";

/** Who is told of a run as it goes on; `trace/writer.ts` is one. */
export interface RunSink extends RecordSink {
  /** What replays shall give again; once, before anything else. What the program was called with is the host's to know. */
  facts?(facts: Facts): void;
  /** A piece of what a thread was given from outside (`trace/inputs.ts`), to be copied. */
  inputs?(thread: ThreadId, piece: Uint8Array): void;
  threads(rows: readonly ThreadRow[]): void;
  processes?(rows: readonly ProcessRow[]): void;
  output(lines: readonly OutputLine[]): void;
}

/** Why a host breaks a run off. */
export type Stop = Extract<Ending, { readonly kind: "time-limit" | "memory-limit" }>;

export interface RunChoices {
  /** Made with a view of the run that it decides. */
  readonly scheduler: (view: ModelView) => Scheduler | ExecutionModel;
  /** SEMANTICS, Exploring: durations mean nothing. */
  readonly exploring?: boolean;
  /** How many wake-ups without a reason are offered to the scheduler (SEMANTICS, Primitives). Absent: none. */
  readonly spurious?: number;
  readonly stepLimit?: number;
  /**
   * Whether the scheduler is asked at the edges of long loops as well, though nobody can see what they do: so that a run can
   * be stopped there. Execution models always are.
   */
  readonly offersEdges?: boolean;
  /** Of a program in the debug form: where threads are stopped within their code. */
  readonly stopsAt?: StopsAt;
  /** What threads are answered when they ask the world; absent: virtual time, and numbers from the program's seed. */
  readonly recorded?: RecordedInputs;
  /** Told where the program asks for what the recording has not. */
  readonly diverged?: (problem: TraceProblem) => void;
  /** Told each step as it is made. */
  readonly observer?: Observer;
  /** Who is told what happens; nobody: nothing is recorded. */
  readonly sink?: RunSink;
  /** Asked now and then: a run that shall be broken off is told why. */
  readonly stop?: () => Stop | undefined;
}
