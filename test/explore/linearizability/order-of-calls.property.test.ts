/**
 * That exploring meets every order of calls in real time that there is, against brute force over programs that nobody wrote: as
 * many histories.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Dependence } from "../../../src/explore/dependence.ts";
import { OptimalDpor } from "../../../src/explore/dpor/dpor.ts";
import { Execution } from "../../../src/explore/execution.ts";
import { Order } from "../../../src/explore/order.ts";
import { enumerateFew } from "../naive.ts";
import { modelOfSmall, SMALL_PROGRAM, type SmallProgram } from "../small-programs.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 40);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1990);
/** Programs with more executions than this are left to others. */
const MOST = 1500;

const dependence = new Dependence({ perThreadOutput: false });

/**
 * What was called, what each came to, and which call had returned before which was invoked: of a call that never returns, nobody
 * can tell.
 */
function historyOf({ calls: { made } }: Execution): string {
  const order = made.toSorted((one, other) => one.thread - other.thread);
  const relation = order.map((one) =>
    order.map(({ first, outcome }) => Number(outcome !== undefined && one.last < first)).join(""),
  );
  const outcomes = order.map(({ thread, outcome }) => `${thread}: ${outcome}`);
  return [...outcomes, ...relation].join("\n");
}

function explored(program: SmallProgram): Set<string> {
  const execution = new Execution(modelOfSmall(program, true).model);
  const order = new Order(dependence);
  const strategy = new OptimalDpor(dependence);
  const histories = new Set<string>();
  for (let another = true; another;) {
    if (execution.go(strategy) === undefined) {
      another = strategy.abandon(execution);
      continue;
    }
    order.read(execution.steps, execution.threads);
    histories.add(historyOf(execution));
    another = strategy.next(execution, order);
  }
  return histories;
}

test("every history that brute force has is met", () => {
  fc.assert(
    fc.property(SMALL_PROGRAM, (program) => {
      const all = new Set<string>();
      const { model } = modelOfSmall(program, true);
      const keep = (execution: Execution): string => {
        all.add(historyOf(execution));
        return "";
      };
      if (enumerateFew(model, dependence, keep, MOST) === undefined) return;
      assert.deepEqual([...explored(program)].toSorted(), [...all].toSorted());
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
