/** `threadloom:async`, on real threads and on the model: futures, what is made of them, cancelling, locks and channels of tasks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const NAMES =
  "CancelledError, channel, coroutine, EventLoop, Future, join, lazy, Mutex, Notify, oneshot, Runtime, select, Semaphore, sleep, spawn, spawnBlocking, Stream, timeout, TimeoutError, yieldNow";
const HEAD = `// @threadloom
  import * as std from "threadloom:std";
  import { ${NAMES} } from "threadloom:async";
  void [${NAMES}];
`;
const prints = (text: string, expected: readonly string[]): Promise<void> =>
  programs.prints(HEAD + text, expected);

test("a future does nothing until it is awaited, and then once", () =>
  prints(
    `let polls = 0;
     const seven = new Future(() => { polls++; return { ready: true, value: 7 }; });
     const later = lazy(async () => { console.log("begins"); return 8; });
     console.log("nothing yet", polls);
     console.log(await seven, await seven, await later, await later, polls);`,
    ["nothing yet 0", "begins", "7 7 8 8 1"],
  ));

test("a future is polled again each time that its waker is called, by whatever thread", () =>
  prints(
    `const flag = new std.AtomicI32(0);
     const polled: number[] = [];
     const woken = new Future<string>((waker) => {
       polled.push(flag.load());
       if (polled.length === 1) std.spawn(() => { flag.store(1); waker.wake(); });
       if (polled.length === 2) setTimeout(() => { flag.store(2); waker.wake(); waker.wake(); }, 1);
       return flag.load() === 2 ? { ready: true, value: "done" } : { ready: false };
     });
     console.log(await woken, polled.join());`,
    ["done 0,1,2"],
  ));

test("polling by hand: ready or not, and an error after the end", () =>
  prints(
    `const waker = { wake() {} };
     const late = sleep(5);
     console.log(late.poll(waker).ready);
     await sleep(20);
     console.log(late.poll(waker).ready);
     try { late.poll(waker); } catch (error: any) { console.log(error.name, error.message.slice(-8)); }
     const broken = new Future(() => { throw new RangeError("broken"); });
     try { await broken; } catch (error: any) { console.log(error.name, error.message); }
     try { new (Future as any)(7); } catch (error: any) { console.log(error.name, error.message.slice(-8)); }`,
    ["false", "true", "TypeError [TL2202]", "RangeError broken", "TypeError [TL2205]"],
  ));

test("join drives all at once, keeps their places, and gives up the rest where one fails", () =>
  prints(
    `const after = (time: number, what: string) => lazy(async () => {
       try { await sleep(time); return what; } finally { console.log("end of", what); }
     });
     console.log((await join(after(6, "a"), after(2, "b"), after(4, "c"))).join());
     const failing = lazy(async () => { await sleep(2); throw new Error("no"); });
     try { await join(after(1000, "long"), failing); } catch (error: any) { console.log(error.message); }
     console.log((await join()).length);`,
    ["end of b", "end of c", "end of a", "a,b,c", "end of long", "no", "0"],
  ));

test("select gives what comes first, and cancels the others with all that they await", () =>
  prints(
    `async function inner() { try { await sleep(1000); } finally { console.log("inner given up"); } }
     async function outer() { try { await inner(); } finally { await sleep(1); console.log("outer given up"); } }
     const quick = lazy(async () => { await sleep(2); return "quick"; });
     console.log(await select<unknown>(outer(), quick));
     await sleep(10);
     try { await select(); } catch (error: any) { console.log(error.name); }`,
    ["inner given up", "{ index: 1, value: 'quick' }", "outer given up", "TypeError"],
  ));

test("timeout: what comes in time, or a TimeoutError and the future is cancelled", () =>
  prints(
    `console.log(await timeout(1000, lazy(async () => { await sleep(1); return "in time"; })));
     const slow = async () => { try { await sleep(1000); } finally { console.log("cancelled"); } };
     try { await timeout(3, slow()); } catch (error: any) { console.log(error.name, error instanceof TimeoutError); }`,
    ["in time", "cancelled", "TimeoutError true"],
  ));

test("a task that is aborted returns from its await: finally runs, catch does not", () =>
  prints(
    `const task = spawn(async () => {
       try { await sleep(1000); } catch { console.log("never caught"); } finally { console.log("finally"); }
     }, { name: "victim" });
     await sleep(1);
     task.abort();
     task.abort();
     try { await task; } catch (error: any) { console.log(task.name, error instanceof CancelledError); }
     const early = spawn(async () => console.log("never begun"));
     early.abort();
     console.log(await early.then(() => "done", (error: Error) => error.name));
     const done = spawn(async () => "result");
     console.log(await done);
     done.abort();
     console.log(await done);`,
    ["finally", "victim true", "CancelledError", "result", "result"],
  ));

test("a task that is cancelled in the middle of a lock gives the lock back", () =>
  prints(
    `const lock = new Mutex(1);
     const holder = spawn(async () => { using guard = await lock.lock(); guard.value = 2; await sleep(1000); });
     const waiter = spawn(async () => { using guard = await lock.lock(); guard.value = 3; });
     await sleep(5);
     waiter.abort();
     await waiter.then(() => console.log("?"), (error: Error) => console.log(error.name));
     holder.abort();
     await holder.then(() => console.log("?"), (error: Error) => console.log(error.name));
     using guard = await lock.lock();
     console.log(guard.value);`,
    ["CancelledError", "CancelledError", "2"],
  ));

test("ten thousand tasks take turns on one lock, and on one permit, in the order in which they came", () =>
  prints(
    `const lock = new Mutex(-1), room = new Semaphore(1);
     let mixed = 0, last = -1;
     const tasks = Array.from({ length: 10_000 }, (_, id) => spawn(async () => {
       {
         using guard = await lock.lock();
         if (guard.value !== id - 1) mixed++;
         await yieldNow();
         guard.value = id;
       }
       using permit = await room.acquire();
       if (last !== id - 1) mixed++;
       await yieldNow();
       last = id;
     }));
     for (const task of tasks) await task;
     console.log(mixed, last);`,
    ["0 9999"],
  ));

test("a spawned task begins when the code that runs has come to its await, and yieldNow lets others go first", () =>
  prints(
    `const task = spawn(async () => { console.log("a1"); await yieldNow(); console.log("a2"); });
     console.log("main");
     await yieldNow();
     console.log("main again");
     await task;`,
    ["main", "a1", "main again", "a2"],
  ));

test("an async mutex is held across an await, so that no update is lost; without it one is", () =>
  prints(
    `const total = new Mutex(0);
     const add = async () => { using guard = await total.lock(); const seen = guard.value; await sleep(1); guard.value = seen + 1; };
     await join(add(), add(), add());
     { using guard = await total.lock(); console.log(guard.value); }
     let plain = 0;
     const bad = async () => { const seen = plain; await sleep(1); plain = seen + 1; };
     await join(bad(), bad(), bad());
     console.log(plain);`,
    ["3", "1"],
  ));

test("an async mutex is one lock for tasks of several threads, and no exception poisons it", () =>
  prints(
    `const total = new Mutex(0);
     const threads = [1, 2, 3].map(() => std.spawn(async () => {
       for (let i = 0; i < 5; i++) { using guard = await total.lock(); const seen = guard.value; await yieldNow(); guard.value = seen + 1; }
     }));
     for (const thread of threads) thread.join();
     try { using guard = await total.lock(); throw new Error(String(guard.value)); } catch (error: any) { console.log(error.message); }
     using guard = await total.lock();
     console.log(guard.value);`,
    ["15", "15"],
  ));

test("a semaphore lets so many tasks in; permits go to other threads", () =>
  prints(
    `const doors = new Semaphore(2);
     let inside = 0, most = 0;
     const visit = async () => { using permit = await doors.acquire(); most = Math.max(most, ++inside); await sleep(1); inside--; };
     await join(visit(), visit(), visit(), visit());
     console.log(most);
     const one = await doors.acquire();
     const two = await doors.acquire();
     const thread = std.spawn(async () => { using permit = await doors.acquire(); return "entered"; });
     await sleep(2);
     one[Symbol.dispose]();
     console.log(thread.join());
     two[Symbol.dispose]();`,
    ["2", "entered"],
  ));

test("a notification wakes one who waits, all who wait, or whoever comes next; one that was given up is not lost", () =>
  prints(
    `const bell = new Notify();
     bell.notifyOne();
     bell.notifyOne();
     await bell.notified();
     console.log("kept one");
     let woken = 0;
     const wait = async () => { await bell.notified(); woken++; };
     const [a, b, c] = [spawn(wait), spawn(wait), spawn(wait)];
     await sleep(2);
     a.abort();
     await a.then(() => {}, () => {});
     bell.notifyOne();
     await sleep(2);
     console.log(woken);
     bell.notifyAll();
     await join(b, c);
     console.log(woken);
     const remote = std.spawn(async () => { await bell.notified(); return "other thread"; });
     bell.notifyOne();
     console.log(remote.join());`,
    ["kept one", "1", "2", "other thread"],
  ));

test("who had come to wait before a notification of all goes first, in the order of coming, and who comes later waits", () =>
  prints(
    `const bell = new Notify();
     const woken: string[] = [];
     const wait = async (name: string) => { await bell.notified(); woken.push(name); };
     const early = ["a", "b", "c"].map((name) => spawn(() => wait(name)));
     await sleep(1);
     bell.notifyAll();
     const late = spawn(() => wait("late"));
     await Promise.all(early);
     await sleep(1);
     console.log(woken.join());
     bell.notifyOne();
     await late;
     console.log(woken.join());`,
    ["a,b,c", "a,b,c,late"],
  ));

test("ten thousand tasks that wait for one notification are woken one by one, none of them at the cost of the others", () =>
  prints(
    `const bell = new Notify();
     let woken = 0;
     const tasks = Array.from({ length: 10_000 }, () => spawn(async () => { await bell.notified(); woken++; }));
     await sleep(1);
     bell.notifyAll();
     await Promise.all(tasks);
     console.log(woken);`,
    ["10000"],
  ));

test("a channel waits while it is full, ends when the last sender is dropped, and refuses when the receiver is gone", () =>
  prints(
    `const [tx, rx] = channel<number>(2);
     const log: string[] = [];
     const sending = spawn(async () => { for (let i = 0; i < 5; i++) { await tx.send(i); log.push("s" + i); } tx.drop(); });
     await sleep(2);
     log.push("full");
     for await (const n of rx) log.push("r" + n);
     await sending;
     console.log(log.indexOf("full") , log.filter((one) => one[0] === "r").join());
     console.log(await rx.recv());
     const [tx2, rx2] = channel<number>();
     rx2.drop();
     try { await tx2.send(1); } catch (error: any) { console.log(error.name); }
     try { channel(0); } catch (error: any) { console.log(error.name); }`,
    ["2 r0,r1,r2,r3,r4", "undefined", "ChannelClosedError", "RangeError"],
  ));

test("channel ends move to another thread; whoever still awaits one that has moved is told", () =>
  prints(
    `const [tx, rx] = channel<string>();
     const echo = std.spawn(async () => { for await (const m of rx) console.log("heard", m); });
     await tx.send("a");
     await tx.send("b");
     tx.drop();
     echo.join();
     try { await rx.recv(); } catch (error: any) { console.log(error.name); }`,
    ["heard a", "heard b", "MovedError"],
  ));

test("a one-shot is a future of what its sender sends, or that it was dropped", () =>
  prints(
    `const [tx, answer] = oneshot<number>();
     std.spawn(() => tx.send(42));
     console.log(await answer);
     const [dropped, never] = oneshot<number>();
     std.drop(dropped as any);
     try { await never; } catch (error: any) { console.log(error.name); }`,
    ["42", "ChannelClosedError"],
  ));

test("tasks that wait for each other's messages for ever are told, with what they wait for", async () => {
  const { kinds, ending } = await programs.run(
    `${HEAD}
     const [tx, rx] = channel<number>();
     console.log(await rx.recv());
     tx.drop();`,
  );
  assert.equal(ending.kind, "stuck");
  assert.ok(kinds.includes("deadlock") || kinds.includes("leak"), kinds.join());
});

test("async methods behind an interface are called as any others", () =>
  prints(
    `interface Store { get(key: string): Promise<string> }
     class Memory implements Store { async get(key: string) { return "m:" + key; } }
     class Slow implements Store { async get(key: string) { await sleep(1); return "s:" + key; } }
     const stores: Store[] = [new Memory(), new Slow()];
     for (const store of stores) console.log(await store.get("k"));`,
    ["m:k", "s:k"],
  ));

test("what lives among a thread's tasks does not cross to another thread, and says so", () =>
  prints(
    `const loop = new EventLoop();
     const values: [string, unknown][] = [["future", sleep(1)], ["task", spawn(async () => 1)], ["runtime", new Runtime()],
       ["stream", Stream.from([1])], ["loop", loop], ["coroutine", coroutine(function* () {})]];
     const [tx] = std.channel<unknown>();
     for (const [name, value] of values) {
       try { tx.send({ name, value }); } catch (error: any) { console.log(error.name, error.path); }
     }`,
    Array.from({ length: 6 }, () => "NotSendError message.value"),
  ));
