/** Async-from-Sync Iterator Objects (ECMA-262, 27.1.4): a synchronous iterable in a `for await`, whose values are awaited. */
import { type Job, State } from "./job.ts";
import {
  makePromise,
  promiseResolve,
  rejectPromise,
  resolvePromise,
  TaskPromise,
  waitFor,
} from "./promise.ts";

type Method = (this: unknown, ...values: unknown[]) => unknown;
type Iterated = Readonly<Record<"next" | "return" | "throw", unknown>>;

class Unwrapped implements Job {
  readonly promise: TaskPromise<unknown>;
  readonly #done: boolean;
  readonly #close: (() => void) | undefined;

  constructor(promise: TaskPromise<unknown>, done: boolean, close: (() => void) | undefined) {
    this.promise = promise;
    this.#done = done;
    this.#close = close;
  }

  perform(state: State, value: unknown): void {
    if (state === State.FULFILLED) {
      resolvePromise(this.promise, { value, done: this.#done });
      return;
    }
    try {
      this.#close?.();
    } catch {
      // What rejected the value goes before what closing throws.
    }
    rejectPromise(this.promise, value);
  }
}

export function asyncFromSync(iterator: Iterated): Iterated {
  const { next } = iterator;

  const close = (): void => {
    const finish = iterator.return;
    if (typeof finish === "function") (finish as Method).call(iterator);
  };

  /** AsyncFromSyncIteratorContinuation, 27.1.4.4. */
  const goOn = (promise: TaskPromise<unknown>, result: unknown, closes: boolean): void => {
    if (typeof result !== "object" || result === null)
      throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const step = result as IteratorResult<unknown, unknown>;
    const done = Boolean(step.done);
    const { value } = step;
    let wrapped: unknown;
    try {
      wrapped = promiseResolve(TaskPromise, value);
    } catch (error) {
      if (!done && closes) close();
      throw error;
    }
    const closing = !done && closes ? close : undefined;
    waitFor(wrapped as TaskPromise<unknown>, new Unwrapped(promise, done, closing));
  };

  const asked = (ask: (promise: TaskPromise<unknown>) => void): TaskPromise<unknown> => {
    const promise = makePromise();
    try {
      ask(promise);
    } catch (error) {
      rejectPromise(promise, error);
    }
    return promise;
  };

  return {
    next: (...values: unknown[]) =>
      asked((promise) => goOn(promise, (next as Method).call(iterator, ...values), true)),
    return: (...values: unknown[]) =>
      asked((promise) => {
        const finish = iterator.return;
        if (finish === undefined || finish === null) {
          resolvePromise(promise, { value: values[0], done: true });
          return;
        }
        goOn(promise, (finish as Method).call(iterator, ...values), false);
      }),
    throw: (...values: unknown[]) =>
      asked((promise) => {
        const fail = iterator.throw;
        if (fail === undefined || fail === null) {
          close();
          throw new TypeError("The iterator does not provide a 'throw' method.");
        }
        goOn(promise, (fail as Method).call(iterator, ...values), true);
      }),
  };
}
