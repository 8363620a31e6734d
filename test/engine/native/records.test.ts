/** What a run records: the laws that a reader of traces relies on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs } from "./fixture.ts";
import { type Recorded, recordsOf } from "../../trace/records.ts";

const programs = new Programs();

/** Records that are operations, and so have a place in their object's order. */
const NO_OPERATIONS: ReadonlySet<number> = new Set([
  EventKind.create,
  EventKind.block,
  EventKind.stall,
]);

/** Everything that threads can do to each other, a few hundred times. */
const BUSY = `
  const lock = new std.Mutex(0), changed = new std.Condvar(), n = new std.AtomicI32(0);
  const [tx, rx] = std.channel<number>(), [one, other] = std.syncChannel<number>(0), [few, more] = std.syncChannel<number>(2);
  const sender = (base: number, tx: any, one: any, few: any) => () => {
    for (let i = 0; i < 60; i++) {
      tx.send(base + i); one.send(i); few.send(i);
      const g = lock.lock(); g.value++; g.unlock(); changed.notifyOne();
      n.fetchAdd(1);
    }
  };
  const senders = [1, 2].map((k) => std.spawn(sender(k * 1000, tx.clone(), one.clone(), few.clone())));
  std.drop(tx); std.drop(one); std.drop(few);
  const readers = [std.spawn(() => [...rx].length), std.spawn(() => [...other].length), std.spawn(() => [...more].length)];
  { const g = lock.lock(); changed.waitWhile(g, (value) => value < 100); g.unlock(); }
  for (const s of senders) s.join();
  console.log(readers.map((r) => r.join()).join());`;

test("operations on each object are numbered without a gap, and times never contradict the numbers", async () => {
  const ran = await programs.run(BUSY);
  assert.deepEqual(ran.output, ["120,120,120"]);
  const byObject = new Map<number, Recorded[]>();
  for (const record of recordsOf(ran.trace)) {
    if (NO_OPERATIONS.has(record.kind) || record.version === 0) continue;
    const list = byObject.get(record.object) ?? [];
    byObject.set(record.object, list);
    list.push(record);
  }
  assert.ok(byObject.size > 8);
  for (const [object, list] of byObject) {
    list.sort((one, other) => one.version - other.version);
    list.forEach((record, index) => {
      assert.equal(record.version, index + 1, `object ${object}`);
      if (index === 0) return;
      const before = list[index - 1];
      assert.ok(
        record.time >= before.time,
        `object ${object}: ${JSON.stringify(before)} comes before ${JSON.stringify(record)}`,
      );
    });
  }
});

test("each message is received once, after it was sent", async () => {
  const { trace } = await programs.run(BUSY);
  const sent = new Map<string, Recorded>();
  const all = recordsOf(trace);
  for (const record of all) {
    if (record.kind === EventKind.send) sent.set(`${record.object}:${record.argument}`, record);
  }
  const received = all.filter(({ kind }) => kind === EventKind.receive);
  assert.equal(received.length, 360);
  for (const record of received) {
    const message = `${record.object}:${record.argument}`;
    const send = sent.get(message);
    assert.ok(send !== undefined && sent.delete(message), `message ${message}`);
    assert.ok(send.version < record.version && send.time <= record.time);
  }
});

test("times of one thread never go back", async () => {
  const { trace } = await programs.run(BUSY);
  const last = new Map<number, number>();
  for (const { thread, time } of recordsOf(trace)) {
    assert.ok(time >= (last.get(thread) ?? 0));
    last.set(thread, time);
  }
});
