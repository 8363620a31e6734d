/** Async functions, promises and timers of programs: tasks of a thread's own executor. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { SiteId } from "../../../src/base/brand.ts";
import { EventKind } from "../../../src/trace/event.ts";
import { Programs } from "./fixture.ts";

/** By number. */
const TASK_EVENTS = new Map<number, string>(
  Object.entries(EventKind).flatMap(([name, kind]) =>
    name.startsWith("task") ? [[kind, name]] : [],
  ),
);
const programs = new Programs();
const { prints, printed } = programs;

test("join gives what an async body comes to, each time", () =>
  prints(
    `const handle = std.spawn(async () => { await null; return [await Promise.resolve(1), 2]; });
    console.log(handle.join(), handle.join());`,
    ["[ 1, 2 ] [ 1, 2 ]"],
  ));

test("a thread ends when its tasks, timers and callbacks are done", () =>
  prints(
    `std.spawn(() => {
      setTimeout(() => console.log("timer"), 20);
      setImmediate(() => console.log("immediate"));
      queueMicrotask(() => console.log("microtask"));
      void (async () => { await null; await null; console.log("task"); })();
      console.log("body");
    }).join();
    console.log("joined");`,
    ["body", "microtask", "task", "immediate", "timer", "joined"],
  ));

test("the stack of an error in a task goes on with the async functions that wait for it, as Node's does", async () => {
  const { output } = await programs.run(`import "threadloom:std";
async function inner() {
  await null;
  throw new Error("from within");
}
async function outer() { await inner(); }
const arrow = async () => {
  await outer();
};
try { await arrow(); } catch (error) {
  console.log((error as Error).stack);
}`);
  assert.match(
    output.join("\n"),
    /^Error: from within\n +at inner \(.*:\d+:\d+\)\n +at async outer \(.*\)\n +at async arrow \(.*\)\n +at async .*:\d+:\d+$/,
  );
});

test("who awaits a message does not keep a callback of setImmediate from sending it", () =>
  prints(
    `const { channel } = await import("threadloom:async");
    const [tx, rx] = channel<string>(1);
    const got = rx.recv();
    setImmediate(() => void tx.send("sent by a callback"));
    console.log(await got);`,
    ["sent by a callback"],
  ));

test("a task blocks its thread where it locks, receives or joins, and the other tasks wait with it", () =>
  prints(
    `const lock = new std.Mutex(0);
    const [tx, rx] = std.channel<string>();
    const guard = lock.lock();
    const worker = std.spawn(async () => {
      const other = (async () => { await null; console.log("other task"); })();
      tx.send("waiting");
      { using held = lock.lock(); console.log("locked", held.value); }
      await other;
      return "done";
    });
    console.log(rx.recv());
    guard.value = 7;
    guard.unlock();
    console.log(worker.join());`,
    ["waiting", "locked 7", "other task", "done"],
  ));

test("a lock that `using` took within a task is given back when the block is left, across awaits", () =>
  prints(
    `const lock = new std.Mutex<number[]>([]);
    const handles = [1, 2, 3].map((n) => std.spawn(async () => {
      for (let i = 0; i < 3; i++) {
        { using guard = lock.lock(); guard.value.push(n); await null; guard.value.push(n); }
        await new Promise<void>((resolve) => setTimeout(resolve, 1));
      }
    }));
    for (const handle of handles) handle.join();
    using guard = lock.lock();
    const pairs = guard.value.filter((_, i) => i % 2 === 0 && guard.value[i] === guard.value[i + 1]);
    console.log(pairs.toSorted().join(""));`,
    ["111222333"],
  ));

test("an exception that passes an `await` poisons what `using` holds", () =>
  prints(
    `const lock = new std.Mutex(0);
    try { await (async () => { using guard = lock.lock(); await null; throw new Error("half made"); })(); }
    catch (error) { console.log((error as Error).message); }
    try { lock.lock(); } catch (error) { console.log((error as Error).name); }`,
    ["half made", "PoisonError"],
  ));

test("asynchronous disposal is awaited", () =>
  prints(
    `async function close(name: string): Promise<void> { await null; console.log("closed", name); }
    const open = (name: string) => ({ [Symbol.asyncDispose]: () => close(name) });
    async function work(): Promise<string> {
      await using one = open("one");
      await using two = open("two");
      return "worked";
    }
    console.log(await work());`,
    ["closed two", "closed one", "worked"],
  ));

test("timers of one thread keep the order of their deadlines, however late the thread comes by", () =>
  prints(
    `setTimeout(() => console.log("third"), 30);
    setTimeout(() => console.log("first"), 10);
    setTimeout(() => { console.log("second"); setTimeout(() => console.log("last"), 30); }, 20);
    std.sleep(60);
    console.log("late");`,
    ["late", "first", "second", "third", "last"],
  ));

test("an interval repeats until it is cleared, a timer that was cleared stays silent", () =>
  prints(
    `let turns = 0;
    const interval = setInterval((name: string) => {
      console.log(name, ++turns);
      if (turns === 3) clearInterval(interval);
    }, 5, "turn");
    const timer = setTimeout(() => console.log("never"), 1);
    clearTimeout(timer);
    clearTimeout(Number(setTimeout(() => console.log("never"), 1)));
    setTimeout(() => console.log("not waited for"), 1000).unref();
    const again = setTimeout(() => console.log("again"), 40);
    again.refresh();
    console.log(again.hasRef());`,
    ["true", "turn 1", "turn 2", "turn 3", "again"],
  ));

test("a rejection that nobody handles is the thread's panic, told with its place", async () => {
  const ran = await programs.run(
    `std.spawn(() => { void (async () => {
      await null;
      throw new RangeError("nobody looks");
    })(); setTimeout(() => console.log("never"), 50); });`,
  );
  assert.deepEqual(ran.kinds, ["panic"]);
  assert.match(ran.findings[0].message, /worker-1 panicked: RangeError: nobody looks/);
  assert.equal(ran.findings[0].sites[0]?.line, 5);
  assert.deepEqual(ran.output, []);
});

test("a rejected body is a panic that join delivers; one handled in time is none", async () => {
  const ran = await printed(
    `const handle = std.spawn(async () => { await null; throw new Error("lost"); });
    try { handle.join(); } catch (error) { console.log(String((error as Error).cause)); }
    const late = Promise.reject(new Error("seen"));
    queueMicrotask(() => late.catch((error: Error) => console.log(error.message)));`,
    ["Error: lost", "seen"],
  );
  assert.ok(!ran.kinds.includes("panic"));
});

test("what a timer or a microtask throws is the thread's panic", async () => {
  for (const schedule of ["queueMicrotask(f)", "setTimeout(f, 1)", "process.nextTick(f)"]) {
    const ran = await programs.run(
      `std.spawn(() => { const f = () => { throw new Error("thrown"); }; ${schedule}; });`,
    );
    assert.deepEqual(ran.kinds, ["panic"], schedule);
  }
});

test("a body that awaits what nothing settles is a leak, a mere task is none", async () => {
  const ran = await programs.run(`std.spawn(async () => { await new Promise(() => {}); });`);
  assert.deepEqual(ran.kinds, ["leak"]);
  assert.match(ran.findings[0].message, /worker-1 waits for a promise that nothing settles/);
  const ended = await programs.run(
    `std.spawn(() => { void (async () => { await new Promise(() => {}); })(); }).join(); console.log("end");`,
  );
  assert.deepEqual(ended.output, ["end"]);
});

test("stacks of errors in tasks speak of the person's own lines and functions alone", async () => {
  const { output } = await programs.run(
    `class Store { async find(n: number): Promise<number> {
      await null;
      if (n === 0) throw new Error("deep");
      return this.find(n - 1);
    } }
    const look = async (n: number) => (await new Store().find(n)) + 1;
    try { await look(2); } catch (error) { console.log((error as Error).stack!.replaceAll(/\\S*\\//g, "")); }`,
  );
  assert.match(output.join("\n"), /^Error: deep\n {4}at find \(?program-\d+\.ts:5:26\)?$/);
});

test("a promise cannot cross to another thread", () =>
  prints(
    `const hidden: { value: unknown } = { value: (async () => 1)() };
    try { std.spawn(() => hidden); } catch (error) { console.log((error as Error).message.split(",")[0]); }`,
    ["`hidden.value` is a Promise"],
  ));

test("promises are instances of Promise, and are shown as Node shows them", () =>
  prints(
    `const given = (async () => 4)();
    class Mine<T> extends Promise<T> { get name() { return "mine"; } }
    const mine = Mine.resolve(1).then((n) => n + 1) as Mine<number>;
    console.log(given instanceof Promise, given.constructor === Promise, mine.name, mine instanceof Mine);
    console.log(given, Promise.reject(3).catch(() => 0) && new Promise(() => {}), Promise.name);`,
    ["true true mine true", "Promise { 4 } Promise { <pending> } Promise"],
  ));

test("arguments, this, super and new.target mean in async code what they mean around it", () =>
  prints(
    `class Base { hi(n: number) { return "base " + n; } set late(v: number) { console.log("late", v); } }
    class Heir extends Base {
      own = async () => this.constructor.name;
      async hi2(...all: number[]) { await null; super.late = all.length; return super.hi(arguments.length); }
      override hi(n: number) { return "heir " + n; }
    }
    function Made(this: { made?: Promise<boolean> }) { this.made = (async () => { await null; return new.target === Made; })(); }
    const heir = new Heir();
    console.log(await heir.hi2(1, 2), await heir.own(), await new (Made as never as new () => { made: Promise<boolean> })().made);
    async function twice(a: number, b = a * 2) { return [arguments.length, a, b]; }
    console.log(await twice(3), twice.length, twice.name);
    const fails = async (a: number, b = (() => { throw new Error("default"); })()) => b;
    fails(1).catch((error: Error) => console.log(error.message));`,
    ["late 2", "base 2 Heir true", "[ 1, 3, 6 ] 1 twice", "default"],
  ));

test("an async generator hands on what another one gives, whatever TypeScript knows of it", () =>
  prints(
    `async function* inner(): AsyncGenerator<number, string> { yield 1; yield 2; return "end"; }
    async function* outer(given: any): AsyncGenerator<any> { console.log(yield* given); yield* [Promise.resolve(3)] as any; }
    for await (const one of outer(inner())) console.log(one);`,
    ["1", "2", "end", "3"],
  ));

test("an exception that leaves a body ends its thread before any of its jobs runs", async () => {
  const later = `void Promise.resolve().then(() => console.log("never"));`;
  await prints(
    `try { std.spawn(() => { ${later} throw new Error("left"); }).join(); } catch (error: any) { console.log(error.message); }`,
    ["worker-1 panicked: Error: left"],
  );
  await prints(`${later} console.log("first"); throw new Error("left");`, ["first"]);
});

test("what `node:timers/promises` gives is settled by the thread's own timers", () =>
  prints(
    `import { setTimeout as after, setImmediate as soon, setInterval as every, scheduler } from "node:timers/promises";
    import * as std from "threadloom:std";
    const done = std.spawn(async () => {
      const order: unknown[] = [];
      const all = [after(40, "late"), after(20, "early"), soon("at once")].map((one) => one.then((x) => order.push(x)));
      await Promise.all(all);
      await scheduler.wait(1);
      for await (const x of every(5, "turn")) if (order.push(x) > 5) break;
      return order;
    });
    console.log(done.join());
    const stop = new AbortController();
    const waiting = after(60_000, 1, { signal: stop.signal });
    stop.abort("enough");
    await waiting.catch((error) => console.log(error.name, error.code, error.cause));`,
    ["[ 'at once', 'early', 'late', 'turn', 'turn', 'turn' ]", "AbortError ABORT_ERR enough"],
  ));

test("a loop of setImmediate that waits for a timer ends, be it its own or another thread's", () =>
  prints(
    `let done = false;
    const stop = new std.AtomicBool(false);
    const look = (): void => { if (done) console.log("own"); else setImmediate(look); };
    setTimeout(() => { done = true; }, 5);
    look();
    const other = std.spawn(() => {
      const lookThere = (): void => { if (stop.load()) console.log("other's"); else setImmediate(lookThere); };
      lookThere();
    });
    std.sleep(7);
    stop.store(true);
    other.join();
    await new Promise((ended) => setTimeout(ended, 20));`,
    ["other's", "own"],
  ));

test("modules that are asked for by `import()` come as what `import` gives", async () => {
  writeFileSync(
    path.join(programs.folder, "late.ts"),
    `export let count = 0; export const up = () => ++count; export default "late";`,
  );
  await prints(
    `import * as early from "./late.ts";
    import { spawn, Mutex } from "threadloom:std";
    const late = await import("./late.ts");
    late.up();
    console.log(late.default, late.count, early.count, late.up === early.up);
    const [{ sep }, ours] = await Promise.all([import("node:path"), import("threadloom:std")]);
    console.log(sep.length, ours.Mutex === Mutex, import("node:path") instanceof Promise);
    console.log(spawn(async () => { const { posix } = await import("path"); return posix.join("a", "b"); }).join());
    await import("no-such-package" as string).catch((error) => console.log(error.code));`,
    ["late 1 1 true", "1 true true", "a/b", "ERR_MODULE_NOT_FOUND"],
  );
});

test("what tasks did is in the trace: where each began, awaited, was woken, went on and ended", async () => {
  const ran = await programs.run(
    `async function pause(ms: number) {
       await new Promise((done) => setTimeout(done, ms));
       return ms;
     }
     async function all() {
       for await (const one of [pause(10)]) console.log(one);
       await null;
     }
     await all();`,
  );
  const { count, kind, argument, site } = ran.trace.events;
  const told: string[] = [];
  for (let row = 0; row < count; row++) {
    const name = TASK_EVENTS.get(kind[row]);
    if (name === undefined) continue;
    told.push(`${name} ${argument[row]} ${ran.trace.site(site[row] as SiteId)?.text ?? "?"}`);
  }
  assert.deepEqual(told, [
    "taskBegin 1 ?",
    "taskBegin 2 all()",
    "taskBegin 3 pause(10)",
    "taskAwait 3 await new Promise((done) => setTimeout(done, ms))",
    "taskAwait 2 [pause(10)]",
    "taskAwait 1 await all()",
    "taskWake 3 setTimeout(done, ms)",
    "taskResume 3 await new Promise((done) => setTimeout(done, ms))",
    "taskEnd 3 await new Promise((done) => setTimeout(done, ms))",
    "taskWake 2 await new Promise((done) => setTimeout(done, ms))",
    "taskResume 2 [pause(10)]",
    "taskAwait 2 [pause(10)]",
    "taskWake 2 [pause(10)]",
    "taskResume 2 [pause(10)]",
    "taskAwait 2 await null",
    "taskResume 2 await null",
    "taskEnd 2 await null",
    "taskWake 1 await null",
    "taskResume 1 await all()",
    "taskEnd 1 await all()",
  ]);
});
