/** Optimal exploring on published programs: one execution for each trace, as many as were published, and none in vain. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Model } from "../../src/engine/model/model.ts";
import { counted, DEPENDENCE } from "./counted.ts";
import { enumerate } from "./naive.ts";
import { fileSystem, indexer, lastZero, philosophers, readers } from "./published-programs.ts";

function check(model: Model, traces: number): void {
  const found = counted(model);
  assert.deepEqual(
    { executions: found.executions, traces: found.traces.size, wasted: found.wasted },
    { executions: traces, traces, wasted: 0 },
  );
}

const PUBLISHED: readonly (readonly [string, (n: number) => Model, Record<number, number>])[] = [
  ["readers", readers, { 2: 4, 6: 64, 8: 256 }],
  ["last-zero", lastZero, { 2: 5, 5: 64, 8: 704 }],
  ["indexer", indexer, { 11: 1, 12: 8, 13: 64, 14: 512 }],
  ["file system", fileSystem, { 13: 1, 14: 2, 16: 8, 18: 32 }],
];

for (const [name, program, sizes] of PUBLISHED) {
  for (const [n, traces] of Object.entries(sizes)) {
    test(`${name}(${n}) takes ${traces} executions, as published`, () => {
      check(program(Number(n)), traces);
    });
  }
}

for (const [name, model] of [
  ["readers(1)", readers(1)],
  ["last-zero(1)", lastZero(1)],
  ["philosophers(2)", philosophers(2)],
] as const) {
  test(`${name}: each trace of all orders of all steps, by one execution`, () => {
    const all = enumerate(model, DEPENDENCE);
    const found = counted(model);
    assert.deepEqual([...found.traces].toSorted(), [...all.traces.keys()].toSorted());
    assert.equal(found.executions, all.traces.size);
    assert.equal(found.wasted, 0);
    assert.ok(all.executions > found.executions);
  });
}
