/** Laws of the machine: random programs over all kinds of object, driven by random schedulers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Address } from "../../../src/base/brand.ts";
import { timesliced } from "../../../src/engine/models/timesliced.ts";
import { parallel } from "../../../src/engine/models/parallel.ts";
import { Standing } from "../../../src/engine/model/thread.ts";
import { RandomOrder } from "../../../src/engine/schedule/random.ts";
import type { Candidate, Scheduler } from "../../../src/engine/scheduler.ts";
import { atomic, AtomicOperation } from "../../../src/objects/atomic.ts";
import { channel, ChannelOperation } from "../../../src/objects/channel.ts";
import { mutex, MutexOperation } from "../../../src/objects/mutex.ts";
import { Head, Outlook } from "../../../src/objects/object.ts";
import { NODE_WORDS, NodeWord } from "../../../src/objects/waiters.ts";
import { EventKind } from "../../../src/trace/event.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import {
  type Body,
  engine,
  type HandProgram,
  KINDS,
  loop,
  modelOf,
  perform,
  performFor,
  ran,
  sleep,
  yieldNow,
} from "./by-hand.ts";

/** What a thread does next: an operation on one of the objects, or something with time. */
const ACTIONS = [
  "lock",
  "lockFor",
  "send",
  "sendNow",
  "receive",
  "receiveFor",
  "add",
  "await",
  "notify",
  "sleep",
  "yield",
  "loop",
] as const;
type Action = (typeof ACTIONS)[number];

function programOf(threads: readonly (readonly Action[])[], capacity: number): HandProgram {
  let [lock, pipe, count] = [0, 0, 0] as Address[];
  function* act(action: Action): Body {
    switch (action) {
      case "lock":
      case "lockFor": {
        const held =
          action === "lock"
            ? yield* perform(lock, MutexOperation.LOCK)
            : yield* performFor(lock, MutexOperation.LOCK, 0, 0, 3);
        if (held === 0) yield* perform(lock, MutexOperation.UNLOCK);
        return;
      }
      case "send":
      case "sendNow": {
        const message = engine.allocate(NODE_WORDS);
        const how = action === "send" ? ChannelOperation.SEND : ChannelOperation.TRY_SEND;
        yield* perform(pipe, how, message);
        return;
      }
      case "receive":
        yield* perform(pipe, ChannelOperation.RECEIVE, engine.node);
        return;
      case "receiveFor":
        yield* performFor(pipe, ChannelOperation.RECEIVE, engine.node, 0, 2);
        return;
      case "add":
        yield* perform(count, AtomicOperation.ADD, 1);
        return;
      case "await": {
        const { node } = engine;
        engine.words[node + NodeWord.STATE] = 0;
        yield* performFor(count, AtomicOperation.WAIT, 0, node, 5);
        return;
      }
      case "notify":
        yield* perform(count, AtomicOperation.NOTIFY, 1);
        return;
      case "sleep":
        yield* sleep(1);
        return;
      case "yield":
        yield* yieldNow();
        return;
      case "loop":
        yield* loop(5);
        return;
    }
  }
  const bodies = threads.map(
    (actions) =>
      function* (): Body {
        for (const action of actions) yield* act(action);
        return undefined;
      },
  );
  return {
    main: () => {
      lock = engine.create(mutex);
      pipe = engine.create(channel, capacity);
      count = engine.create(atomic, 0);
    },
    threads: Object.fromEntries(bodies.map((body, index) => [`t${index}`, body])),
  };
}

const programs = fc
  .record({
    threads: fc.array(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    }),
    capacity: fc.constantFrom(-1, 0, 1, 2),
  })
  .map(
    ({ threads, capacity }) =>
      () =>
        programOf(threads, capacity),
  );

const seeds = fc.integer({ min: 1, max: 1 << 30 });

/** Records of objects that are no operations. */
const MARKS: ReadonlySet<number> = new Set([EventKind.create, EventKind.block, EventKind.capacity]);

/** Rows of operations, by object, in the order of the trace. */
function operations({ events }: Trace): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < events.count; row++) {
    const [kind, object] = [events.kind[row], events.object[row]];
    if (object === 0 || MARKS.has(kind)) continue;
    rows.set(object, [...(rows.get(object) ?? []), row]);
  }
  return rows;
}

function checkTrace(trace: Trace): void {
  const { events } = trace;
  for (const [object, rows] of operations(trace)) {
    const versions = rows.map((row) => events.version[row]).toSorted((a, b) => a - b);
    assert.deepEqual(
      versions,
      versions.map((_, index) => index + 1),
      `object ${object} has every version once`,
    );
    const inOrder = rows.toSorted((one, other) => events.version[one] - events.version[other]);
    for (let i = 1; i < inOrder.length; i++) {
      assert.ok(events.time[inOrder[i]] >= events.time[inOrder[i - 1]], "time follows versions");
    }
  }
  const last = new Map<number, number>();
  for (let row = 0; row < events.count; row++) {
    const thread = events.thread[row];
    assert.ok(events.time[row] >= (last.get(thread) ?? 0), "a thread's time never goes back");
    last.set(thread, events.time[row]);
  }
}

test("every operation has one place in its object's order, and times agree with it", () => {
  fc.assert(
    fc.property(programs, seeds, fc.boolean(), (program, seed, exploring) => {
      checkTrace(ran(program(), { scheduler: new RandomOrder(seed), exploring }).trace);
      checkTrace(ran(program(), { scheduler: parallel(2, 7) }).trace);
      checkTrace(ran(program(), { scheduler: timesliced(3) }).trace);
    }),
    { numRuns: 150 },
  );
});

test("the same decisions give the same bytes, whatever was run before on the same model", () => {
  fc.assert(
    fc.property(programs, seeds, seeds, fc.boolean(), (program, seed, other, exploring) => {
      const { bytes } = ran(program(), { scheduler: new RandomOrder(seed), exploring });
      const model = modelOf(program());
      ran(model, { scheduler: new RandomOrder(other) });
      const again = ran(model, { scheduler: new RandomOrder(seed), exploring });
      assert.deepEqual(again.bytes, bytes);
    }),
    { numRuns: 100 },
  );
});

test("who is offered is exactly who could go on: nobody is forgotten, and nobody's step comes to nothing", () => {
  fc.assert(
    fc.property(programs, seeds, (program, seed) => {
      const model = modelOf(program());
      const order = new RandomOrder(seed);
      const checking: Scheduler = {
        pick(candidates, count) {
          check(candidates.slice(0, count));
          return order.pick(candidates, count);
        },
        choose: (n) => order.choose(n),
      };
      const check = (offered: readonly Candidate[]): void => {
        const { words } = engine;
        for (const { id, standing, next } of model.run!.machine.threads) {
          if (standing !== Standing.OPERATION) continue;
          const { object, operation, a, b } = next;
          const kind = KINDS[words[object + Head.KIND]];
          const goes = kind.outlook(words, object, operation, a, b) !== Outlook.WAITS;
          const isOffered = offered.some(({ thread, timesOut }) => thread === id && !timesOut);
          assert.equal(isOffered, goes, `thread ${id}, ${kind.operations[operation].name}`);
        }
      };
      const result = model.begin({ scheduler: () => checking }).go();
      assert.ok(result?.ending.kind === "finished" || result?.ending.kind === "stuck");
    }),
    { numRuns: 200 },
  );
});
