/** Any order, repeatable by its seed: each candidate and each choice is as likely as the others. */
import { Random } from "../../base/random.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";

export class RandomOrder implements Scheduler {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  pick(_candidates: readonly Candidate[], count: number): number {
    return count === 1 ? 0 : this.#random.below(count);
  }

  choose(n: number): number {
    return this.#random.below(n);
  }
}
