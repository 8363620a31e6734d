import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf } from "../../src/analysis/findings.ts";
import { summaryOf } from "../../src/analysis/summary.ts";
import type { OutputLine } from "../../src/trace/tables.ts";
import { timelineOf } from "../trace/told.ts";

const TOLD = `
  0   main  threadStart
  1   main  create mutex db         bank.ts:3
  2   main  create channel results  bank.ts:4
  3   main  block w1 in-join        bank.ts:9
  10  w1    threadStart main
  11  w1    lock db                 bank.ts:14
  12  w2    threadStart main
  20  w2    block db w1 in-lock     bank.ts:14
  40  w1    unlock db               bank.ts:16
  41  w2    lock db                 bank.ts:14
  45  w1    send results 1          bank.ts:17
  46  w1    send results 2          bank.ts:17
  50  w1    threadEnd 0
  51  main  join w1                 bank.ts:9
  52  main  receive results 1       bank.ts:11
  60  w2    unlock db               bank.ts:16
  62  w2    sleep 5
  67  w2    threadEnd 0
  80  main  threadEnd 0
  90  ends  finished
`;

const line = (sequence: number, site: number): OutputLine => ({
  sequence,
  thread: 0 as never,
  stream: "log",
  text: `line ${sequence}`,
  site: site as never,
  time: 0,
});

test("the summary is the object that the command line promises", () => {
  const timeline = timelineOf(TOLD, { output: [line(1, 0), line(0, 2)], order: "threads" });
  const findings = findingsOf(timeline);
  assert.deepEqual(summaryOf(timeline, findings), {
    ok: true,
    engine: "native",
    threads: [
      { id: 0, name: "main", events: 7, runningNs: 32_000, blockedNs: 48_000 },
      { id: 1, name: "w1", events: 6, runningNs: 40_000, blockedNs: 0 },
      { id: 2, name: "w2", events: 6, runningNs: 29_000, blockedNs: 21_000 },
    ],
    objects: [
      { id: 2, kind: "mutex", name: "db", operations: 4, contended: 1, waitedNs: 21_000 },
      { id: 3, kind: "channel", name: "results", operations: 3, contended: 0, waitedNs: 0 },
    ],
    messages: [
      { channel: 3, from: 1, to: 0, count: 1 },
      { channel: 3, from: 1, to: null, count: 1 },
    ],
    events: 19,
    findings,
    output: [
      { thread: 0, text: "line 0", file: "bank.ts", line: 4 },
      { thread: 0, text: "line 1", file: null, line: null },
    ],
    durationNs: 90_000,
  });
});

test("an error makes a run not ok, a warning does not", () => {
  const timeline = timelineOf(TOLD);
  const finding = { kind: "panic", code: "TL2002", message: "", sites: [] } as const;
  assert.equal(summaryOf(timeline, [{ ...finding, severity: "warning" }]).ok, true);
  assert.equal(summaryOf(timeline, [{ ...finding, severity: "error" }]).ok, false);
});

test("the same trace gives the same summary, byte for byte", () => {
  const json = (order: "time" | "threads"): string => {
    const timeline = timelineOf(TOLD, { order });
    return JSON.stringify(summaryOf(timeline, findingsOf(timeline)));
  };
  assert.equal(json("time"), json("time"));
  assert.equal(json("time"), json("threads"));
});
