/**
 * Partial order sampling: each step that could be made has a random priority, and the highest goes; those that depend on it
 * draw anew. So each order of dependent steps has its chance, however many independent ones lie between them (Yuan, Yang and
 * Gu, "Partial Order Aware Concurrency Sampling", CAV 2018).
 */
import { Random } from "../../base/random.ts";
import type { Candidate } from "../../engine/scheduler.ts";
import type { Execution, Strategy } from "../execution.ts";
import { RandomWalk } from "./random-walk.ts";

interface Drawn {
  /** By how many steps its thread had made: which of its steps it is. */
  readonly place: number;
  readonly priority: number;
}

export class PartialOrderSampling implements Strategy {
  readonly #random: Random;
  readonly #choices: RandomWalk;
  /** By thread, for its step and for the end of its patience. */
  readonly #drawn = new Map<number, Drawn>();
  readonly #places: number[] = [];

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#choices = new RandomWalk(seed + 1);
  }

  pick({ offered, steps }: Execution): number {
    if (steps.length === 0) {
      this.#drawn.clear();
      this.#places.length = 0;
    }
    let best = -1;
    let highest = -1;
    for (const [index, candidate] of offered.entries()) {
      const priority = this.#priorityOf(candidate);
      if (priority <= highest) continue;
      highest = priority;
      best = index;
    }
    if (best < 0) return -1;
    const { thread, object } = offered[best];
    this.#places[thread] = (this.#places[thread] ?? 0) + 1;
    for (const candidate of offered) {
      if (object !== 0 && candidate.object === object) this.#drawn.delete(nameOf(candidate));
    }
    return best;
  }

  choose(execution: Execution, options: readonly number[]): number {
    return this.#choices.choose(execution, options);
  }

  #priorityOf(candidate: Candidate): number {
    const place = this.#places[candidate.thread] ?? 0;
    const known = this.#drawn.get(nameOf(candidate));
    if (known?.place === place) return known.priority;
    const priority = this.#random.bits();
    this.#drawn.set(nameOf(candidate), { place, priority });
    return priority;
  }
}

function nameOf({ thread, timesOut, wakes }: Candidate): number {
  return thread * 3 + (timesOut ? 1 : 0) + (wakes === true ? 1 : 0);
}
