/** Every order of all steps, one after another, without any reduction: what exploring is held against on small programs. */
import type { Dependence } from "../../src/explore/dependence.ts";
import { Execution, type Strategy } from "../../src/explore/execution.ts";
import { Order } from "../../src/explore/order.ts";
import type { Model } from "../../src/engine/model/model.ts";

class Naive implements Strategy {
  /** Which of how many, at each decision. */
  readonly #decisions: { taken: number; of: number }[] = [];
  #at = 0;

  pick({ offered }: Execution): number {
    return this.#decide(offered.length);
  }

  choose(_execution: Execution, options: readonly number[]): number {
    return options[this.#decide(options.length)];
  }

  next(): boolean {
    this.#at = 0;
    for (;;) {
      const last = this.#decisions.at(-1);
      if (last === undefined) return false;
      if (++last.taken < last.of) return true;
      this.#decisions.pop();
    }
  }

  #decide(of: number): number {
    const decision = (this.#decisions[this.#at++] ??= { taken: 0, of });
    return decision.taken;
  }
}

export interface Enumerated {
  readonly executions: number;
  readonly traces: ReadonlyMap<string, string>;
}

/** `told`: what came of an execution, in words. */
export function enumerate(
  model: Model,
  dependence: Dependence,
  told: (execution: Execution) => string = () => "",
): Enumerated {
  const limit = 200_000;
  const all = enumerateFew(model, dependence, told, limit);
  if (all === undefined) throw new RangeError(`more than ${limit} executions`);
  return all;
}

/** The same of a program that has not more executions than `limit`; undefined: it has more. */
export function enumerateFew(
  model: Model,
  dependence: Dependence,
  told: (execution: Execution) => string,
  limit: number,
): Enumerated | undefined {
  const execution = new Execution(model);
  const order = new Order(dependence);
  const naive = new Naive();
  const traces = new Map<string, string>();
  let executions = 0;
  do {
    if (++executions > limit) return undefined;
    execution.go(naive);
    order.read(execution.steps, execution.threads);
    traces.set(order.hash(), told(execution));
  } while (naive.next());
  return { executions, traces };
}
