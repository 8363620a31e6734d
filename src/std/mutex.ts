/** `Mutex<T>`: the lock's rules are in `objects/mutex.ts`; what it protects and its guard are as any lock's. */
import type { Address, Milliseconds, SiteId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { IGNORE_POISON, LockResult, mutex, MutexOperation, MutexWord } from "../objects/mutex.ts";
import { duration } from "./duration.ts";
import { PoisonError, text } from "./errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { LiveValue } from "./live-value.ts";
import { giveBack, live, lockBehind, lost, ValueGuard } from "./value-guard.ts";

export const relock: unique symbol = Symbol("threadloom.relock");
const retake = Symbol("threadloom.retake");

export class MutexGuard<T> extends ValueGuard<T, Mutex<T>> {
  protected override get kind(): string {
    return "MutexGuard";
  }

  /** Takes the lock again, after a condition's wait gave it up. If it is poisoned meanwhile, it is not held. */
  [relock](): void {
    try {
      this[lockBehind]()[retake]();
      this[lockBehind]()[live].check();
    } catch (error) {
      this[lost]();
      throw error;
    }
  }
}

export class Mutex<T = void> {
  readonly #at: Address;
  readonly [live]: LiveValue<T>;

  constructor(value?: T) {
    const adopted = adoptedObject();
    if (adopted !== 0) {
      this.#at = adopted;
      this[live] = new LiveValue(adopted, MutexWord.VALUE_TAG);
      return;
    }
    this.#at = engine.create(mutex);
    remember(this.#at, this);
    this[live] = new LiveValue(this.#at, MutexWord.VALUE_TAG);
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
