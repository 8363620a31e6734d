/** Who was on which core, and why they left: by hand, and of runs that the engine's own models made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cooperative } from "../../src/engine/models/cooperative.ts";
import { green } from "../../src/engine/models/green.ts";
import { parallel } from "../../src/engine/models/parallel.ts";
import { timesliced } from "../../src/engine/models/timesliced.ts";
import { atomic, AtomicOperation } from "../../src/objects/atomic.ts";
import { Leaving } from "../../src/trace/timeline/core-track.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import { engine, loop, perform, ran, yieldNow, type Body } from "../engine/model/by-hand.ts";
import { timelineOfRun } from "./records.ts";
import { switchesRun, type Stay } from "./switches.ts";

const STATES = Object.keys(ThreadState);
const REASONS = Object.keys(Leaving);

/** `0-20 main quantum`. */
function stays(timeline: Timeline, core: number): string[] {
  const { spans, left } = timeline.cores[core];
  return Array.from(
    { length: spans.count },
    (_, row) =>
      `${spans.start[row]}-${spans.end[row]} ` +
      `${timeline.trace.threadName(spans.value[row] as never)} ${REASONS[left.at[row]]}`,
  );
}

function states(timeline: Timeline, thread: number): string[] {
  const { states: spans } = timeline.thread(thread as never)!;
  return Array.from(
    { length: spans.count },
    (_, row) => `${spans.start[row]}-${spans.end[row]} ${STATES[spans.value[row]]}`,
  );
}

const TURNS: readonly Stay[] = [
  { core: 0, thread: 0, from: 0, until: 20, waited: 0, why: "quantum" },
  { core: 0, thread: 1, from: 20, until: 31, waited: 15, why: "yielded" },
  { core: 0, thread: 2, from: 31, until: 33, waited: 5, why: "waits" },
  { core: 0, thread: 0, from: 33, until: 50, waited: 13, why: "slept" },
  { core: 0, thread: 1, from: 50, until: 60, waited: 19, why: "ended" },
  { core: 0, thread: 2, from: 64, until: 70, waited: 1, why: "ended" },
];

test("a core knows who was on it, until when, and why they left", () => {
  const timeline = timelineOfRun(switchesRun(TURNS, 1));
  assert.deepEqual(stays(timeline, 0), [
    "0-20 main quantum",
    "20-31 solver yielded",
    "31-33 encoder waits",
    "33-50 main slept",
    "50-60 solver ended",
    "64-70 encoder ended",
  ]);
  assert.equal(timeline.cores[0].switches, 5);
});

test("a thread that could go on is runnable, not running, until it has a core", () => {
  const timeline = timelineOfRun(switchesRun(TURNS, 1));
  assert.deepEqual(states(timeline, 0), [
    "0-20 running",
    "20-33 runnable",
    "33-50 running",
    "50-70 sleeping",
  ]);
  // It had waited since tick 5, before anything else was known of it.
  assert.deepEqual(states(timeline, 1).slice(0, 2), ["5-20 runnable", "20-31 running"]);
  // What it waited for came at 63.
  assert.deepEqual(states(timeline, 2), [
    "26-31 runnable",
    "31-33 running",
    "33-63 waiting",
    "63-64 runnable",
    "64-69 running",
  ]);
});

test("going from one core to another without waiting is running on", () => {
  const timeline = timelineOfRun(
    switchesRun(
      [
        { core: 0, thread: 0, from: 0, until: 10, waited: 0, why: "quantum" },
        { core: 1, thread: 0, from: 10, until: 20, waited: 0, why: "ended" },
      ],
      2,
    ),
  );
  assert.deepEqual(states(timeline, 0), ["0-19 running"]);
  assert.deepEqual(stays(timeline, 1), ["10-20 main ended"]);
});

test("a core on which nobody ever was is there all the same; real threads have none", () => {
  assert.deepEqual(
    timelineOfRun(switchesRun(TURNS, 3)).cores.map(({ spans }) => spans.count),
    [6, 0, 0],
  );
  assert.deepEqual(timelineOfRun({ records: [] }).cores, []);
});

/** For how long a core was idle while somebody who could go on waited for one. */
function wasted(timeline: Timeline): number {
  let time = 0;
  for (const { spans } of timeline.cores) {
    for (let stay = 0; stay <= spans.count; stay++) {
      const from = stay === 0 ? 0 : spans.end[stay - 1];
      const to = stay === spans.count ? timeline.now : spans.start[stay];
      for (const { states: own } of timeline.threads) {
        for (let row = 0; row < own.count; row++) {
          if (own.value[row] !== ThreadState.runnable) continue;
          time += Math.max(0, Math.min(to, own.end[row]) - Math.max(from, own.start[row]));
        }
      }
    }
  }
  return time;
}

test("no core is idle while somebody who could go on waits for one", () => {
  const models = [() => parallel(2, 25), () => parallel(3, 10), () => timesliced(7), cooperative];
  for (const make of [...models, () => green(2), () => green(3)]) {
    let at = 0 as never;
    function* body(times: number, work: number): Body {
      for (let i = 0; i < times; i++) {
        yield* perform(at, AtomicOperation.ADD, 1);
        yield* loop(work);
        if (i % 2 === 0) yield* yieldNow();
      }
      return undefined;
    }
    const program = {
      main: () => {
        at = engine.create(atomic, 0) as never;
      },
      threads: {
        long: () => body(2, 200),
        other: () => body(3, 90),
        short: () => body(12, 4),
        quick: () => body(20, 1),
      },
    };
    const timeline = new Timeline(ran(program, { scheduler: make() }).trace);
    timeline.advance();
    assert.equal(wasted(timeline), 0);
  }
});

test("every tick that a thread runs it is on a core, under every model", () => {
  for (const make of [() => parallel(2, 15), () => timesliced(7), cooperative, () => green(2)]) {
    const model = make();
    let at = 0 as never;
    function* body(): Body {
      for (let i = 0; i < 5; i++) {
        yield* perform(at, AtomicOperation.ADD, 1);
        yield* loop(13);
        yield* yieldNow();
      }
      return undefined;
    }
    const program = {
      main: () => {
        at = engine.create(atomic, 0) as never;
      },
      threads: { a: body, b: body, c: body },
    };
    const { trace } = ran(program, { scheduler: model });
    const timeline = new Timeline(trace);
    timeline.advance();
    let onCores = 0;
    for (const { spans } of timeline.cores) {
      for (let row = 0; row < spans.count; row++) {
        onCores += spans.end[row] - spans.start[row];
        if (row > 0) assert.ok(spans.start[row] >= spans.end[row - 1], "one at a time");
      }
    }
    let running = 0;
    for (const { states: spans } of timeline.threads) {
      for (let row = 0; row < spans.count; row++) {
        const isRunning = spans.value[row] === ThreadState.running;
        if (isRunning) running += spans.end[row] - spans.start[row];
      }
    }
    // Ending takes a tick of the core, and none of the thread's.
    assert.equal(onCores - running, timeline.threads.length);
  }
});
