import assert from "node:assert/strict";
import { test } from "node:test";
import { CrossingError } from "../../src/codec/crossing-error.ts";
import { Encoder } from "../../src/codec/encoder.ts";
import { DATA_ONLY, type Externals } from "../../src/codec/externals.ts";
import { Session, idsOf } from "../../src/codec/session.ts";
import { crosses } from "./crossing.ts";
import { Box, Handle, SmallEngine } from "./small-engine.ts";

/** The tests' Node has it; the project's types speak of the oldest one that programs run on. */
declare const Iterator: {
  new (): object;
  from(items: Iterable<unknown>): { map(change: (item: unknown) => unknown): unknown };
};

function refusal(value: unknown, engine: Externals = DATA_ONLY, root = "job"): CrossingError {
  try {
    new Encoder(engine).encode(value, root);
  } catch (error) {
    if (error instanceof CrossingError) return error;
    throw error;
  }
  assert.fail("it was not refused");
}

const promise = Promise.resolve();
const detached = new ArrayBuffer(8);
structuredClone(detached, { transfer: [detached] });

const REFUSED: [what: RegExp, value: unknown][] = [
  [/a Promise/, promise],
  [/a WeakMap/, new WeakMap()],
  [/a WeakSet/, new WeakSet()],
  [/a WeakRef/, new WeakRef({})],
  [/a FinalizationRegistry/, new FinalizationRegistry(() => undefined)],
  [/a SharedArrayBuffer/, new SharedArrayBuffer(4)],
  [/a SharedArrayBuffer/, new Int32Array(new SharedArrayBuffer(4))],
  [/a detached ArrayBuffer/, detached],
  [/a generator/, (function* () {})()],
  [/an async generator/, (async function* () {})()],
  [/an iterator of an array/, [1].values()],
  [/an iterator of a Map/, new Map().keys()],
  [/an iterator of a Set/, new Set().values()],
  [/an iterator of matches/, "".matchAll(/x/g)],
  [/an iterator/, Iterator.from([1]).map((x) => x)],
  [/a unique symbol/, Symbol("own")],
  [/a unique symbol/, Object(Symbol("own"))],
  [/the native function `max`/, Math.max],
  [/the bound function `f`/, function f() {}.bind(null)],
  [/the native function `\(anonymous\)`/, () => undefined],
  [/the platform's class `URL`/, new URL("http://localhost")],
  [/the platform's class `Intl.Collator`/, new Intl.Collator()],
  [/the platform's class `AbortSignal`/, new AbortController().signal],
  [/a Promise/, new (class extends Promise<void> {})(() => undefined)],
];

for (const [what, value] of REFUSED) {
  test(`refused: ${what.source}`, () => {
    const error = refusal(value);
    assert.match(error.what, what);
    assert.equal(error.code, "TL2100");
    assert.ok(error.message.includes(error.what) && error.message.includes(error.why));
    assert.ok(error.remedy.length > 5);
  });
}

const PATHS: [path: string, value: unknown][] = [
  ["job", promise],
  ["job.items[3].handle", { items: [1, 2, 3, { handle: promise }] }],
  ['job["no name"].x', { "no name": { x: promise } }],
  ["job.größe", { größe: promise }],
  ["job[Symbol(own)]", { [Symbol("own")]: 1 }],
  ["job[Symbol(f)].x", { [Symbol.for("f")]: { x: promise } }],
  ['job.get("key").x', new Map([["key", { x: promise }]])],
  ["job.get(7)", new Map([[7, promise]])],
  [
    "job.keys()[1].x",
    new Map<unknown, number>([
      [1, 1],
      [{ x: promise }, 2],
    ]),
  ],
  [
    "job.values()[1]",
    new Map<unknown, unknown>([
      [1, 1],
      [{}, promise],
    ]),
  ],
  ["job.values()[1]", new Set([1, promise])],
  ["job.cause.errors[0]", new Error("x", { cause: new AggregateError([promise]) })],
  ["job.buffer", new Uint8Array(new SharedArrayBuffer(1))],
  ["job[100]", Object.assign([], { 100: promise })],
];

for (const [path, value] of PATHS) {
  test(`the blame is told as ${path}`, () => {
    const error = refusal(value);
    assert.equal(error.path, path);
    assert.ok(error.message.startsWith(`\`${path}\` is `));
  });
}

test("the blame is found at any depth, and told with a gap", () => {
  let value: object = { handle: promise };
  for (let index = 0; index < 100_000; index++) value = { next: value };
  const { path } = refusal(value);
  assert.equal(path, "job" + ".next".repeat(6) + " … " + ".next".repeat(5) + ".handle");
});

test("the blame in a captured variable bears the variable's name", () => {
  const engine = new SmallEngine()
    .factory(0, ["db", "n"], (db: unknown, n: unknown) => () => [db, n])
    .factory(1, ["log", "run"], (log: unknown, run: unknown) => () => [log, run])
    .factory(
      2,
      ["config"],
      (config: unknown) =>
        class Service {
          static config = config;
        },
    );
  const direct = engine.fn(0, { pool: [promise] }, 1);
  assert.equal(refusal(direct, engine, "captures").path, "captures.db.pool[0]");
  const boxed = engine.fn(0, 1, Box.of({ pool: promise }));
  assert.equal(refusal(boxed, engine, "captures").path, "captures.n.pool");
  const nested = engine.fn(1, 1, engine.fn(0, promise, 1));
  assert.equal(refusal(nested, engine, "captures").path, "captures.run.captures.db");
  assert.equal(refusal({ f: direct }, engine).path, "job.f.captures.db.pool[0]");
  const Service = engine.class(2, 1, { timer: promise }) as new () => object;
  assert.equal(
    refusal({ s: new Service() }, engine).path,
    "job.s.constructor.captures.config.timer",
  );
  assert.equal(
    refusal(engine.fn(0, 1, new Service()), engine, "captures").path,
    "captures.n.constructor.captures.config.timer",
  );
});

test("the blame in hidden state bears the private name", () => {
  const engine = new SmallEngine().factory(0, [], () => class Job {});
  const Job = engine.class(0, 1) as new () => object;
  engine.hide(Job, {
    names: ["#id", "#reply"],
    save: () => [1, { to: promise }],
    shell: () => ({}),
    restore: () => undefined,
  });
  assert.equal(refusal([new Job()], engine).path, "job[0].#reply.to");
});

test("what the engine refuses is told in its words", () => {
  const engine = new SmallEngine();
  const guard = new Handle(1);
  engine.refused.set(guard, {
    kind: "refused",
    what: "a guard",
    why: "it belongs to the thread that locked",
    remedy: "Send what it guards.",
  });
  const error = refusal({ held: guard }, engine);
  assert.equal(
    error.message,
    "`job.held` is a guard, which cannot cross to another thread: it belongs to the thread that locked.",
  );
  assert.equal(error.remedy, "Send what it guards.");
});

test("an instance whose class does not cross is refused by its class", () => {
  const engine = new SmallEngine().factory(0, [], () => class Bytes extends Uint8Array {});
  const Bytes = engine.class(0, 1) as new (n: number) => object;
  assert.match(refusal([new Bytes(2)], engine).message, /`Bytes`, which extends Uint8Array/);
  class Foreign {}
  const asking: Externals = {
    ...DATA_ONLY,
    outgoing: (value) => (value instanceof Foreign ? { kind: "instance", of: Foreign } : undefined),
  };
  assert.match(refusal([new Foreign()], asking).message, /an instance of `Foreign`/);
});

test("an encode that failed leaves the encoder, its handles and its session as they were", () => {
  const encoder = new Encoder(new SmallEngine());
  const session = new Session(idsOf(0));
  const value = { first: 1 as unknown, a: { n: 1 }, list: [1] };
  const before = copy(encoder.encodeWith(session, value, "value"));
  value.first = [new Handle(1), { deep: promise }];
  assert.throws(() => encoder.encodeWith(session, value, "value"), CrossingError);
  assert.equal(session.size, 3);
  value.first = 1;
  const after = encoder.encodeWith(session, value, "value");
  assert.deepEqual(copy(after), before);
  assert.deepEqual(after.handles, []);
});

test("a class of one's own called URL is no class of the platform's", () => {
  const value = new (class URL {
    href = "x";
  })();
  assert.deepEqual(crosses(value), { href: "x" });
});

test("an iterator of one's own, with nothing hidden, is plain data", () => {
  class Countdown extends Iterator {
    n = 3;
    next() {
      return { done: this.n === 0, value: this.n-- };
    }
  }
  assert.deepEqual(crosses(new Countdown()), { n: 3 });
});

const copy = ({ words, length }: { words: Int32Array; length: number }) => words.slice(0, length);
