/** States of a session as literals, for tests of what is drawn of them: two threads lose an update, and two that lock up. */
import type { ThreadId } from "../../src/base/brand.ts";
import type {
  Happened,
  MomentId,
  NextOperation,
  Outcome,
  StepState,
  StepThread,
  TreeRow,
} from "../../src/protocol/step.ts";
import type { Finding } from "../../src/trace/finding.ts";

export const FILE = "/examples/counter.ts";
export const at = (line: number, column = 3) => ({ file: FILE, line, column });
export const moment = (id: number) => id as MomentId;
export const thread = (id: number) => id as ThreadId;

export const happened = (who: number, text: string, line: number): Happened => ({
  thread: thread(who),
  text,
  place: at(line),
});

export function threadOf(
  id: number,
  name: string,
  state: StepThread["state"],
  more: Partial<StepThread> = {},
): StepThread {
  return {
    id: thread(id),
    name,
    state,
    place: at(3),
    function: "increment",
    frozen: false,
    next: undefined,
    why: undefined,
    waitsFor: [],
    holds: [],
    last: undefined,
    ...more,
  };
}

export const next = (text: string, more: Partial<NextOperation> = {}): NextOperation => ({
  text,
  place: at(3),
  canStep: true,
  canTimeOut: false,
  ...more,
});

export function row(
  id: number,
  before: number | undefined,
  depth: number,
  by?: Happened,
  outcome?: Outcome,
): TreeRow {
  return {
    id: moment(id),
    before: before === undefined ? undefined : moment(before),
    depth,
    ...(by ? { by } : {}),
    ...(outcome ? { outcome } : {}),
  };
}

export function stateOf(more: Partial<StepState>): StepState {
  return {
    revision: 1,
    moment: moment(0),
    depth: 0,
    canUndo: false,
    canRedo: false,
    timeNs: 0,
    threads: [],
    last: undefined,
    treeFrom: 0,
    tree: [row(0, undefined, 0)],
    over: undefined,
    waits: [],
    objects: [],
    running: false,
    ...more,
  };
}

const FINAL: Finding = {
  kind: "assertion",
  code: "TL2004",
  severity: "error",
  message: "`@final counter === 2` does not hold: `counter` is 1.",
  sites: [at(9)],
};

export const LOST: Outcome = {
  ending: "finished",
  findings: [FINAL],
  shared: [{ name: "counter", text: "1" }],
  output: ["1"],
};
export const FINE: Outcome = {
  ending: "finished",
  findings: [],
  shared: [{ name: "counter", text: "2" }],
  output: ["2"],
};

const starts = happened(0, "starts `alice` and `bob`", 8);
const aliceReads = happened(1, "reads `counter` → 0", 3);
const aliceWrites = happened(1, "writes `counter` ← 1", 3);
const bobReads0 = happened(2, "reads `counter` → 0", 3);
const bobReads1 = happened(2, "reads `counter` → 1", 3);
const bobWrites1 = happened(2, "writes `counter` ← 1", 3);
const bobWrites2 = happened(2, "writes `counter` ← 2", 3);

/** Three paths: bob after alice (passes), bob between (the update is lost), and one that was left. */
export const TREE: readonly TreeRow[] = [
  row(0, undefined, 0),
  row(1, 0, 1, starts),
  row(2, 1, 2, aliceReads),
  row(3, 2, 3, aliceWrites),
  row(4, 3, 4, bobReads1),
  row(5, 4, 5, bobWrites2, FINE),
  row(6, 2, 3, bobReads0),
  row(7, 6, 4, bobWrites1),
  row(8, 7, 5, aliceWrites, LOST),
];

const counter = (text: string, changed: boolean) => ({
  name: "counter",
  kind: "@shared",
  text,
  place: at(2),
  queue: [],
  changed,
});

/** bob has read and written between alice's read and her write. */
export const CONTENDED: StepState = stateOf({
  revision: 12,
  moment: moment(7),
  depth: 4,
  canUndo: true,
  canRedo: true,
  tree: TREE,
  last: bobWrites1,
  threads: [
    threadOf(0, "main", "blocked", {
      function: undefined,
      place: at(9),
      next: next("join `alice`", { canStep: false }),
      why: "blocked: alice has not ended",
      waitsFor: [thread(1)],
    }),
    threadOf(1, "alice", "ready", {
      next: next("write `counter` ← 1", {
        effect: "overwrites bob's write: one increment is lost",
      }),
      last: aliceReads,
    }),
    threadOf(2, "bob", "ended", { place: undefined, function: undefined, last: bobWrites1 }),
  ],
  waits: [{ from: thread(0), to: thread(1), object: "alice" }],
  objects: [counter("1", true)],
});

export const ENDED_LOST: StepState = {
  ...CONTENDED,
  revision: 13,
  moment: moment(8),
  depth: 5,
  canRedo: false,
  last: aliceWrites,
  over: LOST,
  threads: CONTENDED.threads.map(({ next: _next, why: _why, ...one }) => ({
    ...one,
    state: "ended",
    next: undefined,
    why: undefined,
    waitsFor: [],
  })),
  waits: [],
};

/** alice and bob hold what the other one wants. */
export const LOCKED_UP: StepState = stateOf({
  revision: 20,
  moment: moment(4),
  depth: 4,
  canUndo: true,
  tree: [
    row(0, undefined, 0),
    row(1, 0, 1, starts),
    row(2, 1, 2, happened(1, "locks `left`", 7)),
    row(3, 2, 3, happened(2, "locks `right`", 12)),
    row(4, 3, 4, happened(2, "waits for `left`", 14)),
  ],
  last: happened(2, "waits for `left`", 14),
  threads: [
    threadOf(0, "main", "blocked", {
      place: at(17),
      next: next("join `alice`", { canStep: false }),
      why: "blocked: alice has not ended",
      waitsFor: [thread(1)],
    }),
    threadOf(1, "alice", "blocked", {
      next: next("lock `right`", { canStep: false, canTimeOut: true }),
      why: "blocked: `right` is held by bob since line 12",
      waitsFor: [thread(2)],
      holds: ["left"],
    }),
    threadOf(2, "bob", "blocked", {
      next: next("lock `left`", { canStep: false }),
      why: "blocked: `left` is held by alice since line 7",
      waitsFor: [thread(1)],
      holds: ["right"],
      frozen: true,
    }),
    threadOf(3, "carol", "ready", {
      next: next("notify one waiting on `door`", { choices: ["wakes dave", "wakes erin"] }),
    }),
  ],
  waits: [
    { from: thread(0), to: thread(1), object: "alice" },
    { from: thread(1), to: thread(2), object: "right" },
    { from: thread(2), to: thread(1), object: "left" },
  ],
  objects: [
    {
      name: "left",
      kind: "Mutex",
      text: "held by alice since line 7",
      place: at(2),
      holder: thread(1),
      queue: [thread(2)],
      changed: false,
    },
    {
      name: "right",
      kind: "Mutex",
      text: "held by bob since line 12",
      place: at(3),
      holder: thread(2),
      queue: [thread(1)],
      changed: true,
    },
  ],
});

/** So many threads, half of them ready. */
export function crowd(count: number): StepState {
  const threads = Array.from({ length: count }, (_, id) =>
    id % 2 === 0
      ? threadOf(id, `worker-${id}`, "ready", { next: next("lock `db`") })
      : threadOf(id, `worker-${id}`, "blocked", {
          next: next("lock `db`", { canStep: false }),
          why: "blocked: `db` is held by worker-0",
          waitsFor: [thread(0)],
        }),
  );
  const waits = threads
    .filter(({ waitsFor }) => waitsFor.length > 0)
    .map(({ id }) => ({ from: id, to: thread(0), object: "db" }));
  return stateOf({ threads, waits });
}
