import assert from "node:assert/strict";
import { test } from "node:test";
import { EventKind } from "../../src/trace/event.ts";
import { Guards, HeldLocks } from "../../src/trace/guards.ts";

const place = { file: "a.ts", line: 1, column: 1, endLine: 1, endColumn: 2, kind: "new" } as const;

test("a variable's cells are guarded, those of its fields too, and no others", () => {
  const guards = new Guards([
    null,
    { ...place, name: "m" },
    { ...place, name: "counts", guardedBy: 1 },
    { ...place, name: "counts.hits" },
    { ...place, name: "countsToo" },
  ]);
  assert.equal(guards.lockOf(2), 1);
  assert.equal(guards.lockOf(3), 1, "a field that was made later");
  assert.equal(guards.lockOf(2, "counts.list[0].n"), 1);
  assert.equal(guards.lockOf(4), 0);
  assert.equal(guards.lockOf(0), 0);
  assert.equal(guards.isEmpty, false);
  assert.equal(new Guards([null, { ...place, name: "m" }]).isEmpty, true);
});

const M = 7;
const is = (object: number): boolean => object === M;

function held(...events: readonly (readonly [kind: EventKind, argument?: number])[]): HeldLocks {
  const locks = new HeldLocks();
  for (const [kind, argument = 0] of events) {
    const isWait = kind === EventKind.conditionWait;
    locks.take({ thread: 1, kind, object: isWait ? 9 : M, argument, partner: isWait ? M : 0 });
  }
  return locks;
}

test("a lock is held from when it is taken until it is given back, by its thread alone", () => {
  assert.equal(held([EventKind.lock]).holds(1, is, true), true);
  assert.equal(held([EventKind.lock]).holds(2, is, true), false);
  assert.equal(held([EventKind.lock], [EventKind.unlock]).holds(1, is, false), false);
  assert.equal(held([EventKind.lock, 1]).holds(1, is, false), false, "it was poisoned");
  assert.equal(held([EventKind.lockRefused]).holds(1, is, false), false);
});

test("waiting on a condition gives the lock back until it is taken again", () => {
  const waits = [[EventKind.lock], [EventKind.conditionWait]] as const;
  assert.equal(held(...waits).holds(1, is, true), false);
  const again = held(...waits, [EventKind.conditionWoken, 1], [EventKind.lock]);
  assert.equal(again.holds(1, is, true), true);
});

test("a lock that is held to read is not held to write; twice is given back twice", () => {
  const reading = held([EventKind.readLock], [EventKind.readLock], [EventKind.readUnlock]);
  assert.deepEqual([reading.holds(1, is, false), reading.holds(1, is, true)], [true, false]);
  assert.equal(held([EventKind.writeLock]).holds(1, is, true), true);
  assert.equal(held([EventKind.writeLock], [EventKind.writeUnlock]).holds(1, is, false), false);
});
