/** SEMANTICS, Threads and the end of a program: `@thread` functions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();

test("a @thread function with a count is started that many times, each with its index and name", async () => {
  const { output, trace, kinds } = await programs.run(`
    const total = new std.AtomicI32(0);
    /** @thread adder x4 */ function add(index: number) { console.log(index); total.fetchAdd(index); }
    /** @thread */ function once() { console.log("once"); }
    // @final total.load() === 6
  `);
  assert.deepEqual(output.toSorted(), ["0", "1", "2", "3", "once"]);
  assert.deepEqual([...trace.threads.values()].map(({ name }) => name).toSorted(), [
    "adder-1",
    "adder-2",
    "adder-3",
    "adder-4",
    "main",
    "once",
  ]);
  assert.deepEqual(kinds, []);
});

test("a panic is told however busy the machine is", async () => {
  for (let round = 0; round < 20; round++) {
    const { kinds } = await programs.run(`throw new Error("no");`);
    assert.deepEqual(kinds, ["panic"]);
  }
});
