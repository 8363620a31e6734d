/** What a search consists of: strategies, one after another, each with what it is asked for. */
import type { ExploreOptions, Phase, StrategyName } from "../protocol/explore.ts";
import type { Dependence } from "./dependence.ts";
import { OptimalDpor } from "./dpor/dpor.ts";
import type { Execution, Strategy } from "./execution.ts";
import type { Order } from "./order.ts";
import { RandomWalk } from "./strategies/random-walk.ts";

/** A strategy that makes one execution after another. */
export interface Searching extends Strategy {
  /** Learns from an execution that came to its end. Answers whether there is another one to make. */
  next(execution: Execution, order: Order): boolean;
  /** Branches that were not taken, since what they lead to is known. */
  readonly pruned: number;
}

export interface PhasePlan {
  readonly strategy: Phase["strategy"];
  readonly bound?: number;
  /** Whether it knows when it has made all executions; else it makes as many as are asked for. */
  readonly ends: boolean;
  make(): Searching;
}

/** How many executions strategies that have no end make, where nothing is said. */
export const EXECUTIONS_WITHOUT_END = 1000;

export function plansFor(options: ExploreOptions, dependence: Dependence): readonly PhasePlan[] {
  return [planFor(options.strategy, options, dependence)];
}

function planFor(
  strategy: StrategyName,
  { seed }: ExploreOptions,
  dependence: Dependence,
): PhasePlan {
  switch (strategy) {
    case "random":
    case "pos":
    case "pct":
      return { strategy, ends: false, make: () => endless(new RandomWalk(seed)) };
    default:
      return { strategy: "dpor", ends: true, make: () => new OptimalDpor(dependence) };
  }
}

function endless(strategy: Strategy): Searching {
  return {
    pick: (execution) => strategy.pick(execution),
    choose: (execution, options) => strategy.choose(execution, options),
    next: () => true,
    pruned: 0,
  };
}
