/** Optimal exploring of selects against brute force, over programs that nobody wrote. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DEPENDENCE, outcomesFound } from "./counted.ts";
import { enumerateFew } from "./naive.ts";
import { modelOfSelects, SELECT_PROGRAM } from "./small-selects.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 60);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1977);
/** Programs with more executions than this are left to others. */
const MOST = 1500;

test("all that selects may come to is found, whatever they prefer", () => {
  fc.assert(
    fc.property(SELECT_PROGRAM, (program) => {
      const { model, told } = modelOfSelects(program);
      const all = enumerateFew(model, DEPENDENCE, told, MOST);
      if (all === undefined) return;
      assert.deepEqual(
        [...outcomesFound(model, told).outcomes].toSorted(),
        [...new Set(all.traces.values())].toSorted(),
      );
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
