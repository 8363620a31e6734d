import assert from "node:assert/strict";
import { test } from "node:test";
import { unite } from "../../../src/cli/merge/unite.ts";
import type { ExploreResult } from "../../../src/protocol/explore.ts";
import { DPOR, Explored } from "./programs.ts";

const explored = new Explored();

/** Three threads that take one lock twice, in 90 orders, and say who was last. */
const LAST = `
const last = new std.Mutex("");
const threads = ["a", "b", "c"].map((name) => std.spawn(() => {
  for (let turn = 0; turn < 2; turn++) { using guard = last.lock(); guard.value = name; }
}));
for (const thread of threads) thread.join();
using guard = last.lock();
console.log(guard.value);
`;

test("the parts of a search, united, are the whole: for 1, 2, 3 and 7 shards", async () => {
  const program = await explored.compile(LAST);
  const ask = (of?: { readonly index: number; readonly of: number }): Promise<ExploreResult> => {
    const options = of === undefined ? DPOR : { ...DPOR, shard: of };
    return explored.host.explore({ program, options }).ended;
  };
  const whole = await ask();
  const outputs = ({ outcomes }: ExploreResult) => outcomes.map(({ output }) => output).sort();
  assert.deepEqual([whole.verdict, whole.complete, whole.executions], ["ok", true, 90]);
  for (const count of [1, 2, 3, 7]) {
    const parts: ExploreResult[] = [];
    for (let index = 1; index <= count; index++) {
      parts.push(await ask({ index, of: count }));
    }
    const { result } = unite(parts);
    assert.deepEqual([result.verdict, result.complete], ["ok", true]);
    assert.equal(result.traces?.length, whole.executions, `${count} shards`);
    assert.equal(result.executions, whole.executions);
    assert.deepEqual(outputs(result), outputs(whole));
  }
});
