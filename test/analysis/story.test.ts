import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf } from "../../src/analysis/findings.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import { headlineOf, storyOf } from "../../src/analysis/story.ts";
import type { Finding } from "../../src/trace/finding.ts";
import { timelineOfRun } from "../trace/records.ts";
import { switchesRun } from "../trace/switches.ts";
import { timelineOf, type Telling } from "../trace/told.ts";

function story(told: string, telling?: Telling): string[] {
  const timeline = timelineOf(told, telling);
  return storyOf(timeline, findingsOf(timeline)).map((sentence) =>
    plainText(sentence).replaceAll("\u00a0", " "),
  );
}

const TRANSFER = `
  0    main  threadStart
  1    main  create mutex db     transfer.ts:8
  30   w1    threadStart main
  50   w2    threadStart main
  60   w1    lock db             transfer.ts:14
  100  w2    block db w1 in-lock transfer.ts:14
  200  w1    unlock db           transfer.ts:16
  200  w2    lock db             transfer.ts:14
  250  w2    unlock db           transfer.ts:16
  250  w2    threadEnd 0
  260  w1    threadEnd 0
  300  main  threadEnd 0
  300  ends  finished
`;

test("the thread that locks held up most comes first, with the line to blame", () => {
  assert.deepEqual(story(TRANSFER), [
    "w2 was blocked 50 % of its life, all at transfer.ts:14 waiting for db.",
    "Two threads or more ran at once for 77 % of the time, at most 3.",
  ]);
});

test("the pieces of a sentence know what they name", () => {
  const timeline = timelineOf(TRANSFER);
  assert.deepEqual(headlineOf(timeline, []).slice(0, 4), [
    { kind: "thread", text: "w2", thread: 2 },
    { kind: "text", text: " was " },
    { kind: "strong", text: "blocked 50\u00a0% of its life" },
    { kind: "text", text: ", " },
  ]);
  const kinds = headlineOf(timeline, []).map(({ kind }) => kind);
  assert.ok(kinds.includes("place") && kinds.includes("object"));
});

test("what went wrong comes before what it cost", () => {
  const panic: Finding = {
    kind: "panic",
    code: "TL2002",
    severity: "error",
    message: "w1 panicked: no money",
    sites: [{ file: "src/transfer.ts", line: 15, column: 3 }],
  };
  const [first, second] = story(TRANSFER, { findings: [panic] });
  assert.equal(first, "w1 panicked: no money (transfer.ts:15).");
  assert.match(second, /^w2 was blocked/);
});

test("a place that the message names is not named again", () => {
  const deadlock: Finding = {
    kind: "deadlock",
    code: "TL2150",
    severity: "error",
    message: "Nothing can move: w1 waits at transfer.ts:15.",
    sites: [{ file: "src/transfer.ts", line: 15, column: 3 }],
  };
  assert.equal(story(TRANSFER, { findings: [deadlock] })[0], deadlock.message);
});

test("with no lock in the way, the one that waited most for the others is told", () => {
  const told = `
    0   main  threadStart
    0   main  create channel jobs     a.ts:1
    1   w1    threadStart main
    2   w1    block jobs -1 in-recv   a.ts:5
    80  w1    receive jobs 1          a.ts:5
    90  w1    block jobs -1 in-recv   a.ts:9
    95  w1    closed jobs             a.ts:9
    99  w1    threadEnd 0
    99  main  threadEnd 0
    100 ends  finished`;
  assert.equal(
    story(told)[0],
    "w1 waited 85 % of its life, nearly all at a.ts:5 for a message from jobs.",
  );
});

test("a wait in code that is not the person's is told without a place", () => {
  const told = `
    0   main  threadStart
    0   main  create channel jobs     a.ts:1
    1   w1    threadStart main
    2   w1    block jobs -1 in-recv
    80  w1    receive jobs 1
    99  w1    threadEnd 0
    99  main  threadEnd 0
    100 ends  finished`;
  assert.equal(story(told)[0], "w1 waited 80 % of its life, all for a message from jobs.");
});

test("a duration counts from when the first thread began, as the picture does", () => {
  const told = `
    500 main  threadStart
    700 main  threadEnd 0
    700 ends  finished`;
  assert.match(story(told)[0], /1 thread ran 2 events in 200\sµs/);
});

test("that main joins is no news: nobody was held up", () => {
  const told = `
    0   main  threadStart
    1   main  spawn w1     a.ts:2
    2   main  block w1     a.ts:3
    3   w1    threadStart main
    90  w1    threadEnd 0
    91  main  join w1      a.ts:3
    95  main  threadEnd 0
    100 ends  finished`;
  assert.deepEqual(story(told), [
    "2 threads ran 7 events in 100 µs, and no lock held any of them up.",
    "No two threads ran at the same time.",
  ]);
});

test("an empty trace says so, and the recorder's own cost is not kept quiet", () => {
  assert.deepEqual(story(""), ["Nothing has happened yet."]);
  const told = "0 main threadStart\n 10 main stall 5\n 10 main yield\n 100 main threadEnd 0";
  assert.equal(
    story(told).at(-1),
    "Recording held the program up for 5 µs: its durations are too long by that.",
  );
});

test("large numbers are told in groups", () => {
  const locks = Array.from(
    { length: 600 },
    (_, index) => `${10 + 2 * index} w1 lock db a.ts:1\n${11 + 2 * index} w1 unlock db a.ts:1`,
  );
  const told = [
    "0 main threadStart",
    "1 main create mutex db a.ts:1",
    "2 w1 threadStart main",
    ...locks,
    "5000 w1 threadEnd 0",
    "6000 main threadEnd 0",
    "6000 ends finished",
  ];
  assert.match(story(told.join("\n"))[0], /2 threads ran 1,205 events/);
});

test("of a modelled run it is said how often cores changed hands, and who paid for it", () => {
  const timeline = timelineOfRun(
    switchesRun(
      [
        { core: 0, thread: 0, from: 0, until: 20, waited: 0, why: "quantum" },
        { core: 0, thread: 1, from: 20, until: 40, waited: 20, why: "quantum" },
        { core: 0, thread: 0, from: 40, until: 50, waited: 20, why: "ended" },
        { core: 0, thread: 1, from: 50, until: 60, waited: 10, why: "ended" },
      ],
      1,
    ),
  );
  const told = storyOf(timeline, []).map(plainText).join(" ").replaceAll("\u00a0", " ");
  assert.match(told, /2 threads ran \d+ events in 60 ticks/);
  assert.match(told, /No two threads ran at the same time\./);
  assert.match(
    told,
    /The core changed hands 3 times, and solver waited 51 % of its life for one\./,
  );
});

test("how many tasks there were is said, and how often they awaited", () => {
  const told = story(`
    0   main threadStart
    10  main taskBegin 1     fetch.ts:3
    20  main taskAwait 1     fetch.ts:4
    25  main taskBegin 2     fetch.ts:3
    30  main taskAwait 2     fetch.ts:4
    40  main taskResume 1    fetch.ts:4
    41  main taskAwait 1     fetch.ts:5
    60  main threadEnd 0
    60  ends finished
  `);
  assert.equal(told.at(-1), "2 tasks awaited 3 times.");
});
