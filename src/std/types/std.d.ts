// What programs may import from `threadloom:std`. This file is what editors show on hover and what `tsc` checks
// programs against; the implementation lies beside it, in src/std. A name stands here only once it works.
//
// Everywhere: durations are milliseconds. "Blocks" means that this thread stops while the others go on; the value that
// a blocking call gives is there when it returns, with no promise and no `await`. Values cross from thread to thread by
// copy; handles (Mutex, Condvar, atomics) are shared; channel ends and join handles move.

/// <reference lib="esnext.disposable" />
// One file declares them all: whoever has the package as a type has every module.
/* eslint-disable @typescript-eslint/triple-slash-reference -- no module can be imported by one that is only declared */
/// <reference path="./async.d.ts" />
/// <reference path="./collections.d.ts" />
/// <reference path="./actors.d.ts" />
/// <reference path="./check.d.ts" />

declare module "threadloom:std" {
  // ---- threads -------------------------------------------------------------------------------

  /**
   * Starts a new thread that runs `body`, and returns at once. Does not block.
   *
   * What `body` captures crosses to the new thread when `spawn` is called: locks, conditions and atomics are shared,
   * channel ends and join handles **move** (keep one with `clone()`), plain data and instances of your own classes are
   * copied. A copy is a copy: what the thread writes to a captured plain variable is not seen outside it. Give results
   * back through `join`, or share them in a {@link Mutex}, an atomic, or a `@shared` variable.
   *
   * An `async` body is awaited; `join` gives what it resolves to. When a thread ends, the channel ends that it still
   * owns are dropped; a lock that it still holds stays locked.
   *
   * At most 256 threads run at the same time.
   *
   * @param body The function that the thread runs, written in your own files.
   * @param options `name` is what timelines, messages and errors call the thread (`worker-1`, … by default).
   * @throws {NotSendError} when something that `body` captures cannot cross to another thread; names the path to it.
   * @throws {MovedError} when it captures a handle that has moved away already.
   * @example
   * ```ts
   * import { assert, spawn } from "threadloom:std";
   *
   * const numbers = [1, 2, 3, 4];
   * const half = spawn(() => numbers.slice(2).reduce((sum, n) => sum + n), { name: "upper half" });
   * const sum = numbers[0]! + numbers[1]! + half.join();
   * assert(sum === 10);
   * ```
   * @see {@link https://doc.rust-lang.org/book/ch16-01-threads.html | Using threads to run code simultaneously}
   */
  export function spawn<T>(body: () => T, options?: { name?: string }): JoinHandle<Awaited<T>>;

  /**
   * A thread that was started, and the way to its result. Dropping the handle does not stop the thread.
   * Moves when it is captured by another thread or sent to one.
   */
  export interface JoinHandle<T> {
    /** The thread itself: its number and its name. */
    readonly thread: Thread;
    /** Whether the thread has ended. Does not block. */
    readonly isFinished: boolean;
    /**
     * Blocks until the thread has ended, then gives a copy of what its body returned. May be called again, and gives
     * the same.
     *
     * @throws {PanicError} when an exception left the thread's body; the exception is its `cause`.
     * @example
     * ```ts
     * import { assert, PanicError, spawn } from "threadloom:std";
     *
     * const careless = spawn(() => { throw new Error("out of paper"); });
     * try {
     *   careless.join();
     * } catch (error) {
     *   assert(error instanceof PanicError);
     *   console.log((error.cause as Error).message);
     * }
     * ```
     */
    join(): T;
    /**
     * As {@link join}, but blocks for `timeout` milliseconds at most.
     *
     * @param timeout Milliseconds; 0 only looks.
     * @throws {PanicError} when the thread ended by an exception.
     * @example
     * ```ts
     * import { sleep, spawn } from "threadloom:std";
     *
     * const slow = spawn(() => { sleep(50); return "done"; });
     * const early = slow.joinFor(1);
     * console.log(early.done ? early.value : "still busy");
     * console.log(slow.join());
     * ```
     */
    joinFor(timeout: number): { done: true; value: T } | { done: false };
  }

  /**
   * Runs `body` and joins every thread that was spawned through it before it returns: no thread outlives its scope.
   * Blocks until the last of them has ended.
   *
   * A scope changes how long threads live, not what they capture: plain data is copied as for {@link spawn}.
   *
   * @returns What `body` returned.
   * @throws {PanicError} of the earliest spawned thread that panicked, after all have been joined.
   * @example
   * ```ts
   * import { assert, AtomicI32, scope } from "threadloom:std";
   *
   * const visits = new AtomicI32();
   * scope((s) => {
   *   for (let i = 0; i < 3; i++) s.spawn(() => { visits.fetchAdd(1); });
   * });
   * assert(visits.load() === 3); // no join to forget
   * ```
   * @see {@link https://doc.rust-lang.org/std/thread/fn.scope.html | Scoped threads}
   */
  export function scope<R>(body: (s: { spawn: typeof spawn }) => R): R;

  /**
   * A thread of this run.
   *
   * @example
   * ```ts
   * import { spawn } from "threadloom:std";
   *
   * const { thread } = spawn(() => {}, { name: "helper" });
   * console.log(`started ${thread.name}, number ${thread.id}`);
   * ```
   */
  export interface Thread {
    /** Its number: 0 is main, then in the order in which they were spawned. Never used twice within a run. */
    readonly id: number;
    /** The name that it was spawned with, or one that was made up from its number. */
    readonly name: string;
    /** Makes its {@link park} return: the current one, or else the next. Kept once, however often it is called. Does not block. */
    unpark(): void;
  }

  /**
   * The thread that calls it. Does not block.
   *
   * @example
   * ```ts
   * import { current, spawn } from "threadloom:std";
   *
   * console.log(`hello from ${current().name}`);
   * spawn(() => console.log(`hello from ${current().name}`), { name: "alice" }).join();
   * ```
   */
  export function current(): Thread;

  /**
   * Blocks until another thread calls `unpark` on this one, or `timeout` has passed. Returns at once if that happened
   * since the last `park`: one such token is kept, so that an unpark which comes first is not lost.
   *
   * It does not say which of the two it was, and other code of this thread may have been meant: look at what you wait
   * for again, in a loop.
   *
   * @param timeout Milliseconds; for ever by default.
   * @throws {RangeError} when `timeout` is negative or not a number.
   * @example
   * ```ts
   * import { AtomicBool, park, spawn } from "threadloom:std";
   *
   * const ready = new AtomicBool(false);
   * const waiter = spawn(() => {
   *   while (!ready.load()) park();
   *   return "off we go";
   * });
   * ready.store(true);
   * waiter.thread.unpark();
   * console.log(waiter.join());
   * ```
   * @see {@link https://doc.rust-lang.org/std/thread/fn.park.html | park in Rust}
   */
  export function park(timeout?: number): void;

  /**
   * Blocks this thread for at least `duration` milliseconds; fractions are allowed. It keeps every lock that it holds.
   *
   * Sleeping is not synchronisation: what another thread did meanwhile is not known, however long the sleep.
   *
   * @param duration Milliseconds.
   * @throws {RangeError} when `duration` is negative or not a number.
   * @example
   * ```ts
   * import { sleep } from "threadloom:std";
   *
   * sleep(1.5);
   * console.log("a millisecond and a half later, at the earliest");
   * ```
   */
  export function sleep(duration: number): void;

  /**
   * Offers the processor to other threads. Returns soon, with nothing promised about who ran meanwhile.
   *
   * @example
   * ```ts
   * import { AtomicBool, spawn, yieldNow } from "threadloom:std";
   *
   * const ready = new AtomicBool(false);
   * spawn(() => { ready.store(true); });
   * while (!ready.load()) yieldNow();
   * ```
   */
  export function yieldNow(): void;

  /**
   * How many threads this machine can run at the same time: a good number of workers for work that only computes.
   *
   * @example
   * ```ts
   * import { availableParallelism, spawn } from "threadloom:std";
   *
   * const workers = Array.from({ length: availableParallelism() }, (_, i) => spawn(() => i * i));
   * console.log(workers.map((worker) => worker.join()));
   * ```
   */
  export function availableParallelism(): number;

  /**
   * A few threads that take jobs from one queue: for many small pieces of work, since a thread of its own for each costs more
   * than the work. Shared by every thread that captures it. A thread is started when there is a job for it, up to the number asked
   * for; they end when the pool is shut down.
   *
   * A job that joins another job of its own pool may wait for ever: when all threads do that, nobody is left to run it.
   *
   * @example
   * ```ts
   * import { ThreadPool } from "threadloom:std";
   *
   * using pool = new ThreadPool(2); // shut down at the end of the block
   * const handles = ["ada", "ben", "cleo"].map((name) => pool.submit(() => name.length));
   * console.log(handles.map((handle) => handle.join()));
   * ```
   */
  export class ThreadPool implements Disposable {
    /**
     * @param threads How many, at most: a whole number from 1 to 256.
     * @param options `name` is what its threads are called, with a number (`pool` by default). `queue` is how many jobs may
     * wait for a thread; `submit` blocks while there are as many. No limit by default.
     * @throws {RangeError} when `threads` or `queue` is none.
     */
    constructor(threads: number, options?: { name?: string; queue?: number });
    /**
     * Hands in a job. What it captures crosses as for {@link spawn}; an `async` one is awaited. Blocks only while the queue is
     * full.
     *
     * @returns The way to its result. Its `thread` is the one that runs it; until one does, it stands for the pool (id -1).
     * @throws {ChannelClosedError} when the pool was shut down.
     * @throws {NotSendError} when something that `job` captures cannot cross to another thread.
     */
    submit<T>(job: () => T): JoinHandle<Awaited<T>>;
    /**
     * Blocks until all jobs are done, then ends the threads. Disposal does the same.
     *
     * @throws {PanicError} of the earliest job that panicked and that nobody has joined.
     */
    shutdown(): void;
    /** As {@link shutdown}: what `using` does at the end of its block. */
    [Symbol.dispose](): void;
  }

  /**
   * As `items.map(map)`, with the items shared out among threads; the results stand in the items' order. Blocks until all are
   * there. What `map` captures, the items and the results cross by copy.
   *
   * @param map Called once for each item, with its index; written in your own files.
   * @param options `threads` is how many at most: {@link availableParallelism} by default.
   * @throws {PanicError} of the earliest piece in which `map` threw.
   * @example
   * ```ts
   * import { parallelMap } from "threadloom:std";
   *
   * const isPrime = (n: number) => {
   *   for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
   *   return n > 1;
   * };
   * const numbers = Array.from({ length: 20 }, (_, i) => 1_000_000 + i);
   * console.log(parallelMap(numbers, isPrime).filter(Boolean).length);
   * ```
   */
  export function parallelMap<A, B>(
    items: readonly A[],
    map: (item: A, index: number) => B,
    options?: { threads?: number },
  ): B[];

  // ---- shared state --------------------------------------------------------------------------

  /**
   * A lock, and the value that it protects: the only way to the value is through the lock. Shared by every thread that
   * captures it.
   *
   * The value itself is kept by copy. Within one thread objects keep their identity from one lock to the next; between
   * threads they do not. A waiting thread is not served in order of arrival: whoever is there when the lock is given
   * back takes it.
   *
   * @typeParam T The value's type; leave it out for a lock that protects something else.
   * @example
   * ```ts
   * import { assert, Mutex, spawn } from "threadloom:std";
   *
   * const total = new Mutex(0);
   * const handles = [1, 2, 3].map((n) =>
   *   spawn(() => {
   *     using guard = total.lock(); // released at the end of this block, whatever happens
   *     guard.value += n;
   *   }),
   * );
   * for (const handle of handles) handle.join();
   *
   * using guard = total.lock();
   * assert(guard.value === 6);
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/struct.Mutex.html | Mutex in Rust, which this one follows}
   */
  export class Mutex<T = void> {
    /** @param value What the lock protects, copied in. */
    constructor(value?: T);
    /**
     * Blocks until the lock is free, then holds it until the guard is released.
     *
     * A thread that locks the same mutex twice waits for itself, for ever: the run ends with the verdict `deadlock`.
     *
     * @throws {PoisonError} when an exception passed through a `using` of an earlier guard: what is protected may be
     *   half-made. The lock is then not held; `error.recover()` takes it all the same.
     * @example
     * ```ts
     * import { Mutex } from "threadloom:std";
     *
     * const names = new Mutex<string[]>([]);
     * {
     *   using guard = names.lock();
     *   guard.value.push("ada");
     * } // free again here
     * ```
     */
    lock(): MutexGuard<T>;
    /**
     * Takes the lock if it is free, and gives `undefined` if it is not. Never blocks.
     *
     * @throws {PoisonError} as {@link lock}.
     * @example
     * ```ts
     * import { Mutex } from "threadloom:std";
     *
     * const door = new Mutex();
     * using guard = door.tryLock();
     * console.log(guard ? "inside" : "somebody else is inside");
     * ```
     */
    tryLock(): MutexGuard<T> | undefined;
    /**
     * Blocks for the lock, but for `timeout` milliseconds at most; then gives `undefined`.
     *
     * @param timeout Milliseconds.
     * @throws {PoisonError} as {@link lock}.
     * @example
     * ```ts
     * import { Mutex } from "threadloom:std";
     *
     * const printer = new Mutex();
     * using guard = printer.lockFor(20);
     * if (guard === undefined) console.log("gave up after 20 ms");
     * ```
     */
    lockFor(timeout: number): MutexGuard<T> | undefined;
    /** Whether an exception has passed through a `using` of a guard since {@link clearPoison}. Does not block. */
    readonly isPoisoned: boolean;
    /**
     * Says that what is protected is whole again: later locks succeed.
     *
     * @example
     * ```ts
     * import { Mutex, PoisonError } from "threadloom:std";
     *
     * const stock = new Mutex({ apples: 3, pears: 0 });
     * try {
     *   using guard = stock.lock();
     *   guard.value.apples -= 1;
     *   throw new Error("no room for another pear");
     * } catch (error) {
     *   console.log((error as Error).message);
     * }
     *
     * try {
     *   using guard = stock.lock();
     * } catch (error) {
     *   if (!(error instanceof PoisonError)) throw error;
     *   using guard = error.recover();
     *   guard.value = { apples: 3, pears: 0 };
     *   stock.clearPoison();
     * }
     * ```
     */
    clearPoison(): void;
  }

  /**
   * A lock that is held. Declare it by `using`, so that the end of the block gives it back; `unlock()` and
   * {@link drop} do so earlier. A guard that is forgotten leaves its lock locked for ever. Cannot cross to another
   * thread.
   *
   * @example
   * ```ts
   * import { assert, Mutex } from "threadloom:std";
   *
   * const scores = new Mutex<Record<string, number>>({});
   * const guard = scores.lock();
   * guard.value["ada"] = 3;
   * guard.unlock(); // earlier than the end of a block
   * assert(scores.tryLock() !== undefined);
   * ```
   */
  export interface MutexGuard<T> extends Disposable {
    /**
     * What the lock protects: read it, write it, change it in place.
     *
     * @throws {MovedError} after the guard was released.
     */
    value: T;
    /**
     * Gives the lock back before the end of the block. Never blocks, never poisons.
     *
     * @throws {MovedError} the second time.
     */
    unlock(): void;
  }

  /**
   * A condition variable: waits until another thread says that something protected by a {@link Mutex} has changed.
   *
   * Always look at the condition again after a wait, in a `while` or by {@link waitWhile}: between the notification and
   * the lock another thread may have changed it back. Nobody keeps a notification: one that comes when no thread waits
   * is lost. Waiting threads are woken in no promised order.
   *
   * @example
   * ```ts
   * import { Condvar, Mutex, spawn } from "threadloom:std";
   *
   * const queue = new Mutex<string[]>([]);
   * const filled = new Condvar();
   *
   * const consumer = spawn(() => {
   *   using guard = queue.lock();
   *   filled.waitWhile(guard, (items) => items.length === 0);
   *   return guard.value.shift();
   * });
   *
   * {
   *   using guard = queue.lock();
   *   guard.value.push("a parcel");
   * }
   * filled.notifyOne();
   * console.log(consumer.join());
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/struct.Condvar.html | Condvar in Rust}
   */
  export class Condvar {
    /**
     * Gives the guard's lock back, blocks until notified, takes the lock again (and may block for that too).
     *
     * @param guard A live guard; it is live again afterwards, and `guard.value` is fresh.
     * @throws {MovedError} when the guard was released before.
     * @throws {PoisonError} when the lock was poisoned meanwhile.
     */
    wait(guard: MutexGuard<any>): void;
    /**
     * Waits as long as `condition` holds. Returns at once when it does not hold to begin with.
     *
     * @param condition Looked at with the lock held, before the first wait and after each.
     */
    waitWhile<T>(guard: MutexGuard<T>, condition: (value: T) => boolean): void;
    /**
     * As {@link wait}, for `timeout` milliseconds at most. The lock is held again in either case.
     *
     * @param timeout Milliseconds.
     * @returns False when the time was up before a notification came.
     * @example
     * ```ts
     * import { Condvar, Mutex } from "threadloom:std";
     *
     * const news = new Mutex("");
     * const changed = new Condvar();
     * using guard = news.lock();
     * if (!changed.waitFor(guard, 5)) console.log("nothing new for 5 ms");
     * ```
     */
    waitFor(guard: MutexGuard<any>, timeout: number): boolean;
    /** Wakes one of the threads that wait, if there is one. Does not block; the lock need not be held. */
    notifyOne(): void;
    /** Wakes every thread that waits; they take the lock one after the other. Does not block. */
    notifyAll(): void;
  }

  /**
   * A lock that one writer or any number of readers hold, and the value that it protects: the only way to the value is
   * through the lock. Shared by every thread that captures it.
   *
   * A thread that reads and asks to read again may wait for ever under `fair` and `writers`: behind a writer that waits for
   * the first guard. That is the verdict `deadlock`.
   *
   * @typeParam T The value's type; leave it out for a lock that protects something else.
   * @example
   * ```ts
   * import { assert, RwLock, scope } from "threadloom:std";
   *
   * const prices = new RwLock(new Map([["apple", 3]]));
   * scope((s) => {
   *   s.spawn(() => {
   *     using guard = prices.write(); // alone
   *     guard.value.set("pear", 4);
   *   });
   *   for (let i = 0; i < 2; i++) {
   *     s.spawn(() => {
   *       using guard = prices.read(); // with others who read
   *       assert(guard.value.get("apple") === 3);
   *     });
   *   }
   * });
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/struct.RwLock.html | RwLock in Rust}
   */
  export class RwLock<T = void> {
    /**
     * @param value What the lock protects, copied in.
     * @param options `prefer` says who goes first when several wait. `fair`, the default: in the order in which they asked, and
     * a writer that waits holds up new readers. `writers`: writers before readers. `readers`: whoever reads is held up
     * by nobody but a writer that holds the lock; writers may then wait for ever.
     * @throws {TypeError} when `prefer` is something else.
     */
    constructor(value?: T, options?: { prefer?: "fair" | "readers" | "writers" });
    /**
     * Blocks until it may be read, then holds it, with others who read, until the guard is released.
     *
     * @throws {PoisonError} when an exception passed through a `using` of an earlier {@link WriteGuard}. It is then not held;
     * `error.recover()` takes it all the same.
     */
    read(): ReadGuard<T>;
    /**
     * As {@link read}, but blocks for `timeout` milliseconds at most; then gives `undefined`.
     *
     * @param timeout Milliseconds.
     * @throws {PoisonError} as {@link read}.
     */
    readFor(timeout: number): ReadGuard<T> | undefined;
    /**
     * As {@link read}, but never blocks: gives `undefined` where it would have to.
     *
     * @throws {PoisonError} as {@link read}.
     */
    tryRead(): ReadGuard<T> | undefined;
    /**
     * Blocks until nobody holds it, then holds it alone until the guard is released.
     *
     * @throws {PoisonError} as {@link read}.
     */
    write(): WriteGuard<T>;
    /**
     * As {@link write}, but blocks for `timeout` milliseconds at most; then gives `undefined`.
     *
     * @param timeout Milliseconds.
     * @throws {PoisonError} as {@link read}.
     */
    writeFor(timeout: number): WriteGuard<T> | undefined;
    /**
     * As {@link write}, but never blocks: gives `undefined` where it would have to.
     *
     * @throws {PoisonError} as {@link read}.
     */
    tryWrite(): WriteGuard<T> | undefined;
    /** Whether an exception has passed through a `using` of a {@link WriteGuard} since {@link clearPoison}. Does not block. */
    readonly isPoisoned: boolean;
    /** Says that what is protected is whole again: later locks succeed. */
    clearPoison(): void;
  }

  /**
   * An {@link RwLock} that is held to read. Declare it by `using`, so that the end of the block gives it back. What is changed
   * in place through it is seen by nobody. Cannot cross to another thread.
   *
   * @example
   * ```ts
   * import { RwLock } from "threadloom:std";
   *
   * const limits = new RwLock({ width: 80 });
   * using guard = limits.read();
   * console.log(guard.value.width);
   * ```
   */
  export interface ReadGuard<T> extends Disposable {
    /**
     * What the lock protects, to be looked at.
     *
     * @throws {MovedError} after the guard was released.
     */
    readonly value: T;
    /**
     * Gives the lock back before the end of the block. Never blocks.
     *
     * @throws {MovedError} the second time.
     */
    unlock(): void;
  }

  /**
   * An {@link RwLock} that is held to write. Declare it by `using`, so that the end of the block gives it back. Cannot cross
   * to another thread.
   *
   * @example
   * ```ts
   * import { RwLock } from "threadloom:std";
   *
   * const limits = new RwLock({ width: 80 });
   * {
   *   using guard = limits.write();
   *   guard.value.width = 100;
   * }
   * console.log(limits.read().value);
   * ```
   */
  export interface WriteGuard<T> extends Disposable {
    /**
     * What the lock protects: read it, write it, change it in place.
     *
     * @throws {MovedError} after the guard was released.
     */
    value: T;
    /**
     * Gives the lock back before the end of the block. Never blocks, never poisons.
     *
     * @throws {MovedError} the second time.
     */
    unlock(): void;
  }

  /**
   * A number of permits that threads take and give back: at most so many are inside at the same time. Shared by every
   * thread that captures it.
   *
   * Nobody owns a permit: any thread may give some back, and give more than were taken. A waiting thread is not served
   * in order of arrival: whoever is there when permits come back takes them.
   *
   * @example
   * ```ts
   * import { scope, Semaphore, sleep } from "threadloom:std";
   *
   * const pumps = new Semaphore(2);
   * scope((s) => {
   *   for (const car of ["red", "green", "blue"]) {
   *     s.spawn(() => {
   *       using pump = pumps.acquire(); // given back at the end of this block
   *       sleep(1);
   *       console.log(`${car} is full`);
   *     });
   *   }
   * });
   * ```
   * @see {@link https://docs.rs/tokio/latest/tokio/sync/struct.Semaphore.html | Semaphore in tokio}
   */
  export class Semaphore {
    /**
     * @param permits How many there are at first: a whole number from 0.
     * @throws {RangeError} when it is none.
     */
    constructor(permits: number);
    /**
     * Blocks until `count` permits are there, and takes them together.
     *
     * @param count A whole number from 1; 1 by default.
     * @throws {RangeError} when `count` is none.
     */
    acquire(count?: number): Permit;
    /**
     * As {@link acquire}, but blocks for `timeout` milliseconds at most; then gives `undefined`.
     *
     * @param timeout Milliseconds.
     */
    acquireFor(timeout: number, count?: number): Permit | undefined;
    /**
     * Takes `count` permits if they are there, and gives `undefined` if not. Never blocks.
     *
     * @example
     * ```ts
     * import { Semaphore } from "threadloom:std";
     *
     * const seats = new Semaphore(1);
     * const mine = seats.tryAcquire();
     * console.log(mine !== undefined, seats.tryAcquire() !== undefined); // true false
     * ```
     */
    tryAcquire(count?: number): Permit | undefined;
    /**
     * Adds permits; any thread may, whether or not it took some. Does not block.
     *
     * @param count A whole number from 1; 1 by default.
     * @throws {RangeError} when there would be more than 2³¹ - 1.
     */
    release(count?: number): void;
    /** How many are there now. Does not block. */
    readonly available: number;
  }

  /**
   * Permits of a {@link Semaphore} that were taken together. Declare it by `using`, so that the end of the block gives them back;
   * `drop` does so earlier. One that is merely let go of keeps its permits taken. Cannot cross to another thread.
   *
   * @example
   * ```ts
   * import { Semaphore, spawn } from "threadloom:std";
   *
   * const tickets = new Semaphore(1);
   * tickets.acquire().forget(); // who takes a ticket with it, does not give it back here
   * spawn(() => tickets.release()).join();
   * console.log(tickets.available);
   * ```
   */
  export interface Permit extends Disposable {
    /**
     * Keeps the permits taken when this is disposed: somebody else shall `release` them.
     *
     * @throws {MovedError} when they were given back or forgotten before.
     */
    forget(): void;
  }

  /**
   * A meeting point of so many threads: each waits until all are there, then all go on. May be used again and again.
   *
   * @example
   * ```ts
   * import { Barrier, scope } from "threadloom:std";
   *
   * const meeting = new Barrier(3);
   * scope((s) => {
   *   for (let i = 0; i < 3; i++) {
   *     s.spawn(() => {
   *       console.log("ready");
   *       if (meeting.wait().isLeader) console.log("all are ready"); // once
   *     });
   *   }
   * });
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/struct.Barrier.html | Barrier in Rust}
   */
  export class Barrier {
    /**
     * @param parties How many threads meet: a whole number from 1.
     * @throws {RangeError} when it is none.
     */
    constructor(parties: number);
    /**
     * Blocks until as many threads have come as the barrier is for. Exactly one of them leads: the one with the lowest id.
     */
    wait(): { isLeader: boolean };
  }

  /**
   * A gate that opens once, for good: when it has been counted down to 0.
   *
   * @example
   * ```ts
   * import { Latch, spawn } from "threadloom:std";
   *
   * const ready = new Latch(2);
   * for (const part of ["engine", "wheels"]) {
   *   spawn(() => {
   *     console.log(`${part} built`);
   *     ready.countDown();
   *   });
   * }
   * ready.wait();
   * console.log("off we go");
   * ```
   */
  export class Latch {
    /**
     * @param count How often it has to be counted down: a whole number from 0.
     * @throws {RangeError} when it is none.
     */
    constructor(count: number);
    /**
     * Counts down by `n`. Does not block.
     *
     * @param n A whole number from 0; 1 by default.
     * @throws {RangeError} when that would take it below 0; nothing is counted then.
     */
    countDown(n?: number): void;
    /** Blocks until the count is 0. */
    wait(): void;
    /** How far it is from opening. Does not block. */
    readonly count: number;
  }

  /**
   * Counts work that was begun and work that is done, and lets threads wait until all of it is. Unlike a {@link Latch} it begins
   * at 0, is counted up as work turns up, and can be used again.
   *
   * Call `add` before the thread is spawned that will call `done`: otherwise `wait` may find 0 before it began.
   *
   * @example
   * ```ts
   * import { spawn, WaitGroup } from "threadloom:std";
   *
   * const group = new WaitGroup();
   * for (let i = 0; i < 3; i++) {
   *   group.add();
   *   spawn(() => {
   *     console.log(`part ${i}`);
   *     group.done();
   *   });
   * }
   * group.wait();
   * console.log("all parts done");
   * ```
   * @see {@link https://pkg.go.dev/sync#WaitGroup | WaitGroup in Go}
   */
  export class WaitGroup {
    /**
     * Announces `n` more. Does not block.
     *
     * @param n A whole number from 0; 1 by default.
     * @throws {RangeError} when it is none.
     */
    add(n?: number): void;
    /**
     * One is done. Does not block.
     *
     * @throws {RangeError} when none is left.
     */
    done(): void;
    /** Blocks until as many are done as were added. */
    wait(): void;
  }

  /**
   * Something that is done once, by whoever comes first; the others wait until it is done. Shared by every thread that captures
   * it.
   *
   * @example
   * ```ts
   * import { Once, scope } from "threadloom:std";
   *
   * const greeting = new Once();
   * scope((s) => {
   *   for (let i = 0; i < 3; i++) s.spawn(() => greeting.call(() => console.log("hello, once")));
   * });
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/struct.Once.html | Once in Rust}
   */
  export class Once {
    /**
     * Calls `init` unless that was done before. Blocks while another thread does it: when `call` returns, it is done.
     *
     * An exception that leaves `init` leaves this call too; it is then not done, and the next one tries.
     */
    call(init: () => void): void;
    /** Whether it is done. Does not block. */
    readonly isCompleted: boolean;
  }

  /**
   * A value that is set once, by whoever comes first. Shared by every thread that captures it; each thread has one copy of the
   * value, the same object each time.
   *
   * @example
   * ```ts
   * import { OnceCell, spawn } from "threadloom:std";
   *
   * const settings = new OnceCell<{ verbose: boolean }>();
   * const read = () => settings.getOrInit(() => ({ verbose: true })).verbose;
   * console.log(spawn(read).join(), read());
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/struct.OnceLock.html | OnceLock in Rust}
   */
  export class OnceCell<T> {
    /** The value, `undefined` while there is none. Does not block. */
    get(): T | undefined;
    /**
     * Sets the value if there is none. Blocks while another thread makes it by {@link getOrInit}.
     *
     * @returns Whether it was set.
     * @throws {NotSendError} when it cannot cross, or holds what moves (a channel's end).
     */
    set(value: T): boolean;
    /**
     * The value; if there is none, what `init` gives becomes it. Blocks while another thread makes it. An exception that leaves
     * `init` leaves this call too, and the cell empty.
     *
     * @throws {NotSendError} as {@link set}.
     */
    getOrInit(init: () => T): T;
  }

  /**
   * A 32-bit integer that threads share; each operation on it happens as a whole, and all threads see them in one order
   * (sequentially consistent). Results wrap around as `| 0` does. No operation blocks but {@link wait}.
   *
   * @example
   * ```ts
   * import { assert, AtomicI32, spawn } from "threadloom:std";
   *
   * const hits = new AtomicI32();
   * const handles = [1, 2].map(() => spawn(() => { hits.fetchAdd(1); }));
   * for (const handle of handles) handle.join();
   * assert(hits.load() === 2);
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/atomic/struct.AtomicI32.html | AtomicI32 in Rust}
   */
  export class AtomicI32 {
    /** @param value What it holds at first; 0 by default. */
    constructor(value?: number);
    /** Its value. */
    load(): number;
    /** Sets its value. */
    store(value: number): void;
    /** Sets its value, and gives the one before. */
    swap(value: number): number;
    /** Adds, and gives the value **before**. */
    fetchAdd(n: number): number;
    /** Subtracts, and gives the value **before**. */
    fetchSub(n: number): number;
    /** Bitwise and; gives the value **before**. */
    fetchAnd(n: number): number;
    /** Bitwise or; gives the value **before**. */
    fetchOr(n: number): number;
    /** Bitwise exclusive or; gives the value **before**. */
    fetchXor(n: number): number;
    /**
     * Sets `replacement` if the value is `expected`; otherwise changes nothing.
     *
     * @returns The value before: it was replaced if, and only if, that is `expected`.
     * @example
     * ```ts
     * import { AtomicI32 } from "threadloom:std";
     *
     * const highest = new AtomicI32(3);
     * function raise(to: number) {
     *   for (let seen = highest.load(); seen < to; ) {
     *     const before = highest.compareExchange(seen, to);
     *     if (before === seen) return;
     *     seen = before; // somebody was faster: look again
     *   }
     * }
     * raise(7);
     * console.log(highest.load());
     * ```
     */
    compareExchange(expected: number, replacement: number): number;
    /**
     * Blocks while the value is `expected`, until {@link notify}. Never wakes for no reason.
     *
     * @param timeout Milliseconds; for ever by default.
     * @returns `"not-equal"` at once when the value is another one; `"timed-out"` when the time was up.
     * @example
     * ```ts
     * import { AtomicI32, spawn } from "threadloom:std";
     *
     * const gate = new AtomicI32(0);
     * const waiter = spawn(() => gate.wait(0));
     * gate.store(1);
     * gate.notify();
     * console.log(waiter.join()); // "ok", or "not-equal" if the store came first
     * ```
     */
    wait(expected: number, timeout?: number): "ok" | "not-equal" | "timed-out";
    /**
     * Wakes threads that are in {@link wait}.
     *
     * @param count How many at most; all by default.
     * @returns How many it woke.
     */
    notify(count?: number): number;
  }

  /**
   * A 64-bit integer that threads share, as `bigint`; each operation happens as a whole, in one order for all threads.
   * Results wrap around at 64 bits. No operation blocks.
   *
   * @example
   * ```ts
   * import { assert, AtomicI64 } from "threadloom:std";
   *
   * const bytes = new AtomicI64(4_000_000_000n);
   * assert(bytes.fetchAdd(1n) === 4_000_000_000n); // the value before
   * assert(bytes.load() === 4_000_000_001n);
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/atomic/struct.AtomicI64.html | AtomicI64 in Rust}
   */
  export class AtomicI64 {
    /** @param value What it holds at first; `0n` by default. */
    constructor(value?: bigint);
    /** Its value. */
    load(): bigint;
    /** Sets its value. */
    store(value: bigint): void;
    /** Sets its value, and gives the one before. */
    swap(value: bigint): bigint;
    /** Adds, and gives the value **before**. */
    fetchAdd(n: bigint): bigint;
    /** Subtracts, and gives the value **before**. */
    fetchSub(n: bigint): bigint;
    /** Sets `replacement` if the value is `expected`. Gives the value before, whichever it was. */
    compareExchange(expected: bigint, replacement: bigint): bigint;
  }

  /**
   * A truth value that threads share; each operation happens as a whole, in one order for all threads.
   * No operation blocks.
   *
   * @example
   * ```ts
   * import { AtomicBool, spawn } from "threadloom:std";
   *
   * const taken = new AtomicBool(false);
   * const runners = ["alice", "bob"].map((name) =>
   *   spawn(() => { if (!taken.swap(true)) console.log(`${name} was first`); }, { name }),
   * );
   * for (const runner of runners) runner.join();
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/atomic/struct.AtomicBool.html | AtomicBool in Rust}
   */
  export class AtomicBool {
    /** @param value What it holds at first; `false` by default. */
    constructor(value?: boolean);
    /** Its value. */
    load(): boolean;
    /** Sets its value. */
    store(value: boolean): void;
    /** Sets its value, and gives the one before. */
    swap(value: boolean): boolean;
    /** Sets `replacement` if the value is `expected`. Gives the value before, whichever it was. */
    compareExchange(expected: boolean, replacement: boolean): boolean;
  }

  /**
   * A reference that threads share, to any value: read, replaced and compared as a whole, in one order for all threads.
   * What lock-free structures are made of. No operation blocks.
   *
   * An object that is stored is **shared by reference**, so it is frozen then, with all that it holds: writing to it throws
   * the `TypeError` of strict mode. It is one object in each thread, wherever it comes from, so that `===` means the same as
   * {@link compareExchange}: what is in the reference, in other objects that were stored, in messages and in captured
   * variables. Everything that it holds is, too. To change something, store a new object that takes over the rest.
   *
   * Numbers, strings, bigints and the like are compared as `===` does (so that `NaN` is never what is expected). Shared
   * handles (Mutex, atomics) may be stored and stand in what is stored; what moves (a channel's end) may not. `#private`
   * fields are nothing that JavaScript could freeze: what is written to them later is seen by the thread that writes alone.
   * Stored objects stay in memory until the program ends.
   *
   * @example
   * ```ts
   * import { assert, AtomicRef, spawn } from "threadloom:std";
   *
   * type Node = { readonly value: number; readonly next: Node } | null;
   * const head = new AtomicRef<Node>(null);
   * const push = (value: number) => {
   *   for (;;) {
   *     const next = head.load();
   *     if (head.compareExchange(next, { value, next }) === next) return;
   *   }
   * };
   * const other = spawn(() => push(1));
   * push(2);
   * other.join();
   * const first = head.load();
   * assert(first !== null && first.value + first.next!.value === 3);
   * ```
   * @see {@link https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/atomic/AtomicReference.html | AtomicReference in Java}
   */
  export class AtomicRef<T> {
    /**
     * @param value What it refers to at first.
     * @throws {NotSendError} when it cannot cross to another thread, holds what moves, or holds what freezing does not keep from
     *   being changed (a Map, a Set, a Date, a typed array); names the path to it. So do all methods that store.
     */
    constructor(value: T);
    /** Its value. */
    load(): T;
    /** Sets its value. */
    store(value: T): void;
    /** Sets its value, and gives the one before. */
    swap(value: T): T;
    /**
     * Sets `replacement` if the value is `expected`. Gives the value before, whichever it was: it was set if that is
     * `expected`. A replacement that was not set is not frozen.
     */
    compareExchange(expected: T, replacement: T): T;
  }

  /**
   * A variable of which each thread has its own value, made by `init` when the thread first asks for it. The variable itself is
   * shared when it is captured or sent.
   *
   * The value belongs to the thread: the jobs of a {@link ThreadPool} find what earlier jobs of the same thread have left
   * there, the tasks of a thread share it, and channel ends in it are dropped when the thread ends. What `init` captures is
   * copied when the ThreadLocal is made, as {@link spawn} does.
   *
   * @example
   * ```ts
   * import { assert, spawn, ThreadLocal } from "threadloom:std";
   *
   * const calls = new ThreadLocal(() => ({ count: 0 }));
   * const call = () => ++calls.get().count;
   * call();
   * assert(spawn(() => call() + call()).join() === 3); // its own: 1 + 2
   * assert(call() === 2);
   * ```
   * @see {@link https://doc.rust-lang.org/std/thread/struct.LocalKey.html | Thread-locals in Rust}
   */
  export class ThreadLocal<T> {
    /**
     * @param init Makes a thread's value; may block. Written in your own files.
     * @throws {NotSendError} when something that it captures cannot cross, or moves.
     */
    constructor(init: () => T);
    /**
     * This thread's value; made by `init` where there is none yet. An exception that leaves `init` leaves this call too, and
     * the next one tries again.
     */
    get(): T;
    /** Sets this thread's value. */
    set(value: T): void;
  }

  // ---- message passing -----------------------------------------------------------------------

  /**
   * A queue without a limit: `send` never blocks, `recv` blocks while it is empty. Messages arrive in the order in which
   * they were sent, each at one receiver only; they are copied, and handles inside them move or are shared.
   *
   * Both ends **move** into a thread that captures them: give each producer a `clone()`. The channel closes when its
   * last sender is dropped; until then a loop over the receiver does not end.
   *
   * @typeParam T The type of its messages.
   * @returns Its two ends.
   * @example
   * ```ts
   * import { channel, drop, spawn } from "threadloom:std";
   *
   * const [tx, rx] = channel<string>();
   * for (const word of ["alpha", "beta"]) {
   *   const own = tx.clone();
   *   spawn(() => own.send(word.toUpperCase()));
   * }
   * drop(tx); // else the loop below waits for it for ever
   * for (const word of rx) console.log(word);
   * ```
   * @see {@link https://doc.rust-lang.org/book/ch16-02-message-passing.html | Transfer data between threads with message passing}
   */
  export function channel<T>(): [Sender<T>, Receiver<T>];

  /**
   * A queue of at most `capacity` messages: `send` blocks while it is full. Capacity 0 is a **rendezvous**: `send`
   * returns when a receiver has taken the message out of its hand.
   *
   * @param capacity How many messages it holds: an integer from 0.
   * @throws {RangeError} when `capacity` is negative or no integer.
   * @example
   * ```ts
   * import { spawn, syncChannel } from "threadloom:std";
   *
   * const [tx, rx] = syncChannel<number>(2);
   * spawn(() => {
   *   for (let i = 0; i < 5; i++) tx.send(i); // never more than two ahead
   * });
   * for (const i of rx) console.log(i);
   * ```
   * @see {@link https://doc.rust-lang.org/std/sync/mpsc/fn.sync_channel.html | sync_channel in Rust}
   */
  export function syncChannel<T>(capacity: number): [Sender<T>, Receiver<T>];

  /**
   * The sending end of a channel. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { spawn, syncChannel } from "threadloom:std";
   *
   * const [tx, rx] = syncChannel<string>(1);
   * console.log(tx.trySend("first")); // "sent"
   * console.log(tx.trySend("second")); // "full"
   * spawn(() => console.log(rx.recv(), rx.recv())); // first third
   * tx.send("third"); // blocks until the thread has taken the first
   * ```
   */
  export interface Sender<T> extends Disposable {
    /**
     * Sends a copy of `value`. Blocks while a bounded channel is full; at capacity 0, until a receiver has taken it.
     *
     * @throws {ChannelClosedError} when every receiver is gone.
     * @throws {NotSendError} when something in `value` cannot cross to another thread.
     * @throws {MovedError} when this sender was moved or dropped before.
     */
    send(value: T): void;
    /** Sends if that is possible at once. Never blocks. At capacity 0 it succeeds only if a receiver already waits. */
    trySend(value: T): "sent" | "full" | "closed";
    /**
     * As {@link send}, blocking for `timeout` milliseconds at most.
     *
     * @param timeout Milliseconds.
     * @returns `"full"` when the time was up.
     */
    sendFor(value: T, timeout: number): "sent" | "full" | "closed";
    /** A second sender of the same channel. The channel stays open until both are dropped. */
    clone(): Sender<T>;
    /**
     * Ends this sender. Dropping the last one closes the channel for the receiver, once it has read what is left. A
     * thread that ends drops the ends that it owns; so does `using`.
     */
    drop(): void;
    /**
     * A case of {@link select}: sends a copy of `value`, then runs `then`. What moves with `value` moves only if the case
     * is taken. Where every receiver is gone the case is ready, and taking it throws `ChannelClosedError`.
     */
    case<R>(value: T, then: () => R): SelectCase<R>;
  }

  /**
   * The receiving end of a channel. Loop over it to take messages until the channel is closed. Owned by one thread at
   * a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { channel, spawn } from "threadloom:std";
   *
   * const [tx, rx] = channel<number>();
   * spawn(() => {
   *   for (let i = 0; i < 3; i++) tx.send(i);
   * }); // the thread owns `tx`: when it ends, the channel closes
   * console.log([...rx]);
   * ```
   */
  export interface Receiver<T> extends Iterable<T>, Disposable {
    /**
     * Blocks until there is a message, and takes it.
     *
     * @throws {ChannelClosedError} when all senders are gone and no message is left.
     * @throws {MovedError} when this receiver was moved or dropped before.
     */
    recv(): T;
    /**
     * Takes a message if there is one. Never blocks. At capacity 0 it succeeds only if a sender already waits.
     *
     * @example
     * ```ts
     * import { channel } from "threadloom:std";
     *
     * const [tx, rx] = channel<number>();
     * console.log(rx.tryRecv().kind); // "empty"
     * tx.send(7);
     * const received = rx.tryRecv();
     * if (received.kind === "value") console.log(received.value);
     * tx.drop();
     * console.log(rx.tryRecv().kind); // "closed"
     * ```
     */
    tryRecv(): Received<T>;
    /**
     * As {@link recv}, blocking for `timeout` milliseconds at most. Says `"closed"` rather than throwing.
     *
     * @param timeout Milliseconds.
     */
    recvFor(timeout: number): Received<T>;
    /** A second receiver of the same channel: the two compete, each message goes to one of them. */
    clone(): Receiver<T>;
    /** Ends this receiver. When the last one is gone, sending throws. */
    drop(): void;
    /**
     * A case of {@link select}: receives, and hands on what came. A channel that is closed is ready: then it hands on
     * `{ kind: "closed" }`.
     */
    case<R>(then: (message: Received<T> & { kind: "value" | "closed" }) => R): SelectCase<R>;
  }

  /**
   * A channel for one message: a promise between two threads. Sending uses the sender up, receiving the receiver; both
   * ends **move** into a thread that captures them.
   *
   * @typeParam T The type of its message.
   * @returns Its two ends.
   * @example
   * ```ts
   * import { oneshot, spawn } from "threadloom:std";
   *
   * const [answer, asked] = oneshot<number>();
   * spawn(() => answer.send(6 * 7)); // and goes on with something else
   * console.log(asked.recv());
   * ```
   * @see {@link https://docs.rs/tokio/latest/tokio/sync/oneshot/ | oneshot in tokio}
   */
  export function oneshot<T>(): [OneshotSender<T>, OneshotReceiver<T>];

  /**
   * The sending end of a {@link oneshot}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { channel, oneshot, spawn } from "threadloom:std";
   * import type { OneshotSender } from "threadloom:std";
   *
   * // A request brings along where its answer is to go.
   * const [requests, inbox] = channel<{ n: number; reply: OneshotSender<number> }>();
   * spawn(() => {
   *   for (const { n, reply } of inbox) reply.send(n * n);
   * });
   * const [reply, answer] = oneshot<number>();
   * requests.send({ n: 12, reply });
   * console.log(answer.recv());
   * requests.drop();
   * ```
   */
  export interface OneshotSender<T> extends Disposable {
    /**
     * Sends a copy of `value`, and uses this sender up. Never blocks.
     *
     * @throws {ChannelClosedError} when the receiver is gone.
     * @throws {NotSendError} when something in `value` cannot cross to another thread; the sender can still be used.
     * @throws {MovedError} when it was used, moved or dropped before.
     */
    send(value: T): void;
    /** Ends this sender without a message: the receiver is told that nothing will come. */
    drop(): void;
  }

  /**
   * The receiving end of a {@link oneshot}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { ChannelClosedError, oneshot, spawn } from "threadloom:std";
   *
   * const [answer, asked] = oneshot<string>();
   * spawn(() => answer.drop()); // it has thought better of it
   * try {
   *   console.log(asked.recv());
   * } catch (error) {
   *   console.log(error instanceof ChannelClosedError);
   * }
   * ```
   */
  export interface OneshotReceiver<T> extends Disposable {
    /**
     * Blocks until the message is there, and takes it. Uses this receiver up.
     *
     * @throws {ChannelClosedError} when the sender was dropped without sending.
     * @throws {MovedError} when the message was received already, or this receiver was moved or dropped.
     */
    recv(): T;
    /** Takes the message if it is there, and uses this receiver up if it was. Never blocks. */
    tryRecv(): Received<T>;
    /**
     * As {@link recv}, blocking for `timeout` milliseconds at most. Says `"closed"` rather than throwing.
     *
     * @param timeout Milliseconds.
     */
    recvFor(timeout: number): Received<T>;
    /** Ends this receiver: sending throws from here on. */
    drop(): void;
  }

  /**
   * What a receive that does not wait for ever found.
   *
   * @example
   * ```ts
   * import { channel } from "threadloom:std";
   * import type { Received } from "threadloom:std";
   *
   * function describe(received: Received<number>): string {
   *   switch (received.kind) {
   *     case "value":
   *       return `got ${received.value}`;
   *     case "empty":
   *       return "nothing yet";
   *     case "closed":
   *       return "nothing any more";
   *   }
   * }
   * const [tx, rx] = channel<number>();
   * tx.send(1);
   * console.log(describe(rx.tryRecv()), describe(rx.recvFor(1)));
   * ```
   */
  export type Received<T> = { kind: "value"; value: T } | { kind: "empty" } | { kind: "closed" };

  /**
   * Ends the life of a handle or a guard now, as `drop` does in Rust: a guard gives its lock back, the last sender
   * closes its channel. Dropping what has moved or was released before does nothing. Does not block.
   *
   * @example
   * ```ts
   * import { drop, Mutex } from "threadloom:std";
   *
   * const counter = new Mutex(0);
   * const guard = counter.lock();
   * guard.value++;
   * drop(guard);
   * console.log(counter.tryLock() !== undefined);
   * ```
   */
  export function drop(handle: Disposable): void;

  /**
   * A value that one thread keeps up to date and any number of others look at: only the newest is kept. Both ends
   * **move** into a thread that captures them; give each reader a `clone()` of the receiver.
   *
   * @param initial What there is to see before anything is sent. Nothing in it may move.
   * @returns Its two ends.
   * @example
   * ```ts
   * import { spawn, watch } from "threadloom:std";
   *
   * const [progress, seen] = watch(0);
   * const worker = spawn(() => {
   *   for (let percent = 25; percent <= 100; percent += 25) progress.send(percent);
   * });
   * while (seen.changed() < 100) console.log("at work"); // it may miss some, never the last one
   * worker.join();
   * ```
   * @see {@link https://docs.rs/tokio/latest/tokio/sync/watch/ | watch in tokio}
   */
  export function watch<T>(initial: T): [WatchSender<T>, WatchReceiver<T>];

  /**
   * The sending end of a {@link watch}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { watch } from "threadloom:std";
   *
   * const [settings, current] = watch({ volume: 3 });
   * settings.send({ volume: 5 });
   * settings.send({ volume: 7 });
   * console.log(current.get().volume);
   * ```
   */
  export interface WatchSender<T> extends Disposable {
    /**
     * Puts a copy of `value` in the place of what was there. Never blocks.
     *
     * @throws {ChannelClosedError} when every receiver is gone.
     * @throws {NotSendError} when something in `value` cannot cross to another thread, or would move.
     * @throws {MovedError} when this sender was moved or dropped before.
     */
    send(value: T): void;
    /** Ends this sender: what was sent last can still be seen, and nothing newer will come. */
    drop(): void;
  }

  /**
   * A receiving end of a {@link watch}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { ChannelClosedError, watch } from "threadloom:std";
   *
   * const [tx, rx] = watch("calm");
   * tx.send("storm");
   * tx.drop();
   * console.log(rx.get(), rx.changed()); // storm storm: it had not been waited for yet
   * try {
   *   rx.changed();
   * } catch (error) {
   *   console.log(error instanceof ChannelClosedError, rx.get());
   * }
   * ```
   */
  export interface WatchReceiver<T> extends Disposable {
    /** A copy of the newest value. Never blocks, and does not count as having seen it for {@link changed}. */
    get(): T;
    /**
     * Blocks until there is a value that was sent after the one that `changed` gave last, and gives the newest. The
     * initial value counts as seen.
     *
     * @throws {ChannelClosedError} when the sender is gone and its last value was given already.
     * @throws {MovedError} when this receiver was moved or dropped before.
     */
    changed(): T;
    /** A second receiver, which has seen as much as this one. */
    clone(): WatchReceiver<T>;
    /** Ends this receiver. When the last one is gone, sending throws. */
    drop(): void;
  }

  /**
   * A channel whose messages go to **every** subscriber, where those of a `channel` go to one receiver each. Sending never
   * blocks: the last `capacity` messages are kept for who has yet to receive them, and a subscriber that is further behind
   * is told by a {@link LaggedError} how many it has missed, once.
   *
   * @param capacity How many messages a subscriber may be behind: an integer from 1 to 1,048,576.
   * @returns Its sender. `subscribe()` gives receivers.
   * @throws {RangeError} when `capacity` is none.
   * @example
   * ```ts
   * import { broadcast, spawn } from "threadloom:std";
   *
   * const news = broadcast<string>(16);
   * const readers = ["ada", "ben"].map((name) => {
   *   const own = news.subscribe(); // from here on it misses nothing
   *   return spawn(() => { for (const headline of own) console.log(name, "reads", headline); });
   * });
   * console.log(news.send("loom found in attic"), "will read it");
   * news.drop(); // ends the loops
   * for (const reader of readers) reader.join();
   * ```
   * @see {@link https://docs.rs/tokio/latest/tokio/sync/broadcast/ | broadcast in tokio}
   */
  export function broadcast<T>(capacity: number): BroadcastSender<T>;

  /**
   * A sending end of a {@link broadcast}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { broadcast } from "threadloom:std";
   *
   * const ticks = broadcast<number>(2);
   * console.log(ticks.send(1)); // 0: nobody has subscribed yet
   * const rx = ticks.subscribe();
   * console.log(ticks.send(2)); // 1
   * console.log(rx.recv());
   * ```
   */
  export interface BroadcastSender<T> extends Disposable {
    /**
     * Sends a copy of `value` to all who are subscribed now. Never blocks.
     *
     * @returns How many that are.
     * @throws {NotSendError} when something in `value` cannot cross to another thread, or would move.
     * @throws {MovedError} when this sender was moved or dropped before.
     */
    send(value: T): number;
    /**
     * A receiver of every message that is sent from here on. Its `clone()` is a subscriber that stands where it stands. Its
     * methods throw {@link LaggedError} once where messages were missed.
     */
    subscribe(): Receiver<T>;
    /** A second sender. Subscribers see the end when both are dropped. */
    clone(): BroadcastSender<T>;
    /** Ends this sender. */
    drop(): void;
  }

  /**
   * Blocks until one of `cases` can go, takes it, and runs its handler. One case is taken, and only one: the messages of
   * the others stay where they are. Among several that can go it is any of them (exploring tries each), or with `biased`
   * the first.
   *
   * A case is an operation that has not happened yet: `rx.case(…)` receives, `tx.case(…)` sends, {@link timeout} goes when
   * nothing else has gone for so long, {@link otherwise} when nothing else can go at once.
   *
   * @param cases At least one.
   * @param options `biased`: the first case that can go is taken, in the order in which they stand.
   * @returns What the handler of the case returned.
   * @throws {ChannelClosedError} when the case that is taken sends, and every receiver is gone.
   * @throws {MovedError} when an end was moved or dropped before.
   * @throws {TypeError} when there is no case, or something else among them.
   * @example
   * ```ts
   * import { channel, select, spawn } from "threadloom:std";
   *
   * const [orders, inbox] = channel<string>();
   * const [stop, stopped] = channel<void>();
   * const worker = spawn(() => {
   *   for (let open = true; open; ) {
   *     open = select([
   *       inbox.case((order) => {
   *         if (order.kind === "value") console.log(order.value);
   *         return order.kind === "value";
   *       }),
   *       stopped.case(() => false),
   *     ]);
   *   }
   * });
   * orders.send("two teas");
   * stop.send();
   * worker.join();
   * ```
   * @see {@link https://docs.rs/crossbeam-channel/latest/crossbeam_channel/macro.select.html | select! in crossbeam}
   */
  export function select<R>(cases: SelectCase<R>[], options?: { biased?: boolean }): R;

  /**
   * A case of {@link select} that goes when no other has gone for `duration` milliseconds. Of several the shortest counts.
   *
   * @param duration Milliseconds, from when `select` is called.
   * @example
   * ```ts
   * import { channel, select, timeout } from "threadloom:std";
   *
   * const [tx, rx] = channel<string>();
   * const heard = select([
   *   rx.case((message) => (message.kind === "value" ? message.value : "hung up")),
   *   timeout(5, () => "nobody calls"),
   * ]);
   * console.log(heard);
   * tx.drop();
   * ```
   */
  export function timeout<R>(duration: number, then: () => R): SelectCase<R>;

  /**
   * A case of {@link select} that goes when no other can go at once: then `select` never blocks.
   *
   * @example
   * ```ts
   * import { otherwise, select, syncChannel } from "threadloom:std";
   *
   * const [tx, rx] = syncChannel<number>(1);
   * for (let n = 0; n < 3; n++) {
   *   console.log(select([tx.case(n, () => "sent"), otherwise(() => "full")]));
   * }
   * console.log(rx.recv());
   * ```
   */
  export function otherwise<R>(then: () => R): SelectCase<R>;

  /**
   * One of the ways on that {@link select} is given. Making one does nothing yet; it can be used for several selects, one
   * after the other.
   *
   * @typeParam R What its handler returns.
   * @example
   * ```ts
   * import { channel, otherwise, select } from "threadloom:std";
   * import type { SelectCase } from "threadloom:std";
   *
   * const ends = [1, 2, 3].map(() => channel<string>());
   * const cases: SelectCase<string>[] = ends.map(([, rx], index) =>
   *   rx.case((message) => `${index}: ${message.kind === "value" ? message.value : "closed"}`),
   * );
   * ends[1]![0].send("hello");
   * console.log(select(cases), select([...cases, otherwise(() => "nothing more")]));
   * ```
   */
  export interface SelectCase<R> {
    /** Never there: it carries the type. */
    readonly result?: R;
  }

  // ---- processes -----------------------------------------------------------------------------

  /**
   * A process that this program has started: with threads and a memory of its own, in which nothing of ours is shared. On the
   * native engine it is a process of the operating system; the model engine plays it by threads that share nothing with others.
   *
   * The two talk by messages, in both directions, which are copied and never lost while both sides live. **Moves** when it is
   * captured by another thread or sent to one. When the thread that has it ends, the process finds its side closed, and goes
   * on with that; the run lasts until all processes have ended.
   *
   * @typeParam Out What the process sends.
   * @typeParam In What it is sent.
   * @example
   * ```ts
   * import { assert, Process } from "threadloom:std";
   *
   * const squares = Process.spawn<number, number>((parent) => {
   *   for (let n = parent.recv(); n !== 0; n = parent.recv()) parent.send(n * n);
   * });
   * squares.send(7);
   * assert(squares.recv() === 49);
   * squares.send(0);
   * assert(squares.wait().code === 0);
   * ```
   * @see {@link https://doc.rust-lang.org/std/process/index.html | Processes in Rust}
   */
  export class Process<Out = unknown, In = unknown> {
    /** Processes are started by {@link Process.spawn}. */
    private constructor();
    /**
     * Starts a process that runs `body`, and returns once it is under way; it does not wait for `body` to begin.
     *
     * What `body` captures is copied as it is now: plain data, functions, instances of your own classes, and **`@shared`
     * variables too**, which are two variables from here on, one on each side. Locks, channels and other handles are refused:
     * they belong to one memory.
     *
     * The process ends with the last of its threads and of the processes that it has started itself. An exception that leaves
     * it ends it with exit code 1 and nobody else; `process.exit(n)` within it ends it alone, at once.
     *
     * @param body What the process runs, written in your own files; is given the way back to whoever started it.
     * @param options `name` is what timelines, messages and errors call the process (`process-1`, … by default).
     * @throws {NotSendError} when something that `body` captures cannot cross to another process; names the path to it.
     */
    static spawn<Out = unknown, In = unknown>(
      body: (parent: Port<Out, In>) => void,
      options?: { name?: string },
    ): Process<Out, In>;
    /** What the operating system calls it; a number that is made up on the model engine. */
    readonly pid: number;
    /**
     * Sends it a copy of `message`. Does not block: nobody limits how many are on their way.
     *
     * @throws {ChannelClosedError} when it has ended, or does not listen any more.
     * @throws {NotSendError} when something in the message cannot cross to another process.
     */
    send(message: In): void;
    /**
     * The next message that it has sent; blocks until there is one. What it sent before it ended still arrives.
     *
     * @throws {ChannelClosedError} when nothing will come any more.
     */
    recv(): Out;
    /** The same without blocking: `empty` where there is none yet, `closed` where none will come. */
    tryRecv(): Received<Out>;
    /**
     * Blocks until it has ended. May be called again, and gives the same.
     *
     * @returns Its exit code, 1 after an exception; or the name of the signal that ended it (`SIGKILL`), and no code.
     */
    wait(): { code: number | null; signal: string | null };
    /**
     * Ends it wherever it is, as by SIGKILL, with the processes that it has started, and returns when it is gone. What it sent
     * before can still be received. Nothing happens if it has ended already.
     */
    kill(): void;
  }

  /**
   * The way from a process to whoever has started it: what its body is given. Moves like a channel's end.
   *
   * @example
   * ```ts
   * import { assert, Process, type Port } from "threadloom:std";
   *
   * function echo(parent: Port<string, string>) {
   *   parent.send(parent.recv());
   * }
   * const child = Process.spawn(echo);
   * child.send("hello");
   * assert(child.recv() === "hello");
   * child.wait();
   * ```
   */
  export interface Port<Out = unknown, In = unknown> {
    /**
     * Sends a copy of `message`. Does not block.
     *
     * @throws {ChannelClosedError} when nobody listens any more.
     * @throws {NotSendError} when something in the message cannot cross to another process.
     */
    send(message: Out): void;
    /**
     * The next message that was sent to this process; blocks until there is one.
     *
     * @throws {ChannelClosedError} when nothing will come any more.
     */
    recv(): In;
    /** The same without blocking: `empty` where there is none yet, `closed` where none will come. */
    tryRecv(): Received<In>;
  }

  // ---- marks, assertions ---------------------------------------------------------------------

  /**
   * A copy of a `@shared` object or array, as plain data that may be kept, printed and sent. Each field and element is
   * read on its own, one after the other: others may write in between. Take a {@link Mutex} where that matters.
   *
   * What array methods, `for … of` and spread give of the objects in a `@shared` array are copies as well: your own of what
   * is taken out (`pop`, `shift`, `splice`), frozen ones of what stays there.
   */
  export function snapshot<T>(shared: T): T;

  /**
   * Puts a named mark on this thread's lane of the timeline. Does not block.
   *
   * @example
   * ```ts
   * import { label } from "threadloom:std";
   *
   * label("warm-up done");
   * ```
   */
  export function label(text: string): void;

  /**
   * A named span on this thread's lane of the timeline, from here until it is disposed. Spans of a thread nest.
   *
   * @example
   * ```ts
   * import { region } from "threadloom:std";
   *
   * {
   *   using _ = region("parse");
   *   JSON.parse("[1, 2, 3]");
   * }
   * ```
   */
  export function region(name: string): Disposable;

  /**
   * Throws when `condition` is not truthy. A failed assertion is the run's verdict, even where the error is caught.
   *
   * @param message What to say instead of the condition's own text.
   * @throws {AssertionError} at this line.
   * @example
   * ```ts
   * import { assert } from "threadloom:std";
   *
   * assert(1 + 1 === 2, "arithmetic still works");
   * ```
   */
  export function assert(condition: unknown, message?: string): asserts condition;

  // ---- pipes ---------------------------------------------------------------------------------

  /**
   * Bytes from one end to the other, in order, with 64 KiB of room. Either end moves to another thread when it is captured or
   * sent, and into a process that is started with it, or that it is sent to. A pipe knows no messages: what was written by two calls may be read by one, and the other way round.
   *
   * @example
   * ```ts
   * import { pipe, spawn } from "threadloom:std";
   *
   * const [writer, reader] = pipe();
   * spawn(() => {
   *   for (let n = 1; n <= 10; n++) writer.write(Uint8Array.of(n));
   * }); // the end of the thread closes its end of the pipe
   * const bytes = new Uint8Array(4);
   * let sum = 0;
   * for (let n = 0; (n = reader.read(bytes)!) !== 0; ) for (const byte of bytes.subarray(0, n)) sum += byte;
   * console.log(sum); // 55, in however many reads
   * ```
   */
  export function pipe(): [PipeWriter, PipeReader];

  /**
   * The writing end of a {@link pipe}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { ChannelClosedError, pipe } from "threadloom:std";
   *
   * const [writer, reader] = pipe();
   * reader.close();
   * try {
   *   writer.write(Uint8Array.of(1));
   * } catch (error) {
   *   console.log(error instanceof ChannelClosedError);
   * }
   * ```
   */
  export interface PipeWriter extends Disposable {
    /**
     * Writes all of `bytes`, blocking while there is no room. Answers how many: all of them.
     *
     * @throws {ChannelClosedError} when the reading end is closed.
     * @throws {MovedError} when this end was moved or closed.
     */
    write(bytes: Uint8Array): number;
    /** Closes this end: the reader gets what was written, then the end. Disposal does the same. */
    close(): void;
  }

  /**
   * The reading end of a {@link pipe}. Owned by one thread at a time; moves when it is captured or sent.
   *
   * @example
   * ```ts
   * import { pipe } from "threadloom:std";
   *
   * const [writer, reader] = pipe();
   * reader.setBlocking(false);
   * const bytes = new Uint8Array(4);
   * console.log(reader.read(bytes)); // undefined: nothing is there yet
   * writer.write(Uint8Array.of(1, 2, 3));
   * console.log(reader.read(bytes)); // 3
   * writer.close();
   * console.log(reader.read(bytes)); // 0: the end
   * ```
   */
  export interface PipeReader extends Disposable {
    /**
     * Reads what is there into `into`, blocking until there is anything. Answers how many bytes; 0 at the end, `undefined` if it would
     * block (after `setBlocking(false)`).
     *
     * @throws {MovedError} when this end was moved or closed.
     */
    read(into: Uint8Array): number | undefined;
    /** Whether {@link read} waits for bytes; it does unless it is told not to. */
    setBlocking(on: boolean): void;
    /** Closes this end: whoever writes is told. Disposal does the same. */
    close(): void;
  }

  // ---- I/O multiplexing ----------------------------------------------------------------------

  /**
   * One thread that waits for many sources: listeners, streams, ends of pipes, timers. As `poll` of an operating system it is level
   * triggered: a source that is ready and is not used up is ready again.
   *
   * A poller belongs to the thread that made it; the sources that it waits for have to be that thread's, too. A source
   * that was closed is registered no more.
   *
   * @example
   * ```ts
   * import { pipe, Poller, spawn, Timer } from "threadloom:std";
   *
   * const [writer, reader] = pipe();
   * spawn(() => writer.write(Uint8Array.of(1)));
   * using poller = new Poller();
   * poller.register(reader, "readable", 1);
   * using timer = new Timer(10_000);
   * poller.register(timer, "readable", 2);
   * for (const event of poller.poll()) console.log(event.token === 1 ? "the pipe" : "too late");
   * ```
   */
  export class Poller implements Disposable {
    /**
     * Waits for `source` from the next `poll` on; `token` is what its events are known by.
     *
     * @param interest "readable": a read (or an accept) would not block. "writable": a write would not.
     * @throws {TypeError} when it is registered already, is no source, or can never be ready for that.
     */
    register(source: Source, interest: "readable" | "writable" | "both", token: number): void;
    /** Waits for it no more. Does nothing if it is not registered. */
    deregister(source: Source): void;
    /**
     * Blocks until something is ready or the time is up; without a time, for ever. Answers all that is ready, in the order in which
     * it was registered: nothing if the time was up. O(sources).
     *
     * `closed`: the other side has closed; a read comes to the end, a write fails.
     *
     * @param timeout milliseconds; 0 only looks.
     * @throws {TypeError} when there is neither a source nor a time.
     */
    poll(
      timeout?: number,
    ): { token: number; readable: boolean; writable: boolean; closed: boolean }[];
    /** Forgets its sources, which stay open. */
    [Symbol.dispose](): void;
  }

  /**
   * What a {@link Poller} can wait for.
   *
   * @example
   * ```ts
   * import { pipe, Poller, type Source } from "threadloom:std";
   *
   * const [writer, reader] = pipe();
   * const sources: Source[] = [writer, reader];
   * using poller = new Poller();
   * poller.register(sources[0], "writable", 0);
   * console.log(poller.poll()); // [{ token: 0, readable: false, writable: true, closed: false }]
   * ```
   */
  export type Source = TcpListener | TcpStream | PipeReader | PipeWriter | Timer;

  /**
   * Takes connections at a port of this machine. On real threads it is a real socket of the operating system; on the model engine
   * the network is simulated, and how late something comes and where it is cut are choices that are explored.
   *
   * @example
   * ```ts
   * import { spawn, TcpListener, TcpStream } from "threadloom:std";
   *
   * const listener = TcpListener.bind(0);
   * const { port } = listener;
   * spawn(() => {
   *   using client = TcpStream.connect(port);
   *   client.write(Uint8Array.of(1, 2, 3));
   * });
   * using served = listener.accept()!;
   * const bytes = new Uint8Array(16);
   * let sum = 0;
   * for (let n = 0; (n = served.read(bytes)!) !== 0; ) for (const byte of bytes.subarray(0, n)) sum += byte;
   * console.log(sum);
   * listener.close();
   * ```
   */
  export class TcpListener implements Disposable {
    /** Made by {@link bind}. */
    private constructor();
    /**
     * Listens at `port`, 0 for any that is free; on loopback unless `host` says otherwise.
     *
     * @throws {NetworkError} with `code` `EADDRINUSE` when the port is in use, `EACCES` or `EADDRNOTAVAIL` when it may not be had.
     * @throws {RangeError} for what is no port.
     */
    static bind(port: number, host?: string): TcpListener;
    /** Where it listens. */
    readonly port: number;
    /** Whether {@link accept} waits for a connection; it does unless it is told not to. */
    setBlocking(on: boolean): void;
    /** Takes the connection that has waited longest, blocking until there is one. `undefined` if it would block. */
    accept(): TcpStream | undefined;
    /** Listens no more; who has connected and was not accepted is reset. Disposal does the same. */
    close(): void;
    /** As {@link close}. */
    [Symbol.dispose](): void;
  }

  /**
   * One side of a connection: bytes both ways. Owned by one thread at a time; moves when it is captured or sent. A stream knows no
   * messages: a read may give a part of what was written, or the end of one message and the beginning of the next.
   *
   * @example
   * ```ts
   * import { NetworkError, TcpStream } from "threadloom:std";
   *
   * try {
   *   TcpStream.connect(9);
   * } catch (error) {
   *   if (error instanceof NetworkError) console.log(error.code); // ECONNREFUSED
   * }
   * ```
   */
  export class TcpStream implements Disposable {
    /** Made by {@link connect} and {@link TcpListener.accept}. */
    private constructor();
    /**
     * Connects to a listener of this program.
     *
     * @throws {NetworkError} with `code` `ECONNREFUSED` when nobody of the program listens there.
     */
    static connect(port: number, host?: string): TcpStream;
    /** Whether reads and writes wait; they do unless they are told not to. */
    setBlocking(on: boolean): void;
    /**
     * Reads what has arrived into `into`, blocking until something has. Answers how many bytes; 0 at the end, `undefined` if it would
     * block.
     *
     * @throws {NetworkError} with `code` `ECONNRESET` when the other side has reset the connection.
     */
    read(into: Uint8Array): number | undefined;
    /**
     * Writes all of `bytes`, blocking while the window is full. One that does not block writes what there is room for, and answers how
     * many bytes that were: `undefined` for none.
     *
     * @throws {NetworkError} with `code` `ECONNRESET` when the other side is closed.
     */
    write(bytes: Uint8Array): number | undefined;
    /**
     * Closes both directions. The other side gets what was written, then the end; but where something is left here that nobody has read,
     * the connection is reset, and what is under way is lost. Disposal does the same.
     */
    close(): void;
    /** As {@link close}. */
    [Symbol.dispose](): void;
  }

  /**
   * A source that is ready when its time is up: once, or again and again. Of the thread that made it.
   *
   * @example
   * ```ts
   * import { Poller, Timer } from "threadloom:std";
   *
   * using poller = new Poller();
   * using timer = new Timer(20, { repeat: true });
   * poller.register(timer, "readable", 1);
   * for (let ticks = 0; ticks < 3; ticks++) console.log(poller.poll().length);
   * ```
   */
  export class Timer implements Disposable {
    /** Begins its time, in milliseconds, at once. */
    constructor(duration: number, options?: { repeat?: boolean });
    /** Is never ready again. */
    [Symbol.dispose](): void;
  }

  // ---- nondeterminism ------------------------------------------------------------------------

  /**
   * One of 0 … n-1, and nothing says which: a scheduling choice like any other. Exploring tries them all, a
   * recording keeps what it was, a replay gives the same. Does not block.
   *
   * @param n Among how many: a whole number from 1 to 2³¹ - 1.
   * @throws {RangeError} when `n` is none.
   * @example
   * ```ts
   * import { choose } from "threadloom:std";
   *
   * const coin = ["heads", "tails"] as const;
   * console.log(coin[choose(2)]);
   * ```
   */
  export function choose(n: number): number;

  /**
   * A number from 0 up to 1, without 1: one of 2³⁰ evenly spaced ones, each as likely as the others. Recorded and
   * replayed as {@link choose}, where `Math.random` is neither a step nor explored. Does not block.
   *
   * @example
   * ```ts
   * import { random } from "threadloom:std";
   *
   * const isLost = random() < 0.1; // one message in ten
   * console.log(isLost ? "lost" : "delivered");
   * ```
   */
  export function random(): number;

  // ---- errors --------------------------------------------------------------------------------

  /**
   * An {@link assert} that did not hold.
   *
   * @example
   * ```ts
   * import { assert, AssertionError } from "threadloom:std";
   *
   * try {
   *   assert(true, "this holds");
   * } catch (error) {
   *   if (error instanceof AssertionError) console.log(error.message);
   * }
   * ```
   */
  export class AssertionError extends Error {}

  /**
   * What `join` and `scope` throw for a thread that ended by an exception: that exception is the `cause`.
   *
   * @example
   * ```ts
   * import { PanicError, scope } from "threadloom:std";
   *
   * try {
   *   scope((s) => {
   *     s.spawn(() => { throw new RangeError("too far"); }, { name: "explorer" });
   *   });
   * } catch (error) {
   *   if (error instanceof PanicError) console.log(error.thread.name, error.cause);
   * }
   * ```
   */
  export class PanicError extends Error {
    /** The thread that panicked. */
    readonly thread: Thread;
  }

  /**
   * The lock is poisoned: an exception passed through the block of a guard, so that what it protects may be half-made.
   * The lock is not held.
   *
   * @example
   * ```ts
   * import { Mutex, PoisonError } from "threadloom:std";
   *
   * const total = new Mutex(0);
   * function read(): number {
   *   try {
   *     using guard = total.lock();
   *     return guard.value;
   *   } catch (error) {
   *     if (!(error instanceof PoisonError)) throw error;
   *     using guard = error.recover(); // a sum is never half-made
   *     return guard.value;
   *   }
   * }
   * console.log(read());
   * ```
   */
  export class PoisonError<T, Guard = MutexGuard<T>> extends Error {
    /** Takes the lock all the same. Blocks as `lock` does. The lock stays poisoned until `clearPoison`. */
    recover(): Guard;
  }

  /**
   * The other side of the channel is gone: no receiver is left to send to, or no sender and no message.
   *
   * @example
   * ```ts
   * import { channel, ChannelClosedError } from "threadloom:std";
   *
   * const [tx, rx] = channel<number>();
   * tx.drop();
   * try {
   *   rx.recv();
   * } catch (error) {
   *   console.log(error instanceof ChannelClosedError);
   * }
   * ```
   */
  export class ChannelClosedError extends Error {}

  /**
   * The network did not do it: nobody listens there, the port is in use, the other side is gone.
   *
   * @example
   * ```ts
   * import { NetworkError, TcpListener } from "threadloom:std";
   *
   * using first = TcpListener.bind(0);
   * try {
   *   TcpListener.bind(first.port);
   * } catch (error) {
   *   if (error instanceof NetworkError) console.log(error.code); // EADDRINUSE
   * }
   * ```
   */
  export class NetworkError extends Error {
    /** What operating systems call it: `ECONNREFUSED`, `ECONNRESET`, `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`. */
    readonly code: string;
  }

  /**
   * A subscriber of a `broadcast` is so far behind that messages were missed. It is told once; receiving again goes on with
   * the oldest message that is left.
   *
   * @example
   * ```ts
   * import { broadcast, LaggedError } from "threadloom:std";
   *
   * const news = broadcast<number>(2);
   * const slow = news.subscribe();
   * for (let n = 1; n <= 5; n++) news.send(n);
   * try {
   *   slow.recv();
   * } catch (error) {
   *   if (error instanceof LaggedError) console.log("missed", error.missed); // 3
   * }
   * console.log(slow.recv(), slow.recv()); // 4 5
   * ```
   */
  export class LaggedError extends Error {
    /** How many messages were missed. */
    readonly missed: number;
  }

  /**
   * A handle was used after it had moved to another thread, or after it was dropped or released. Names both places.
   *
   * @example
   * ```ts
   * import { channel, drop, MovedError } from "threadloom:std";
   *
   * const [tx, rx] = channel<number>();
   * drop(tx);
   * try {
   *   tx.send(1);
   * } catch (error) {
   *   if (error instanceof MovedError) console.log(error.message);
   * }
   * console.log(rx.tryRecv().kind);
   * ```
   */
  export class MovedError extends Error {}

  /**
   * Something cannot cross to another thread.
   *
   * @example
   * ```ts
   * import { channel, NotSendError } from "threadloom:std";
   *
   * const [tx, rx] = channel<unknown>();
   * try {
   *   tx.send({ answer: Promise.resolve(42) });
   * } catch (error) {
   *   if (error instanceof NotSendError) console.log(error.path);
   * }
   * console.log(rx.tryRecv().kind);
   * ```
   */
  export class NotSendError extends Error {
    /** Which part of the value is to blame: `options.logger.stream`. */
    readonly path: string;
  }
}
