/** Records that come thread by thread, put in an order that threads and objects agree with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CausalOrder, type Ordered } from "../../../../src/engine/native/processes/causal-order.ts";

const nobodyWaits = (): boolean => false;

/** A run of a few threads over a few objects: `steps` says whose turn it is, and on what. */
const RUNS = fc
  .array(fc.record({ thread: fc.nat(3), object: fc.nat(3) }), { maxLength: 40 })
  .map((steps) => {
    const versions = new Map<number, number>();
    return steps.map(({ thread, object }): Ordered => {
      const version = object === 0 ? 0 : (versions.get(object) ?? 0) + 1;
      versions.set(object, version);
      return { thread, object, version };
    });
  });

/** Whether each thread's records are in their order, and each object's from 1 without a gap. */
function isAgreedWith(told: readonly Ordered[], run: readonly Ordered[]): void {
  for (const thread of new Set(told.map((one) => one.thread))) {
    const own = run.filter((one) => one.thread === thread);
    const count = told.filter((one) => one.thread === thread).length;
    assert.deepEqual(
      told.filter((one) => one.thread === thread),
      own.slice(0, count),
    );
  }
  for (const object of new Set(told.map((one) => one.object))) {
    if (object === 0) continue;
    const versions = told.filter((one) => one.object === object).map(({ version }) => version);
    assert.deepEqual(
      versions,
      versions.map((_, index) => index + 1),
    );
  }
}

test("whatever thread's records come first, they come out as they were made, all of them", () => {
  fc.assert(
    fc.property(RUNS, fc.array(fc.nat(3)), (run, order) => {
      const causal = new CausalOrder<Ordered>();
      const queues = [0, 1, 2, 3].map((thread) => run.filter((one) => one.thread === thread));
      const told: Ordered[] = [];
      for (const thread of [...order, ...run.map((_, index) => index % 4)]) {
        const next = queues[thread].shift();
        if (next !== undefined) causal.push(next);
        told.push(...causal.take(nobodyWaits));
        isAgreedWith(told, run);
      }
      for (const record of queues.flat()) causal.push(record);
      told.push(...causal.take(nobodyWaits));
      isAgreedWith(told, run);
      assert.equal(told.length, run.length);
    }),
  );
});

test("what follows from a record that never comes does not come out, but for when nothing comes any more", () => {
  const causal = new CausalOrder<Ordered>();
  const [lost, after, other] = [
    { thread: 1, object: 5, version: 1 },
    { thread: 2, object: 5, version: 2 },
    { thread: 2, object: 6, version: 1 },
  ];
  const unrelated = { thread: 3, object: 7, version: lost.version };
  for (const record of [after, other, unrelated]) causal.push(record);
  assert.deepEqual([...causal.take(nobodyWaits)], [unrelated]);
  assert.deepEqual([...causal.rest()], [after, other]);
});

test("a record that is held keeps back what follows from it", () => {
  const causal = new CausalOrder<Ordered>();
  const held = { thread: 1, object: 5, version: 1 };
  const follows = { thread: 2, object: 5, version: 2 };
  causal.push(follows);
  causal.push(held);
  assert.deepEqual([...causal.take((one) => one === held)], []);
  assert.deepEqual([...causal.take(nobodyWaits)], [held, follows]);
});
