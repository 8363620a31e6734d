/** Exploring pipes, connections and polls against brute force, over programs that nobody wrote: nothing that can happen is missed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Dependence } from "../../src/explore/dependence.ts";
import { OptimalDpor } from "../../src/explore/dpor/dpor.ts";
import { Execution } from "../../src/explore/execution.ts";
import { Order } from "../../src/explore/order.ts";
import { enumerate } from "./naive.ts";
import { modelOfWires, WIRE_PROGRAM } from "./small-wires.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 60);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1981);
/** Programs with more executions than this are left to others. */
const MOST = 1500;

const dependence = new Dependence({ perThreadOutput: false });

test("all that threads can see of wires is found, whatever the network does", () => {
  let compared = 0;
  fc.assert(
    fc.property(WIRE_PROGRAM, (program) => {
      const { model, told } = modelOfWires(program);
      let all;
      try {
        all = enumerate(model, dependence, told, MOST);
      } catch (error) {
        if (error instanceof RangeError) return;
        throw error;
      }
      compared++;
      const execution = new Execution(model);
      const order = new Order(dependence);
      const strategy = new OptimalDpor(dependence);
      const found = new Set<string>();
      let executions = 0;
      for (let more = true; more; executions++) {
        if (execution.go(strategy) === undefined) {
          more = strategy.abandon(execution);
          continue;
        }
        order.read(execution.steps, execution.threads);
        found.add(told());
        more = strategy.next(execution, order);
      }
      assert.deepEqual([...found].toSorted(), [...new Set(all.traces.values())].toSorted());
      assert.ok(executions <= all.executions);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  assert.ok(compared > RUNS / 3, `only ${compared} programs were small enough`);
});
