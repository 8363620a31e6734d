/** What is made of a run in which nothing moves: SEMANTICS, Verdicts, deadlock and leak. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ThreadId } from "../../src/base/brand.ts";
import { explainStuck, type StuckThread } from "../../src/engine/stuck.ts";

function waiting(
  id: number,
  waitsFor: readonly number[],
  more: Partial<StuckThread> = {},
): StuckThread {
  return {
    id: id as ThreadId,
    name: id === 0 ? "main" : `t${id}`,
    verb: "waits for",
    what: `\`lock ${id}\``,
    waitsFor: waitsFor as ThreadId[],
    ...more,
  };
}

/** [what, threads, verdict, who is told of first] */
const ROWS: readonly (readonly [
  string,
  readonly StuckThread[],
  "deadlock" | "leak",
  readonly number[],
])[] = [
  ["main alone, waiting for nobody", [waiting(0, [])], "deadlock", [0]],
  ["main waiting for itself", [waiting(0, [0])], "deadlock", [0]],
  ["a thread waiting for itself", [waiting(3, [3])], "deadlock", [3]],
  ["two in a circle", [waiting(1, [2]), waiting(2, [1])], "deadlock", [1, 2]],
  [
    "a circle with a tail: the circle is told",
    [waiting(1, [2]), waiting(2, [3]), waiting(3, [2])],
    "deadlock",
    [2, 3],
  ],
  ["a thread that waits for nobody in particular", [waiting(1, [])], "leak", [1]],
  [
    "a chain that ends at one who waits for nobody",
    [waiting(1, [2]), waiting(2, [])],
    "leak",
    [1, 2],
  ],
  [
    "one of two awaited threads waits for nobody: no knot",
    [waiting(1, [2, 3]), waiting(2, [1]), waiting(3, [])],
    "leak",
    [1, 2, 3],
  ],
  [
    "all awaited threads wait for each other: a knot",
    [waiting(1, [2, 3]), waiting(2, [1]), waiting(3, [1])],
    "deadlock",
    [1, 2],
  ],
  ["main blocked beside a leak", [waiting(0, []), waiting(1, [])], "deadlock", [0, 1]],
];

for (const [what, threads, kind, told] of ROWS) {
  test(`${what}: ${kind}`, () => {
    const finding = explainStuck(threads, 5);
    assert.equal(finding.kind, kind);
    assert.equal(finding.time, 5);
    assert.deepEqual([...finding.threads!].sort(), told);
    assert.equal(finding.chain!.length, threads.length, "everybody is told of");
  });
}

const world = fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 6 }).chain((ids) =>
  fc
    .array(fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }), {
      minLength: ids.length,
      maxLength: ids.length,
    })
    .map((edges) => ids.map((id, index) => waiting(id, edges[index]))),
);

test("it is a deadlock exactly if main is blocked, or some wait for at least one and only for each other", () => {
  fc.assert(
    fc.property(world, (threads) => {
      const sets = 2 ** threads.length;
      let knotted = false;
      for (let mask = 1; mask < sets; mask++) {
        const chosen = threads.filter((_, index) => (mask & (1 << index)) !== 0);
        const ids = new Set(chosen.map(({ id }) => id));
        knotted ||= chosen.every(
          ({ waitsFor }) => waitsFor.length > 0 && waitsFor.every((id) => ids.has(id)),
        );
      }
      const expected = knotted || threads.some(({ id }) => id === 0) ? "deadlock" : "leak";
      assert.equal(explainStuck(threads, 0).kind, expected);
    }),
  );
});

test("the sentence names the holder, since which line, and who left a lock behind", () => {
  const place = { file: "/home/me/x.ts", line: 14, column: 1 };
  const since = { file: "/home/me/x.ts", line: 9, column: 1 };
  const held = explainStuck(
    [waiting(1, [2], { place, heldSince: since }), waiting(2, [1], { place: since })],
    0,
  );
  assert.match(held.message, /t1 waits for `lock 1` at x\.ts:14, held by t2 since x\.ts:9/);
  const left = explainStuck([waiting(1, [], { place, heldSince: since, leftBy: "t7" })], 0);
  assert.match(left.message, /held since x\.ts:9 by t7, which has ended/);
  const itself = explainStuck([waiting(0, [0], { place, heldSince: since })], 0);
  assert.match(itself.message, /held by itself since x\.ts:9/);
});
