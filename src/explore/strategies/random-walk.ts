/** Any of those who could go on, each as likely; repeatable by its seed. */
import { Random } from "../../base/random.ts";
import type { Execution, Strategy } from "../execution.ts";

export class RandomWalk implements Strategy {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  pick({ offered }: Execution): number {
    return offered.length < 2 ? offered.length - 1 : this.#random.below(offered.length);
  }

  choose(_execution: Execution, options: readonly number[]): number {
    return options[this.#random.below(options.length)];
  }
}
