/** `Condvar`: waiting is giving up the lock, being notified, and taking the lock again. */
import type { Milliseconds } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { condvar, CondvarOperation, Woken } from "../objects/condvar.ts";
import { duration } from "./duration.ts";
import { text } from "./errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { MutexGuard, relock } from "./mutex.ts";
import { lockBehind } from "./value-guard.ts";

function lockOf(guard: unknown, operation: string) {
  if (guard instanceof MutexGuard) return guard[lockBehind]()[crossing].object;
  throw new TypeError(text(RUNTIME_MESSAGES.wrongGuard, { operation, value: typeof guard }));
}

export class Condvar {
  readonly #at = adoptedObject() || engine.create(condvar);

  constructor() {
    remember(this.#at, this);
  }

  wait(guard: MutexGuard<unknown>): void {
    this.#wait(guard, "wait", Infinity as Milliseconds);
  }

  waitWhile<T>(guard: MutexGuard<T>, condition: (value: T) => boolean): void {
    lockOf(guard, "waitWhile");
    while (condition(guard.value)) this.#wait(guard, "waitWhile", Infinity as Milliseconds);
  }

  waitFor(guard: MutexGuard<unknown>, timeout: number): boolean {
    return this.#wait(guard, "waitFor", duration(timeout, "waitFor"));
  }

  notifyOne(): void {
    engine.perform(this.#at, CondvarOperation.NOTIFY_ONE);
  }

  notifyAll(): void {
    engine.perform(this.#at, CondvarOperation.NOTIFY_ALL);
  }

  get [crossing](): Crossing {
    return { kind: "Condvar", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Condvar(${engine.nameOf(this.#at)})`;
  }

  #wait(guard: MutexGuard<unknown>, operation: string, timeout: Milliseconds): boolean {
    const lock = lockOf(guard, operation);
    guard.store();
    const { node, site } = engine;
    engine.perform(this.#at, CondvarOperation.WAIT, lock, node);
    const woken = engine.performFor(this.#at, CondvarOperation.AWAIT, node, 0, timeout);
    engine.site = site;
    guard[relock]();
    return woken !== Woken.TIMED_OUT;
  }
}

crosses("Condvar", "shared", (object) => adopt(object, () => new Condvar()));
