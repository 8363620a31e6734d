/** SEMANTICS, "Threads and the end of a program", and the marks that threads set. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs } from "./fixture.ts";
import { kindsOf, recordsOf } from "../../trace/records.ts";

const programs = new Programs();
const { printed, prints } = programs;

async function ends(
  text: string,
  kinds: readonly string[],
  output?: readonly string[],
): Promise<void> {
  const ran = await programs.run(text);
  const told = ran.findings.map(({ message }) => message).join("\n");
  assert.deepEqual(ran.kinds, kinds, told);
  if (output !== undefined) assert.deepEqual(ran.output, output, told);
}

test("@thread functions start when top-level code has finished, with their index and names", async () => {
  const ran = await printed(
    `/** @shared */ let ready = false;
     /** @thread */ function alice() { console.log("alice", ready, std.current().name); }
     /** @thread worker x3 */ function work(index: number) { results[index].store(index * 10); using g = names[index].lock(); g.value = std.current().name; }
     const results = [0, 1, 2].map(() => new std.AtomicI32(-1));
     const names = [0, 1, 2].map(() => new std.Mutex(""));
     // @final results.map((r) => r.load()).join() === "0,10,20"
     // @final names.map((n) => n.value).join() === "worker-1,worker-2,worker-3"
     console.log("top", ready);
     ready = true;`,
    ["top false", "alice true alice"],
  );
  assert.deepEqual(ran.kinds, []);
  assert.deepEqual([...ran.trace.threads.values()].map(({ name }) => name).sort(), [
    "alice",
    "main",
    "worker-1",
    "worker-2",
    "worker-3",
  ]);
});

test("@thread functions are joined by main, and a panic in one is the verdict", () =>
  ends(
    `/** @thread */ function one() { std.sleep(20); console.log("done"); }
     /** @thread */ function two() { throw new Error("no"); }`,
    ["panic"],
    ["done"],
  ));

test("join gives the result, any number of times", () =>
  prints(
    `const h = std.spawn(() => ({ list: [1, 2] }));
     const first = h.join();
     first.list.push(3);
     console.log(first.list.length, h.join() === first, h.isFinished, JSON.stringify(h.joinFor(0).done));`,
    ["3 true true true"],
  ));

test("joinFor gives up, and a later join gives the result all the same", () =>
  prints(
    `const go = new std.AtomicI32(0);
     const h = std.spawn(() => { go.wait(0); return 7; });
     console.log(JSON.stringify(h.joinFor(10)), h.isFinished);
     go.store(1); go.notify();
     console.log(h.join(), JSON.stringify(h.joinFor(10)));`,
    ['{"done":false} false', '7 {"done":true,"value":7}'],
  ));

test("a join handle moves: whoever has it may join, who gave it away may not", () =>
  prints(
    `const h = std.spawn(() => 6);
     const other = std.spawn(() => h.join() * 7);
     try { h.join(); } catch (error: any) { console.log(error.name); }
     console.log(other.join());`,
    ["MovedError", "42"],
  ));

test("a panic is told to each join in the same words, with the exception as its cause", () =>
  prints(
    `class Broken extends Error { override name = "Broken"; code = 5; }
     const h = std.spawn(() => { throw new Broken("in two"); }, { name: "smith" });
     for (let i = 0; i < 2; i++) {
       try { h.join(); } catch (error: any) {
         console.log(error instanceof std.PanicError, error.thread.name, error.cause instanceof Broken, error.cause.code, error.message);
       }
     }`,
    Array(2).fill("true smith true 5 smith panicked: Broken: in two"),
  ));

test("scope joins all of its threads before it returns", () =>
  prints(
    `const n = new std.AtomicI32(0);
     const given = std.scope((s) => {
       for (let i = 0; i < 4; i++) s.spawn(() => { std.sleep(10); n.fetchAdd(1); });
       return "given";
     });
     console.log(n.load(), given);`,
    ["4 given"],
  ));

test("scope throws the panic of the thread that was spawned first, after joining all", () =>
  ends(
    `const n = new std.AtomicI32(0);
     try {
       std.scope((s) => {
         s.spawn(() => { std.sleep(30); n.fetchAdd(1); throw new Error("first"); });
         s.spawn(() => { throw new Error("second"); });
         s.spawn(() => { std.sleep(40); n.fetchAdd(1); });
       });
     } catch (error: any) { console.log(error.name, error.cause.message, n.load()); }`,
    [],
    ["PanicError first 2"],
  ));

test("a panic that was dealt with inside a scope is not thrown again", () =>
  ends(
    `const result = std.scope((s) => {
       const h = s.spawn(() => { throw new Error("x"); });
       try { h.join(); } catch { return "dealt with"; }
     });
     console.log(result);`,
    [],
    ["dealt with"],
  ));

test("an exception in a scope's body leaves it, after all have been joined", () =>
  ends(
    `const n = new std.AtomicI32(0);
     try {
       std.scope((s) => { s.spawn(() => { std.sleep(20); n.fetchAdd(1); }); throw new Error("body"); });
     } catch (error: any) { console.log(error.message, n.load()); }`,
    [],
    ["body 1"],
  ));

test("a panic that nobody joined for is the verdict, even where others were dealt with", () =>
  ends(
    `const a = std.spawn(() => { throw new Error("a"); });
     std.spawn(() => { throw new Error("b"); });
     try { a.join(); } catch { /* expected */ }`,
    ["panic"],
  ));

test("an exception that leaves main is a panic, and the other threads still run to their end", () =>
  ends(
    `std.spawn(() => { std.sleep(30); console.log("went on"); });
     throw new TypeError("main");`,
    ["panic"],
    ["went on"],
  ));

test("a program ends when all its threads have ended, not when main has", () =>
  prints(
    `std.spawn(() => { std.sleep(20); std.spawn(() => { std.sleep(20); console.log("last"); }); });
     console.log("main is over");`,
    ["main is over", "last"],
  ));

test("a thread's timers, callbacks and tasks belong to it; join waits for them", () =>
  prints(
    `const h = std.spawn(() => {
       setTimeout(() => console.log("timer"), 15);
       queueMicrotask(() => console.log("microtask"));
       void (async () => { await null; console.log("task"); })();
       setImmediate(() => console.log("immediate"));
       return "body";
     });
     console.log(h.join());`,
    ["microtask", "task", "immediate", "timer", "body"],
  ));

test("top-level await, and an async main that spawns after it", () =>
  prints(
    `import { spawn } from "threadloom:std";
     const value = await new Promise<number>((done) => setTimeout(() => done(4), 5));
     console.log(spawn(() => value * 2).join());`,
    ["8"],
  ));

test("current() is one thread's own, with a name and a number", () =>
  prints(
    `const me = std.current();
     console.log(me.id, me.name, std.spawn(() => [std.current().id, std.current().name].join()).join());
     console.log(std.spawn(() => std.current().name, { name: "zoë" }).join());
     console.log(std.spawn(() => me.name).join(), std.availableParallelism() >= 1);`,
    ["0 main 1,worker-1", "zoë", "main true"],
  ));

test("process.exit in main ends the program at once, with its code", async () => {
  const ran = await programs.run(`
    std.spawn(() => { for (;;) std.sleep(5); });
    console.log("bye");
    process.exit(4);`);
  assert.deepEqual([ran.ending, ran.output], [{ kind: "exited", code: 4 }, ["bye"]]);
});

test("process.exitCode is what process.exit() ends with", async () => {
  const ran = await programs.run(`process.exitCode = 2; process.exit();`);
  assert.deepEqual(ran.ending, { kind: "exited", code: 2 });
});

test("sleep lasts at least so long, and yieldNow comes back", () =>
  prints(
    `const began = performance.now();
     std.sleep(20);
     std.sleep(0);
     std.yieldNow();
     console.log(performance.now() - began >= 19.5);`,
    ["true"],
  ));

test("labels and regions stand in the trace by their words, at the thread that set them", async () => {
  const { trace } = await printed(
    `std.label("begin");
     {
       using phase = std.region("phase one");
       std.label("inside");
     }
     const open = std.region("by hand");
     open[Symbol.dispose](); open[Symbol.dispose]();
     std.spawn(() => std.label("in the other thread")).join();`,
    [],
  );
  const told = recordsOf(trace)
    .filter(({ kind }) => kind >= EventKind.label && kind <= EventKind.regionEnd)
    .map(({ kind, argument, thread }) => {
      const words = trace.strings.get(argument);
      const name = { 64: "label", 65: "begin", 66: "end" }[kind];
      return [thread, name, words];
    });
  assert.deepEqual(told, [
    [0, "label", "begin"],
    [0, "begin", "phase one"],
    [0, "label", "inside"],
    [0, "end", "phase one"],
    [0, "begin", "by hand"],
    [0, "end", "by hand"],
    [1, "label", "in the other thread"],
  ]);
});

test("a comment's label stands in the trace at its place, named by its words", async () => {
  const { trace } = await printed(
    `let n = 1;
     // @label half way
     n++;
     console.log(n);`,
    ["2"],
  );
  const labels = recordsOf(trace).filter(({ kind }) => kind === EventKind.label);
  assert.deepEqual(
    labels.map(({ argument, site }) => [
      argument,
      trace.sites[site]?.name,
      trace.sites[site]?.line,
    ]),
    [[-1, "half way", 4]],
  );
});

test("what a thread does is recorded from its start to its end", async () => {
  const { trace } = await printed(
    `const n = new std.AtomicI32(0);
     std.spawn(() => { n.fetchAdd(1); console.log("x"); }).join();`,
    ["x"],
  );
  assert.deepEqual(kindsOf(trace, 1), ["threadStart", "update", "output", "threadEnd"]);
  assert.deepEqual(
    kindsOf(trace, 0).filter((kind) => kind !== "block"),
    ["threadStart", "create", "create", "spawn", "join", "threadEnd"],
  );
});

test("an untraced run does the same and records nothing", async () => {
  const program = await programs.compile(
    `const m = new std.Mutex(1); std.label("x"); console.log(std.spawn(() => m.lock().value).join());`,
  );
  const ran = await programs.start(program, { tracePath: undefined }).ran;
  assert.deepEqual([ran.output, ran.events], [["1"], 0]);
});

test("@final is looked at when every thread ended normally, with locks' values and channels' lengths", async () => {
  const text = (expected: number): string => `
    const db = new std.Mutex({ rows: [] as number[] }), n = new std.AtomicI32(0);
    const [tx, rx] = std.channel<number>();
    /** @thread x2 */ function add(i: number) { using g = db.lock(); g.value.rows.push(i); n.fetchAdd(1); }
    tx.send(1); tx.send(2);
    // @final db.value.rows.length === 2 && rx.length === ${expected} && n.load() === 2`;
  await ends(text(2), []);
  await ends(text(3), ["assertion"]);
});

test("a @final that throws is a finding of its own; after a panic none is looked at", async () => {
  await ends(`const o: any = {};\n// @final o.a.b === 1`, ["assertion"]);
  await ends(`std.spawn(() => { throw 1; });\n// @final false`, ["panic"]);
});

test("a @final sees a value that no thread has looked at since it changed", () =>
  ends(
    `const box = new std.Mutex<{ n: number }>({ n: 1 });
     { using g = box.lock(); g.value.n; }
     std.spawn(() => { using g = box.lock(); g.value = { n: 5 }; }).join();
     // @final box.value.n === 5`,
    [],
  ));
