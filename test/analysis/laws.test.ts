import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findingsOf } from "../../src/analysis/findings.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import { storyOf } from "../../src/analysis/story.ts";
import { summaryOf } from "../../src/analysis/summary.ts";
import { whyOf } from "../../src/analysis/why.ts";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import { chromeTrace } from "../../src/trace/formats/chrome.ts";
import { TraceReader } from "../../src/trace/reader.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import {
  joined,
  piecesOf,
  readTrace,
  type Record,
  type Run,
  timelineOfRun,
} from "../trace/records.ts";
import { grouped } from "../../src/base/grouped.ts";

const site = { file: "a.ts", column: 1, endLine: 1, endColumn: 2, kind: "call" } as const;

const runOf = (records: readonly Record[]): Run => ({
  sites: [
    { ...site, line: 1 },
    { ...site, line: 2, name: "x" },
  ],
  records,
  end: { ending: { kind: "finished" }, durationNs: 10 },
});

const timelineOf = (records: readonly Record[]): Timeline => timelineOfRun(runOf(records));

/** Everything that is said of a run. */
function everything(timeline: Timeline): string {
  const findings = findingsOf(timeline);
  const story = storyOf(timeline, findings).map(plainText);
  const whys = timeline.threads.flatMap((thread) =>
    Array.from({ length: Math.min(thread.states.count, 50) }, (_, row) =>
      whyOf(timeline, thread, row)?.links.map(({ sentence }) => plainText(sentence)),
    ),
  );
  return JSON.stringify([summaryOf(timeline, findings), story, whys]);
}

function assertInOrder({ start, end, count }: Spans, apart: boolean): void {
  for (let row = 0; row < count; row++) {
    assert.ok(end[row] >= start[row], "a span ends after it begins");
    if (row === 0) continue;
    assert.ok(start[row] >= start[row - 1], "spans are sorted");
    if (apart) assert.ok(end[row - 1] <= start[row], "spans do not overlap");
  }
}

const anyRecord = fc.record({
  time: fc.nat(100),
  kind: fc.oneof(fc.constantFrom(...Object.values(EventKind)), fc.nat(255)),
  thread: fc.oneof(fc.nat(3), fc.constant(0x3fff)),
  object: fc.oneof(fc.nat(5), fc.integer()),
  version: fc.oneof(fc.nat(9), fc.integer()),
  argument: fc.oneof(fc.integer({ min: -1, max: 6 }), fc.integer()),
  site: fc.oneof(fc.nat(3), fc.constant(0x3_ffff)),
});

test("whatever the records, something sane is said of them, and spans stay in order", () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 120 }), (records) => {
      const timeline = timelineOf(records);
      assert.ok(everything(timeline).length > 0);
      JSON.parse([...chromeTrace(timeline)].join(""));
      for (const { states, holdings, regions } of timeline.threads) {
        assertInOrder(states, true);
        for (const spans of [holdings, regions]) assert.ok(spans.count <= records.length);
      }
      for (const { id } of timeline.objects) {
        assertInOrder(timeline.waits(id), false);
        const { time, value, count } = timeline.queue(id);
        for (let step = 0; step < count; step++) {
          assert.ok(value[step] >= 0);
          assert.ok(step === 0 || time[step] > time[step - 1]);
        }
      }
    }),
    { numRuns: 300 },
  );
});

/**
 * A run of threads that take turns at two locks and a channel, simulated step by step: what an engine would record.
 * `choices` decides who goes next and what it does.
 */
function simulated(choices: readonly number[]): Record[] {
  const records: Record[] = [];
  const versions = new Map<number, number>();
  const holder = new Map<number, number>();
  const waiting = new Map<number, number>();
  let sent = 0;
  let received = 0;
  let time = 0;
  const channel = 3;
  const tell = (thread: number, kind: number, object: number, argument = 0): void => {
    const marks = kind === EventKind.create || kind === EventKind.block;
    const version = marks ? 0 : (versions.get(object) ?? 0) + 1;
    if (!marks) versions.set(object, version);
    records.push({ time: ++time, kind, thread, object, version, argument, site: 1 + (object % 2) });
  };
  for (const object of [1, 2]) tell(0, EventKind.create, object, OBJECT_KINDS.indexOf("mutex"));
  tell(0, EventKind.create, channel, OBJECT_KINDS.indexOf("channel"));
  for (const choice of choices) {
    const thread = choice % 4;
    const object = 1 + ((choice >> 2) % 3);
    const awaited = waiting.get(thread);
    const lock = awaited ?? object;
    if (awaited === undefined && object === channel) {
      if (choice % 2 === 0) tell(thread, EventKind.send, channel, ++sent);
      else if (received < sent) tell(thread, EventKind.receive, channel, ++received);
    } else if (holder.get(lock) === thread) {
      tell(thread, EventKind.unlock, lock);
      holder.delete(lock);
    } else if (!holder.has(lock)) {
      tell(thread, EventKind.lock, lock);
      holder.set(lock, thread);
      waiting.delete(thread);
    } else if (awaited === undefined) {
      tell(thread, EventKind.block, lock, holder.get(lock));
      waiting.set(thread, lock);
    }
  }
  return records;
}

/** The same records as a collector might find them: each thread's own in order, the threads in any. */
function interleaved(records: readonly Record[], choices: readonly number[]): Record[] {
  const rings = grouped(records, ({ thread }) => thread);
  const found: Record[] = [];
  for (const choice of choices)
    found.push(...(rings.get(choice % 4)?.splice(0, choice >> 2) ?? []));
  return [...found, ...[...rings.values()].flat()];
}

const numbers = fc.array(fc.nat(255), { maxLength: 150 });

test("what is said of a run does not depend on the order in which rings were drained", () => {
  fc.assert(
    fc.property(numbers, numbers, (choices, drains) => {
      const records = simulated(choices);
      const direct = timelineOf(records);
      assert.equal(everything(timelineOf(interleaved(records, drains))), everything(direct));
      for (const { id } of direct.objectsOf("mutex")) assertInOrder(direct.held(id), true);
    }),
    { numRuns: 150 },
  );
});

test("following a run says in the end what reading it afterwards says", () => {
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 1, max: 400 }), (choices, drains, piece) => {
      const file = joined(piecesOf(runOf(interleaved(simulated(choices), drains))));
      const afterwards = new Timeline(readTrace(file));
      afterwards.advance();
      const reader = new TraceReader();
      const followed = new Timeline(reader.trace);
      for (let at = 0; at < file.length; at += piece) {
        reader.push(file.subarray(at, at + piece));
        followed.advance();
        everything(followed);
      }
      assert.equal(everything(followed), everything(afterwards));
    }),
    { numRuns: 20 },
  );
});
