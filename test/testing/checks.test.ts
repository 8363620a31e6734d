/** Structures given to `linearizable`, in a file that Node's hooks have prepared: `fixtures/checks.ts`. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import type * as testing from "../../src/testing/types/testing.d.ts";

// As people have it: the package's own files, under the names that it exports.
await import(new URL("../../dist/register.mjs", import.meta.url).href);
const file = path.join(import.meta.dirname, "fixtures/checks.ts");
const fixture = (await import(file)) as Record<string, (...given: unknown[]) => testing.Explored>;

test("a structure of the file passes, and it is said how much was judged", () => {
  const { verdict, complete, linearizability } = fixture.right();
  assert.deepEqual([verdict, complete], ["ok", true]);
  const { scenarios, whole, histories } = linearizability!;
  assert.ok(whole === scenarios && histories > scenarios && scenarios > 10);
});

test("a failure has the calls, drawn and as data, and the places of the test's file", () => {
  const thrown = failure(() => fixture.wrong(3));
  assert.equal(thrown.verdict, "assertion");
  const { code, sites, history } = thrown.findings[0];
  assert.deepEqual([code, sites[0]], ["TL8230", { file, line: 24, column: 10 }]);
  const calls = history!.calls.map(({ thread, call, outcome }) => [thread, call, outcome]);
  assert.deepEqual(calls, [
    ["caller-1", "add()", "0"],
    ["caller-2", "add()", "0"],
  ]);
  assert.deepEqual(
    history!.calls.map(({ place }) => [place?.file, place?.line]),
    [
      [file, 28],
      [file, 28],
    ],
  );
  assert.match(
    thrown.message,
    /The calls\n {2}caller-1 {2}├─+ add\(\) = 0 ─+┤\n {2}caller-2 +├─+ add\(\) = 0 ─+┤\n/,
  );
  assert.match(thrown.message, /After `add\(\)`, caller-2's `add\(\)` would be 3, not 0\./);
  assert.match(thrown.message, /as the option `schedule`:\n {2}threadloom schedule 1\n/);
  assert.match(thrown.stack ?? "", /fixtures.checks\.ts:24/);
});

test("the options of exploring come second", () => {
  const { verdict, complete } = fixture.bounded();
  assert.deepEqual([verdict, complete], ["ok", false]);
});

test("options that come from elsewhere cannot be taken along, which is said", () => {
  assert.throws(() => fixture.elsewhere({}), {
    message: /^TL8206: `linearizable` was given a structure's/,
  });
});

function failure(call: () => unknown): testing.ExplorationError {
  try {
    call();
  } catch (error) {
    assert.equal((error as Error).name, "ExplorationError", String(error));
    return error as testing.ExplorationError;
  }
  return assert.fail("it passed");
}
