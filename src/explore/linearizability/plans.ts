/** How one scenario is explored: there are many, so that none may take all the time. */
import type { ExploreOptions, Phase } from "../../protocol/explore.ts";
import type { ProgramOptions } from "../../protocol/program.ts";
import type { Dependence } from "../dependence.ts";
import { OptimalDpor } from "../dpor/dpor.ts";
import { type PhasePlan, plansFor } from "../phases.ts";
import { BoundedSearch } from "../strategies/bounded.ts";

/** Executions of one scenario at most, where `auto` decides: of all interleavings, then of those with few preemptions. */
const WHOLE = 2000;
const FEW = 500;
const PREEMPTIONS = 2;
/** Of what has no end. */
const BY_CHANCE = 100;

/** What a scenario's plans leave is left on purpose: none of them cuts the search short. */
export function plansForCase(
  head: ProgramOptions,
  { shard: _, ...options }: ExploreOptions,
  dependence: Dependence,
): readonly PhasePlan[] {
  if (options.strategy !== "auto" || head.model === "cooperative") {
    const plans = plansFor(head, options, dependence);
    return plans.map((plan) => ({
      ...plan,
      part: true,
      most: plan.ends ? plan.most : Math.min(plan.most, BY_CHANCE),
    }));
  }
  const part = { ends: true, part: true };
  return [
    {
      strategy: "dpor",
      ...part,
      proves: true,
      most: WHOLE,
      make: () => new OptimalDpor(dependence),
    },
    {
      ...{ strategy: "bounded", bound: PREEMPTIONS, ...part, most: FEW },
      make: () => new BoundedSearch(PREEMPTIONS, options.seed, new Set()),
    },
  ];
}

/** Phases of one scenario after another, as those of all. */
export function united(phases: readonly Phase[]): Phase[] {
  const all = new Map<string, Phase>();
  for (const phase of phases) {
    const key = `${phase.strategy} ${phase.bound}`;
    const known = all.get(key);
    const executions = phase.executions + (known?.executions ?? 0);
    all.set(key, { ...phase, executions, complete: phase.complete && known?.complete !== false });
  }
  return [...all.values()];
}
