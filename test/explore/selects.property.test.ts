/** Optimal exploring of selects against brute force, over programs that nobody wrote. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Dependence } from "../../src/explore/dependence.ts";
import { OptimalDpor } from "../../src/explore/dpor/dpor.ts";
import { Execution } from "../../src/explore/execution.ts";
import { Order } from "../../src/explore/order.ts";
import { enumerate } from "./naive.ts";
import { modelOfSelects, SELECT_PROGRAM, type SelectProgram } from "./small-selects.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 60);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1977);
/** Programs with more executions than this are left to others. */
const MOST = 1500;

const dependence = new Dependence({ perThreadOutput: false });

function outcomesOf(program: SelectProgram): ReadonlySet<string> {
  const { model, told } = modelOfSelects(program);
  const execution = new Execution(model);
  const order = new Order(dependence);
  const strategy = new OptimalDpor(dependence);
  const outcomes = new Set<string>();
  for (let goesOn = true; goesOn;) {
    if (execution.go(strategy) === undefined) {
      goesOn = strategy.abandon(execution);
      continue;
    }
    order.read(execution.steps, execution.threads);
    outcomes.add(told());
    goesOn = strategy.next(execution, order);
  }
  return outcomes;
}

test("all that selects may come to is found, whatever they prefer", () => {
  fc.assert(
    fc.property(SELECT_PROGRAM, (program) => {
      const { model, told } = modelOfSelects(program);
      let all;
      try {
        all = enumerate(model, dependence, told, MOST);
      } catch (error) {
        if (error instanceof RangeError) return;
        throw error;
      }
      assert.deepEqual(
        [...outcomesOf(program)].toSorted(),
        [...new Set(all.traces.values())].toSorted(),
      );
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
