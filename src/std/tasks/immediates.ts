/** `setImmediate`, `process.nextTick` and `queueMicrotask`. On a real thread `nextTick` is Node's own. */
import { here } from "../activation.ts";
import { host } from "./host.ts";
import { type Job, State } from "./job.ts";

type Callback = (...values: unknown[]) => void;

function checked(callback: unknown): Callback {
  if (typeof callback === "function") return callback as Callback;
  throw new TypeError(
    `The "callback" argument must be of type function. Received ${String(callback)}`,
  );
}

export class Immediate {
  readonly #callback: Callback;
  readonly #values: readonly unknown[];

  constructor(callback: Callback, values: readonly unknown[]) {
    this.#callback = callback;
    this.#values = values;
  }

  fire(): void {
    this.#callback(...this.#values);
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.dispose](): void {
    clearImmediate(this);
  }
}

export function setImmediate(callback: unknown, ...values: unknown[]): Immediate {
  const immediate = new Immediate(checked(callback), values);
  here.tasks.immediates.add(immediate);
  host.awaitsTurn();
  return immediate;
}

export function clearImmediate(immediate: unknown): void {
  if (immediate instanceof Immediate) here.tasks.immediates.delete(immediate);
}

export function nextTick(callback: unknown, ...values: unknown[]): void {
  const called = checked(callback);
  here.tasks.ticks.push(() => called(...values));
}

class Microtask implements Job {
  readonly #callback: Callback;

  constructor(callback: Callback) {
    this.#callback = callback;
  }

  perform(): void {
    this.#callback();
  }
}

export function queueMicrotask(callback: unknown): void {
  here.tasks.enqueue(new Microtask(checked(callback)), State.FULFILLED, undefined);
}
