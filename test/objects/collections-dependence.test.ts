/**
 * Which operations on references and collections commute (SEMANTICS, "Dependence"): brute force holds that what is said to
 * commute does; this, that no more is explored than has to be.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { atomicRef, AtomicRefOperation } from "../../src/objects/atomic-ref.ts";
import { counter, CounterOperation } from "../../src/objects/counter.ts";
import { map, MapOperation } from "../../src/objects/map.ts";
import type { ObjectKind, Step } from "../../src/objects/object.ts";
import { queue, QueueOperation } from "../../src/objects/queue.ts";
import { stack, StackOperation } from "../../src/objects/stack.ts";
import { threadLocal, ThreadLocalOperation } from "../../src/objects/thread-local.ts";
import { EventKind } from "../../src/trace/event.ts";
import { SmallEngine } from "./small-engine.ts";

const step = (operation: number, event: EventKind, argument = 0, a = 0): Step => {
  return { operation, a, b: 0, result: 0, event, argument };
};

function commute(kind: ObjectKind, one: Step, other: Step, capacity = -1): boolean {
  const engine = new SmallEngine();
  const at = engine.create(kind, capacity);
  const answer = kind.commutes(engine.words, at, one, other);
  assert.equal(kind.commutes(engine.words, at, other, one), answer, "in either order");
  return answer;
}

test("loads of a reference and exchanges that found it changed are reads, all else are writes", () => {
  const load = step(AtomicRefOperation.LOAD, EventKind.load);
  const failed = step(AtomicRefOperation.COMPARE_EXCHANGE, EventKind.compareFailed);
  const exchanged = step(AtomicRefOperation.COMPARE_EXCHANGE, EventKind.update);
  const store = step(AtomicRefOperation.STORE, EventKind.store);
  assert.ok(commute(atomicRef, load, failed) && commute(atomicRef, failed, failed));
  for (const write of [exchanged, store])
    for (const other of [load, failed, exchanged, store])
      assert.ok(!commute(atomicRef, write, other));
});

const [KEY, OTHER] = [7, 8];
const get = (key: number) => step(MapOperation.GET, EventKind.find, 1, key);
const miss = (key: number) => step(MapOperation.GET, EventKind.findNothing, 0, key);
const set = (key: number) => step(MapOperation.SET, EventKind.insert, 1, key);
const reset = (key: number) => step(MapOperation.SET, EventKind.replace, 1, key);
const drop = (key: number) => step(MapOperation.DELETE, EventKind.remove, 1, key);
const size = step(MapOperation.SIZE, EventKind.query);

test("operations on different keys of a map commute, whatever they are", () => {
  const all = [get, miss, set, reset, drop];
  for (const one of all) for (const other of all) assert.ok(commute(map, one(KEY), other(OTHER)));
});

test("those on one key commute where both only look", () => {
  for (const write of [set, reset, drop])
    for (const other of [get, miss, set, reset, drop])
      assert.ok(!commute(map, write(KEY), other(KEY)));
  assert.ok(commute(map, get(KEY), get(KEY)) && commute(map, miss(KEY), miss(KEY)));
});

test("the size of a map depends on what makes it larger or smaller alone", () => {
  for (const change of [set, drop]) assert.ok(!commute(map, size, change(KEY)));
  for (const other of [get, miss, reset]) assert.ok(commute(map, size, other(KEY)));
  assert.ok(commute(map, size, size));
});

test("a push and a pop of a queue depend through the message, and through the room that it leaves", () => {
  const push = (number: number) => step(QueueOperation.PUSH, EventKind.insert, number);
  const pop = (number: number) => step(QueueOperation.POP, EventKind.remove, number);
  const full = step(QueueOperation.PUSH, EventKind.insertRefused);
  const empty = step(QueueOperation.POP, EventKind.findNothing);
  assert.ok(!commute(queue, push(1), pop(1)) && commute(queue, push(2), pop(1)));
  assert.ok(!commute(queue, push(3), pop(1), 2) && commute(queue, push(2), pop(1), 2));
  assert.ok(!commute(queue, push(1), push(2)) && !commute(queue, pop(1), pop(2)));
  assert.ok(!commute(queue, full, pop(1)) && !commute(queue, empty, push(1)));
  assert.ok(commute(queue, full, full) && commute(queue, empty, empty));
});

test("pops that found nothing are the only operations on a stack that commute", () => {
  const push = step(StackOperation.PUSH, EventKind.insert, 1);
  const pop = step(StackOperation.POP, EventKind.remove, 1);
  const nothing = step(StackOperation.POP, EventKind.findNothing);
  assert.ok(commute(stack, nothing, nothing));
  for (const other of [push, pop, nothing]) assert.ok(!commute(stack, push, other));
  assert.ok(!commute(stack, pop, nothing));
});

test("additions commute, and so do sums; a sum and an addition do not", () => {
  const add = step(CounterOperation.ADD, EventKind.countAdd);
  const sum = step(CounterOperation.SUM, EventKind.load);
  assert.ok(commute(counter, add, add) && commute(counter, sum, sum));
  assert.ok(!commute(counter, add, sum));
});

test("threads that make their own values have nothing to do with each other", () => {
  const make = step(ThreadLocalOperation.MAKE, EventKind.localMake);
  assert.ok(commute(threadLocal, make, make));
});
