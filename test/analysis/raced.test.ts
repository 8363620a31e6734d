import assert from "node:assert/strict";
import { test } from "node:test";
import { dataRaces } from "../../src/analysis/raced.ts";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import { timelineOfRun } from "../trace/records.ts";
import { timelineOf } from "../trace/told.ts";

/** `x: first and second`, with places. */
const racesIn = (told: string): string[] =>
  dataRaces(timelineOf(told)).map(({ message }) => message.replace(/, and nothing says.*/s, ""));

const MAKE = `
  0  main  threadStart
  0  main  create cell x        a.ts:1
  0  main  create cell y        a.ts:2
  0  main  create mutex m       a.ts:3
  0  main  create channel jobs  a.ts:4
  0  main  create atomic flag   a.ts:5
  0  main  create barrier wall  a.ts:6
  1  main  spawn w1             a.ts:8
  2  main  spawn w2             a.ts:9
  3  w1    threadStart
  3  w2    threadStart
`;

const CASES: readonly [promise: string, told: string, expected: readonly string[]][] = [
  [
    "two writes of threads that nothing orders race",
    `10 w1 write x a.ts:14
     20 w2 write x a.ts:24`,
    ["`x` is raced for: w1 writes it at a.ts:14 and w2 writes it at a.ts:24"],
  ],
  [
    "a read and a write race, whichever came first; each pair of lines is told once",
    `10 w1 read  x a.ts:14
     20 w2 write x a.ts:24
     30 w1 read  x a.ts:14
     40 w2 write x a.ts:24`,
    ["`x` is raced for: w1 reads it at a.ts:14 and w2 writes it at a.ts:24"],
  ],
  [
    "reads do not race, nor do accesses of one thread, nor of two variables",
    `10 w1 read  x a.ts:14
     11 w2 read  x a.ts:24
     12 w1 write y a.ts:15
     13 w1 write y a.ts:16`,
    [],
  ],
  [
    "what is done under one lock is ordered, and what was done before it was given back",
    `9  w1 write y  a.ts:13
     10 w1 lock m   a.ts:14
     11 w1 write x  a.ts:15
     12 w1 unlock m a.ts:16
     13 w2 lock m   a.ts:24
     14 w2 write x  a.ts:25
     15 w2 unlock m a.ts:26
     16 w2 read  y  a.ts:27`,
    [],
  ],
  [
    "what is done after the lock was given back is not",
    `10 w1 lock m   a.ts:14
     12 w1 unlock m a.ts:16
     13 w1 write x  a.ts:17
     14 w2 lock m   a.ts:24
     15 w2 write x  a.ts:25
     16 w2 unlock m a.ts:26`,
    ["`x` is raced for: w1 writes it at a.ts:17 and w2 writes it at a.ts:25"],
  ],
  [
    "spawning and joining order",
    `9  main write y   a.ts:7
     10 w1 write x    a.ts:14
     11 w1 threadEnd
     12 main join w1  a.ts:30
     13 main write x  a.ts:31`,
    [],
  ],
  [
    "a message orders its sending before its receipt, and nothing else",
    `10 w1 write x     a.ts:14
     11 w1 send jobs 1 a.ts:15
     12 w1 write y     a.ts:16
     13 w2 receive jobs 1 a.ts:24
     14 w2 write x     a.ts:25
     15 w2 write y     a.ts:26`,
    ["`y` is raced for: w1 writes it at a.ts:16 and w2 writes it at a.ts:26"],
  ],
  [
    "who receives makes room for the message that takes it, where the channel has bounds",
    `5  main capacity jobs 1 a.ts:4
     10 w1 send jobs 1    a.ts:14
     11 w1 write x        a.ts:15
     12 w1 receive jobs 1 a.ts:16
     13 w2 send jobs 2    a.ts:24
     14 w2 write x        a.ts:25`,
    [],
  ],
  [
    "and not where it has none",
    `10 w1 send jobs 1    a.ts:14
     11 w1 write x        a.ts:15
     12 w1 receive jobs 1 a.ts:16
     13 w2 send jobs 2    a.ts:24
     14 w2 write x        a.ts:25`,
    ["`x` is raced for: w1 writes it at a.ts:15 and w2 writes it at a.ts:25"],
  ],
  [
    "a store is before the load that reads it",
    `10 w1 write x     a.ts:14
     11 w1 store flag 1 a.ts:15
     12 w2 load flag 1 a.ts:24
     13 w2 write x     a.ts:25`,
    [],
  ],
  [
    "a barrier has what was done before it before what is done after it",
    `10 w1 write x a.ts:14
     11 w1 barrierArrive wall 1 a.ts:15
     12 w2 barrierArrive wall 2 a.ts:24
     13 w2 barrierPass wall 0 a.ts:24
     14 w2 write x a.ts:25
     15 w1 barrierPass wall 0 a.ts:15
     16 w1 write y a.ts:16`,
    [],
  ],
  [
    "that it took long orders nothing",
    `10  w1 write x a.ts:14
     10  w1 sleep   a.ts:15
     900 w2 write x a.ts:24`,
    ["`x` is raced for: w1 writes it at a.ts:14 and w2 writes it at a.ts:24"],
  ],
];

for (const [promise, told, expected] of CASES) {
  test(promise, () => {
    assert.deepEqual(racesIn(`${MAKE}${told}\n 1000 ends finished`), expected);
  });
}

test("a race says when it showed, whose it is and what it is about", () => {
  const told = `${MAKE} 10 w1 write x a.ts:14\n 20 w2 write x a.ts:24\n 30 ends finished`;
  const timeline = timelineOf(told);
  const [{ kind, severity, time, threads, objects, sites }] = dataRaces(timeline);
  const x = timeline.objectsOf("cell").find(({ id }) => timeline.nameOf(id) === "x")!;
  const [, w1, w2] = timeline.threads.map(({ id }) => id);
  assert.deepEqual({ kind, severity, time }, { kind: "race", severity: "error", time: 20_000 });
  assert.deepEqual([threads, objects], [[w2, w1], [x.id]]);
  assert.deepEqual(
    sites.map(({ line }) => line),
    [14, 24],
  );
});

test("where stamps are the same, versions say what came first", () => {
  const m = 1;
  const x = 2;
  const of = (thread: number, kind: number, object: number, version: number, site = 0) => ({
    ...{ time: 7, thread, kind, object, version, argument: 0, site },
  });
  const kindOf = (kind: (typeof OBJECT_KINDS)[number]) => OBJECT_KINDS.indexOf(kind);
  const make = (object: number, kind: (typeof OBJECT_KINDS)[number]) => ({
    ...of(0, EventKind.create, object, 0),
    ...{ time: 0, argument: kindOf(kind) },
  });
  // The ring of who came second was drained first.
  const records = [
    ...[make(m, "mutex"), make(x, "cell")],
    ...[of(2, EventKind.lock, m, 3), of(2, EventKind.write, x, 2), of(2, EventKind.unlock, m, 4)],
    ...[of(1, EventKind.lock, m, 1), of(1, EventKind.write, x, 1), of(1, EventKind.unlock, m, 2)],
  ];
  const run = { sites: [], records, end: { ending: { kind: "finished" as const }, durationNs: 9 } };
  assert.deepEqual(dataRaces(timelineOfRun(run)), []);
});
