import assert from "node:assert/strict";
import { test } from "node:test";
import { chromeTrace } from "../../src/trace/formats/chrome.ts";
import type { Timeline } from "../../src/trace/timeline/timeline.ts";
import { timelineOf } from "./told.ts";
import { grouped } from "../../src/base/grouped.ts";

interface Entry {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

function exported(timeline: Timeline): Entry[] {
  const whole = JSON.parse([...chromeTrace(timeline)].join("")) as { traceEvents: Entry[] };
  return whole.traceEvents;
}

const TOLD = `
  0      main  threadStart
  1      main  create mutex db         bank.ts:3
  2      main  create channel results  bank.ts:4
  3      main  regionBegin "load"      bank.ts:5
  4      main  regionBegin "parse"     bank.ts:6
  5      main  block w1 in-join        bank.ts:9
  10     w1    threadStart main
  11.001 w1    lock db                 bank.ts:14
  12     w2    threadStart main
  20     w2    block db w1 in-lock     bank.ts:14
  40.333 w1    unlock db               bank.ts:16
  41     w2    lock db                 bank.ts:14
  45     w1    send results 1          bank.ts:17
  46     w1    send results 2          bank.ts:17
  48     w1    label "half \\ way"     bank.ts:18
  50     w1    threadEnd 0
  51     main  join w1                 bank.ts:9
  52     main  receive results 1       bank.ts:11
  53     main  regionEnd
  60     w2    unlock db               bank.ts:16
  65     w2    panic 1                 bank.ts:19
  67     w2    threadEnd 1
  80     main  threadEnd 0
  90     ends  finished
`;

test("states are slices of the threads' tracks, with what they wait for and where", () => {
  const slices = exported(timelineOf(TOLD)).filter(({ cat, tid }) => cat === "state" && tid === 2);
  assert.deepEqual(
    slices.map(({ name, ts, dur, args }) => [name, ts, dur, args?.["line"], args?.["thread"]]),
    [
      ["running", 12, 8, undefined, undefined],
      ["blocked: db", 20, 21, 14, "w1"],
      ["running", 41, 26, undefined, undefined],
    ],
  );
});

test("a lock's track has its holders, one after the other, to the nanosecond", () => {
  const slices = exported(timelineOf(TOLD)).filter(({ cat }) => cat === "lock");
  assert.deepEqual(
    slices.map(({ name, ts, dur }) => [name, ts, dur]),
    [
      ["w1", 11.001, 29.332],
      ["w2", 41, 19],
    ],
  );
});

test("slices of one track nest or follow each other", () => {
  const tracks = grouped(
    exported(timelineOf(TOLD)).filter(({ ph }) => ph === "X"),
    ({ pid, tid }) => `${pid} ${tid}`,
  );
  assert.equal(tracks.size, 5);
  for (const slices of tracks.values()) {
    const open: number[] = [];
    for (const { ts, dur } of slices.sort((a, b) => a.ts! - b.ts! || b.dur! - a.dur!)) {
      while (open.length > 0 && open.at(-1)! <= ts!) open.pop();
      assert.ok(open.length === 0 || ts! + dur! <= open.at(-1)!);
      open.push(ts! + dur!);
    }
  }
});

test("each flow begins once and ends once, at slices of its threads", () => {
  const entries = exported(timelineOf(TOLD));
  const flows = entries.filter(({ ph }) => ph === "s" || ph === "f");
  assert.deepEqual(
    flows.map(({ ph, id, tid, ts }) => [ph, id, tid, ts]),
    [
      ["s", 1, 1, 45],
      ["f", 1, 0, 52],
    ],
  );
  for (const { tid, ts } of flows) {
    assert.ok(
      entries.some(
        (slice) =>
          slice.cat === "state" &&
          slice.tid === tid &&
          slice.ts! <= ts! &&
          slice.ts! + slice.dur! >= ts!,
      ),
    );
  }
});

test("threads, locks and the program have their names, marks their text, queues their depth", () => {
  const entries = exported(timelineOf(TOLD));
  const named = (what: string): unknown[] =>
    entries.filter(({ name }) => name === what).map(({ args }) => args?.["name"]);
  assert.deepEqual(named("process_name"), ["bank.ts", "locks and channels", "regions"]);
  assert.deepEqual(named("thread_name"), ["main", "main", "w1", "w2", "db"]);
  const instants = entries.filter(({ ph }) => ph === "i").map(({ name, tid }) => [name, tid]);
  assert.deepEqual(instants, [
    ["half \\ way", 1],
    ["assertion failed", 2],
  ]);
  const depth = entries
    .filter(({ ph }) => ph === "C")
    .map(({ ts, args }) => [ts, args?.["queued"]]);
  assert.deepEqual(depth, [
    [45, 1],
    [46, 2],
    [52, 1],
  ]);
});

test("an empty trace is a valid file", () => {
  assert.deepEqual(
    exported(timelineOf("")).map(({ ph }) => ph),
    ["M", "M"],
  );
});

test("a large trace comes in parts, and never as one string", () => {
  const lines = Array.from({ length: 2000 }, (_, i) => `${i} w1 sleep 1\n${i + 0.5} w1 wake`);
  const timeline = timelineOf(lines.join("\n"));
  const parts = [...chromeTrace(timeline)];
  assert.ok(parts.length > 10);
  assert.ok(Math.max(...parts.map((part) => part.length)) < 64 * 1024);
  assert.equal(exported(timeline).filter(({ ph }) => ph === "X").length, 4000);
});
