/**
 * Optimal exploring against brute force, over programs that nobody wrote: each trace that there is, each of them once, and
 * no execution in vain.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Dependence } from "../../src/explore/dependence.ts";
import { OptimalDpor } from "../../src/explore/dpor/dpor.ts";
import { Execution, type Strategy } from "../../src/explore/execution.ts";
import { Order } from "../../src/explore/order.ts";
import { enumerateFew } from "./naive.ts";
import { modelOfSmall, SMALL_PROGRAM, type SmallProgram } from "./small-programs.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 60);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1977);
/** Programs with more executions than this are left to others. */
const MOST = 1500;

const dependence = new Dependence({ perThreadOutput: false });

function explored(program: SmallProgram) {
  const { model, told } = modelOfSmall(program);
  const execution = new Execution(model);
  const order = new Order(dependence);
  const strategy = new OptimalDpor(dependence);
  const traces = new Map<string, string>();
  let executions = 0;
  do {
    executions++;
    assert.notEqual(execution.go(strategy), undefined, "an execution was begun in vain");
    order.read(execution.steps, execution.threads);
    traces.set(order.hash(), told());
  } while (strategy.next(execution, order));
  return { executions, traces };
}

test("every trace is explored, each by one execution, as brute force has them", () => {
  fc.assert(
    fc.property(SMALL_PROGRAM, (program) => {
      const { model, told } = modelOfSmall(program);
      const all = enumerateFew(model, dependence, told, MOST);
      if (all === undefined) return;
      const { executions, traces } = explored(program);
      assert.deepEqual(
        [...new Set(traces.values())].toSorted(),
        [...new Set(all.traces.values())].toSorted(),
      );
      assert.deepEqual([...traces.keys()].toSorted(), [...all.traces.keys()].toSorted());
      assert.equal(executions, all.traces.size);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

/** What its steps were and came to, execution by execution; `anew`: nothing is taken from the execution before. */
function told(program: SmallProgram, anew: boolean): string[] {
  const execution = new Execution(modelOfSmall(program).model);
  let order = new Order(dependence);
  const dpor = new OptimalDpor(dependence);
  const alone: Strategy = {
    pick: (one) => dpor.pick(one),
    choose: (one, options) => dpor.choose(one, options),
  };
  const all: string[] = [];
  do {
    execution.go(anew ? alone : dpor);
    if (anew) order = new Order(dependence);
    order.read(execution.steps, execution.threads);
    const steps = execution.steps.map((step) => {
      const { thread, timesOut, operation, result, event, argument, chosen, options } = step;
      const { noted, since, before, joined, parts } = step;
      const words = before < 0 ? [] : execution.past.slice(before, before + step.thing!.kind.words);
      const others = joined?.map((one) => [one.thread, one.operation, one.result, one.on.key]);
      const made = parts?.map((one) => [one.thing.key, one.operation, one.result, one.looks]);
      const what = [thread, timesOut, operation, result, event, argument, step.thing?.key ?? 0];
      return [...what, chosen, options, noted, String(since), [...words], others, made];
    });
    all.push(`${order.hash()} ${JSON.stringify(steps)}`);
    if (all.length === MOST) break;
  } while (dpor.next(execution, order));
  return all;
}

test("an execution that begins as the one before is the same as if all of it had been made anew", () => {
  fc.assert(
    fc.property(SMALL_PROGRAM, (program) => {
      assert.deepEqual(told(program, false), told(program, true));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
