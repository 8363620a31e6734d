/** Exploring pipes, connections and polls against brute force, over programs that nobody wrote: nothing that can happen is missed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DEPENDENCE, outcomesFound } from "./counted.ts";
import { enumerateFew } from "./naive.ts";
import { modelOfWires, WIRE_PROGRAM } from "./small-wires.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 60);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1981);
/** Programs with more executions than this are left to others. */
const MOST = 1500;

test("all that threads can see of wires is found, whatever the network does", () => {
  let compared = 0;
  fc.assert(
    fc.property(WIRE_PROGRAM, (program) => {
      const { model, told } = modelOfWires(program);
      const all = enumerateFew(model, DEPENDENCE, told, MOST);
      if (all === undefined) return;
      compared++;
      const { outcomes, executions } = outcomesFound(model, told);
      assert.deepEqual([...outcomes].toSorted(), [...new Set(all.traces.values())].toSorted());
      assert.ok(executions <= all.executions);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  assert.ok(compared > RUNS / 3, `only ${compared} programs were small enough`);
});
