import assert from "node:assert/strict";
import { test } from "node:test";
import { plainText } from "../../src/analysis/sentence.ts";
import { whyOf } from "../../src/analysis/why.ts";
import { spanAt } from "../../src/trace/timeline/spans.ts";
import { timelineOf } from "../trace/told.ts";

/** The chain for what `thread` did at `time` µs, in words; the advice last. */
function why(told: string, thread: number, time: number): string[] | undefined {
  const timeline = timelineOf(told);
  const track = timeline.thread(thread as never)!;
  const answer = whyOf(timeline, track, spanAt(track.states, time * 1000));
  return (
    answer &&
    [
      ...answer.links.map(({ sentence }) => plainText(sentence)),
      ...(answer.advice ? [plainText(answer.advice)] : []),
    ].map((line) => line.replaceAll("\u00a0", " "))
  );
}

const MAKE = `
  0    main  threadStart
  1    main  create mutex db      a.ts:8
  1    main  create mutex log     a.ts:9
  1    main  create channel jobs  a.ts:10
  1    main  create condvar ready a.ts:11
`;

test("a wait for a lock leads through its holder's own wait to who was busy, and to what would help", () => {
  const told = `${MAKE}
    90   w1    threadStart main
    96   w1    lock db               a.ts:14
    100  main  lock log              a.ts:30
    120  w1    block log main in-lock a.ts:15
    151  w2    block db w1 in-lock   a.ts:14
    155  main  output out 0          a.ts:31
    194  main  unlock log            a.ts:32
    194  w1    lock log              a.ts:15
    240  w1    unlock log            a.ts:16
    272  w1    unlock db             a.ts:17
    272  w2    lock db               a.ts:14
    280  ends  cancelled`;
  assert.deepEqual(why(told, 2, 200), [
    "w2 waits for db for 121 µs, from 151 µs on, at a.ts:14",
    "w1 held db since 96 µs, taken at a.ts:14",
    "which itself waits for log for 43 µs of that, at a.ts:15",
    "main held log since 100 µs, taken at a.ts:30",
    "which was busy for 39 µs of that between a.ts:31 and a.ts:32",
    "Doing what stands between a.ts:31 and a.ts:32 without log would save up to 39 µs.",
  ]);
});

test("a holder that sleeps with the lock is told, and told what to do", () => {
  const told = `${MAKE}
    2   w1  lock db              a.ts:14
    3   w1  sleep 50             a.ts:15
    10  w2  block db w1 in-lock  a.ts:14
    55  w1  wake                 a.ts:15
    56  w1  unlock db            a.ts:16
    57  w2  lock db              a.ts:14
    80  ends finished`;
  assert.deepEqual(why(told, 2, 20), [
    "w2 waits for db for 47 µs, from 10 µs on, at a.ts:14",
    "w1 held db since 2 µs, taken at a.ts:14",
    "which slept for 45 µs of that, at a.ts:15",
    "Sleeping at a.ts:15 without db would save up to 45 µs.",
  ]);
  assert.deepEqual(why(told, 1, 20), ["w1 slept for 52 µs, at a.ts:15"]);
});

test("a lock that went through several hands names how many, and the longest holder", () => {
  const told = `${MAKE}
    2   w1  lock db              a.ts:14
    10  w2  block db w1 in-lock  a.ts:24
    12  w1  unlock db            a.ts:16
    13  w3  lock db              a.ts:34
    40  w3  yield                a.ts:35
    50  w3  unlock db            a.ts:36
    51  w2  lock db              a.ts:24
    80  ends finished`;
  assert.deepEqual(why(told, 2, 20)?.slice(1), [
    "2 threads held db in turn, w3 longest, taken at a.ts:34",
    "which was busy for 27 µs of that between a.ts:34 and a.ts:35",
    "Doing what stands between a.ts:34 and a.ts:35 without db would save up to 27 µs.",
  ]);
});

test("a join leads to what the joined thread was waiting for", () => {
  const told = `${MAKE}
    2   main  block w1 in-join        a.ts:20
    3   w1    threadStart main
    5   w1    block jobs -1 in-recv   a.ts:21
    6   w2    threadStart main
    70  w2    send jobs 1             a.ts:22
    71  w1    receive jobs 1          a.ts:21
    75  w1    threadEnd 0
    76  main  join w1                 a.ts:20
    80  ends  finished`;
  assert.deepEqual(why(told, 0, 10), [
    "main waits for the end of w1 for 74 µs, from 2 µs on, at a.ts:20",
    "w1 had not ended",
    "which itself waits for a message from jobs for 66 µs of that, at a.ts:21",
    "w2 sent the message 65 µs after that, at a.ts:22",
    "which was busy for 64 µs of that between a place without source and a.ts:22",
  ]);
});

test("a wait for room leads to the receiver, a wait for a condition to the notifier", () => {
  const told = `${MAKE}
    3   w1    send jobs 1             a.ts:20
    4   w1    block jobs -1 in-send   a.ts:20
    30  w2    yield                   a.ts:30
    60  w2    receive jobs 1          a.ts:31
    61  w1    send jobs 2             a.ts:20
    70  w1    conditionWait ready db  a.ts:21
    71  w1    block ready             a.ts:21
    90  w2    notifyOne ready w1      a.ts:32
    91  w1    conditionWoken ready 1  a.ts:21
    99  ends  finished`;
  assert.deepEqual(why(told, 1, 10)?.slice(1, 2), ["w2 made room 56 µs after that, at a.ts:31"]);
  assert.deepEqual(why(told, 1, 80)?.slice(1, 2), ["w2 notified it 19 µs after that, at a.ts:32"]);
});

test("a deadlock's chain comes back to where it began, and stops", () => {
  const told = `${MAKE}
    2   w1  lock db               a.ts:14
    2   w2  lock log              a.ts:24
    3   w1  block log w2 in-lock  a.ts:15
    4   w2  block db w1 in-lock   a.ts:25
    50  ends stuck`;
  assert.deepEqual(why(told, 1, 20), [
    "w1 waits for log for 47 µs, from 3 µs on, at a.ts:15",
    "w2 held log since 2 µs, taken at a.ts:24",
    "which itself waits for db for 46 µs of that, at a.ts:25",
    "w1 held db since 2 µs, taken at a.ts:14",
  ]);
});

test("nobody can be named for a message that never came; running has no reason", () => {
  const told = `${MAKE} 5 w1 block jobs -1 in-recv a.ts:21\n 50 ends stuck`;
  assert.deepEqual(why(told, 1, 10), [
    "w1 waits for a message from jobs for 45 µs, from 5 µs on, at a.ts:21",
  ]);
  assert.equal(why(told, 0, 10), undefined);
});
