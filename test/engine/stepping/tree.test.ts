/** The tree of branches against the plainest model: a list of paths. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ThreadId } from "../../../src/base/brand.ts";
import { BEGINNING, type Decision, MomentTree } from "../../../src/engine/stepping/tree.ts";
import type { MomentId } from "../../../src/protocol/step.ts";

const decide = (thread: number, ...choices: number[]): Decision => ({
  thread: thread as ThreadId,
  timesOut: false,
  choices,
});
const key = (path: readonly Decision[]): string =>
  path.map(({ thread, choices }) => [thread, ...choices].join(".")).join(" ");

const command = fc.oneof(
  fc.record({ kind: fc.constant("step" as const), n: fc.nat(2) }),
  fc.record({ kind: fc.constant("undo" as const), n: fc.nat() }),
  fc.record({ kind: fc.constant("redo" as const), n: fc.nat() }),
  fc.record({ kind: fc.constant("go" as const), n: fc.nat() }),
);

test("every moment is reached again by its path, and one path is one moment", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const tree = new MomentTree();
      const known = new Map<string, MomentId>([["", BEGINNING]]);
      let here: Decision[] = [];
      for (const { kind, n } of commands) {
        const before = tree.here;
        if (kind === "step") {
          here = [...here, decide(n)];
          tree.step(decide(n));
          const seen = known.get(key(here));
          if (seen !== undefined) assert.equal(tree.here.id, seen, "the same steps lead elsewhere");
          known.set(key(here), tree.here.id);
        } else if (kind === "undo") {
          assert.equal(tree.undo()?.id, before.before);
          here = here.slice(0, -1);
          if (before.before !== undefined) assert.equal(tree.redo()?.id, before.id);
          if (before.before !== undefined) tree.undo();
        } else if (kind === "redo") {
          const after = tree.after(before.id);
          const to = tree.redo();
          if (to !== undefined) assert.ok(after.includes(to.id));
          here = tree.path(tree.here.id);
        } else {
          tree.goTo((n % tree.size) as MomentId);
          here = tree.path(tree.here.id);
        }
        assert.equal(key(tree.path(tree.here.id)), key(here));
        assert.equal(tree.here.depth, here.length);
      }
      assert.equal(tree.size, known.size);
      for (const [path, id] of known) assert.equal(key(tree.path(id)), path);
    }),
  );
});

test("two futures part at the last moment that they share", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(2), { maxLength: 8 }),
      fc.array(fc.nat(2), { maxLength: 8 }),
      (one, other) => {
        const tree = new MomentTree();
        const walk = (steps: readonly number[]): MomentId => {
          tree.goTo(BEGINNING);
          for (const step of steps) tree.step(decide(step));
          return tree.here.id;
        };
        const [a, b] = [walk(one), walk(other)];
        let shared = 0;
        while (shared < one.length && shared < other.length && one[shared] === other[shared])
          shared++;
        const fork = tree.fork(a, b);
        assert.equal(fork.depth, shared);
        assert.ok(tree.isAfter(a, fork.id) && tree.isAfter(b, fork.id));
        assert.equal(tree.isAfter(a, b), shared === other.length);
      },
    ),
  );
});

test("after going far back, redo leads the same way again", () => {
  const tree = new MomentTree();
  for (const thread of [1, 2, 1, 1]) tree.step(decide(thread));
  const end = tree.here.id;
  tree.goTo(BEGINNING);
  tree.step(decide(2));
  tree.goTo(end);
  tree.goTo(tree.ancestor(end, 1).id);
  tree.redo();
  tree.redo();
  tree.redo();
  assert.equal(tree.here.id, end);
  assert.equal(tree.redo(), undefined);
});

test("a choice within a step makes another moment", () => {
  const tree = new MomentTree();
  const first = tree.step(decide(1, 0)).id;
  tree.undo();
  assert.notEqual(tree.step(decide(1, 1)).id, first);
  assert.deepEqual(tree.ends.length, 2);
});

test("a moment that there is not is refused", () => {
  const tree = new MomentTree();
  assert.throws(() => tree.goTo(7 as MomentId), RangeError);
  assert.throws(() => tree.ancestor(BEGINNING, 1), RangeError);
  assert.equal(tree.undo(), undefined);
});
