/** Record, print, paste, replay: the same run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ScheduleRecorder } from "../../../src/engine/schedule/recorder.ts";
import { ScheduleReplayer } from "../../../src/engine/schedule/replayer.ts";
import type { Scheduler } from "../../../src/engine/scheduler.ts";
import { formatSchedule, parseSchedule, type Schedule } from "../../../src/trace/schedule.ts";
import { runToy, type ToyOperation, type ToyThread } from "./toy.ts";

const operation: fc.Arbitrary<ToyOperation> = fc.record({
  kind: fc.constantFrom("plain", "plain", "lock", "unlock", "sleep", "choose"),
  what: fc.integer({ min: 1, max: 3 }),
  text: fc.constantFrom("x++", "f(a, b)", 'say("hé`")', "m.lock()", "(a, toy.ts:3)"),
});
const threads: fc.Arbitrary<ToyThread[]> = fc.array(
  fc.record({
    name: fc.constantFrom("alice", "bob", "the third", "worker-1", 'odd "one": 2 steps', "x (2)"),
    operations: fc.array(operation, { maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const picks = fc.infiniteStream(fc.nat(1000));

/** Decides by a list of numbers. */
function steered(numbers: Iterator<number>): Scheduler {
  return {
    pick: (_, count) => (numbers.next().value as number) % count,
    choose: (n) => (numbers.next().value as number) % n,
  };
}

function record(program: readonly ToyThread[], scheduler: Scheduler, most?: number) {
  let recorder: ScheduleRecorder | undefined;
  const { log } = runToy(
    program,
    (view) => (recorder = new ScheduleRecorder(scheduler, view)),
    most,
  );
  return { log, schedule: recorder!.schedule };
}

function replay(program: readonly ToyThread[], schedule: Schedule) {
  let replayer: ScheduleReplayer | undefined;
  const { log } = runToy(program, (view) => (replayer = new ScheduleReplayer(schedule, view)));
  return { log, problems: replayer!.problems };
}

function read(text: string): Schedule {
  const { schedule, problems } = parseSchedule(text);
  assert.deepEqual(problems, []);
  return schedule;
}

test("a run that was recorded, printed and pasted is the same run", () => {
  fc.assert(
    fc.property(threads, picks, (program, numbers) => {
      const { log, schedule } = record(program, steered(numbers));
      const text = formatSchedule(schedule);
      const again = replay(program, read(text));
      assert.deepEqual(again.log, log, text);
      assert.deepEqual(again.problems, [], text);
      assert.equal(formatSchedule(read(text)), text);
    }),
    { numRuns: 1000 },
  );
});

test("a run that was stopped is the same up to there, and goes on the same way each time", () => {
  fc.assert(
    fc.property(threads, picks, fc.nat(12), (program, numbers, most) => {
      const { log, schedule } = record(program, steered(numbers), most);
      const one = replay(program, read(formatSchedule(schedule)));
      const other = replay(program, read(formatSchedule(schedule)));
      assert.deepEqual(one.log.slice(0, log.length), log);
      assert.deepEqual(one, other);
    }),
  );
});

const lock = (text: string): ToyOperation => ({ kind: "lock", what: 1, text });
const unlock: ToyOperation = { kind: "unlock", what: 1, text: "m.unlock()" };
const plain = (text: string): ToyOperation => ({ kind: "plain", what: 0, text });

const LOST_UPDATE: readonly ToyThread[] = [
  { name: "alice", operations: [plain("read x"), plain("write x")] },
  { name: "bob", operations: [plain("read x"), plain("write x")] },
];
const LOST_UPDATE_TEXT = `threadloom schedule 1
# alice reads before bob writes

alice: 1 step, then before "write x" (plain, toy.ts:1)
bob: 2 steps, then ends
alice: 1 step, then ends
`;

test("a schedule is short and can be read", () => {
  const order = [0, 1, 1, 0];
  const { schedule } = record(LOST_UPDATE, { pick: () => order.shift()!, choose: () => 0 });
  const withoutComments = LOST_UPDATE_TEXT.replace(/^(#.*)?\n/gm, "");
  assert.equal(formatSchedule(schedule), withoutComments);
});

test("edits that leave the named places alone change nothing", () => {
  const edited = LOST_UPDATE.map(({ name, operations }) => ({
    name,
    operations: [plain("hello"), ...operations, plain("goodbye")],
  }));
  const { log, problems } = replay(edited, read(LOST_UPDATE_TEXT));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    log.map((line) => line.trim()),
    [
      ...["0 plain hello", "0 plain read x"],
      ...["1 plain hello", "1 plain read x", "1 plain write x", "1 plain goodbye"],
      ...["0 plain write x", "0 plain goodbye"],
    ],
  );
});

test("a place that is gone, a thread that is gone and a thread that waits are told with their lines, and the rest is followed", () => {
  const edited = [
    { name: "alice", operations: [plain("read x"), plain("write y")] },
    { name: "carol", operations: [plain("read x")] },
  ];
  const { log, problems } = replay(edited, read(LOST_UPDATE_TEXT));
  assert.deepEqual(
    problems.map(({ code, message }) => `${code} ${message}`),
    [
      'TL4103 The schedule does not fit at line 4 any more: "write x" of toy.ts:1 is not in the program.',
      "TL4103 The schedule does not fit at line 5 any more: there is no thread bob yet.",
    ],
  );
  assert.equal(log.length, 3);
  const locked = [
    { name: "alice", operations: [lock("m.lock()"), plain("read x"), plain("write x"), unlock] },
    { name: "bob", operations: [lock("m.lock()"), plain("read x"), plain("write x"), unlock] },
  ];
  const repaired = replay(locked, read(LOST_UPDATE_TEXT));
  assert.deepEqual(
    repaired.problems.map(({ message }) => message),
    ["The schedule does not fit at line 5 any more: bob cannot go on after 0 of 2 steps."],
  );
  assert.equal(repaired.log.length, 8);
});

test("a schedule that ends early says who could still go on", () => {
  const text = LOST_UPDATE_TEXT.split("\n").slice(0, 4).join("\n");
  const { log, problems } = replay(LOST_UPDATE, read(text));
  assert.deepEqual(
    problems.map(({ code, message }) => `${code} ${message}`),
    ["TL4104 The schedule ends while threads can still go on: alice, bob."],
  );
  assert.equal(log.length, 4);
});

test("lines that say nothing are told, all at once, and harm nothing", () => {
  const { schedule, problems } = parseSchedule(
    [
      "# mine",
      "threadloom schedule 1",
      "alice",
      "alice: runs",
      "alice: 2 steps, then sleeps",
      "alice: 1 step choosing 3 of 2",
      'alice: 1 step, then before "\\q" (lock, a.ts:1)',
      "alice (0): times out",
      'alice: 1 step, then before "x" (lock, a.ts:1) #0',
      "alice: times out",
    ].join("\r\n"),
  );
  assert.deepEqual(
    problems.map(({ code, message }) => `${code} ${message.replace(/.*Line (\d+).*/, "line $1")}`),
    [3, 4, 5, 6, 7, 8, 9].map((line) => `TL4102 line ${line}`),
  );
  assert.deepEqual(schedule.turns, [
    { kind: "times out", thread: { name: "alice", nth: 1 }, line: 10 },
  ]);
});

test("what is no schedule is told", () => {
  for (const text of ["", "hello", "threadloom schedule 2\nalice: times out", "\0"]) {
    assert.deepEqual(
      parseSchedule(text).problems.map(({ code }) => code),
      ["TL4101"],
    );
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const { problems } = parseSchedule(`threadloom schedule 1\n${text}`);
      for (const { code } of problems) assert.equal(code, "TL4102");
    }),
  );
});
