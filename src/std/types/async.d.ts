// Tasks, futures and what they wait for: `threadloom:async`. Ordinary `async` functions, `await`, `Promise`, `setTimeout` and
// `queueMicrotask` need no import: they are traced, stepped and explored as they are.
//
// Everywhere: durations are milliseconds. A task runs until it awaits; then its thread's other tasks go on. A thread whose tasks all
// wait blocks until one of them can go on: no name here waits busily, and none but `blockOn` and `run` blocks its caller.

/// <reference lib="esnext.disposable" />

declare module "threadloom:async" {
  // ---- futures -------------------------------------------------------------------------------

  /**
   * What polling a future gives: its value, or that it is not ready.
   *
   * @example
   * ```ts
   * import { Future, type Poll } from "threadloom:async";
   *
   * const ready: Poll<number> = { ready: true, value: 7 };
   * const seven = new Future(() => ready);
   * console.log(await seven);
   * ```
   */
  export type Poll<T> = { ready: true; value: T } | { ready: false };

  /**
   * Says that a future is worth polling again. May be called by any thread: it can be captured and sent, and is shared.
   *
   * @example
   * ```ts
   * import { Future, type Waker } from "threadloom:async";
   *
   * const wakers: Waker[] = [];
   * let isReady = false;
   * const signal = new Future<void>((waker) => {
   *   wakers.push(waker);
   *   return isReady ? { ready: true, value: undefined } : { ready: false };
   * });
   * setTimeout(() => {
   *   isReady = true;
   *   for (const waker of wakers) waker.wake();
   * }, 5);
   * await signal;
   * console.log("woken");
   * ```
   */
  export interface Waker {
    /** Has the future polled again, soon. To call it more than once, or too late, does nothing. */
    wake(): void;
  }

  /**
   * A value that is computed by being polled, as in Rust: it is lazy, and does nothing until somebody awaits it, hands it to
   * {@link Runtime.blockOn}, or polls it. Whoever drives it polls it at once, and again when its waker was called.
   *
   * @example
   * ```ts
   * import { Future } from "threadloom:async";
   * import { AtomicBool, sleep, spawn } from "threadloom:std";
   *
   * const done = new AtomicBool(false);
   * const ofThread = new Future<string>((waker) => {
   *   if (done.load()) return { ready: true, value: "the thread is done" };
   *   spawn(() => {
   *     sleep(10);
   *     done.store(true);
   *     waker.wake();
   *   });
   *   return { ready: false };
   * });
   * console.log("nothing has happened yet");
   * console.log(await ofThread);
   * ```
   */
  export class Future<T> implements PromiseLike<T> {
    /** `poll` is called each time that the future is polled, until it gives a value. It must see to it that the waker is called. */
    constructor(poll: (waker: Waker) => Poll<T>);
    /**
     * Asks once.
     *
     * @throws {TypeError} when it has given its value before (TL2202).
     */
    poll(waker: Waker): Poll<T>;
    /** Drives it, as `await` does. */
    then: PromiseLike<T>["then"];
  }

  /**
   * A future of an async function that is not called before the future is polled.
   *
   * @example
   * ```ts
   * import { lazy } from "threadloom:async";
   *
   * const later = lazy(async () => {
   *   console.log("now");
   *   return 1;
   * });
   * console.log("not yet");
   * console.log(await later);
   * ```
   */
  export function lazy<T>(body: () => Promise<T>): Future<T>;

  // ---- running tasks -------------------------------------------------------------------------

  /**
   * A task that was spawned. Awaiting it gives its result, or throws what it threw, be it awaited early or late; a failure that
   * nobody awaits is told by nobody. Not awaiting it any more does not end it.
   *
   * @example
   * ```ts
   * import { CancelledError, sleep, spawn } from "threadloom:async";
   *
   * const task = spawn(async () => {
   *   try {
   *     await sleep(1000);
   *   } finally {
   *     console.log("cleaned up");
   *   }
   * });
   * await sleep(1);
   * task.abort();
   * try {
   *   await task;
   * } catch (error) {
   *   console.log(error instanceof CancelledError);
   * }
   * ```
   */
  export interface Task<T> extends PromiseLike<T> {
    /** Its number in the thread that spawned it, from 1. */
    readonly id: number;
    /** What it was called, `task-1`, … by default. */
    readonly name: string;
    /** Cancels it at its next await, or at the one where it stands; `finally` runs. Awaiting it throws {@link CancelledError}. */
    abort(): void;
  }

  /**
   * An executor: it runs tasks until the future that it was given has come to something. With one thread (the default) tasks
   * run on the thread that calls {@link Runtime.blockOn}; with more, spawned tasks run on that many threads of the runtime's own:
   * what their bodies capture crosses as for `spawn` of `threadloom:std`, a task stays on the thread where it began, and a
   * thread takes the next one when it has nothing else to do. Channel ends that a body captures are the task's, on one thread or on
   * several: those that it still has when it ends are dropped.
   *
   * Disposing it cancels tasks that are not done, and ends its threads. One that nobody disposes of is disposed of when the
   * thread that made it ends.
   *
   * @example
   * ```ts
   * import { join, Runtime, sleep } from "threadloom:async";
   *
   * const runtime = new Runtime();
   * const fetched = async (page: string) => {
   *   await sleep(10);
   *   return `${page}: 200`;
   * };
   * const both = async () => join(fetched("a"), fetched("b"));
   * console.log(runtime.blockOn(both()));
   * ```
   */
  export class Runtime implements Disposable {
    /** `threads`: from 1 to 256. */
    constructor(options?: { threads?: number });
    /**
     * Blocks until the future has come to something, and gives that. Tasks, timers and callbacks of this thread run meanwhile. Not for
     * promises that only Node's own event loop settles (files, `fetch`): await those.
     *
     * @throws whatever the future is rejected with.
     * @throws {TypeError} inside a task (TL2203).
     */
    blockOn<T>(future: PromiseLike<T>): T;
    /** Starts a task: on this thread, or on one of the runtime's where it has several. */
    spawn<T>(body: () => Promise<T>, options?: { name?: string }): Task<T>;
    /** Cancels what is not done, waits until that has come to its end, and ends the threads. */
    [Symbol.dispose](): void;
  }

  /**
   * Starts a task of the runtime in which this code runs; of this thread, where there is none. It begins when the code that runs now
   * has come to its next `await`.
   *
   * @example
   * ```ts
   * import { spawn } from "threadloom:async";
   *
   * const task = spawn(async () => 6 * 7, { name: "answer" });
   * console.log(task.name, await task);
   * ```
   */
  export function spawn<T>(body: () => Promise<T>, options?: { name?: string }): Task<T>;

  /**
   * Hands a job that blocks to a thread of its own, so that this thread's tasks are not held up. What `job` captures crosses as
   * for `spawn` of `threadloom:std`. Rejects with `PanicError` where the job throws.
   *
   * @example
   * ```ts
   * import { join, sleep, spawnBlocking } from "threadloom:async";
   *
   * const work = spawnBlocking(() => {
   *   let sum = 0;
   *   for (let i = 0; i < 1000; i++) sum += i;
   *   return sum;
   * });
   * console.log(await join(work, sleep(1)));
   * ```
   */
  export function spawnBlocking<T>(job: () => T): Promise<Awaited<T>>;

  // ---- time ----------------------------------------------------------------------------------

  /**
   * A future of nothing, ready after `duration` milliseconds, counted from when it is first polled.
   *
   * @example
   * ```ts
   * import { sleep } from "threadloom:async";
   *
   * await sleep(5);
   * console.log("5 ms later");
   * ```
   */
  export function sleep(duration: number): Future<void>;

  /**
   * Lets the thread's other tasks that can go on do so first.
   *
   * @example
   * ```ts
   * import { spawn, yieldNow } from "threadloom:async";
   *
   * spawn(async () => console.log("other"));
   * await yieldNow();
   * console.log("main");
   * ```
   */
  export function yieldNow(): Future<void>;

  /**
   * What the future comes to, if it does so in time. Else the future is cancelled.
   *
   * @param duration Milliseconds.
   * @throws {TimeoutError} (as a rejection) when the time is up.
   * @example
   * ```ts
   * import { sleep, timeout, TimeoutError } from "threadloom:async";
   *
   * try {
   *   await timeout(5, sleep(1000));
   * } catch (error) {
   *   console.log(error instanceof TimeoutError);
   * }
   * ```
   */
  export function timeout<T>(duration: number, future: PromiseLike<T>): Promise<T>;

  // ---- several at once -----------------------------------------------------------------------

  /**
   * Drives all futures at once and gives all their values. Where one is rejected, the others are given up.
   *
   * @example
   * ```ts
   * import { join, lazy, sleep } from "threadloom:async";
   *
   * const [one, two] = await join(
   *   lazy(async () => {
   *     await sleep(5);
   *     return 1;
   *   }),
   *   lazy(async () => "two"),
   * );
   * console.log(one, two);
   * ```
   */
  export function join<T extends readonly PromiseLike<unknown>[]>(
    ...futures: T
  ): Promise<{ [K in keyof T]: Awaited<T[K]> }>;

  /**
   * Drives all futures, gives what comes first, and gives up the others: their tasks are cancelled, unless somebody else
   * awaits them. Spawned tasks go on.
   *
   * @example
   * ```ts
   * import { lazy, select, sleep } from "threadloom:async";
   *
   * const slow = lazy(async () => {
   *   await sleep(50);
   *   return "slow";
   * });
   * const quick = lazy(async () => "quick");
   * console.log(await select(slow, quick));
   * ```
   */
  export function select<T>(...futures: PromiseLike<T>[]): Promise<{ index: number; value: T }>;

  // ---- locks, signals, messages --------------------------------------------------------------

  /**
   * A lock that may be held across an `await`. A task that has to wait lets its thread's other tasks go on; those of one thread get
   * it in the order in which they came. Shared between threads as the `Mutex` of `threadloom:std`; an exception does not poison it.
   *
   * @example
   * ```ts
   * import { join, Mutex, sleep } from "threadloom:async";
   *
   * const balance = new Mutex(100);
   * const withdraw = async (amount: number) => {
   *   using guard = await balance.lock();
   *   const seen = guard.value;
   *   await sleep(1);
   *   guard.value = seen - amount;
   * };
   * await join(withdraw(30), withdraw(20));
   * using guard = await balance.lock();
   * console.log(guard.value);
   * ```
   */
  export class Mutex<T = void> {
    /** `value`: what it protects. */
    constructor(value?: T);
    /** The guard, once the lock is free. Disposing the guard gives it back. */
    lock(): Promise<Disposable & { value: T }>;
  }

  /**
   * Permits, so many of which may be taken at a time. Shared between threads; tasks of one thread get them in the order in which
   * they came.
   *
   * @example
   * ```ts
   * import { join, Semaphore, sleep } from "threadloom:async";
   *
   * const doors = new Semaphore(2);
   * let inside = 0;
   * const visit = async () => {
   *   using permit = await doors.acquire();
   *   inside++;
   *   await sleep(1);
   *   console.log(inside--);
   * };
   * await join(visit(), visit(), visit());
   * ```
   */
  export class Semaphore {
    /** `permits`: how many there are. */
    constructor(permits: number);
    /** A permit, once there is one. Disposing it gives it back. */
    acquire(): Promise<Disposable>;
  }

  /**
   * A signal. Shared between threads.
   *
   * @example
   * ```ts
   * import { Notify, spawn } from "threadloom:async";
   *
   * const bell = new Notify();
   * const waiting = spawn(async () => {
   *   await bell.notified();
   *   console.log("rung");
   * });
   * bell.notifyOne();
   * await waiting;
   * ```
   */
  export class Notify {
    /** Waits for a notification: from the call on, so that none is missed between the call and the `await`. */
    notified(): Promise<void>;
    /** Wakes one who waits. With nobody there it keeps one permit for whoever comes next. */
    notifyOne(): void;
    /** Wakes all who wait now. */
    notifyAll(): void;
  }

  /**
   * A channel whose ends are awaited. Without a capacity, sending never waits; with one (at least 1), it waits while so many
   * messages are queued: back-pressure. Messages are copied; the ends move to other threads, as those of `threadloom:std`.
   *
   * @example
   * ```ts
   * import { channel, spawn } from "threadloom:async";
   *
   * const [tx, rx] = channel<number>(1);
   * spawn(async () => {
   *   for (let i = 0; i < 3; i++) await tx.send(i);
   *   tx.drop();
   * });
   * for await (const n of rx) console.log(n);
   * ```
   */
  export function channel<T>(capacity?: number): [AsyncSender<T>, AsyncReceiver<T>];

  /**
   * The sending end of a {@link channel}.
   *
   * @example
   * ```ts
   * import { channel, type AsyncSender } from "threadloom:async";
   *
   * const greet = async (tx: AsyncSender<string>) => {
   *   await tx.send("hello");
   *   tx.drop();
   * };
   * const [tx, rx] = channel<string>();
   * await greet(tx);
   * console.log(await rx.recv(), await rx.recv());
   * ```
   */
  export interface AsyncSender<T> extends Disposable {
    /** Rejects with `ChannelClosedError` when the receiver is gone. */
    send(value: T): Promise<void>;
    /** Another sender of the same channel. */
    clone(): AsyncSender<T>;
    /** The channel closes when its last sender is dropped. */
    drop(): void;
  }

  /**
   * The receiving end of a {@link channel}.
   *
   * @example
   * ```ts
   * import { channel, type AsyncReceiver } from "threadloom:async";
   *
   * const last = async (rx: AsyncReceiver<number>) => {
   *   let seen: number | undefined;
   *   for await (const n of rx) seen = n;
   *   return seen;
   * };
   * const [tx, rx] = channel<number>();
   * await tx.send(1);
   * await tx.send(2);
   * tx.drop();
   * console.log(await last(rx));
   * ```
   */
  export interface AsyncReceiver<T> extends AsyncIterable<T>, Disposable {
    /** The next message; `undefined` when all senders are gone and nothing is left. */
    recv(): Promise<T | undefined>;
    /** Ends it: sending is refused from then on. */
    drop(): void;
  }

  /**
   * One message, once: a sender, and a future of what it sends. The future rejects with `ChannelClosedError` where the sender is
   * dropped unused.
   *
   * @example
   * ```ts
   * import { oneshot } from "threadloom:async";
   * import { spawn } from "threadloom:std";
   *
   * const [tx, answer] = oneshot<number>();
   * spawn(() => tx.send(42));
   * console.log(await answer);
   * ```
   */
  export function oneshot<T>(): [{ send(value: T): void }, Future<T>];

  // ---- streams -------------------------------------------------------------------------------

  /**
   * Values that come one after another. A stream is lazy: it makes the next value when it is asked for it (back-pressure), and can be gone
   * through once.
   *
   * @example
   * ```ts
   * import { sleep, Stream } from "threadloom:async";
   *
   * const pages = Stream.from([1, 2, 3, 4])
   *   .map(async (page) => {
   *     await sleep(5);
   *     return `page ${page}`;
   *   })
   *   .buffer(2);
   * for await (const page of pages) console.log(page);
   * ```
   */
  export class Stream<T> implements AsyncIterable<T> {
    /** The values of anything that can be iterated. */
    static from<T>(source: Iterable<T> | AsyncIterable<T>): Stream<T>;
    /** 0, 1, 2, … one every `duration` milliseconds, the first after one. Without end: see {@link Stream.take}. */
    static interval(duration: number): Stream<number>;
    /** Each value, changed. */
    map<U>(fn: (value: T) => U | Promise<U>): Stream<U>;
    /** Those for which `fn` says so. */
    filter(fn: (value: T) => boolean | Promise<boolean>): Stream<T>;
    /** The first `n`. */
    take(n: number): Stream<T>;
    /** Has up to `n` under way at once; their order is kept. */
    buffer(n: number): Stream<T>;
    /** At most one value every `duration` milliseconds; nothing is left out. */
    throttle(duration: number): Stream<T>;
    /** The values of both, as they come. */
    merge(other: Stream<T>): Stream<T>;
    /** All values. */
    collect(): Promise<T[]>;
    /** For `for await`. */
    [Symbol.asyncIterator](): AsyncIterator<T>;
  }

  // ---- callbacks and coroutines --------------------------------------------------------------

  /**
   * Callbacks, timers and microtasks of one thread, in the order that ECMA-262 and HTML give them: one callback, then all
   * microtasks, then the next callback; timers by their deadlines, when no event waits.
   *
   * @example
   * ```ts
   * import { EventLoop } from "threadloom:async";
   *
   * const loop = new EventLoop();
   * loop.on("click", (where) => {
   *   console.log("click", where);
   *   queueMicrotask(() => console.log("microtask"));
   * });
   * loop.setTimer(10, () => console.log("timer"));
   * loop.emit("click", "left");
   * loop.emit("click", "right");
   * loop.run();
   * ```
   */
  export class EventLoop {
    /** Has `handler` called for each event of this name that is emitted from now on. */
    on(event: string, handler: (payload: any) => void): void;
    /** Puts an event in line. Its handlers are called by {@link EventLoop.run}, never from here. */
    emit(event: string, payload?: any): void;
    /** Has `handler` called once, `duration` milliseconds from now. */
    setTimer(duration: number, handler: () => void): void;
    /**
     * Blocks, and calls handlers, until it is stopped or nothing is left that could call any.
     *
     * @throws {TypeError} inside a handler or a task (TL2206).
     */
    run(): void;
    /** Has {@link EventLoop.run} return after this callback. */
    stop(): void;
  }

  /**
   * A generator that somebody resumes: it runs until it hands over by `yield`, and goes on from there the next time.
   *
   * @example
   * ```ts
   * import { coroutine } from "threadloom:async";
   *
   * const ping = coroutine<string, string>(function* () {
   *   let heard = "";
   *   for (let i = 0; i < 2; i++) heard = yield `ping after ${heard || "nothing"}`;
   * });
   * console.log(ping.resume().value);
   * console.log(ping.resume("pong").value);
   * console.log(ping.resume("pong").done);
   * ```
   */
  export function coroutine<Out, In>(
    body: () => Generator<Out, void, In>,
  ): {
    resume(value?: In): { done: boolean; value?: Out };
  };

  // ---- errors --------------------------------------------------------------------------------

  /**
   * The time of a {@link timeout} was up.
   *
   * @example
   * ```ts
   * import { sleep, timeout, TimeoutError } from "threadloom:async";
   *
   * const late = await timeout(1, sleep(100)).then(
   *   () => "in time",
   *   (error: unknown) => (error instanceof TimeoutError ? "late" : "broken"),
   * );
   * console.log(late);
   * ```
   */
  export class TimeoutError extends Error {}

  /**
   * The task was cancelled.
   *
   * @example
   * ```ts
   * import { CancelledError, spawn, sleep } from "threadloom:async";
   *
   * const task = spawn(async () => sleep(1000));
   * task.abort();
   * const how = await task.then(
   *   () => "done",
   *   (error: unknown) => (error instanceof CancelledError ? "cancelled" : "failed"),
   * );
   * console.log(how);
   * ```
   */
  export class CancelledError extends Error {}
}
