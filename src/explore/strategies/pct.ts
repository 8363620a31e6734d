/**
 * Probabilistic concurrency testing: threads have random priorities, the highest that can go on goes, and at depth - 1 random
 * steps whoever goes falls behind all others. With n threads and k steps, a bug that takes `depth` constraints on the order
 * is met with a probability of at least 1 / (n · k^(depth-1)) in each execution (Burckhardt, Kothari, Musuvathi and Nagarakatte,
 * "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010).
 */
import type { ThreadId } from "../../base/brand.ts";
import { Random } from "../../base/random.ts";
import type { Execution, Strategy } from "../execution.ts";
import { RandomWalk } from "./random-walk.ts";

export class ProbabilisticConcurrencyTesting implements Strategy {
  readonly #random: Random;
  readonly #choices: RandomWalk;
  readonly #depth: number;
  /** By thread. Above `depth` until they fall. */
  readonly #priorities: number[] = [];
  /** At which steps whoever goes falls, and how low. */
  readonly #falls = new Map<number, number>();
  /** The most steps of an execution so far: among so many the falls are drawn. */
  #longest = 1;

  constructor(seed: number, depth: number) {
    this.#random = new Random(seed);
    this.#choices = new RandomWalk(seed + 1);
    this.#depth = depth;
  }

  pick({ offered, steps }: Execution): number {
    if (steps.length === 0) this.#begin();
    this.#longest = Math.max(this.#longest, steps.length + 1);
    let best = this.#highest(offered);
    const fall = this.#falls.get(steps.length);
    if (fall !== undefined && best >= 0) {
      this.#priorities[offered[best].thread] = fall;
      best = this.#highest(offered);
    }
    return best;
  }

  choose(execution: Execution, options: readonly number[]): number {
    return this.#choices.choose(execution, options);
  }

  #begin(): void {
    this.#priorities.length = 0;
    this.#falls.clear();
    for (let fall = 1; fall < this.#depth; fall++) {
      this.#falls.set(this.#random.below(this.#longest), fall / this.#depth);
    }
  }

  #highest(offered: Execution["offered"]): number {
    let best = -1;
    let highest = -1;
    for (const [index, { thread }] of offered.entries()) {
      const priority = this.#priorityOf(thread);
      if (priority <= highest) continue;
      highest = priority;
      best = index;
    }
    return best;
  }

  #priorityOf(thread: ThreadId): number {
    return (this.#priorities[thread] ??= 1 + this.#random.bits());
  }
}
