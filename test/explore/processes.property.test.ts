/** Optimal exploring against brute force, where processes are killed and exit between any two of their steps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { counted, DEPENDENCE } from "./counted.ts";
import { enumerateFew } from "./naive.ts";
import { modelOfProcesses, SMALL_PROCESSES, type SmallProcesses } from "./small-processes.ts";

/** THREADLOOM_RUNS asks for more, THREADLOOM_SEED for others. */
const RUNS = Number(process.env["THREADLOOM_RUNS"] ?? 40);
const SEED = Number(process.env["THREADLOOM_SEED"] ?? 1973);
/** Programs with more executions than this are left to others. */
const MOST = 3000;

test("a kill is tried between any two steps of the process that it ends", () => {
  const { model, told } = modelOfProcesses({
    ...{ parent: [], ending: "kills", after: ["load 0"], other: [], exits: false },
    child: ["add 0", "add 0", "add 0"],
  });
  const loaded = [...counted(model, told).told].map((seen) =>
    (JSON.parse(seen) as number[][])[0].at(-1)!,
  );
  assert.deepEqual([...new Set(loaded)].toSorted(), [0, 1, 2, 3]);
});

function holds(program: SmallProcesses): void {
  const brute = modelOfProcesses(program);
  const all = enumerateFew(brute.model, DEPENDENCE, brute.told, MOST);
  if (all === undefined) return;
  const clever = modelOfProcesses(program);
  const found = counted(clever.model, clever.told);
  assert.deepEqual([...found.traces].toSorted(), [...all.traces.keys()].toSorted());
  assert.deepEqual([...found.told].toSorted(), [...new Set(all.traces.values())].toSorted());
  assert.equal(found.executions, all.traces.size, "each by one execution");
  assert.equal(found.wasted, 0);
}

test("wherever processes are ended, each trace is explored by one execution, as brute force has them", () => {
  fc.assert(fc.property(SMALL_PROCESSES, holds), { numRuns: RUNS, seed: SEED });
});
