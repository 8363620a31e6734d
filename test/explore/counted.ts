/** Explores a model to its end by optimal DPOR, and counts. */
import type { Model } from "../../src/engine/model/model.ts";
import { Dependence } from "../../src/explore/dependence.ts";
import { OptimalDpor } from "../../src/explore/dpor/dpor.ts";
import { Execution } from "../../src/explore/execution.ts";
import { Order } from "../../src/explore/order.ts";

export const DEPENDENCE = new Dependence({ perThreadOutput: false });

export interface Counted {
  readonly executions: number;
  /** Executions that were begun and given up, or that found nothing new to do. */
  readonly wasted: number;
  /** Hashes of the Mazurkiewicz traces. */
  readonly traces: ReadonlySet<string>;
  /** What `told` told of them, each once. */
  readonly told: ReadonlySet<string>;
}

export function counted(model: Model, told: () => string = () => ""): Counted {
  const execution = new Execution(model);
  const order = new Order(DEPENDENCE);
  const dpor = new OptimalDpor(DEPENDENCE);
  const traces = new Set<string>();
  const tellings = new Set<string>();
  let executions = 0;
  let wasted = 0;
  do {
    executions++;
    if (execution.go(dpor) === undefined) wasted++;
    order.read(execution.steps, execution.threads);
    traces.add(order.hash());
    tellings.add(told());
  } while (dpor.next(execution, order));
  return { executions, wasted: wasted + dpor.wasted, traces, told: tellings };
}

/** All that `told` tells of executions, of programs of which some may be begun in vain; and how many were begun. */
export function outcomesFound(
  model: Model,
  told: () => string,
): { readonly outcomes: ReadonlySet<string>; readonly executions: number } {
  const execution = new Execution(model);
  const order = new Order(DEPENDENCE);
  const dpor = new OptimalDpor(DEPENDENCE);
  const outcomes = new Set<string>();
  let executions = 0;
  for (let more = true; more; executions++) {
    if (execution.go(dpor) === undefined) {
      more = dpor.abandon(execution);
      continue;
    }
    order.read(execution.steps, execution.threads);
    outcomes.add(told());
    more = dpor.next(execution, order);
  }
  return { outcomes, executions };
}
