/**
 * Execution models (SEMANTICS, Time): who runs where, and when, by a clock that counts work. Each model is a scheduler with
 * a picture of cores. Pure: it knows threads by their numbers, and of their work what it is told.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Scheduler } from "../scheduler.ts";

/** A thread went onto a core, or had to leave it although it could have gone on. `time` by that core's clock, in ticks. */
export interface Switch {
  readonly core: number;
  readonly thread: ThreadId;
  readonly on: boolean;
  readonly time: number;
  /** How many ticks it had waited for a core since it could go on; 0 where it leaves one. */
  readonly waited: number;
}

export interface ExecutionModel extends Scheduler {
  readonly cores: number;
  /** How long a thread keeps its core where others want it: in ticks, Infinity for as long as it likes. */
  readonly quantum: number;
  /** Told before `pick`: `thread`, which went last, has since passed so many edges of loops. Each costs a tick. */
  worked(thread: ThreadId, ticks: number): void;
  /** Up to when `thread` has worked, by the clock of its core; `time` for one that has none. */
  reached(thread: ThreadId): number;
  /** When the step that was picked last happens: ticks, by the clock of the core that makes it. Never less than before. */
  readonly time: number;
  /** How many ticks of its own the thread that was picked last may take before the model wants to be asked again. */
  readonly slice: number;
  /** What the last `pick` moved, in order; valid until the next one. */
  readonly switches: readonly Switch[];
}
