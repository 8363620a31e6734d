/** `AtomicRef`: each method is one operation of `objects/atomic-ref.ts`. */
import type { Address } from "../base/brand.ts";
import { atomicRef, AtomicRefOperation, referred } from "../objects/atomic-ref.ts";
import { isSame } from "../objects/value-words.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { identify, identifyToStore, identity, release, stored, take, valueOf } from "./identity.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class AtomicRef<T> {
  readonly #at: Address;

  constructor(value: T) {
    const adopted = adoptedObject();
    if (adopted !== 0) {
      this.#at = adopted;
      return;
    }
    identifyToStore(value, 0 as Address);
    const { low, high } = identity;
    this.#at = engine.create(atomicRef, low, high);
    stored(low, high, true);
    remember(this.#at, this);
  }

  load(): T {
    if (engine.evaluating) {
      const { low, high } = referred(engine.words, this.#at);
      return valueOf(low, high) as T;
    }
    const low = engine.perform(this.#at, AtomicRefOperation.LOAD);
    return take(low, engine.high) as T;
  }

  store(value: T): void {
    const { low, high } = this.#replace(AtomicRefOperation.STORE, value);
    release(low, high);
  }

  swap(value: T): T {
    const { low, high } = this.#replace(AtomicRefOperation.SWAP, value);
    return take(low, high) as T;
  }

  compareExchange(expected: T, replacement: T): T {
    identify(expected, this.#at);
    const { low: expectedLow, high: expectedHigh } = identity;
    identifyToStore(replacement, this.#at);
    const { low: nextLow, high: nextHigh } = identity;
    engine.low = nextLow;
    engine.high = nextHigh;
    const operation = AtomicRefOperation.COMPARE_EXCHANGE;
    const low = engine.perform(this.#at, operation, expectedLow, expectedHigh);
    const { high, words } = engine;
    stored(nextLow, nextHigh, isSame(words, low, high, expectedLow, expectedHigh));
    release(expectedLow, expectedHigh);
    return take(low, high) as T;
  }

  get [crossing](): Crossing {
    return { kind: "AtomicRef", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `AtomicRef(${engine.nameOf(this.#at)})`;
  }

  /** The words of the value before, which are this thread's now. */
  #replace(operation: number, value: T): { low: number; high: number } {
    identifyToStore(value, this.#at);
    const { low, high } = identity;
    const before = engine.perform(this.#at, operation, low, high);
    const replaced = { low: before, high: engine.high };
    stored(low, high, true);
    return replaced;
  }
}

crosses("AtomicRef", "shared", (object) => adopt(object, () => new AtomicRef(undefined)));
