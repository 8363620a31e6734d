/**
 * Makes a failing scenario smaller: one call after another is left out, and what still fails in the same way is kept (Zeller and
 * Hildebrandt's minimisation, for one call at a time), until every call is needed. Then calls are given the first argument.
 */
import type { Dependence } from "../dependence.ts";
import { OptimalDpor } from "../dpor/dpor.ts";
import type { Execution } from "../execution.ts";
import { Order } from "../order.ts";
import { movesOf } from "../collector.ts";
import type { Finding } from "../../trace/finding.ts";
import type { Move } from "../step.ts";
import type { Case, Checking } from "./checking.ts";
import { simpler, smaller } from "./scenarios.ts";

/** So many executions of each smaller scenario. */
const MOST = 2000;

interface Minimising {
  readonly execution: Execution;
  readonly checking: Checking;
  readonly dependence: Dependence;
  readonly fails: (finding: Finding) => boolean;
  readonly isDue: () => boolean;
}

/** An execution of the smallest scenario that was found to fail so; undefined: every call of the case is needed. */
export function minimise(failing: Case, parts: Minimising): readonly Move[] | undefined {
  let best: readonly Move[] | undefined;
  let scenario = failing.scenario;
  for (let changed = true; changed;) {
    changed = false;
    for (const tried of [
      ...smaller(scenario),
      ...simpler(scenario, parts.checking.callsOf(failing)),
    ]) {
      if (parts.isDue()) return best;
      parts.checking.begin({ ...failing, scenario: tried });
      const moves = firstFailure(parts);
      if (moves === undefined) continue;
      [best, scenario, changed] = [moves, tried, true];
      break;
    }
  }
  return best;
}

function firstFailure(parts: Minimising): readonly Move[] | undefined {
  const { execution, dependence, fails, isDue } = parts;
  const dpor = new OptimalDpor(dependence);
  const order = new Order(dependence);
  for (let executions = 0; executions < MOST && !isDue(); executions++) {
    const result = execution.go(dpor);
    if (result === undefined) {
      if (!dpor.abandon(execution)) return undefined;
      continue;
    }
    if (result.findings.some(fails)) return movesOf(execution);
    order.read(execution.steps, execution.threads);
    if (!dpor.next(execution, order)) return undefined;
  }
  return undefined;
}
