/**
 * What the guards of locks with a value have in common: the value, and that what was written to it is stored before the lock is
 * given back. A guard that passes an exception on poisons its lock.
 */
import type { Address, SiteId } from "../base/brand.ts";
import { crossing, type Crossing, usedAfter } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import type { LiveValue } from "./live-value.ts";
import { passing } from "./uses.ts";

/** A lock as its guard knows it. */
export interface GuardedLock<T> {
  readonly [live]: LiveValue<T>;
  /** `poison`: 0, or 1 + the site where an exception passes through the block of `guard`. */
  [giveBack](poison: number, guard: object): void;
  readonly [crossing]: Crossing;
}

/** A guard as somebody sees it who only looks. */
export interface PeekedGuard<T> {
  /** "MutexGuard", "Mutex". */
  readonly kind: string;
  readonly lockKind: string;
  readonly lock: Address;
  readonly released: boolean;
  /** The value, if the thread has had it in its hands: asking for it would be that. */
  readonly live?: T;
}

export const live: unique symbol = Symbol("threadloom.live");
export const giveBack: unique symbol = Symbol("threadloom.giveBack");
/** A condition needs the lock behind a guard. */
export const lockBehind: unique symbol = Symbol("threadloom.lock");
/** The lock is not held any more, by no doing of the guard. */
export const lost: unique symbol = Symbol("threadloom.lost");
/** What somebody sees of a guard who only looks. */
export const peeked: unique symbol = Symbol("threadloom.peeked");

/** What a guard has been through; a lock is taken and given back so often that these are bits of one field. */
const LOOKED = 1;
const WRITTEN = 2;
const RELEASED = 4;

export abstract class ValueGuard<T, L extends GuardedLock<T>> {
  readonly #lock: L;
  #value: T | undefined = undefined;
  /** `LOOKED`: the value was handed out, and may have been changed through what it refers to. */
  #state = 0;
  #releasedAt = 0;

  constructor(lock: L) {
    this.#lock = lock;
    lock[live].check();
  }

  protected abstract get kind(): string;

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
  [lockBehind](): L {
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

  [inspected](): string {
    return `${this.kind}(${engine.nameOf(this.#lock[crossing].object)})`;
  }

  [peeked](): PeekedGuard<T> {
    const { object: lock, kind: lockKind } = this.#lock[crossing];
    const seen = { kind: this.kind, lockKind, lock, released: this.#state === RELEASED };
    return (this.#state & (LOOKED | WRITTEN)) === 0 ? seen : { ...seen, live: this.#value };
  }

  #check(): void {
    if (this.#state !== RELEASED) return;
    const lock = engine.nameOf(this.#lock[crossing].object);
    throw usedAfter("released", lock, this.#releasedAt as SiteId);
  }

  [lost](): void {
    this.#state = RELEASED;
    this.#releasedAt = engine.site;
  }

  #release(poison: number): void {
    if (this.#state !== 0) {
      try {
        this.store();
      } catch (error) {
        // What cannot be kept must not keep the lock as well.
        this[lost]();
        this.#lock[giveBack](poison, this);
        throw error;
      }
    }
    this[lost]();
    this.#lock[giveBack](poison, this);
  }
}

/** A guard of any lock. */
export type AnyGuard = ValueGuard<unknown, GuardedLock<unknown>>;

export const isGuard = (value: unknown): value is AnyGuard => value instanceof ValueGuard;
