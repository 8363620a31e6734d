/** `Latch` and `WaitGroup`: counts that threads wait to see at 0. */
import type { Address } from "../base/brand.ts";
import { CountWord, OUT_OF_RANGE } from "../objects/count.ts";
import { latch, LatchOperation } from "../objects/latch.ts";
import { waitGroup, WaitGroupOperation } from "../objects/wait-group.ts";
import { counted, MOST_COUNTED, outOfRange } from "./count.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class Latch {
  readonly #at: Address;

  constructor(count: number) {
    this.#at = adoptedObject() || engine.create(latch, counted(count, "Latch", 0));
    remember(this.#at, this);
  }

  countDown(n = 1): void {
    counted(n, "countDown", 0);
    if (engine.perform(this.#at, LatchOperation.COUNT_DOWN, n) === OUT_OF_RANGE)
      throw outOfRange(n, "countDown", 0, engine.words[this.#at + CountWord.COUNT]);
  }

  wait(): void {
    engine.perform(this.#at, LatchOperation.WAIT);
  }

  get count(): number {
    return engine.perform(this.#at, LatchOperation.COUNT);
  }

  get [crossing](): Crossing {
    return { kind: "Latch", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Latch(${engine.nameOf(this.#at)})`;
  }
}

crosses("Latch", "shared", (object) => adopt(object, () => new Latch(0)));

export class WaitGroup {
  readonly #at = adoptedObject() || engine.create(waitGroup);

  constructor() {
    remember(this.#at, this);
  }

  add(n = 1): void {
    counted(n, "add", 0);
    if (engine.perform(this.#at, WaitGroupOperation.ADD, n) === OUT_OF_RANGE)
      throw outOfRange(n, "add", 0, MOST_COUNTED - engine.words[this.#at + CountWord.COUNT]);
  }

  done(): void {
    if (engine.perform(this.#at, WaitGroupOperation.DONE) === OUT_OF_RANGE)
      throw outOfRange(1, "done", 0, 0);
  }

  wait(): void {
    engine.perform(this.#at, WaitGroupOperation.WAIT);
  }

  get [crossing](): Crossing {
    return { kind: "WaitGroup", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `WaitGroup(${engine.nameOf(this.#at)})`;
  }
}

crosses("WaitGroup", "shared", (object) => adopt(object, () => new WaitGroup()));
