/** `Mutex<T>`: the lock's rules are in `objects/mutex.ts`; here is the value that it protects. */
import type { Address, Milliseconds, SiteId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { CellTag } from "../objects/cell.ts";
import { IGNORE_POISON, LockResult, mutex, MutexOperation, MutexWord } from "../objects/mutex.ts";
import { isInteger, packed, packs, unpack } from "./cargo.ts";
import { duration } from "./duration.ts";
import { PoisonError, text } from "./errors.ts";
import {
  adopt,
  adoptedObject,
  crosses,
  crossing,
  type Crossing,
  remember,
  usedAfter,
} from "./handle.ts";
import { engine, type Session } from "./intrinsics.ts";
import { inspected } from "./inspect.ts";
import { passing } from "./uses.ts";

/** A condition needs the lock behind a guard. */
export const lockBehind: unique symbol = Symbol("threadloom.lock");
export const relock: unique symbol = Symbol("threadloom.relock");
/** What somebody sees who only looks at a guard. */
export const peeked: unique symbol = Symbol("threadloom.peeked");
const retake = Symbol("threadloom.retake");
const giveBack = Symbol("threadloom.giveBack");
const live = Symbol("threadloom.live");

/** The value of a mutex as this thread last saw it. */
class LiveValue<T> {
  readonly #at: Address;
  #session: Session | undefined;
  #version = -1;
  #value: unknown;

  constructor(at: Address) {
    this.#at = at;
  }

  /** The protected value; decoded unless this thread wrote it last. The lock is held (or nobody runs). */
  read(): T {
    const { words } = engine;
    const at = this.#at;
    const version = words[at + MutexWord.VALUE_VERSION];
    if (version !== this.#version) {
      this.#value = unpack(
        words[at + MutexWord.VALUE_TAG],
        words[at + MutexWord.VALUE_LOW],
        words[at + MutexWord.VALUE_HIGH],
        (block) => (this.#session ??= engine.session()).decode(block),
      );
      this.#version = version;
    }
    return this.#value as T;
  }

  /** Stores `value`, unless it is what stands there already. A count that goes up is what most locks protect. */
  write(value: T): void {
    const { words } = engine;
    const at = this.#at;
    const tag = words[at + MutexWord.VALUE_TAG];
    if (tag === CellTag.INTEGER && isInteger(value)) {
      words[at + MutexWord.VALUE_LOW] = value;
      this.#version = ++words[at + MutexWord.VALUE_VERSION];
      this.#value = value;
      return;
    }
    const block = (tag === CellTag.BLOCK ? words[at + MutexWord.VALUE_LOW] : 0) as Address;
    if (packs(value)) {
      if (block !== 0) engine.release(block);
      this.#store(packed.tag, packed.low, packed.high);
    } else {
      const session = (this.#session ??= engine.session());
      const stored = session.encode(value, engine.nameOf(at), block);
      if (stored !== 0) this.#store(CellTag.BLOCK, stored, 0);
      // The handles in it are spent: the next look makes new ones.
      if (session.moved) this.#version = -1;
      else this.#value = value;
      return;
    }
    this.#value = value;
  }

  #store(tag: number, low: number, high: number): void {
    const { words } = engine;
    const at = this.#at;
    words[at + MutexWord.VALUE_TAG] = tag;
    words[at + MutexWord.VALUE_LOW] = low;
    words[at + MutexWord.VALUE_HIGH] = high;
    this.#version = ++words[at + MutexWord.VALUE_VERSION];
  }
}

/** What a guard has been through; a lock is taken and given back so often that these are bits of one field. */
const LOOKED = 1;
const WRITTEN = 2;
const RELEASED = 4;

export class MutexGuard<T> {
  readonly #lock: Mutex<T>;
  #value: T | undefined = undefined;
  /** `LOOKED`: the value was handed out, and may have been changed through what it refers to. */
  #state = 0;
  #releasedAt = 0;

  constructor(lock: Mutex<T>) {
    this.#lock = lock;
  }

  get value(): T {
    this.#check();
    if (this.#state === 0) {
      this.#value = this.#lock[live].read();
      this.#state = LOOKED;
    }
    return this.#value as T;
  }

  set value(value: T) {
    this.#check();
    this.#value = value;
    this.#state |= WRITTEN;
  }

  unlock(): void {
    this.#check();
    this.#release(0);
  }

  /** A guard that was released or whose lock a condition took is disposed in vain. Poisons if an exception passes. */
  [Symbol.dispose](): void {
    if (this.#state !== RELEASED) this.#release(passing() ? 1 + engine.site : 0);
  }

  /** The lock, for a condition to wait with; throws where the guard is released. */
  [lockBehind](): Mutex<T> {
    this.#check();
    return this.#lock;
  }

  /** Stores what was written, before the lock is given up: by a condition's wait as well. */
  store(): void {
    const state = this.#state;
    if (state === 0) return;
    if ((state & WRITTEN) !== 0 || this.#value instanceof Object) {
      this.#lock[live].write(this.#value as T);
    }
    this.#state = 0;
  }

  /** Takes the lock again, after a condition's wait gave it up. If it is poisoned meanwhile, it is not held. */
  [relock](): void {
    try {
      this.#lock[retake]();
    } catch (error) {
      this.#over();
      throw error;
    }
  }

  [inspected](): string {
    return `MutexGuard(${engine.nameOf(this.#lock[crossing].object)})`;
  }

  /** The lock; and the value, if the thread has had it in its hands: asking for it would be that. */
  [peeked](): { readonly lock: Address; readonly released: boolean; readonly live?: T } {
    const released = this.#state === RELEASED;
    const lock = this.#lock[crossing].object;
    return (this.#state & (LOOKED | WRITTEN)) === 0
      ? { lock, released }
      : { lock, released, live: this.#value };
  }

  #check(): void {
    if (this.#state !== RELEASED) return;
    const lock = engine.nameOf(this.#lock[crossing].object);
    throw usedAfter("released", lock, this.#releasedAt as SiteId);
  }

  #over(): void {
    this.#state = RELEASED;
    this.#releasedAt = engine.site;
  }

  #release(poison: number): void {
    if (this.#state !== 0) {
      try {
        this.store();
      } catch (error) {
        // What cannot be kept must not keep the lock as well.
        this.#over();
        this.#lock[giveBack](poison);
        throw error;
      }
    }
    this.#over();
    this.#lock[giveBack](poison);
  }
}

export class Mutex<T = void> {
  readonly #at: Address;
  readonly [live]: LiveValue<T>;

  constructor(value?: T) {
    const adopted = adoptedObject();
    if (adopted !== 0) {
      this.#at = adopted;
      this[live] = new LiveValue(adopted);
      return;
    }
    this.#at = engine.create(mutex);
    remember(this.#at, this);
    this[live] = new LiveValue(this.#at);
    if (value !== undefined) this[live].write(value);
  }

  lock(): MutexGuard<T> {
    const result = engine.perform(this.#at, MutexOperation.LOCK, 0, 0);
    if (result !== LockResult.HELD) this.#refusePoison(result);
    return new MutexGuard(this);
  }

  tryLock(): MutexGuard<T> | undefined {
    return this.#held(engine.perform(this.#at, MutexOperation.TRY_LOCK));
  }

  lockFor(timeout: number): MutexGuard<T> | undefined {
    const limit: Milliseconds = duration(timeout, "lockFor");
    return this.#held(engine.performFor(this.#at, MutexOperation.LOCK, 0, 0, limit));
  }

  /** What `PoisonError.recover` does. */
  lockPoisoned(): MutexGuard<T> {
    return this.#held(engine.perform(this.#at, MutexOperation.LOCK, IGNORE_POISON))!;
  }

  get isPoisoned(): boolean {
    return engine.perform(this.#at, MutexOperation.IS_POISONED) === 1;
  }

  clearPoison(): void {
    engine.perform(this.#at, MutexOperation.CLEAR_POISON);
  }

  /** For annotations: the value while nobody runs. Programs go through a guard. */
  get value(): T {
    if (!engine.evaluating) throw new TypeError("a Mutex has no value but through its guard");
    return this[live].read();
  }

  get [crossing](): Crossing {
    return { kind: "Mutex", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Mutex(${engine.nameOf(this.#at)})`;
  }

  [giveBack](poison: number): void {
    engine.perform(this.#at, MutexOperation.UNLOCK, poison, 0);
  }

  [retake](): void {
    this.#refusePoison(engine.perform(this.#at, MutexOperation.LOCK));
  }

  #held(result: number): MutexGuard<T> | undefined {
    if (result === LockResult.REFUSED) return undefined;
    this.#refusePoison(result);
    return new MutexGuard(this);
  }

  #refusePoison(result: number): void {
    if (result === LockResult.POISONED) {
      const since = (engine.words[this.#at + MutexWord.POISONED] - 1) as SiteId;
      throw new PoisonError(
        text(RUNTIME_MESSAGES.lockPoisoned, {
          lock: engine.nameOf(this.#at),
          place: engine.placeOf(since) || "a place that is not known",
        }),
        this,
      );
    }
  }
}

crosses("Mutex", "shared", (object) => adopt(object, () => new Mutex()));
