import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf } from "../../src/analysis/findings.ts";
import { placeText } from "../../src/analysis/words.ts";
import type { Finding } from "../../src/trace/finding.ts";
import { timelineOf, type Telling } from "../trace/told.ts";

/** Spaces that keep a number with its unit are plain here. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

/** `kind: message [places]`, without the warning that a small trace always gives. */
function found(told: string, telling?: Telling): string[] {
  return findingsOf(timelineOf(told, telling))
    .filter(({ kind }) => kind !== "nothing-concurrent")
    .map(({ kind, message, sites }) =>
      plain(`${kind}: ${message} [${sites.map(placeText).join(" ")}]`),
    );
}

const MAKE = `
  0  main  threadStart
  0  main  create mutex db      a.ts:1
  0  main  create mutex log     a.ts:2
  0  main  create mutex gate    a.ts:3
  0  main  create channel jobs  a.ts:4
`;

/** Thread `who` takes `first`, then `second` within it. */
const nested = (at: number, who: string, first: string, second: string, line: number): string => `
  ${at}      ${who}  lock ${first}     a.ts:${line}
  ${at + 1}  ${who}  lock ${second}    a.ts:${line + 1}
  ${at + 2}  ${who}  unlock ${second}  a.ts:${line + 2}
  ${at + 3}  ${who}  unlock ${first}   a.ts:${line + 2}
`;

const CASES: readonly [promise: string, told: string, expected: readonly string[]][] = [
  [
    "a lock that was waited for a twentieth of the run, three times, is a hot spot",
    `${MAKE}
     1   w1  lock db              a.ts:14
     2   w2  block db w1 in-lock  a.ts:14
     20  w1  unlock db            a.ts:15
     21  w2  lock db              a.ts:14
     22  w1  block db w2 in-lock  a.ts:14
     40  w2  unlock db            a.ts:15
     41  w1  lock db              a.ts:14
     42  w2  block db w1 in-lock  a.ts:24
     50  w1  unlock db            a.ts:15
     51  w2  lock db              a.ts:24
     60  w2  unlock db            a.ts:25
     100 ends finished`,
    [
      "contention: db held up its threads: 3 of 4 acquisitions waited, 47 µs in all (47 % of the run), most at a.ts:14. [a.ts:14 a.ts:24]",
    ],
  ],
  [
    "two waits are chance",
    `${MAKE}
     1   w1  lock db              a.ts:14
     2   w2  block db w1 in-lock  a.ts:14
     2   w3  block db w1 in-lock  a.ts:14
     90  w1  unlock db            a.ts:15
     91  w2  lock db              a.ts:14
     92  w2  unlock db            a.ts:15
     93  w3  lock db              a.ts:14
     94  w3  unlock db            a.ts:15
     100 ends finished`,
    [],
  ],
  [
    "two orders of two locks are an inversion, though nothing happened",
    `${MAKE} ${nested(1, "w1", "db", "log", 10)} ${nested(9, "w2", "log", "db", 30)} 20 ends finished`,
    [
      "lock-order: db and log are taken in different orders by different threads: with another timing they deadlock. [a.ts:11 a.ts:31]",
    ],
  ],
  [
    "three threads may make the circle",
    `${MAKE} ${nested(1, "w1", "db", "log", 10)} ${nested(9, "w2", "log", "gate", 30)}
     ${nested(15, "w3", "gate", "db", 50)} 20 ends finished`,
    [
      "lock-order: db, log and gate are taken in different orders by different threads: with another timing they deadlock. [a.ts:11 a.ts:31 a.ts:51]",
    ],
  ],
  [
    "one thread alone never deadlocks with itself by order",
    `${MAKE} ${nested(1, "w1", "db", "log", 10)} ${nested(9, "w1", "log", "db", 30)} 20 ends finished`,
    [],
  ],
  [
    "a third lock around both makes any order safe",
    `${MAKE}
     1  w1  lock gate  a.ts:5
     ${nested(2, "w1", "db", "log", 10)}
     8  w1  unlock gate a.ts:6
     9  w2  lock gate  a.ts:5
     ${nested(10, "w2", "log", "db", 30)}
     18 w2  unlock gate a.ts:6
     20 ends finished`,
    [],
  ],
  [
    "what was joined before the other thread began cannot meet it",
    `${MAKE}
     1  main  spawn w1  a.ts:7
     ${nested(2, "w1", "db", "log", 10)}
     8  w1    threadEnd 0
     9  main  join w1   a.ts:8
     10 main  spawn w2  a.ts:9
     ${nested(11, "w2", "log", "db", 30)}
     20 ends finished`,
    [],
  ],
  [
    "siblings that merely ran one after the other could meet another time",
    `${MAKE}
     1  main  spawn w1  a.ts:7
     1  main  spawn w2  a.ts:9
     ${nested(2, "w1", "db", "log", 10)}
     8  w1    threadEnd 0
     9  main  join w1   a.ts:8
     ${nested(11, "w2", "log", "db", 30)}
     20 ends finished`,
    [
      "lock-order: db and log are taken in different orders by different threads: with another timing they deadlock. [a.ts:11 a.ts:31]",
    ],
  ],
  [
    "a receiver that waits for ever beside a living sender: the channel was never closed",
    `${MAKE}
     1  main  cloneSender jobs 2        a.ts:10
     2  w1    send jobs 1               a.ts:20
     3  w1    dropSender jobs 1
     4  w1    threadEnd 0
     5  main  receive jobs 1            a.ts:30
     6  main  block jobs -1 in-recv     a.ts:30
     50 ends  stuck`,
    [
      "never-closed: main waits for ever for a message from jobs: 1 sender was never dropped, so it never closes. [a.ts:30 a.ts:4 a.ts:10]",
    ],
  ],
  [
    "a sender that waits for ever for room is another matter",
    `${MAKE} 6  main  block jobs -1 in-send  a.ts:30
     50 ends stuck`,
    [],
  ],
  [
    "while the run goes on, a waiting receiver is nothing to speak of",
    `${MAKE} 6  main  block jobs -1 in-recv  a.ts:30`,
    [],
  ],
  [
    "poison is told with who met it",
    `${MAKE}
     1  w1  lock db      a.ts:10
     2  w1  unlock db 1  a.ts:10
     3  w2  lock db 1    a.ts:20
     9  ends finished`,
    [
      "poisoned-lock: db was poisoned: an exception left the block in which w1 held it. [a.ts:10 a.ts:20]",
    ],
  ],
  [
    "poison that was cleared before anybody met it was dealt with",
    `${MAKE}
     1  w1  lock db      a.ts:10
     2  w1  unlock db 1  a.ts:10
     3  w1  clearPoison db
     4  w2  lock db 0    a.ts:20
     5  w2  unlock db 0  a.ts:20
     9  ends finished`,
    [],
  ],
  [
    "a thread that ends with a lock leaves it locked",
    `${MAKE}
     1  w1  lock db      a.ts:10
     2  w1  threadEnd 0
     9  ends finished`,
    ["leaked-guard: w1 ended while it held db: the lock stays locked for ever. [a.ts:10]"],
  ],
  [
    "messages that nobody took are counted, by the lines that sent them",
    `${MAKE}
     1  w1  send jobs 1         a.ts:10
     2  w1  send jobs 2         a.ts:11
     3  w1  send jobs 3         a.ts:11
     4  main receive jobs 1     a.ts:20
     9  ends finished`,
    ["send-to-nobody: 2 messages sent to jobs were never received. [a.ts:11]"],
  ],
  [
    "a run that was cut short leaves messages behind, which says nothing",
    `${MAKE}
     1  w1  send jobs 1         a.ts:10
     9  ends cancelled`,
    [],
  ],
  [
    "one wait during which others took the lock a hundred times is starvation",
    `${MAKE}
     1   w1  lock db              a.ts:10
     2   w2  block db w1 in-lock  a.ts:20
     3   w1  unlock db            a.ts:10
     ${Array.from({ length: 120 }, (_, i) => `${4 + i} w1 lock db a.ts:10\n ${4.5 + i} w1 unlock db a.ts:10`).join("\n")}
     200 w2  lock db              a.ts:20
     201 w2  unlock db            a.ts:20
     202 w2  threadEnd 0
     210 ends finished`,
    ["starvation: w2 waited 198 µs for db while others took it 120 times. [a.ts:20]"],
  ],
];

for (const [promise, told, expected] of CASES) {
  test(promise, () => {
    assert.deepEqual(found(told), expected);
    assert.deepEqual(found(told, { order: "threads" }), expected, "records in another order");
  });
}

const concurrent = (told: string): string[] =>
  findingsOf(timelineOf(told))
    .filter(({ kind }) => kind === "nothing-concurrent")
    .map(({ message }) => message);

test("threads that ran one after the other, with nothing in common: nothing was concurrent", () => {
  assert.deepEqual(
    concurrent(`
      0   main  threadStart
      1   main  spawn w1     a.ts:1
      2   main  block w1     a.ts:1
      10  w1    threadStart main
      11  w1    output out 0 a.ts:2
      20  w1    threadEnd 0
      21  main  join w1      a.ts:1
      22  main  output out 1 a.ts:3
      30  main  threadEnd 0
      31  ends  finished`),
    [
      "Nothing was concurrent in this run: its 2 threads ran one after the other and used nothing in common.",
    ],
  );
  assert.deepEqual(concurrent("0 main threadStart\n 5 main threadEnd 0\n 6 ends finished"), [
    "Nothing was concurrent in this run: it had one thread only.",
  ]);
});

/** Tasks have numbers; the lock for tasks is the second object that is made. */
const TASKS = `
  0  main  threadStart
  0  main  create mutex db  a.ts:1
  0  main  create mutex calm a.ts:2
  1  main  lockForTasks 3
`;
const UNDER_LOCK: readonly [promise: string, told: string, expected: readonly string[]][] = [
  [
    "a task that awaits while it holds a lock is pointed out, once for each place",
    `2 main taskBegin 1   a.ts:9
     3 main lock db       a.ts:10
     4 main taskAwait 1   a.ts:11
     5 main taskResume 1  a.ts:11
     6 main taskAwait 1   a.ts:11
     7 main taskResume 1  a.ts:11
     8 main unlock db     a.ts:12
     9 main taskEnd 1     a.ts:12`,
    [
      "await-under-lock: main awaited at a.ts:11 while it held db, taken at a.ts:10. [a.ts:11 a.ts:10]",
    ],
  ],
  [
    "not one that gave it back before, nor one of the locks that are made for it",
    `2 main taskBegin 1   a.ts:9
     3 main lock db       a.ts:10
     4 main unlock db     a.ts:10
     5 main lock calm     a.ts:11
     6 main taskAwait 1   a.ts:12
     7 main taskResume 1  a.ts:12
     8 main unlock calm   a.ts:13
     9 main taskEnd 1     a.ts:13`,
    [],
  ],
  [
    "not a task that another one called, which holds it and does not await",
    `2 main taskBegin 1   a.ts:9
     3 main lock db       a.ts:10
     4 main taskBegin 2   a.ts:11
     5 main taskAwait 2   a.ts:21
     6 main unlock db     a.ts:12
     7 main taskAwait 1   a.ts:13`,
    [],
  ],
];

for (const [promise, told, expected] of UNDER_LOCK) {
  test(promise, () => {
    const kinds = found(`${TASKS}${told}\n 30 ends finished`);
    assert.deepEqual(
      kinds.filter((one) => one.startsWith("await-under-lock")),
      expected,
    );
  });
}

test("threads that overlapped, or used one object, met", () => {
  assert.deepEqual(
    concurrent(
      "0 main threadStart\n 1 w1 threadStart main\n 2 w1 threadEnd 0\n 5 main threadEnd 0\n 6 ends finished",
    ),
    [],
  );
  assert.deepEqual(
    concurrent(`
      0   main  threadStart
      1   main  update n 1
      2   main  block w1
      10  w1    threadStart main
      11  w1    update n 2
      20  w1    threadEnd 0
      21  main  join w1
      31  ends  finished`),
    [],
  );
});

test("a run that goes on may still become concurrent", () => {
  assert.deepEqual(concurrent("0 main threadStart"), []);
});

const engineFinding = (kind: Finding["kind"], rest: Partial<Finding>): Finding => ({
  kind,
  code: "TL2100",
  severity: "error",
  message: `the engine's ${kind}`,
  sites: [],
  ...rest,
});

test("what the engine said itself is not said again, and the gravest stands first", () => {
  const told = `${MAKE} ${nested(1, "w1", "db", "log", 10)} ${nested(9, "w2", "log", "db", 30)}
    15 w3 lock gate a.ts:70
    16 w3 threadEnd 0
    20 ends stuck`;
  const kinds = (findings: readonly Finding[]): string[] =>
    findingsOf(timelineOf(told, { findings })).map(({ kind }) => kind);
  assert.deepEqual(kinds([]), ["leaked-guard", "lock-order"]);
  const deadlock = engineFinding("deadlock", { objects: [2, 3] });
  const panic = engineFinding("panic", {});
  assert.deepEqual(kinds([deadlock, panic]), ["panic", "deadlock", "leaked-guard"]);
  const another = engineFinding("deadlock", { objects: [4] });
  assert.deepEqual(kinds([another]), ["deadlock", "leaked-guard", "lock-order"]);
});
