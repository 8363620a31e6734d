import assert from "node:assert/strict";
import { test } from "node:test";
import { lineThreads } from "../../src/extension/line-threads.ts";
import { EventKind } from "../../src/trace/event.ts";
import { type Record, timelineOfRun } from "../trace/records.ts";

test("each line tells the threads that it started, how long they lived and waited", () => {
  const end = { endLine: 7, endColumn: 9, kind: "call" as const };
  const site = (line: number) => ({ file: "/a.ts", line, column: 1, ...end });
  const record = (thread: number, time: number, kind: number, more: Partial<Record> = {}) =>
    ({ time, thread, kind, object: 0, version: 0, argument: 0, site: 0, ...more }) as Record;
  const spawns = (child: number, line: 1 | 2) =>
    record(0, 1, EventKind.spawn, { object: child + 1, argument: child, site: line });
  const timeline = timelineOfRun({
    sites: [site(7), site(8)],
    threads: ["main", "one", "two", "three"].map((name, id) => ({ name, object: id + 1 })),
    records: [
      record(0, 0, EventKind.threadStart, { argument: -1 }),
      spawns(1, 1),
      spawns(2, 2),
      spawns(3, 2),
      record(1, 10, EventKind.threadStart),
      record(1, 20, EventKind.block, { object: 3, argument: 2 }),
      record(1, 50, EventKind.join, { object: 3 }),
      record(1, 60, EventKind.threadEnd),
      record(2, 15, EventKind.threadStart),
      record(2, 45, EventKind.threadEnd),
      record(3, 20, EventKind.threadStart),
      record(3, 21, EventKind.threadEnd),
    ],
    end: { ending: { kind: "finished" }, durationNs: 100 },
  });
  assert.deepEqual(lineThreads(timeline), [
    {
      file: "/a.ts",
      line: 7,
      threads: [{ thread: 1, order: 1, name: "one", lived: 50, waited: 30 }],
    },
    {
      file: "/a.ts",
      line: 8,
      threads: [
        { thread: 2, order: 2, name: "two", lived: 30, waited: 0 },
        { thread: 3, order: 3, name: "three", lived: 1, waited: 0 },
      ],
    },
  ]);
});
