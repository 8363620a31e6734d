/** What following a trace makes of records that a free run or a modelled one leaves, told record by record. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address, SiteId, ThreadId } from "../../../src/base/brand.ts";
import { TraceOrder } from "../../../src/engine/schedule/trace-order.ts";
import type { Candidate } from "../../../src/engine/scheduler.ts";
import { EventKind } from "../../../src/trace/event.ts";
import { piecesOf, readTrace, type Record } from "../../trace/records.ts";

const traceOf = (records: readonly Record[]) => readTrace(...piecesOf({ records }));

const [MAIN, OTHER] = [0, 1] as ThreadId[];

/** Main has started the other thread. */
const BEGUN: readonly Record[] = [
  { time: 1, kind: EventKind.threadStart, thread: MAIN, object: 1, version: 1, argument: -1 },
  { time: 2, kind: EventKind.spawn, thread: MAIN, object: 2, version: 1, argument: OTHER },
  { time: 3, kind: EventKind.threadStart, thread: OTHER, object: 2, version: 2, argument: MAIN },
];

/** Follows the records, with both threads offered from the spawn on; `wakes`: after so many steps, who goes on unpicked. */
function followed(
  records: readonly Record[],
  steps: number,
  wakes?: { readonly after: number; readonly thread: ThreadId },
) {
  const view = { threads: 2, parentOf: (thread: ThreadId) => (thread === MAIN ? -1 : MAIN) };
  const order = new TraceOrder(traceOf([...BEGUN, ...records]), view);
  const went: ThreadId[] = [];
  for (let step = 0; step < BEGUN.length + steps; step++) {
    const offered = step < 2 ? [MAIN] : step === 2 ? [OTHER] : [MAIN, OTHER];
    went.push(offered[order.pick(offered.map(candidate), offered.length)]);
    if (wakes?.after === step - BEGUN.length + 1) order.completed(wakes.thread);
  }
  return { went: went.slice(BEGUN.length), problems: order.problems.map(({ code }) => code) };
}

const candidate = (thread: ThreadId): Candidate => ({
  ...{ thread, object: 1 as Address, operation: 0, a: 0, b: 0, site: 0 as SiteId },
  ...{ timesOut: false, notes: false },
});

test("who is woken goes on at once, although it came to it later; what the others did keeps its order", () => {
  const on = (time: number, thread: ThreadId, kind: number, version: number): Record => ({
    ...{ time, thread, kind, version },
    object: 9,
  });
  const records = [
    on(10, OTHER, EventKind.block, 0),
    on(11, MAIN, EventKind.atomicNotify, 1),
    on(12, MAIN, EventKind.store, 2),
    on(13, OTHER, EventKind.atomicWait, 3),
    on(14, OTHER, EventKind.load, 4),
    on(15, MAIN, EventKind.store, 5),
  ];
  const { went, problems } = followed(records, 4, { after: 1, thread: OTHER });
  assert.deepEqual(went, [MAIN, MAIN, OTHER, MAIN]);
  assert.deepEqual(problems, []);
});

test("who has a core for how long is no step, however long it waited for it", () => {
  const records = [
    { time: 10, kind: EventKind.onCore, thread: OTHER, version: 7, argument: 1 },
    { time: 11, kind: EventKind.write, thread: MAIN, object: 9, version: 1 },
    { time: 12, kind: EventKind.offCore, thread: OTHER, version: 3, argument: 1 },
    { time: 13, kind: EventKind.read, thread: OTHER, object: 9, version: 2 },
  ];
  const { went, problems } = followed(records, 2);
  assert.deepEqual(went, [MAIN, OTHER]);
  assert.deepEqual(problems, []);
});

test("threads are known again by who started them, though they began in another order than their numbers", () => {
  const [LATE, EARLY] = [2, 3] as ThreadId[];
  const records = [
    { time: 10, kind: EventKind.spawn, thread: MAIN, object: 7, version: 1, argument: 8 },
    { time: 11, kind: EventKind.spawn, thread: OTHER, object: 8, version: 1, argument: 9 },
    { time: 12, kind: EventKind.write, thread: 9, object: 9, version: 1 },
    { time: 13, kind: EventKind.write, thread: 8, object: 9, version: 2 },
  ];
  const parents: (ThreadId | -1)[] = [-1, MAIN];
  const view = { threads: 4, parentOf: (thread: ThreadId) => parents[thread] };
  const order = new TraceOrder(traceOf([...BEGUN, ...records]), view);
  const offers = (...threads: ThreadId[]) =>
    threads[order.pick(threads.map(candidate), threads.length)];
  for (const thread of [MAIN, MAIN, OTHER, MAIN]) assert.equal(offers(thread), thread);
  // What main has started is about to begin last, and yet has the lower number.
  parents[EARLY] = OTHER;
  assert.equal(offers(OTHER), OTHER);
  parents[LATE] = MAIN;
  assert.deepEqual([offers(LATE, EARLY), offers(LATE, EARLY)], [EARLY, LATE]);
  assert.deepEqual(order.problems, []);
});

test("a notification wakes whom it woke, whichever of the waiters that was", () => {
  const [TIMED, FIRST, SECOND] = [1, 2, 3] as ThreadId[];
  const on = (version: number, thread: ThreadId, kind: number, argument = 0): Record => ({
    ...{ version, thread, kind, argument },
    ...{ object: 9, time: 10 + version },
  });
  const records = [
    ...[TIMED, FIRST, SECOND].map((thread): Record => {
      return {
        time: thread,
        kind: EventKind.spawn,
        thread: MAIN,
        version: 1,
        object: 10 + thread,
        argument: thread,
      };
    }),
    ...[TIMED, FIRST, SECOND].map((thread) => on(thread, thread, EventKind.conditionWait)),
    { time: 13, kind: EventKind.block, thread: TIMED, object: 9 },
    on(4, TIMED, EventKind.conditionWoken, 0),
    on(5, MAIN, EventKind.notifyOne, SECOND),
    on(6, MAIN, EventKind.notifyOne, FIRST),
  ];
  const view = { threads: 4, parentOf: (thread: ThreadId) => (thread === MAIN ? -1 : MAIN) };
  const order = new TraceOrder(traceOf(records), view);
  for (let step = 0; step < 6; step++) {
    const offered = step < 3 ? [MAIN] : [MAIN, TIMED, FIRST, SECOND];
    assert.equal(
      offered[order.pick(offered.map(candidate), offered.length)],
      step < 3 ? MAIN : step - 2,
    );
  }
  const timedOut = { ...candidate(TIMED), timesOut: true };
  assert.equal(order.pick([candidate(MAIN), timedOut], 2), 1);
  const chosen = [2, 1].map((waiters) => {
    assert.equal(order.pick([candidate(MAIN)], 1), 0);
    return order.choose(waiters, MAIN, 0);
  });
  assert.deepEqual(chosen, [1, 0]);
  assert.deepEqual(order.problems, []);
});

test("a step that a stopped thread had no time to write down is made by it, before what others recorded after it", () => {
  const on = (time: number, thread: ThreadId, version: number): Record => ({
    ...{ time, thread, version, kind: EventKind.store },
    object: 9,
  });
  const { went, problems } = followed([on(10, OTHER, 1), on(12, MAIN, 3)], 3);
  assert.deepEqual(went, [OTHER, OTHER, MAIN]);
  assert.deepEqual(problems, []);
});
