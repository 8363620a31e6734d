// Collections that threads share: `threadloom:collections`.
//
// Everywhere: each operation happens as a whole, in one order for all threads, and none blocks. A collection is shared when it is
// captured or sent. What is put in crosses by copy, as a message does; who finds it has a copy. What was done before something was
// put in has happened for whoever finds it there. Exploring knows what commutes: two operations on different keys of a map, two
// additions to a counter, a push and a pop that have nothing to do with each other.

declare module "threadloom:collections" {
  /**
   * A map that threads share, as Java's `ConcurrentHashMap`. Operations on different keys have nothing to do with each other:
   * exploring tries no orders of them.
   *
   * Keys are the same as in JavaScript's `Map` where they are primitives. An object is a key by identity: inserting it
   * **freezes** it and shares it by reference, as storing it in an `AtomicRef` does, so that it is the same key in every
   * thread. Shared handles may be keys too. Values are copied in and out; what moves (a channel's end) cannot be one, as many may find it.
   *
   * Two operations one after another are not one: between `get` and `set` others come. Use {@link getOrInsert}, or a Mutex.
   *
   * @example
   * ```ts
   * import { assert, scope } from "threadloom:std";
   * import { ConcurrentMap } from "threadloom:collections";
   *
   * const ages = new ConcurrentMap<string, number>();
   * scope((s) => {
   *   s.spawn(() => { ages.set("ada", 36); });
   *   s.spawn(() => { ages.set("alan", 41); });
   * });
   * assert(ages.size === 2 && ages.get("ada") === 36);
   * assert(ages.delete("ada") && ages.get("ada") === undefined);
   * ```
   * @see {@link https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/ConcurrentHashMap.html | ConcurrentHashMap in Java}
   */
  export class ConcurrentMap<K, V> {
    /** A copy of the value; `undefined` if the key has none. */
    get(key: K): V | undefined;
    /**
     * Sets the value, and gives the one before; `undefined` if there was none.
     *
     * @throws {NotSendError} when the key or the value cannot cross, or the value holds what moves.
     */
    set(key: K, value: V): V | undefined;
    /** Takes the key out. Says whether it was there. */
    delete(key: K): boolean;
    /**
     * The value; where there is none, what `make` gives is inserted and is the value. `make` may block, and runs outside of
     * the map: threads that ask at the same time may all run theirs, and one of them wins, whose value all of them get. An
     * exception that leaves `make` leaves this call too, and nothing is inserted.
     *
     * @throws {NotSendError} as {@link set}.
     * @example
     * ```ts
     * import { assert, spawn } from "threadloom:std";
     * import { ConcurrentMap } from "threadloom:collections";
     *
     * const squares = new ConcurrentMap<number, { square: number }>();
     * const ask = () => squares.getOrInsert(7, () => ({ square: 49 })).square;
     * assert(spawn(ask).join() === ask() && squares.size === 1);
     * ```
     */
    getOrInsert(key: K, make: () => V): V;
    /** How many keys it has, at this moment. */
    readonly size: number;
  }

  /**
   * A queue that many threads put into and many take out of, first in, first out. None of them waits: use a channel where they
   * shall. What moves (a channel's end) moves into it, and out of it to the thread that takes it.
   *
   * @example
   * ```ts
   * import { assert, spawn } from "threadloom:std";
   * import { ConcurrentQueue } from "threadloom:collections";
   *
   * const jobs = new ConcurrentQueue<string>(2);
   * assert(jobs.push("wash") && jobs.push("dry"));
   * assert(!jobs.push("iron")); // it is full
   * const taken = spawn(() => jobs.pop()).join();
   * assert(taken === "wash" && jobs.size === 1);
   * ```
   * @see {@link https://docs.rs/crossbeam/latest/crossbeam/queue/struct.ArrayQueue.html | ArrayQueue in Rust's crossbeam}
   */
  export class ConcurrentQueue<T> {
    /**
     * @param capacity How many it holds at most; without a limit by default.
     * @throws {RangeError} when it is no whole number from 1.
     */
    constructor(capacity?: number);
    /**
     * Puts a copy at the end.
     *
     * @returns `false` if it is full: then nothing is put in, and what would have moved stays.
     * @throws {NotSendError} when it cannot cross.
     */
    push(value: T): boolean;
    /** Takes out the first; `undefined` if there is none. */
    pop(): T | undefined;
    /** How many are in it, at this moment. */
    readonly size: number;
  }

  /**
   * A stack that threads share, last in, first out. What moves (a channel's end) moves into it, and out of it to the thread
   * that takes it. `examples/5-data-structures/treiber-stack.ts` shows how one is made of an `AtomicRef`.
   *
   * @example
   * ```ts
   * import { assert, scope } from "threadloom:std";
   * import { ConcurrentStack } from "threadloom:collections";
   *
   * const plates = new ConcurrentStack<number>();
   * scope((s) => { for (const plate of [1, 2]) s.spawn(() => plates.push(plate)); });
   * assert((plates.pop() ?? 0) + (plates.pop() ?? 0) === 3);
   * assert(plates.pop() === undefined);
   * ```
   * @see {@link https://docs.rs/treiber_stack | A Treiber stack in Rust}
   */
  export class ConcurrentStack<T> {
    /**
     * Puts a copy on top.
     *
     * @throws {NotSendError} when it cannot cross.
     */
    push(value: T): void;
    /** Takes the top off; `undefined` if there is none. */
    pop(): T | undefined;
  }

  /**
   * A sum that threads add to. Adding does not tell what the sum is, so additions commute: exploring tries no orders of them,
   * whereas each `fetchAdd` of an atomic sees those before it. The sum is that of one moment.
   *
   * @example
   * ```ts
   * import { assert, scope } from "threadloom:std";
   * import { StripedCounter } from "threadloom:collections";
   *
   * const visits = new StripedCounter();
   * scope((s) => { for (let i = 0; i < 3; i++) s.spawn(() => { visits.add(); visits.add(2); }); });
   * assert(visits.sum() === 9);
   * ```
   * @see {@link https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/concurrent/atomic/LongAdder.html | LongAdder in Java}
   */
  export class StripedCounter {
    /**
     * @param n What to add, a whole number; 1 by default. The sum wraps around at 64 bits.
     * @throws {TypeError} when it is none, or beyond 2^53.
     */
    add(n?: number): void;
    /** The sum; exact up to 2^53. */
    sum(): number;
  }
}
