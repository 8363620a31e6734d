/** `Semaphore`, and the `Permit` that acquiring gives. */
import type { Address, Milliseconds } from "../base/brand.ts";
import {
  MOST_PERMITS,
  PermitResult,
  semaphore,
  SemaphoreOperation,
  SemaphoreWord,
} from "../objects/semaphore.ts";
import { counted, outOfRange } from "./count.ts";
import { duration } from "./duration.ts";
import {
  adopt,
  adoptedObject,
  crosses,
  crossing,
  type Crossing,
  Life,
  remember,
} from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class Permit {
  readonly #semaphore: Semaphore;
  readonly #count: number;
  readonly #life = new Life();

  constructor(semaphore: Semaphore, count: number) {
    this.#semaphore = semaphore;
    this.#count = count;
  }

  forget(): void {
    this.#life.check(engine.nameOf(this.#semaphore[crossing].object));
    this.#life.end("released");
  }

  /** One that was given back or forgotten is disposed in vain. */
  [Symbol.dispose](): void {
    if (!this.#life.alive) return;
    this.#life.end("released");
    this.#semaphore.release(this.#count);
  }

  [inspected](): string {
    return `Permit(${engine.nameOf(this.#semaphore[crossing].object)}, ${this.#count})`;
  }
}

export class Semaphore {
  readonly #at: Address;

  constructor(permits: number) {
    const adopted = adoptedObject();
    this.#at = adopted || engine.create(semaphore, counted(permits, "Semaphore", 0, MOST_PERMITS));
    remember(this.#at, this);
  }

  acquire(count = 1): Permit {
    engine.perform(this.#at, acquiring(count, "acquire"), count);
    return new Permit(this, count);
  }

  acquireFor(timeout: number, count = 1): Permit | undefined {
    const limit: Milliseconds = duration(timeout, "acquireFor");
    const operation = acquiring(count, "acquireFor");
    return this.#held(engine.performFor(this.#at, operation, count, 0, limit), count);
  }

  tryAcquire(count = 1): Permit | undefined {
    counted(count, "tryAcquire", 1, MOST_PERMITS);
    return this.#held(engine.perform(this.#at, SemaphoreOperation.TRY_ACQUIRE, count), count);
  }

  release(count = 1): void {
    counted(count, "release", 1, MOST_PERMITS);
    if (engine.perform(this.#at, SemaphoreOperation.RELEASE, count) === PermitResult.TOO_MANY) {
      const most = MOST_PERMITS - engine.words[this.#at + SemaphoreWord.AVAILABLE];
      throw outOfRange(count, "release", 1, most);
    }
  }

  get available(): number {
    return engine.perform(this.#at, SemaphoreOperation.AVAILABLE);
  }

  get [crossing](): Crossing {
    return { kind: "Semaphore", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Semaphore(${engine.nameOf(this.#at)})`;
  }

  #held(result: number, count: number): Permit | undefined {
    return result === PermitResult.DONE ? new Permit(this, count) : undefined;
  }
}

function acquiring(count: number, operation: string): number {
  counted(count, operation, 1, MOST_PERMITS);
  return count === 1 ? SemaphoreOperation.ACQUIRE : SemaphoreOperation.ACQUIRE_MANY;
}

crosses("Semaphore", "shared", (object) => adopt(object, () => new Semaphore(0)));
