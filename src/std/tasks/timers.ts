/** `setTimeout` and its like, as Node has them: what they give can be held, released and refreshed. */
import { here } from "../activation.ts";
import { host } from "./host.ts";
import { TaskPromise } from "./promise.ts";
import type { Timer } from "./timer-queue.ts";

/** Longer, shorter or no number at all: one millisecond, as Node has it. */
const LONGEST = 2 ** 31 - 1;

type Callback = (...values: unknown[]) => void;

function checked(callback: unknown): Callback {
  if (typeof callback === "function") return callback as Callback;
  throw new TypeError(
    `The "callback" argument must be of type function. Received ${String(callback)}`,
  );
}

/** By number, those whose number somebody has asked for. */
const numbered = new Map<number, Timeout>();
let numbers = 0;

export class Timeout implements Timer {
  deadline = 0;
  order = 0;
  keeps = true;
  readonly #callback: Callback;
  readonly #values: readonly unknown[];
  readonly #delay: number;
  readonly #repeats: boolean;
  /** Where it was set. */
  readonly site = host.site;
  #pending = false;
  #number: number | undefined;

  constructor(callback: Callback, delay: unknown, values: readonly unknown[], repeats: boolean) {
    const asked = Number(delay);
    this.#callback = callback;
    this.#delay = asked >= 1 && asked <= LONGEST ? Math.trunc(asked) : 1;
    this.#values = values;
    this.#repeats = repeats;
    this.refresh();
  }

  /** Begins its time anew. */
  refresh(): this {
    return this.#begin(host.now() + this.#delay);
  }

  #begin(deadline: number): this {
    this.#take();
    this.deadline = deadline;
    this.#pending = true;
    here.tasks.timers.add(this);
    host.timersChanged();
    return this;
  }

  ref(): this {
    return this.#keep(true);
  }

  unref(): this {
    return this.#keep(false);
  }

  #keep(keeps: boolean): this {
    this.keeps = keeps;
    host.timersChanged();
    return this;
  }

  hasRef(): boolean {
    return this.keeps;
  }

  close(): this {
    this.#take();
    host.timersChanged();
    return this;
  }

  #take(): void {
    if (this.#pending) here.tasks.timers.remove(this);
    this.#pending = false;
    if (this.#number !== undefined) numbered.delete(this.#number);
  }

  /** Its time has come. */
  fire(): void {
    this.#take();
    const { deadline } = this;
    this.#pending = this.#repeats;
    this.#callback(...this.#values);
    // Cleared meanwhile, or refreshed.
    if (!this.#repeats || !this.#pending || this.deadline !== deadline) return;
    // Being a little late moves no later turn: what comes before what does not depend on it. Turns that were missed are left out.
    const now = host.now();
    this.#begin((deadline + this.#delay > now ? deadline : now) + this.#delay);
  }

  [Symbol.toPrimitive](): number {
    this.#number ??= ++numbers;
    if (this.#pending) numbered.set(this.#number, this);
    return this.#number;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export function setTimeout(callback: unknown, delay?: unknown, ...values: unknown[]): Timeout {
  return new Timeout(checked(callback), delay, values, false);
}

export function setInterval(callback: unknown, delay?: unknown, ...values: unknown[]): Timeout {
  return new Timeout(checked(callback), delay, values, true);
}

export function clearTimeout(timer: unknown): void {
  const found = timer instanceof Timeout ? timer : numbered.get(Number(timer));
  found?.close();
}

/** What `util.promisify(setTimeout)` gives. */
const promisified = Symbol.for("nodejs.util.promisify.custom");
Object.defineProperty(setTimeout, promisified, {
  value: (delay: unknown, value: unknown) =>
    new TaskPromise((resolve) => {
      setTimeout(resolve, delay, value);
    }),
});
