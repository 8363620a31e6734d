/** What the page that tells of exploring is given of a result: the frequent outcomes first, and no schedules. */
import { defined } from "../base/defined.ts";
import type { ExploreResult } from "../protocol/explore.ts";
import type { ShownResult } from "../protocol/explore-view.ts";

/** More than anybody reads. */
const MOST_OUTCOMES = 200;
const MOST_PAIRS = 500;

/** `order`: where each outcome that is shown stands in the result. */
export function shownResult(
  result: ExploreResult,
  expectedVerdict: string,
  asExpected: boolean,
): { readonly shown: ShownResult; readonly order: readonly number[] } {
  // The page names outcomes by their places in this order.
  const order = result.outcomes
    .map((_, index) => index)
    .sort((one, other) => result.outcomes[other].count - result.outcomes[one].count);
  const oneWayFirst = result.pairs.toSorted(
    (one, other) => Number(one.bothOrders) - Number(other.bothOrders),
  );
  const { verdict, executions, complete, phases, seed, steps, unmodelled, pruned, stopped } =
    result;
  const shown: ShownResult = {
    ...{ verdict, executions, complete, phases, seed, steps, unmodelled, pruned },
    ...defined({ stopped, linearizability: result.linearizability }),
    durationMs: result.durationMs,
    expectedVerdict,
    asExpected,
    findings: result.findings.map(({ schedule, nearest, ...found }) => ({
      ...found,
      canStep: schedule !== undefined,
      expected: found.kind === expectedVerdict,
      ...(nearest === undefined ? {} : { nearest: { swap: nearest.swap, sites: nearest.sites } }),
    })),
    outcomes: order.slice(0, MOST_OUTCOMES).map((index) => {
      const { output, shared, count } = result.outcomes[index];
      const values = Object.entries(shared).map(([name, value]) => ({
        name,
        value: JSON.stringify(value) ?? "undefined",
      }));
      return { output, shared: values, count };
    }),
    outcomeCount: result.outcomes.length,
    pairs: oneWayFirst.slice(0, MOST_PAIRS),
    pairCount: result.pairs.length,
  };
  return { shown, order };
}
