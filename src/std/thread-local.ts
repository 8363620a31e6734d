/**
 * `ThreadLocal`: a value for each thread, made when the thread first asks for it. It belongs to the thread, as in Rust and Java:
 * the jobs of a pool find what earlier jobs of the same thread have left there.
 */
import type { Address } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { threadLocal, ThreadLocalOperation } from "../objects/thread-local.ts";
import { here } from "./activation.ts";
import { text } from "./errors.ts";
import { encodeForMany } from "./for-many.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class ThreadLocal<T> {
  readonly #at: Address;

  constructor(init: () => T) {
    const adopted = adoptedObject();
    if (adopted !== 0) {
      this.#at = adopted;
      return;
    }
    if (typeof init !== "function") {
      const told = { operation: "ThreadLocal", expected: "a function", value: typeof init };
      throw new TypeError(text(RUNTIME_MESSAGES.notAnInteger, told));
    }
    this.#at = engine.create(threadLocal, encodeForMany(init, "init"));
    remember(this.#at, this);
  }

  get(): T {
    const own = here.locals.get(this.#at);
    if (own !== undefined && !own.making) return own.value as T;
    if (own !== undefined) {
      const told = { local: engine.nameOf(this.#at) };
      throw new TypeError(text(RUNTIME_MESSAGES.localOfItself, told));
    }
    const init = engine.perform(this.#at, ThreadLocalOperation.MAKE) as Address;
    const made = { value: undefined as unknown, making: true };
    here.locals.set(this.#at, made);
    try {
      made.value = (engine.decode(init) as () => T)();
      made.making = false;
    } finally {
      // The next one who asks tries again.
      if (made.making) here.locals.delete(this.#at);
    }
    return made.value as T;
  }

  set(value: T): void {
    here.locals.set(this.#at, { value, making: false });
  }

  get [crossing](): Crossing {
    return { kind: "ThreadLocal", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `ThreadLocal(${engine.nameOf(this.#at)})`;
  }
}

crosses("ThreadLocal", "shared", (object) =>
  adopt(object, () => new ThreadLocal(undefined as never)),
);
