/** What is remembered of a graph of objects tells each write to it, and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { KeptState } from "../../../src/engine/model/kept-state.ts";

class Point {
  x = 1;
  get twice(): number {
    throw new Error("asked");
  }
}

const graph = () => ({
  rows: [{ name: "a" }, { name: "b" }],
  byName: new Map<string, { n: number }>([["a", { n: 1 }]]),
  seen: new Set([1, 2]),
  when: new Date(0),
  bytes: new Uint8Array(3),
  point: new Point(),
});

type Graph = ReturnType<typeof graph>;

const WRITES: readonly (readonly [string, (value: Graph) => void])[] = [
  [".rows[1].name", ({ rows }) => (rows[1].name = "c")],
  [".rows[2]", ({ rows }) => rows.push({ name: "c" })],
  [".rows[1]", ({ rows }) => rows.pop()],
  ['.byName.get("a").n', ({ byName }) => byName.get("a")!.n++],
  ['.byName.get("b")', ({ byName }) => byName.set("b", { n: 2 })],
  [".seen, a member", ({ seen }) => seen.delete(1)],
  [".when", ({ when }) => when.setTime(1)],
  [".bytes, its bytes", ({ bytes }) => (bytes[2] = 1)],
  [".point.x", ({ point }) => point.x++],
  [".point", (value) => (value.point = new Point())],
];

for (const [path, write] of WRITES) {
  test(`a write is told by its path: ${path}`, () => {
    const value = graph();
    const kept = new KeptState(value);
    assert.equal(kept.changed(), undefined);
    write(value);
    assert.equal(kept.changed(), path);
  });
}

test("a cycle is looked at once, and NaN is itself", () => {
  const value: Record<string, unknown> = { n: NaN, zero: 0 };
  value["self"] = value;
  const kept = new KeptState(value);
  assert.equal(kept.changed(), undefined);
  value["zero"] = -0;
  assert.equal(kept.changed(), ".zero");
});

test("whatever JSON can hold is unchanged until a leaf of it is", () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 3 }), (value) => {
      const kept = new KeptState(value);
      if (kept.changed() !== undefined) return false;
      value["one more"] = 1;
      return kept.changed() !== undefined;
    }),
  );
});
