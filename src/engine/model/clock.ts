/**
 * The two clocks of a modelled run (SEMANTICS, Time). The *virtual* clock, in nanoseconds, moves only when nothing else can,
 * to the earliest deadline. The *cost* clock counts work in ticks, one for each step and each edge of a loop; it stamps the
 * trace, and never fires a timer.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { ExecutionModel } from "../models/model.ts";

/** Without a picture of cores all threads work on one clock. */
const FREE_SLICE = 1 << 12;

export class Clock {
  /** Virtual time. */
  now = 0;
  #model: ExecutionModel | undefined;
  #ticks = 0;

  /** The cost clock where the last step was made. */
  get ticks(): number {
    return this.#model === undefined ? this.#ticks : this.#model.time;
  }

  /** The same where `thread` is, with what it has worked since its last step. */
  reached(thread: ThreadId): number {
    return this.#model === undefined ? this.#ticks : this.#model.reached(thread);
  }

  /** How many edges loops may pass before the machine looks again. */
  get slice(): number {
    return this.#model === undefined ? FREE_SLICE : this.#model.slice;
  }

  worked(thread: ThreadId, ticks: number): void {
    if (this.#model === undefined) this.#ticks += ticks;
    else this.#model.worked(thread, ticks);
  }

  /** A step is about to be made. */
  step(): void {
    if (this.#model === undefined) this.#ticks++;
  }

  /** As new, for the next run. */
  begin(model: ExecutionModel | undefined): void {
    this.#model = model;
    this.now = 0;
    this.#ticks = 0;
  }
}
