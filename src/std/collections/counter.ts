/** `StripedCounter`: each method is one operation of `objects/counter.ts`. */
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { counter, CounterOperation } from "../../objects/counter.ts";
import { text } from "../errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "../handle.ts";
import { inspected } from "../inspect.ts";
import { engine } from "../intrinsics.ts";

const HALF = 2 ** 32;

export class StripedCounter {
  readonly #at = adoptedObject() || engine.create(counter);

  constructor() {
    remember(this.#at, this);
  }

  add(n = 1): void {
    if (!Number.isSafeInteger(n)) {
      const told = { operation: "add", expected: "a whole number", value: String(n) };
      throw new TypeError(text(RUNTIME_MESSAGES.notAnInteger, told));
    }
    engine.perform(this.#at, CounterOperation.ADD, n | 0, Math.floor(n / HALF));
  }

  sum(): number {
    const low = engine.perform(this.#at, CounterOperation.SUM);
    return engine.high * HALF + (low >>> 0);
  }

  get [crossing](): Crossing {
    return { kind: "StripedCounter", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `StripedCounter(${engine.nameOf(this.#at)})`;
  }
}

crosses("StripedCounter", "shared", (object) => adopt(object, () => new StripedCounter()));
