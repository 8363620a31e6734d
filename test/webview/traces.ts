/** Traces for looking at the timeline and for testing it: a small one with something of everything, and a large one. */
import type { SiteId, ThreadId } from "../../src/base/brand.ts";
import {
  EventKind,
  OBJECT_KINDS,
  RECORD_WORDS,
  type ObjectKindName,
} from "../../src/trace/event.ts";
import type { Finding } from "../../src/trace/finding.ts";
import type { OutputLine, Site } from "../../src/trace/tables.ts";
import { TraceWriter } from "../../src/trace/writer.ts";

export const TRANSFER_SOURCE = `// @threadloom
import { spawn, Mutex, channel, label, region } from "threadloom:std";

class Account { balance = 100; }

/** @shared */ let done = 0;

const db = new Mutex(new Account());
const log = new Mutex<string[]>([]);
const [results, inbox] = channel<number>();

function transfer(amount: number) {
  region("transfer");
  using g = db.lock();
  g.value.balance -= amount;
  using l = log.lock();
  l.value.push(\`\${amount}\`);
  results.send(amount);
  done++;
}

const one = spawn(() => transfer(10));
const two = spawn(() => transfer(20));

{
  using l = log.lock();
  label("begin");
  for (let i = 0; i < 3; i++) {
    l.value.push(\`line \${i}\`);
    console.log("main writes", i);
  }
}
one.join();
two.join();
for (const amount of inbox) console.log("moved", amount);
`;

const FILE = "examples/transfer.ts";

function site(line: number, text: string, kind: Site["kind"], name?: string): Site {
  const column = Math.max(1, (TRANSFER_SOURCE.split("\n")[line - 1]?.indexOf(text) ?? 0) + 1);
  return {
    file: FILE,
    line,
    column,
    endLine: line,
    endColumn: column + text.length,
    kind,
    text,
    ...(name === undefined ? {} : { name }),
  };
}

const SITES: readonly (Site | null)[] = [
  null,
  site(8, "new Mutex(new Account())", "new", "db"),
  site(9, "new Mutex<string[]>([])", "new", "log"),
  site(10, "channel<number>()", "new", "results"),
  site(6, "done", "new", "done"),
  site(14, "using g = db.lock()", "using", "db"),
  site(16, "using l = log.lock()", "using", "log"),
  site(18, "results.send(amount)", "call", "results"),
  site(19, "done++", "write", "done"),
  site(22, "spawn(() => transfer(10))", "spawn", "one"),
  site(23, "spawn(() => transfer(20))", "spawn", "two"),
  site(26, "using l = log.lock()", "using", "log"),
  site(27, 'label("begin")', "label", "begin"),
  site(30, 'console.log("main writes", i)', "call"),
  site(33, "one.join()", "call", "one"),
  site(34, "two.join()", "call", "two"),
  site(35, "for (const amount of inbox)", "iterate", "inbox"),
  site(13, 'region("transfer")', "call", "transfer"),
];

const OBJECTS: readonly (readonly [id: number, kind: ObjectKindName, site: number])[] = [
  [1, "thread", 0],
  [2, "mutex", 1],
  [3, "mutex", 2],
  [4, "channel", 3],
  [5, "cell", 4],
  [6, "thread", 9],
  [7, "thread", 10],
];
const [DB, LOG, RESULTS, DONE, ONE, TWO] = [2, 3, 4, 5, 6, 7];

type Step = readonly [
  µs: number,
  thread: number,
  kind: keyof typeof EventKind,
  object?: number,
  argument?: number,
  site?: number,
];

const STEPS: readonly Step[] = [
  [0, 0, "threadStart", 1, -1],
  [22, 0, "spawn", ONE, 1, 9],
  [24, 1, "threadStart", ONE, 0],
  [28, 0, "spawn", TWO, 2, 10],
  [30, 2, "threadStart", TWO, 0],
  [40, 1, "regionBegin", 0, 0, 17],
  [44, 0, "lock", LOG, 0, 11],
  [52, 0, "label", 0, 1, 12],
  [60, 2, "regionBegin", 0, 0, 17],
  [70, 0, "output", 0, 0, 13],
  [96, 1, "lock", DB, 0, 5],
  [110, 0, "output", 0, 1, 13],
  [122, 1, "block", LOG, 0, 6],
  [151, 2, "block", DB, 1, 5],
  [168, 0, "output", 0, 2, 13],
  [195, 0, "unlock", LOG, 0, 11],
  [196, 1, "lock", LOG, 0, 6],
  [197, 0, "block", ONE, 1, 14],
  [240, 1, "send", RESULTS, 1, 7],
  [245, 1, "read", DONE, 0, 8],
  [248, 1, "write", DONE, 1, 8],
  [251, 1, "unlock", LOG, 0, 6],
  [271, 1, "unlock", DB, 0, 5],
  [272, 2, "lock", DB, 0, 5],
  [280, 1, "regionEnd", 0, 0, 17],
  [290, 2, "lock", LOG, 0, 6],
  [300, 2, "send", RESULTS, 2, 7],
  [305, 2, "read", DONE, 1, 8],
  [309, 2, "write", DONE, 2, 8],
  [312, 2, "unlock", LOG, 0, 6],
  [318, 1, "send", RESULTS, 3, 7],
  [330, 1, "threadEnd", ONE, 0],
  [332, 0, "join", ONE, 1, 14],
  [333, 0, "block", TWO, 2, 15],
  [338, 2, "unlock", DB, 0, 5],
  [340, 2, "regionEnd", 0, 0, 17],
  [350, 2, "threadEnd", TWO, 0],
  [352, 0, "join", TWO, 2, 15],
  [356, 0, "receive", RESULTS, 1, 16],
  [360, 0, "output", 0, 3, 16],
  [372, 0, "receive", RESULTS, 2, 16],
  [376, 0, "output", 0, 4, 16],
  [390, 0, "receive", RESULTS, 3, 16],
  [392, 0, "output", 0, 5, 16],
  [398, 0, "closed", RESULTS, 0, 16],
  [412, 0, "threadEnd", 1, 0],
];

/** The record at `row` of `words`. */
function put(
  words: Int32Array,
  row: number,
  time: number,
  kind: number,
  thread: number,
  object: number,
  version: number,
  argument: number,
  site: number,
): void {
  const at = row * RECORD_WORDS;
  words[at] = time % 0x1_0000_0000;
  words[at + 1] = Math.floor(time / 0x1_0000_0000) | (kind << 24);
  words[at + 2] = object;
  words[at + 3] = version;
  words[at + 4] = argument;
  words[at + 5] = site | (thread << 18);
}

function written(write: (writer: TraceWriter) => void): Uint8Array {
  const pieces: Uint8Array[] = [];
  write(new TraceWriter((bytes) => pieces.push(bytes)));
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const FINDINGS: readonly Finding[] = [
  {
    kind: "lock-order",
    code: "TL3003",
    severity: "warning",
    message: "`db` is taken before `log` at transfer.ts:14, and after it elsewhere.",
    sites: [{ file: FILE, line: 14, column: 3 }],
    remedy: "Take both in the same order everywhere.",
    time: 196_000,
    threads: [1, 2],
    objects: [DB, LOG],
  },
];

/** Three threads, two locks, a channel, a shared variable, a region, a label and six lines of output in 412 µs. */
export function transferTrace(): Uint8Array {
  const words = new Int32Array((STEPS.length + OBJECTS.length) * RECORD_WORDS);
  let row = 0;
  const versions = new Map<number, number>();
  const create = (): void => {
    for (const [id, kind, made] of OBJECTS) {
      put(words, row++, 1000, EventKind.create, 0, id, 0, OBJECT_KINDS.indexOf(kind), made);
    }
  };
  for (const [µs, thread, kind, object = 0, argument = 0, at = 0] of STEPS) {
    const version = (versions.get(object) ?? 0) + 1;
    if (kind !== "block") versions.set(object, version);
    put(
      words,
      row++,
      µs * 1000,
      EventKind[kind],
      thread,
      object,
      kind === "block" ? 0 : version,
      argument,
      at,
    );
    if (row === 1) create();
  }
  const says: readonly (readonly [µs: number, text: string, site: number])[] = [
    [70, "main writes 0", 13],
    [110, "main writes 1", 13],
    [168, "main writes 2", 13],
    [360, "moved 10", 16],
    [376, "moved 20", 16],
    [392, "moved 30", 16],
  ];
  return written((writer) => {
    writer.begin({
      head: { program: FILE, engine: "native", began: "2026-11-03T10:00:00Z", tool: "threadloom" },
      sites: SITES,
      sources: [{ file: FILE, text: TRANSFER_SOURCE }],
    });
    writer.threads([
      { id: 0 as ThreadId, name: "main", object: 1 },
      { id: 1 as ThreadId, name: "worker-1", object: ONE },
      { id: 2 as ThreadId, name: "worker-2", object: TWO },
    ]);
    writer.strings([
      [0, "transfer"],
      [1, "begin"],
    ]);
    writer.records(words);
    writer.output(
      says.map(([µs, text, at], sequence): OutputLine => ({
        sequence,
        thread: 0 as ThreadId,
        stream: "log",
        text,
        site: at as SiteId,
        time: µs * 1000,
      })),
    );
    writer.findings(FINDINGS);
    writer.end({ ending: { kind: "finished" }, durationNs: 412_000 });
  });
}

export interface LargeTrace {
  readonly events: number;
  readonly threads: number;
  readonly locks: number;
}

/**
 * Threads that take locks, at random but always the same: a quarter of the locks are hot. Some messages, some sleeps.
 * Each thread's records are in order of time; a lock is never held by two.
 */
export function largeTrace({ events, threads, locks }: LargeTrace): Uint8Array {
  const words = new Int32Array(events * RECORD_WORDS);
  const free = new Float64Array(locks);
  const versions = new Int32Array(locks + threads + 2);
  const now = Float64Array.from({ length: threads }, (_, index) => index * 900);
  const lockId = (lock: number): number => 2 + threads + lock;
  const channel = 2 + threads + locks;
  let seed = 12_345;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  let row = 0;
  let message = 0;
  const emit = (
    time: number,
    kind: number,
    thread: number,
    object: number,
    argument: number,
    site: number,
  ): void => {
    const version = kind === EventKind.block ? 0 : (versions[object] = (versions[object] ?? 0) + 1);
    if (row < events)
      put(words, row++, Math.round(time), kind, thread, object, version, argument, site);
  };
  for (let thread = 0; thread < threads; thread++) {
    emit(now[thread], EventKind.threadStart, thread, 1 + thread, thread === 0 ? -1 : 0, 0);
  }
  for (let lock = 0; lock < locks; lock++) emit(1, EventKind.create, 0, lockId(lock), 1, 1);
  emit(1, EventKind.create, 0, channel, 5, 2);
  while (row < events - threads) {
    // The thread that is furthest behind goes on, so that times grow together.
    let thread = 0;
    for (let other = 1; other < threads; other++) if (now[other] < now[thread]) thread = other;
    const lock = Math.floor(random() ** 2 * locks);
    let time = now[thread] + 200 + random() * 3000;
    if (free[lock] > time) {
      emit(time, EventKind.block, thread, lockId(lock), thread === 0 ? 1 : 0, 3);
      time = free[lock] + 50;
    }
    emit(time, EventKind.lock, thread, lockId(lock), 0, 3);
    const until = time + 100 + random() * 1200;
    free[lock] = until;
    if (random() < 0.05) emit(time + 40, EventKind.send, thread, channel, ++message, 4);
    emit(until, EventKind.unlock, thread, lockId(lock), 0, 3);
    now[thread] = until;
    if (random() < 0.01) {
      emit(until + 10, EventKind.sleep, thread, 0, 20, 5);
      now[thread] += 20_000;
      emit(now[thread], EventKind.wake, thread, 0, 0, 5);
    }
  }
  for (let thread = 0; row < events; thread = (thread + 1) % threads) {
    emit((now[thread] += 10), EventKind.yield, thread, 1 + thread, 0, 0);
  }
  const line = (at: number, text: string, kind: Site["kind"], name: string): Site => ({
    file: "large.ts",
    line: at,
    column: 1,
    endLine: at,
    endColumn: 1 + text.length,
    kind,
    name,
    text,
  });
  return written((writer) => {
    writer.begin({
      head: { program: "large.ts", engine: "native", tool: "threadloom" },
      sites: [
        null,
        line(2, "new Mutex(0)", "new", "slot"),
        line(3, "channel<number>()", "new", "results"),
        line(6, "using g = slot.lock()", "using", "slot"),
        line(8, "results.send(i)", "call", "results"),
        line(9, "sleep(1)", "call", "sleep"),
      ],
      sources: [{ file: "large.ts", text: "// @threadloom\n" }],
    });
    writer.threads(
      Array.from({ length: threads }, (_, id) => ({
        id: id as ThreadId,
        name: id === 0 ? "main" : `worker-${id}`,
        object: 1 + id,
      })),
    );
    writer.records(words);
    writer.end({ ending: { kind: "finished" }, durationNs: Math.max(...now) });
  });
}
