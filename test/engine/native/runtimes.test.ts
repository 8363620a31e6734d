/** `threadloom:async`, on real threads and on the model: runtimes, event loops, coroutines, jobs that block. */
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const HEAD = `// @threadloom
  import * as std from "threadloom:std";
  import { channel, coroutine, EventLoop, join, Runtime, sleep, spawn, spawnBlocking } from "threadloom:async";
  void [channel, coroutine, EventLoop, join, Runtime, sleep, spawn, spawnBlocking];
`;
const prints = (text: string, expected: readonly string[]): Promise<void> =>
  programs.prints(HEAD + text, expected);

test("blockOn runs this thread's tasks and timers until the future has come to something", () =>
  prints(
    `const runtime = new Runtime();
     const task = runtime.spawn(async () => { await sleep(2); console.log("task"); return 5; });
     setTimeout(() => console.log("timer"), 4);
     console.log(runtime.blockOn((async () => { await sleep(8); return (await task) + 1; })()));
     try { runtime.blockOn(Promise.reject(new RangeError("no"))); } catch (error: any) { console.log(error.message); }`,
    ["task", "timer", "6", "no"],
  ));

test("channel ends that a task of this thread captures are dropped when it ends, but for those that it handed on", () =>
  prints(
    `
     const runtime = new Runtime();
     const [tx, rx] = channel<number>(4);
     const both = [tx.clone(), tx];
     const first = runtime.spawn(async () => { await both[0].send(1); });
     const second = spawn(async () => {
       const own = both[1];
       spawn(async () => { await sleep(3); await own.send(3); });
       await own.send(2);
     });
     const all: number[] = [];
     runtime.blockOn((async () => { for await (const n of rx) all.push(n); await first; await second; })());
     console.log(all.join());`,
    ["1,2,3"],
  ));

test("blockOn inside a task is refused", () =>
  prints(
    `const runtime = new Runtime();
     await sleep(1);
     try { runtime.blockOn(sleep(1)); } catch (error: any) { console.log(error.name, error.message.slice(-8)); }`,
    ["TypeError [TL2203]"],
  ));

test("a runtime that is disposed of cancels its tasks", () =>
  prints(
    `{
       using runtime = new Runtime();
       runtime.spawn(async () => { try { await sleep(1000); } finally { console.log("cancelled"); } }).then(() => {}, () => {});
       runtime.blockOn(sleep(2));
     }
     await sleep(1);
     const over = new Runtime();
     over[Symbol.dispose]();
     over[Symbol.dispose]();
     try { over.spawn(async () => 1); } catch (error: any) { console.log(error.name); }`,
    ["cancelled", "MovedError"],
  ));

test("a runtime of several threads runs tasks there, side by side, and gives back what they come to", () =>
  prints(
    `using runtime = new Runtime({ threads: 2 });
     const ids = new std.Mutex<number[]>([]);
     const tasks = [1, 2, 3, 4].map((n) => runtime.spawn(async () => {
       await sleep(1);
       { using guard = ids.lock(); guard.value.push(std.current().id); }
       if (n === 4) throw new RangeError("four");
       return n * n;
     }));
     console.log(runtime.blockOn(join(tasks[0]!, tasks[1]!, tasks[2]!)).join());
     try { runtime.blockOn(tasks[3]!); } catch (error: any) { console.log(error.name, error.message); }
     console.log(ids.lock().value.every((id) => id !== std.current().id));`,
    ["1,4,9", "RangeError four", "true"],
  ));

test("a task that fails before anybody awaits it keeps its error for whoever does", () =>
  prints(
    `const runtime = new Runtime();
     const failed = runtime.spawn(async () => { throw new RangeError("early"); });
     runtime.blockOn(sleep(2));
     try { runtime.blockOn(failed); } catch (error: any) { console.log(error.message); }`,
    ["early"],
  ));

test("tasks of a runtime of several threads are aborted, and may spawn others", () =>
  prints(
    `{
       using runtime = new Runtime({ threads: 2 });
       const begun = new std.Latch(1);
       const task = runtime.spawn(async () => { begun.countDown(); try { await sleep(60_000); } finally { console.log("finally"); } });
       const outer = runtime.spawn(async () => { const inner = spawn(async () => "inner"); return await inner; });
       console.log(runtime.blockOn(outer));
       begun.wait();
       task.abort();
       console.log(runtime.blockOn((async () => task.then(() => "?", (error: Error) => error.name))()));
       runtime.spawn(async () => { await sleep(60_000); });
     }
     console.log("all gone");`,
    ["inner", "finally", "CancelledError", "all gone"],
  ));

test("a task on another thread drops at its end the channel ends that moved there with it", () =>
  prints(
    `using runtime = new Runtime({ threads: 2 });
     const [tx, rx] = std.channel<number>();
     for (const n of [1, 2, 3]) { const sender = tx.clone(); runtime.spawn(async () => { await sleep(n); sender.send(n); }); }
     tx.drop();
     console.log([...rx].toSorted().join());`,
    ["1,2,3"],
  ));

test("a runtime that nobody disposes of ends with its thread", () =>
  prints(
    `const runtime = new Runtime({ threads: 2 });
     console.log(runtime.blockOn(runtime.spawn(async () => "done")));`,
    ["done"],
  ));

test("a blocking job has a thread of its own, and its panic is the task's", () =>
  prints(
    `const log: string[] = [];
     const ticked = new std.Latch(1);
     const job = spawnBlocking(() => { ticked.wait(); return "blocked"; });
     const ticking = (async () => { await sleep(1); log.push("tick"); ticked.countDown(); })();
     log.push(await job);
     await ticking;
     console.log(log.join());
     try { await spawnBlocking(() => { throw new RangeError("in a job"); }); }
     catch (error: any) { console.log(error.name, error.cause.message); }`,
    ["tick,blocked", "PanicError in a job"],
  ));

test("an event loop calls one handler, then all microtasks, then the next; timers when no event waits", () =>
  prints(
    `const loop = new EventLoop();
     loop.on("a", (n) => { console.log("a", n); queueMicrotask(() => console.log("micro", n)); if (n === 1) loop.emit("b"); });
     loop.on("a", (n) => console.log("a too", n));
     loop.on("b", () => { console.log("b"); void Promise.resolve().then(() => console.log("then")); });
     loop.setTimer(5, () => { console.log("late"); loop.stop(); });
     loop.setTimer(2, () => { console.log("timer"); loop.emit("a", 3); });
     loop.setTimer(9, () => console.log("never"));
     loop.emit("a", 1);
     loop.emit("a", 2);
     loop.emit("nobody");
     console.log("run");
     loop.run();
     console.log("stopped");`,
    [
      ...["run", "a 1", "micro 1", "a too 1", "a 2", "micro 2", "a too 2", "b", "then"],
      ...["timer", "a 3", "micro 3", "a too 3", "late", "stopped"],
    ],
  ));

test("an event loop returns when nothing is left, refuses to run in itself, and passes on what a handler throws", () =>
  prints(
    `const loop = new EventLoop();
     loop.on("nest", () => { try { loop.run(); } catch (error: any) { console.log(error.message.slice(-8)); } });
     loop.on("throw", () => { throw new Error("from a handler"); });
     loop.emit("nest");
     loop.run();
     loop.emit("throw");
     try { loop.run(); } catch (error: any) { console.log(error.message); }
     try { loop.on("x", 5 as any); } catch (error: any) { console.log(error.message.slice(-8)); }`,
    ["[TL2206]", "from a handler", "[TL2205]"],
  ));

test("coroutines hand over to each other, values both ways; one that runs is not resumed", () =>
  prints(
    `const pair = coroutine<string, number>(function* () {
       let n = yield "first";
       while (n < 3) n = yield "got " + n;
     });
     console.log(pair.resume().value, pair.resume(1).value, pair.resume(2).value, pair.resume(3).done, pair.resume(4).done);
     const self: { resume(): unknown } = coroutine<number, void>(function* () {
       try { self.resume(); } catch (error: any) { console.log(error.message.slice(-8)); }
       yield 1;
       throw new Error("out");
     });
     console.log(self.resume());
     try { self.resume(); } catch (error: any) { console.log(error.message); }
     console.log(self.resume());`,
    [
      "first got 1 got 2 true true",
      "[TL2204]",
      "{ done: false, value: 1 }",
      "out",
      "{ done: true }",
    ],
  ));

test("a coroutine may block its thread between two yields", () =>
  prints(
    `const [tx, rx] = std.channel<number>();
     const worker = std.spawn(() => { std.sleep(2); tx.send(7); });
     const reader = coroutine<number, void>(function* () { yield rx.recv(); });
     console.log(reader.resume().value);
     worker.join();`,
    ["7"],
  ));
