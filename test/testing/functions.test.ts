/** Functions given to `explore`, in a file that Node's hooks have prepared: `fixtures/functions.ts`. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import type * as testing from "../../src/testing/types/testing.d.ts";

// As people have it: the package's own files, under the names that it exports.
await import(new URL("../../dist/register.mjs", import.meta.url).href);
const file = path.join(import.meta.dirname, "fixtures/functions.ts");
type Explores = (...given: unknown[]) => testing.Explored;
const fixture = (await import(file)) as Record<string, Explores>;

function outputs(explored: testing.Explored): string[] {
  return explored.outcomes.map(({ output }) => output);
}

function failure(call: () => unknown): testing.ExplorationError {
  try {
    call();
  } catch (error) {
    assert.equal((error as Error).name, "ExplorationError", String(error));
    return error as testing.ExplorationError;
  }
  return assert.fail("it passed");
}

test("a function has what it uses of its file, of other files and of Node", () => {
  const explored = fixture.carried();
  assert.deepEqual([explored.complete, outputs(explored)], [true, ["3 1"]]);
});

test("a failure has the places of the test's file, and the schedule as an option", () => {
  const { verdict, findings, message, stack = "" } = failure(fixture.lost);
  assert.equal(verdict, "assertion");
  assert.deepEqual(findings[0].sites[0], { file, line: 36, column: 7 });
  assert.match(message, /^.*functions\.ts:28:5: assertion, where ok was expected\n/);
  assert.match(message, /worker-1 (?:un)?locks `total` \(functions\.ts:14\)/);
  const again =
    /hand it to `explore` as the option `schedule`:\n {2}threadloom schedule 1\n {2}main: /;
  assert.match(message, again);
  assert.match(stack, /\n {4}at .*functions\.ts:36:7\n {4}at .*functions\.ts:27:8\)?\n/);
});

test("a function may be given by its name", () => {
  assert.deepEqual(outputs(fixture.named()), ["by its name"]);
});

test("values of variables around it are handed over, also where they hide others", () => {
  const value = { list: [1, "zwei ' \"", null], flag: true };
  assert.deepEqual(outputs(fixture.captured(value, undefined)), [`${JSON.stringify(value)} 1`]);
  assert.deepEqual(outputs(fixture.captured(undefined)), ["undefined 1"]);
  assert.deepEqual(outputs(fixture.hidden()), ["within"]);
});

const NO_DATA: readonly (readonly [what: string, value: unknown, told: string])[] = [
  ["a function", () => 1, "is a function"],
  ["an instance", new Map(), "is an instance of Map"],
  ["a number that JSON has not", [NaN], "is an object whose `0` is the number NaN"],
  ["a bigint", { n: 1n }, "is an object whose `n` is a bigint"],
];
for (const [what, value, told] of NO_DATA) {
  test(`${what} cannot be handed over, and is named with its place`, () => {
    assert.throws(
      () => fixture.captured(value),
      (error: Error) => {
        assert.match(error.message, /^TL8207: `value` \(.*functions\.ts:48\) /);
        assert.ok(error.message.includes(told), error.message);
        return true;
      },
    );
  });
}

test("an async function is explored until it has ended", () => {
  assert.deepEqual(outputs(fixture.counted()), ["awaited"]);
});

test("what node:assert throws is a panic", () => {
  const { verdict, findings } = failure(fixture.nodes);
  assert.deepEqual([verdict, findings[0].sites[0]?.line], ["panic", 63]);
});

test("what a function throws is told with its place", () => {
  const { verdict, findings } = failure(fixture.broken);
  assert.deepEqual([verdict, findings[0].sites[0]?.line], ["panic", 67]);
});

test("shared variables of the file's top level are shared, and raced for", () => {
  const { verdict, findings } = failure(fixture.raced);
  assert.deepEqual([verdict, findings[0].sites.map(({ line }) => line).sort()], ["race", [73, 74]]);
});

test("what threadloom: has does nothing where the tests run, and says so when it is used", () => {
  assert.throws(fixture.used, /TL8211: `Mutex` of "threadloom:std" was used outside of `explore`/);
  assert.throws(fixture.called, /TL8211: `spawn`/);
});
