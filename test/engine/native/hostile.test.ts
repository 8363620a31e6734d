/** Programs that do what programs should not, in the corners of an engine: each ends, says why, and the next one runs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs, type Ran } from "./fixture.ts";

const programs = new Programs();

function told(ran: Ran): string {
  return ran.findings.map(({ message }) => message).join("\n");
}

/** [what, program, what it prints, kinds of the findings, what they say] */
type Row = readonly [string, string, readonly string[], readonly string[], RegExp?];

const JOINED = (body: string): string =>
  `const h = std.spawn(${body});
   try { h.join(); } catch (error: any) { console.log(error.name, typeof error.cause, String(error.cause?.message ?? error.cause)); }`;

const ROWS: readonly Row[] = [
  ["a thread throws a number", JOINED(`() => { throw 42; }`), ["PanicError number 42"], []],
  [
    "a thread throws undefined",
    JOINED(`() => { throw undefined; }`),
    ["PanicError undefined undefined"],
    [],
  ],
  ["a thread throws null", JOINED(`() => { throw null; }`), ["PanicError object null"], []],
  [
    "a thread throws a symbol of its own",
    JOINED(`() => { throw Symbol("mine"); }`),
    ["PanicError object Symbol(mine)"],
    [],
  ],
  [
    "a thread throws a plain object",
    JOINED(`() => { throw { message: "plain", at: [1] }; }`),
    ["PanicError object plain"],
    [],
  ],
  [
    "a thread throws a promise",
    JOINED(`() => { throw Promise.resolve(1); }`),
    ["PanicError object Promise { 1 }"],
    [],
  ],
  [
    "a thread throws a function of its own",
    JOINED(`() => { throw () => 5; }`),
    ["PanicError function () => 5"],
    [],
  ],
  [
    "a thread throws what cannot be told",
    `try { std.spawn(() => { throw Object.create(null); }).join(); }
     catch (error: any) { console.log(error.message, Object.getPrototypeOf(error.cause)); }`,
    ["worker-1 panicked: something that cannot be shown null"],
    [],
  ],
  [
    "a thread throws an object whose text throws",
    JOINED(`() => { throw { toString() { throw new Error("no"); }, p: Promise.resolve() }; }`),
    ["PanicError object { toString: [Function: toString], p: Promise { undefined } }"],
    [],
  ],
  [
    "a thread throws an error with a throwing message",
    JOINED(
      `() => { const e = new Error("x"); Object.defineProperty(e, "message", { get() { throw new Error("no"); } }); throw e; }`,
    ),
    ["PanicError object something that cannot be shown"],
    [],
  ],
  [
    "nobody joins a thread that throws undefined",
    `std.spawn(() => { throw undefined; });`,
    [],
    ["panic"],
    /undefined/,
  ],
  [
    "nobody joins a thread that throws an object without a prototype",
    `std.spawn(() => { throw Object.create(null); });`,
    [],
    ["panic"],
  ],
  ["main throws undefined", `throw undefined;`, [], ["panic"], /main panicked: undefined/],
  ["a result that cannot cross", JOINED(`() => Promise.resolve(() => process.stdout)`), [], []],
  [
    "a getter that throws while a value is sent",
    `const [tx, rx] = std.channel<any>(); try { tx.send({ get x() { throw new RangeError("from the getter"); } }); } catch (error: any) { console.log(error.name, error.message); } tx.send(1); console.log(rx.recv());`,
    ["RangeError from the getter", "1"],
    [],
  ],
  [
    "a getter that throws in a thread's result",
    JOINED(`() => ({ get x(): number { throw new RangeError("late"); } })`),
    ["PanicError object late"],
    [],
  ],
  [
    "a getter that throws under a lock",
    `const m = new std.Mutex<any>(0); const g = m.lock(); g.value = { get x() { throw new Error("no"); } }; try { g.unlock(); } catch (error: any) { console.log(error.message); } console.log(m.tryLock() !== undefined);`,
    ["no", "true"],
    [],
  ],
  [
    "a getter that locks, spawns and sends while it is encoded",
    `const m = new std.Mutex(3); const [tx, rx] = std.channel<any>(); tx.send({ get x() { return std.spawn(() => { using g = m.lock(); return g.value; }).join(); } }); console.log(rx.recv().x);`,
    ["3"],
    [],
  ],
  [
    "an unhandled rejection",
    JOINED(`() => { void Promise.reject(new TypeError("nobody cared")); }`),
    ["PanicError object nobody cared"],
    [],
  ],
  [
    "an unhandled rejection with no error",
    JOINED(`() => { void Promise.reject(5); }`),
    ["PanicError number 5"],
    [],
  ],
  [
    "an error in a timer's callback",
    JOINED(`() => { setTimeout(() => { throw new Error("late"); }, 5); }`),
    ["PanicError object late"],
    [],
  ],
  [
    "an error in a microtask",
    JOINED(`() => { queueMicrotask(() => { throw new Error("micro"); }); }`),
    ["PanicError object micro"],
    [],
  ],
  [
    "a rejected async body",
    JOINED(`async () => { await null; throw new Error("async"); }`),
    ["PanicError object async"],
    [],
  ],
  [
    "a rejection that is handled late is no panic",
    `const h = std.spawn(async () => { const p = Promise.reject(new Error("x")); await Promise.resolve(); try { await p; } catch { return "handled"; } }); console.log(h.join());`,
    ["handled"],
    [],
  ],
  [
    "a stack that overflows",
    JOINED(`() => { const f = (n: number): number => f(n + 1) + 1; return f(0); }`),
    ["PanicError object Maximum call stack size exceeded"],
    [],
  ],
  [
    "Promise is another's",
    `const own = async () => { await null; return 5; };
     (globalThis as any).Promise = class {};
     console.log(std.spawn(own).join());`,
    ["5"],
    [],
  ],
  [
    "a thenable of the program's own is awaited",
    `console.log(std.spawn(() => ({ then(done: (n: number) => void) { setTimeout(() => done(6), 5); } })).join());`,
    ["6"],
    [],
  ],
];

for (const [what, text, output, kinds, says] of ROWS) {
  test(what, async () => {
    const ran = await programs.run(text, { timeLimitMs: 20_000 });
    assert.equal(ran.ending.kind, "finished", told(ran));
    if (output.length > 0) assert.deepEqual(ran.output, output, told(ran));
    assert.deepEqual(ran.kinds, kinds, told(ran));
    if (says !== undefined) assert.match(told(ran), says);
  });
}

test("a program that breaks what the engine stands on is told that it did, and the next one runs", async () => {
  const ran = await programs.run(
    `Object.getPrototypeOf = () => { throw new Error("mine"); };
     const [tx, rx] = std.channel<any>(); tx.send(new Map([[1, 2]])); console.log(rx.recv().size);`,
  );
  assert.equal(ran.ending.kind, "crashed");
  assert.match(told(ran), /mine/);
  assert.deepEqual((await programs.run("console.log('again');")).output, ["again"]);
});

test("a program that kills its own process is told so, and the next one runs", async () => {
  const ran = await programs.run(
    `console.log("before"); std.sleep(30); process.kill(process.pid, "SIGKILL"); for (;;) std.sleep(5);`,
  );
  assert.equal(ran.ending.kind, "crashed");
  assert.match(told(ran), /SIGKILL/);
  assert.deepEqual((await programs.run("console.log('again');")).output, ["again"]);
});

test("process.abort in a thread is an error in that thread or the end of the run, never of the host", async () => {
  const ran = await programs.run(`std.spawn(() => { process.abort(); });`);
  assert.ok(["finished", "crashed"].includes(ran.ending.kind), ran.ending.kind);
  assert.ok(ran.findings.length > 0);
});

test("a huge line is cut, and the run goes on", async () => {
  const ran = await programs.run(`console.log("x".repeat(5_000_000)); console.log("after");`);
  assert.equal(ran.output.length, 2);
  assert.ok(ran.output[0].length < 1_100_000 && ran.output[0].endsWith("…"));
  assert.equal(ran.output[1], "after");
});

test("a line of characters that take several bytes arrives whole, halves of one too", async () => {
  const line = "ü🧵".repeat(10);
  const ran = await programs.run(
    `console.log(${JSON.stringify(line)});
     const bytes = new TextEncoder().encode("🧵\\n");
     process.stdout.write(bytes.subarray(0, 2)); process.stdout.write(bytes.subarray(2));`,
  );
  assert.deepEqual(ran.output, [line, "🧵"]);
});

test("a module that throws while it is loaded is a panic of main, at its line", async () => {
  const ran = await programs.run(`console.log("first");\nthrow new SyntaxError("mine");`);
  assert.deepEqual([ran.output, ran.kinds], [["first"], ["panic"]]);
  assert.equal(ran.findings[0].sites[0].line, 4);
});

test("process.exit while other threads are parked, print or sleep ends all of them", async () => {
  const ran = await programs.run(
    `const m = new std.Mutex(0); m.lock();
     std.spawn(() => { m.lock(); });
     std.spawn(() => { for (;;) std.sleep(1); });
     std.spawn(() => { for (;;) { /* for ever */ } });
     std.sleep(50);
     console.log("out");
     process.exit(0);`,
  );
  assert.deepEqual([ran.ending, ran.output], [{ kind: "exited", code: 0 }, ["out"]]);
});

test("process.exit with what is no number, in a callback, ends the run too", async () => {
  const ran = await programs.run(`setTimeout(() => process.exit("7" as any), 5);`);
  assert.deepEqual(ran.ending, { kind: "exited", code: 7 });
});
