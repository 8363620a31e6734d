/**
 * The order that is taken where nobody decides: whoever ran goes on until it can't, then the thread that began first;
 * patience ends only when nothing else can move. The same each time, and with the fewest switches.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";

export class Onward implements Scheduler {
  #thread: ThreadId | -1 = -1;

  pick(candidates: readonly Candidate[], count: number): number {
    let picked = -1;
    for (let index = 0; index < count; index++) {
      const { thread, timesOut } = candidates[index];
      if (timesOut) continue;
      if (thread === this.#thread) return index;
      if (picked < 0) picked = index;
    }
    if (picked < 0) picked = 0;
    this.#thread = candidates[picked].thread;
    return picked;
  }

  choose(_n: number, _thread: ThreadId, otherwise: number): number {
    return otherwise;
  }

  /** Somebody else has decided: `thread` went. */
  went(thread: ThreadId): void {
    this.#thread = thread;
  }
}
