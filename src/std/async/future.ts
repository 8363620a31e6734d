/**
 * `Future`: nothing happens until it is polled, as in Rust. Whoever awaits one drives it: polls it, and again each time its waker
 * is called. A waker may be called by any thread.
 */
import type { Address } from "../../base/brand.ts";
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { semaphore, SemaphoreOperation } from "../../objects/semaphore.ts";
import { here } from "../activation.ts";
import { text } from "../errors.ts";
import { driving } from "./abandon.ts";
import { OperationCase } from "./cases.ts";
import { crosses, crossing, type Crossing, type Handle } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { host } from "../tasks/host.ts";
import { type Job, State } from "../tasks/job.ts";
import {
  driven,
  makePromiseOf,
  rejectPromise,
  resolvePromise,
  type Source,
  stateOf,
  stopWaiting,
  type TaskPromise,
  valueOf,
  waitFor,
} from "../tasks/promise.ts";
import type { AwaitedOperation } from "../tasks/state.ts";

export type Poll<T> = { ready: true; value: T } | { ready: false };

export interface Waker {
  wake(): void;
}

const PENDING: Poll<never> = { ready: false };

export class Future<T> {
  readonly #poll: (waker: Waker) => Poll<T>;
  readonly #abandon: (() => void) | undefined;
  #isDone = false;
  #promise: TaskPromise<T> | undefined;

  /** `abandon`: of one of ours, when nobody wants it any more. */
  constructor(poll: (waker: Waker) => Poll<T>, abandon?: () => void) {
    if (typeof poll !== "function") {
      const told = { operation: "Future", expected: "a function", value: typeof poll };
      throw new TypeError(text(TASK_MESSAGES.notGiven, told));
    }
    this.#poll = poll;
    this.#abandon = abandon;
  }

  poll(waker: Waker): Poll<T> {
    if (this.#isDone) throw new TypeError(text(TASK_MESSAGES.polledAgain, {}));
    const polled = this.#poll(waker);
    this.#isDone = polled.ready;
    return polled;
  }

  [driven](): TaskPromise<T> {
    return (this.#promise ??= new Driver(this, this.#abandon).promise);
  }

  then(onFulfilled?: unknown, onRejected?: unknown): unknown {
    return this[driven]().then(onFulfilled, onRejected);
  }
}

/** Polls a future until it is ready. */
class Driver<T> implements Job, Source {
  readonly promise: TaskPromise<T> = makePromiseOf<T>(this);
  readonly #future: Future<T>;
  readonly #abandon: (() => void) | undefined;
  readonly #waker = new LocalWaker(() => this.#wake());
  #isWoken = true;
  #over = false;

  constructor(future: Future<T>, abandon: (() => void) | undefined) {
    this.#future = future;
    this.#abandon = abandon;
    this.perform();
  }

  perform(): void {
    if (this.#over) return;
    this.#isWoken = false;
    try {
      const polled = this.#future.poll(this.#waker);
      if (!polled.ready) return;
      this.#end();
      resolvePromise(this.promise, polled.value);
    } catch (error) {
      this.#end();
      rejectPromise(this.promise, error);
    }
  }

  #wake(): void {
    if (this.#isWoken || this.#over) return;
    this.#isWoken = true;
    here.tasks.enqueue(this, State.FULFILLED, undefined);
  }

  #end(): void {
    this.#over = true;
    this.#waker.retire();
  }

  abandon(): void {
    if (this.#over) return;
    this.#end();
    this.#abandon?.();
  }
}

/** Another thread has called the waker: as often as it does, until nobody heeds it any more. */
class Calls extends OperationCase<true> implements AwaitedOperation {
  readonly site = engine.site;

  isPossible(): boolean {
    return true;
  }
}

/** The waker as the thread has it whose task it wakes. Other threads get at it by an object that this one then waits for. */
class LocalWaker implements Waker, Handle {
  readonly #wake: () => void;
  #object = 0 as Address;
  #calls: Calls | undefined;
  #isRetired = false;

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  wake(): void {
    this.#wake();
  }

  /** Nobody waits for what it wakes any more. */
  retire(): void {
    this.#isRetired = true;
    if (this.#calls !== undefined) here.tasks.awaiting.delete(this.#calls);
  }

  get [crossing](): Crossing {
    if (this.#object === 0) {
      this.#object = engine.create(semaphore, 0);
      if (!this.#isRetired) this.#heed();
    }
    return { kind: "Waker", object: this.#object, detail: 0 };
  }

  #heed(): void {
    const called = (): true => {
      this.#wake();
      return true;
    };
    this.#calls = new Calls(this.#object, SemaphoreOperation.ACQUIRE, 1, called);
    here.tasks.awaiting.add(this.#calls);
    host.awaitsTurn();
  }
}

/** The waker in another thread than its task's. */
class RemoteWaker implements Waker, Handle {
  readonly #object: Address;

  constructor(object: Address) {
    this.#object = object;
  }

  wake(): void {
    engine.perform(this.#object, SemaphoreOperation.RELEASE, 1);
  }

  get [crossing](): Crossing {
    return { kind: "Waker", object: this.#object, detail: 0 };
  }
}

// What comes back to its own thread is a remote one there, which does as well.
crosses("Waker", "shared", (object) => new RemoteWaker(object));

/** A future of a promise that is made when it is polled first. */
export function futureOf<T>(make: () => TaskPromise<T>): Future<T> {
  let promise: TaskPromise<T> | undefined;
  let latest: Waker;
  const job: Job = { perform: () => latest.wake() };
  const poll = (waker: Waker): Poll<T> => {
    latest = waker;
    if (promise === undefined) {
      promise = make();
      if (stateOf(promise) === State.PENDING) waitFor(promise, job);
    }
    switch (stateOf(promise)) {
      case State.PENDING:
        return PENDING;
      case State.REJECTED:
        waitFor(promise, { perform: () => undefined });
        throw valueOf(promise);
      default:
        return { ready: true, value: valueOf(promise) as T };
    }
  };
  return new Future(poll, () => {
    if (promise !== undefined) stopWaiting(promise, job);
  });
}

export function lazy<T>(body: () => PromiseLike<T>): Future<T> {
  if (typeof body === "function") return futureOf(() => driving(body()));
  const told = { operation: "lazy", expected: "an async function", value: typeof body };
  throw new TypeError(text(TASK_MESSAGES.notGiven, told));
}
