/** What exploring came to, as the extension would tell its page: a lost update, a deadlock that is expected, passes, limits. */
import type { Phase } from "../../src/protocol/explore.ts";
import type { ShownFinding, ShownResult } from "../../src/protocol/explore-view.ts";

const at = (line: number, column = 1) => ({ file: "/work/counter.ts", line, column });

const bounded = (bound: number, executions: number, complete = true): Phase => ({
  strategy: "bounded",
  ...{ bound, executions, complete },
});

const BASE: ShownResult = {
  verdict: "ok",
  executions: 64,
  complete: true,
  phases: [
    bounded(0, 2),
    bounded(1, 17),
    bounded(2, 48),
    { strategy: "dpor", executions: 64, complete: true },
  ],
  seed: 0,
  steps: 2113,
  unmodelled: [],
  pruned: 31,
  durationMs: 182,
  expectedVerdict: "ok",
  asExpected: true,
  findings: [],
  outcomes: [
    { output: "3\n", shared: [{ name: "total", value: "3" }], count: 60 },
    { output: "", shared: [{ name: "total", value: "0" }], count: 4 },
  ],
  outcomeCount: 2,
  pairs: [
    { first: at(5), second: at(8), object: "total", bothOrders: false },
    { first: at(5), second: at(6), object: "total", bothOrders: true },
  ],
  pairCount: 2,
};

const LOST_UPDATE: ShownFinding = {
  kind: "assertion",
  code: "TL2154",
  severity: "error",
  message: "`@final counter === 2` does not hold.",
  remedy: "Trace the program again and look for the accesses that overlapped.",
  sites: [at(5, 11)],
  canStep: true,
  expected: false,
  story: [
    { text: "alice reads `counter` → 0 (counter.ts:3)", site: at(3, 40) },
    { text: "bob reads `counter` → 0", site: at(4, 38) },
    { text: "bob writes `counter` ← 1 (counter.ts:4)", site: at(4, 38) },
    { text: "alice writes `counter` ← 1 (counter.ts:3)", site: at(3, 40) },
    { text: "`@final counter === 2` does not hold." },
  ],
  nearest: {
    swap: "Had alice written `counter` before bob read it, nothing would have been lost.",
    sites: [at(3, 40), at(4, 38)],
  },
};

export const PROVED = BASE;

export const LOST: ShownResult = {
  ...BASE,
  verdict: "assertion",
  executions: 2,
  complete: false,
  phases: [bounded(0, 1), bounded(1, 2, false)],
  asExpected: false,
  findings: [
    LOST_UPDATE,
    {
      kind: "race",
      code: "TL8101",
      severity: "error",
      message: "`counter` is raced for: alice writes it at counter.ts:3 and bob reads it.",
      sites: [at(3, 40), at(4, 38)],
      canStep: true,
      expected: false,
    },
    {
      kind: "nondeterministic-output",
      code: "TL8105",
      severity: "warning",
      message: "What is printed depends on the order in which threads go.",
      sites: [],
      canStep: false,
      expected: false,
    },
  ],
  outcomes: [
    { output: "", shared: [{ name: "counter", value: "2" }], count: 2 },
    { output: "", shared: [{ name: "counter", value: "1" }], count: 1 },
  ],
  pairs: [],
  pairCount: 0,
};

export const EXPECTED: ShownResult = {
  ...LOST,
  verdict: "deadlock",
  expectedVerdict: "deadlock",
  asExpected: true,
  outcomes: [],
  outcomeCount: 0,
  findings: [
    {
      kind: "deadlock",
      code: "TL2150",
      severity: "error",
      message: "Deadlock: nothing can move any more.",
      sites: [at(3), at(4)],
      chain: [
        { text: "alice waits for `b`, held by bob since counter.ts:4", site: at(3) },
        { text: "bob waits for `a`, held by alice since counter.ts:3", site: at(4) },
      ],
      canStep: true,
      expected: true,
    },
  ],
};

export const MISSING: ShownResult = { ...BASE, expectedVerdict: "deadlock", asExpected: false };

export const BOUNDED: ShownResult = {
  ...BASE,
  complete: false,
  executions: 48,
  phases: [bounded(2, 48)],
};

export const CUT_SHORT: ShownResult = {
  ...BASE,
  verdict: "limit",
  complete: false,
  asExpected: false,
  stopped: "60 s are over",
  unmodelled: ["`random()` was tried with 64 of its values."],
  phases: [bounded(0, 2), { strategy: "random", executions: 123_456, complete: false }],
};

export const NOTHING: ShownResult = {
  ...CUT_SHORT,
  executions: 0,
  phases: [],
  outcomes: [],
  outcomeCount: 0,
  stopped: "it was asked to stop",
};

/** Far more than anybody reads, and long words. */
export const MANY: ShownResult = {
  ...BASE,
  outcomes: Array.from({ length: 200 }, (_, index) => ({
    output: `${"line of output ".repeat(9)}\n`.repeat(1 + (index % 9)),
    shared: [{ name: "aVariableWithALongName", value: JSON.stringify("x".repeat(120)) }],
    count: 10_000 - index,
  })),
  outcomeCount: 4321,
};

/** A structure that passed. */
export const LINEARIZABLE: ShownResult = {
  ...BASE,
  executions: 239,
  linearizability: { scenarios: 59, whole: 59, histories: 239 },
};

/** A lost update of a counter, by its calls. */
export const NOT_LINEARIZABLE: ShownResult = {
  ...LOST,
  phases: [{ strategy: "dpor", executions: 13, complete: false }],
  findings: [
    {
      kind: "assertion",
      code: "TL8230",
      severity: "error",
      message:
        "Not linearizable: no order of `increment()` = undefined, `increment()` = undefined and `read()` = 1 explains what they " +
        "came to. After `increment()` and `increment()`, main's `read()` would be 2, not 1.",
      sites: [at(5)],
      canStep: true,
      expected: false,
      history: {
        calls: [
          called(1, "caller-1", "increment()", "undefined", [0, 3], 8),
          called(2, "caller-2", "increment()", "undefined", [1, 2], 8),
          called(0, "main", "read()", "1", [4, 5], 9),
        ],
        order: [],
        why: "After `increment()` and `increment()`, main's `read()` would be 2, not 1.",
      },
      story: [{ text: "caller-1 loads `atomic 3` → 0 (counter.ts:8)", site: at(8) }],
    },
  ],
};

function called(
  threadId: number,
  thread: string,
  call: string,
  outcome: string | null,
  [from, to]: readonly [number, number],
  line: number,
) {
  return { threadId, thread, call, outcome, from, to, place: at(line, 3) };
}
