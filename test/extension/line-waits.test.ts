import assert from "node:assert/strict";
import { test } from "node:test";
import { lineWaits } from "../../src/extension/line-waits.ts";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import { type Record, timelineOfRun } from "../trace/records.ts";

const DOOR = 10;
const [TAKES, WAITS] = [1, 2];

const site = (line: number) => ({
  file: "/a.ts",
  line,
  column: 1,
  endLine: line,
  endColumn: 9,
  kind: "call" as const,
});

/** A run of main (0), one (1) and two (2) around one lock, made at line 3 and called `door`. */
function waits(records: readonly Partial<Record>[]) {
  const create = { time: 0, kind: EventKind.create, object: DOOR, site: 3, thread: 0 };
  const all = [{ ...create, argument: OBJECT_KINDS.indexOf("mutex") }, ...records];
  const filled = all.map((record, version) => ({
    object: DOOR,
    version,
    argument: 0,
    site: 0,
    ...record,
  }));
  const threads = [0, 1, 2].map((thread) => ({
    time: 0,
    thread,
    kind: EventKind.threadStart,
    object: thread + 1,
    argument: -1,
  }));
  const timeline = timelineOfRun({
    sites: [site(7), site(8), { ...site(3), kind: "new", name: "door" }],
    threads: ["main", "one", "two"].map((name, id) => ({ name, object: id + 1 })),
    records: [...threads, ...(filled as Record[])],
    end: { ending: { kind: "finished" }, durationNs: 1000 },
  });
  return lineWaits(timeline);
}

const lock = (time: number, thread: number, site = TAKES) => ({
  time,
  thread,
  site,
  kind: EventKind.lock,
});
const unlock = (time: number, thread: number) => ({ time, thread, kind: EventKind.unlock });
const block = (time: number, thread: number, holder: number) => ({
  time,
  thread,
  site: WAITS,
  kind: EventKind.block,
  argument: holder,
});

test("a line's waits are summed, and shared out among those who held the lock meanwhile", () => {
  const [wait, ...others] = waits([
    lock(100, 0),
    block(150, 2, 0),
    unlock(250, 0),
    lock(250, 1),
    unlock(400, 1),
    lock(400, 2, WAITS),
    unlock(410, 2),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(wait, {
    file: "/a.ts",
    line: 8,
    object: "door",
    waited: 250,
    longest: 250,
    times: 1,
    unserved: 0,
    holders: [
      { thread: 1, name: "one", waited: 150 },
      { thread: 0, name: "main", waited: 100 },
    ],
  });
});

test("a wait that the run's end cut short is told as one that was never served", () => {
  const [wait] = waits([lock(100, 0), block(600, 1, 0)]);
  assert.equal(wait.unserved, 1);
  assert.equal(wait.waited, 400);
  assert.deepEqual(
    wait.holders.map(({ name }) => name),
    ["main"],
  );
});

test("a lock that nobody waited for says nothing", () => {
  assert.deepEqual(waits([lock(100, 0), unlock(200, 0), lock(300, 1), unlock(310, 1)]), []);
});
