/** What a search consists of: strategies, one after another, each with what it is asked for. */
import type { ExploreOptions, Phase, StrategyName } from "../protocol/explore.ts";
import type { ProgramOptions } from "../protocol/program.ts";
import { isCooperative } from "./cooperative.ts";
import type { Dependence } from "./dependence.ts";
import { OptimalDpor } from "./dpor/dpor.ts";
import { ShardedDpor } from "./dpor/sharded.ts";
import type { Execution, Strategy } from "./execution.ts";
import type { Order } from "./order.ts";
import type { Key } from "./step.ts";
import { BoundedSearch } from "./strategies/bounded.ts";
import { ProbabilisticConcurrencyTesting } from "./strategies/pct.ts";
import { PartialOrderSampling } from "./strategies/pos.ts";
import { RandomWalk } from "./strategies/random-walk.ts";

/** A strategy that makes one execution after another. */
export interface Searching extends Strategy {
  /** Learns from an execution that came to its end. Answers whether there is another one to make. */
  next(execution: Execution, order: Order): boolean;
  /** Goes on after an execution that could not be made as it was planned. */
  abandon?(execution: Execution): boolean;
  /** Branches that were not taken, since what they lead to is known. */
  readonly pruned: number;
  /** Whether the execution under way is only a way to states that are to be explored, and counts for nothing. */
  readonly deals?: boolean;
  /** How many executions there will be, as far as one can tell by now. */
  readonly estimate?: number;
}

export interface PhasePlan {
  readonly strategy: Phase["strategy"];
  readonly bound?: number;
  /** How many wake-ups without a reason an execution may have; absent: none. */
  readonly spurious?: number;
  /** Whether it knows when it has made all executions; else it makes as many as are asked for. */
  readonly ends: boolean;
  /** So many executions at most, unless something else is asked for. */
  readonly most: number;
  /** When it comes to its end, there is nothing else. */
  readonly proves?: boolean;
  /** What follows it is to make up for what it leaves. */
  readonly followed?: boolean;
  /** It is one of many, each of which may leave something. */
  readonly part?: boolean;
  make(): Searching;
}

/** How many executions strategies that have no end make, where nothing is said. */
const WITHOUT_END = 1000;
/** How many executions each bound is worth, before all are made. */
const EACH_BOUND = 200;
/** From so many executions on, chance finds more than order does; a bug that needs them all is rare. */
const EXHAUSTIVE = 200_000;
const BOUNDS = [0, 1, 2, 3];
const BY_CHANCE: ReadonlySet<StrategyName> = new Set(["random", "pos", "pct"]);
const PREEMPTIONS = 2;
/** How many wake-ups without a reason `auto` tries after none; more than one make a bug no likelier. */
const SPURIOUS = 1;
const DEPTH = 3;

type Of = Pick<PhasePlan, "most" | "followed" | "spurious">;

/** `head`: what the program's file says of itself. */
export function plansFor(
  head: ProgramOptions,
  options: ExploreOptions,
  dependence: Dependence,
): readonly PhasePlan[] {
  const { strategy, depth = DEPTH, shard } = options;
  const { preemptions = head.preemptions ?? PREEMPTIONS, spurious = 0 } = options;
  // Shards of what is left to chance draw otherwise.
  const seed = options.seed + (shard === undefined ? 0 : shard.index - 1);
  const endless = { ends: false, most: WITHOUT_END };
  const all = { ends: true, most: Infinity, proves: true };
  const shared = new Set<Key>();
  const bounded = (bound: number, of: Of): PhasePlan => ({
    strategy: "bounded",
    bound,
    ends: true,
    ...of,
    make: () => new BoundedSearch(bound, seed, shared, of.spurious),
  });
  const within = (spurious: number): Pick<PhasePlan, "spurious"> =>
    spurious === 0 ? {} : { spurious };
  const chance = (spurious: number) => ({
    random: () => withoutEnd(new RandomWalk(seed), spurious),
    pos: () => withoutEnd(new PartialOrderSampling(seed), spurious),
    pct: () => withoutEnd(new ProbabilisticConcurrencyTesting(seed, depth), spurious),
  });
  const dpor = (): Searching => new OptimalDpor(dependence);
  /** The bounds within which one looks before one makes all executions: without wake-ups for no reason, then with some. */
  const before = (bounds: readonly number[]): PhasePlan[] => {
    const { spurious: most = SPURIOUS } = options;
    const budgets = most === 0 ? [0] : [0, most];
    return budgets.flatMap((budget) =>
      bounds.map((bound) =>
        bounded(bound, { most: EACH_BOUND, followed: true, ...within(budget) }),
      ),
    );
  };
  // Where nobody is preempted, the executions without preemptions are all there are.
  if (isCooperative(head) && !BY_CHANCE.has(strategy)) {
    const whole = { most: Infinity, ...within(strategy === "bounded" ? spurious : 0) };
    const looks = strategy === "auto" ? before([0]) : [];
    return [...looks, { ...bounded(0, whole), proves: true }];
  }
  if (shard !== undefined && !BY_CHANCE.has(strategy)) {
    return [{ strategy: "dpor", ...all, make: () => new ShardedDpor(dependence, shard) }];
  }
  switch (strategy) {
    case "auto":
      return [
        ...before(BOUNDS),
        { strategy: "dpor", ...all, most: EXHAUSTIVE, followed: true, make: dpor },
        { strategy: "random", ...endless, make: chance(0).random },
        { strategy: "pos", ...endless, make: chance(0).pos },
      ];
    case "bounded":
      return [bounded(preemptions, { most: Infinity, ...within(spurious) })];
    case "dpor":
      return [{ strategy, ...all, make: dpor }];
    default:
      return [{ strategy, ...endless, ...within(spurious), make: chance(spurious)[strategy] }];
  }
}

function withoutEnd(strategy: Strategy, spurious: number): Searching {
  return {
    spurious,
    pick: (execution) => strategy.pick(execution),
    choose: (execution, options) => strategy.choose(execution, options),
    next: () => true,
    pruned: 0,
  };
}
