import assert from "node:assert/strict";
import { test } from "node:test";
import { TraceReader } from "../../src/trace/reader.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { spanAt } from "../../src/trace/timeline/spans.ts";
import type { StepColumns } from "../../src/trace/timeline/steps.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import { largeTrace } from "../webview/traces.ts";
import { fileOf, idOf, timelineOf } from "./told.ts";

const STATES = Object.keys(ThreadState);

/** `10-20 blocked db on main`: a span in words, in microseconds. */
function states(timeline: Timeline, thread: number): string[] {
  const spans = timeline.thread(thread as never)!.states;
  return Array.from({ length: spans.count }, (_, row) => {
    const object = spans.object[row];
    const other = spans.other[row];
    return [
      `${spans.start[row] / 1000}-${spans.end[row] / 1000} ${STATES[spans.value[row]]}`,
      object > 0 ? timeline.nameOf(object as never) : "",
      other >= 0 ? `on ${timeline.trace.threadName(other as never)}` : "",
    ]
      .filter(Boolean)
      .join(" ");
  });
}

const spansInWords = (timeline: Timeline, spans: Spans): string[] =>
  Array.from(
    { length: spans.count },
    (_, row) =>
      `${spans.start[row] / 1000}-${spans.end[row] / 1000} ${timeline.trace.threadName(spans.value[row] as never)}`,
  );

const steps = ({ count, time, value }: StepColumns): string =>
  Array.from({ length: count }, (_, i) => `${time[i] / 1000}:${value[i]}`).join(" ");

const BANK = `
  0    main  threadStart
  1    main  create mutex db        bank.ts:3
  2    main  create channel results bank.ts:4
  3    main  spawn w1               bank.ts:9
  4    main  spawn w2               bank.ts:9
  5    main  block w1               bank.ts:10
  10   w1    threadStart main
  12   w1    lock db                bank.ts:14
  15   w2    threadStart main
  20   w2    block db w1            bank.ts:14
  40   w1    unlock db              bank.ts:16
  41   w2    lock db                bank.ts:14
  45   w1    send results 1         bank.ts:17
  50   w1    threadEnd 0
  51   main  join w1                bank.ts:10
  52   main  receive results 1      bank.ts:11
  60   w2    unlock db              bank.ts:16
  65   w2    send results 2         bank.ts:17
  70   w2    threadEnd 1
  80   main  threadEnd 0
  80   ends  finished
`;

for (const order of ["time", "threads"] as const) {
  test(`states, holdings, queues and messages come out the same: records in order of ${order}`, () => {
    const timeline = timelineOf(BANK, { order });
    const db = idOf(timeline, "db");
    const results = idOf(timeline, "results");
    assert.deepEqual(states(timeline, 0), [
      "0-5 running",
      "5-51 waiting w1 on w1",
      "51-80 running",
    ]);
    assert.deepEqual(states(timeline, 2), [
      "15-20 running",
      "20-41 blocked db on w1",
      "41-70 running",
    ]);
    assert.deepEqual(spansInWords(timeline, timeline.held(db)), ["12-40 w1", "41-60 w2"]);
    assert.deepEqual(spansInWords(timeline, timeline.waits(db)), ["20-41 w2"]);
    assert.equal(steps(timeline.queue(db)), "20:1 41:0");
    const messages = timeline.messages(results);
    assert.deepEqual([...messages.from.subarray(0, 2)], [1, 2]);
    assert.deepEqual([...messages.to.subarray(0, 2)], [0, -1]);
    assert.deepEqual([...messages.received.subarray(0, 2)], [52_000, Infinity]);
    assert.equal(steps(timeline.depth(results)), "45:1 52:0 65:1");
    assert.equal(
      steps(timeline.threadsIn(ThreadState.running)),
      "0:1 5:0 10:1 15:2 20:1 41:2 50:1 51:2 70:1 80:0",
    );
    assert.equal(timeline.thread(2 as never)!.outcome, "panicked");
    assert.equal(timeline.thread(1 as never)!.parent, 0);
    assert.equal(timeline.object(db)!.operations, 4);
    assert.equal(timeline.kindOf(db), "mutex");
  });
}

test("taking records in one by one gives what taking them at once gives", () => {
  for (const order of ["time", "threads"] as const) {
    const reader = new TraceReader();
    const timeline = new Timeline(reader.trace);
    for (const piece of fileOf(BANK, { order })) {
      reader.push(piece);
      timeline.advance();
      for (const object of timeline.objects) timeline.held(object.id);
    }
    const whole = timelineOf(BANK);
    for (const thread of [0, 1, 2])
      assert.deepEqual(states(timeline, thread), states(whole, thread));
    const db = idOf(whole, "db");
    assert.deepEqual(
      spansInWords(timeline, timeline.held(db)),
      spansInWords(whole, whole.held(db)),
    );
  }
});

test("what is open lasts until now, and now is the latest that is known", () => {
  const running = `
    0   main  threadStart
    1   main  create mutex db  a.ts:1
    2   main  lock db          a.ts:2
    5   w1    threadStart
    8   w1    block db main    a.ts:2
    20  main  label "half way" a.ts:3
  `;
  const live = timelineOf(running);
  assert.equal(live.now, 20_000);
  assert.deepEqual(states(live, 1), ["5-8 running", "8-20 blocked db on main"]);
  assert.deepEqual(spansInWords(live, live.held(idOf(live, "db"))), ["2-20 main"]);
  const ended = timelineOf(`${running}\n 50 ends stuck`);
  assert.deepEqual(states(ended, 1), ["5-8 running", "8-50 blocked db on main"]);
});

test("a lock that its thread never released stays held when the thread has ended", () => {
  const timeline = timelineOf(`
    0   main  threadStart
    5   w1    threadStart
    6   w1    lock db      a.ts:2
    9   w1    threadEnd 0
    20  main  threadEnd 0
  `);
  const db = timeline.objectsOf("mutex")[0].id;
  assert.deepEqual(spansInWords(timeline, timeline.held(db)), ["6-20 w1"]);
  assert.deepEqual(timeline.thread(1 as never)!.openHoldings, [0]);
});

test("waiting for a condition gives up its lock and takes it again", () => {
  const timeline = timelineOf(`
    0   main  threadStart
    1   main  create mutex db       a.ts:1
    1   main  create condvar ready  a.ts:2
    5   main  lock db               a.ts:3
    6   main  conditionWait ready db a.ts:4
    6   main  block ready           a.ts:4
    20  main  conditionWoken ready 1 a.ts:4
    21  main  block db w1           a.ts:4
    25  main  lock db               a.ts:4
    30  main  unlock db             a.ts:5
    31  main  threadEnd 0
  `);
  const db = idOf(timeline, "db");
  assert.deepEqual(spansInWords(timeline, timeline.held(db)), ["5-6 main", "25-30 main"]);
  assert.deepEqual(states(timeline, 0), [
    "0-6 running",
    "6-20 waiting ready",
    "20-21 running",
    "21-25 blocked db on w1",
    "25-31 running",
  ]);
});

test("a poisoned lock is not held, sleeping ends with the next record, a stall lasts as long as it tells", () => {
  const timeline = timelineOf(`
    0   main  threadStart
    1   main  create mutex db  a.ts:1
    2   main  lock db 1        a.ts:3
    3   main  sleep 10         a.ts:4
    15  main  wake             a.ts:4
    20  main  stall 30
    20  main  block db w1      a.ts:5
    60  main  lockRefused db   a.ts:5
    70  main  threadEnd 0
  `);
  assert.equal(timeline.held(idOf(timeline, "db")).count, 0);
  assert.deepEqual(states(timeline, 0), [
    "0-3 running",
    "3-15 sleeping",
    "15-20 running",
    "20-50 stalled",
    "50-60 blocked db on w1",
    "60-70 running",
  ]);
});

test("a message from hand to hand was never in the queue", () => {
  const timeline = timelineOf(`
    0   main  threadStart
    1   main  create channel c  a.ts:1
    5   main  receive c 1       a.ts:2
    5   w1    send c 1          a.ts:3
    9   w1    send c 2          a.ts:3
    9   w1    send c 3          a.ts:3
    12  main  receive c 2       a.ts:2
  `);
  assert.equal(steps(timeline.depth(idOf(timeline, "c"))), "9:2 12:1");
});

test("objects that are made at one place are told apart by number, in order of creation", () => {
  const timeline = timelineOf(`
    1   main  create mutex fork       a.ts:1
    1   main  create mutex fork2      a.ts:1
    1   main  create mutex fork3      a.ts:1
    2   main  create cell x "s.total"
    3   main  send unnamed 1
  `);
  const names = timeline.objects.map((object) => timeline.nameOf(object.id));
  assert.deepEqual(names.slice(0, 3), ["fork", "fork #2", "fork #3"]);
  assert.ok(names.includes("channel"));
});

test("regions nest, and have their text from the string or from the place", () => {
  const timeline = timelineOf(`
    0   main  threadStart
    1   main  regionBegin "load"  a.ts:1
    2   main  regionBegin "parse" a.ts:2
    3   main  regionEnd
    9   main  regionEnd
    10  main  regionBegin "last"
    12  main  threadEnd 0
  `);
  const { regions } = timeline.thread(0 as never)!;
  const told = Array.from({ length: regions.count }, (_, row) => [
    timeline.textOf(regions.object[row], regions.site[row]),
    regions.value[row],
    regions.end[row] / 1000,
  ]);
  assert.deepEqual(told, [
    ["load", 0, 9],
    ["parse", 1, 3],
    ["last", 0, 12],
  ]);
});

test("what a thread did at a moment is found", () => {
  const { states: spans } = timelineOf(BANK).thread(0 as never)!;
  assert.equal(spanAt(spans, 4_999), 0);
  assert.equal(spanAt(spans, 5_000), 1);
  assert.equal(spanAt(spans, 80_000), -1);
});

test("the senders left are those of the latest version, in whatever order the records come", () => {
  const told = `
    1   main  create channel c  a.ts:1
    2   main  cloneSender c 2   a.ts:2
    3   w1    dropSender c 1    a.ts:3
    4   main  dropSender c 0    a.ts:4
  `;
  for (const order of ["time", "threads"] as const) {
    const timeline = timelineOf(told, { order });
    assert.equal(timeline.object(idOf(timeline, "c"))!.senders, 0);
  }
});

test("a long trace is taken in part by part: how far it goes and whose it is are known at once", () => {
  const trace = largeTrace({ events: 20_000, threads: 5, locks: 7 });
  const read = (): Timeline => {
    const reader = new TraceReader();
    assert.equal(reader.push(trace), undefined);
    return new Timeline(reader.trace);
  };
  const whole = read();
  whole.advance();
  assert.equal(whole.isUpToDate, true);
  const parts = read();
  assert.equal(parts.advance(3000), 3000);
  assert.equal(parts.isUpToDate, false);
  // A record's time is whole nanoseconds, that of the end need not be.
  assert.ok(Math.abs(parts.horizon - whole.now) < 1);
  assert.ok(parts.now < whole.now);
  assert.deepEqual(
    parts.threads.map(({ id }) => id),
    whole.threads.map(({ id }) => id),
  );
  while (!parts.isUpToDate) parts.advance(3000);
  assert.equal(parts.now, whole.now);
  for (const [index, { states, holdings, events }] of whole.threads.entries()) {
    const other = parts.threads[index];
    assert.equal(other.events.count, events.count);
    for (const [one, same] of [
      [other.states, states],
      [other.holdings, holdings],
    ]) {
      assert.equal(one.count, same.count);
      for (const column of ["start", "end", "value", "object"] as const) {
        assert.deepEqual(one[column].slice(0, one.count), same[column].slice(0, same.count));
      }
    }
  }
  for (const { id } of whole.objects) {
    assert.deepEqual(spansOf(parts.held(id)), spansOf(whole.held(id)));
    assert.deepEqual(spansOf(parts.waits(id)), spansOf(whole.waits(id)));
  }
});

function spansOf({ count, start, end, value }: Spans): object {
  return [start.slice(0, count), end.slice(0, count), value.slice(0, count)];
}
