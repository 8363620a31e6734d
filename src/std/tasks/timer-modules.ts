/**
 * `node:timers` and `node:timers/promises`, over timers of the thread's own: so they pass in virtual time where time is virtual,
 * and what they promise settles on every engine.
 */
import { clearImmediate, setImmediate } from "./immediates.ts";
import { TaskPromise } from "./promise.ts";
import { clearTimeout, setInterval, setTimeout } from "./timers.ts";

interface Options {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

interface Pending {
  unref(): unknown;
}

type Begin = (done: () => void) => Pending;

/** Settles when what was begun is done, or fails when it is called off. */
function promised<T>(
  begin: Begin,
  cancel: (pending: Pending) => void,
  value: T,
  { signal, ref }: Options,
): TaskPromise<T> {
  return new TaskPromise<T>((resolve, reject) => {
    if (signal?.aborted === true) return reject(aborted(signal));
    const abort = (): void => {
      cancel(pending);
      reject(aborted(signal!));
    };
    const pending = begin(() => {
      signal?.removeEventListener("abort", abort);
      resolve(value);
    });
    if (ref === false) pending.unref();
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** As Node has it. */
function aborted({ reason }: AbortSignal): Error {
  const error = new Error("The operation was aborted", { cause: reason });
  return Object.assign(error, { name: "AbortError", code: "ABORT_ERR" });
}

const after = <T>(delay?: number, value?: T, options: Options = {}): TaskPromise<T> =>
  promised((done) => setTimeout(done, delay), clearTimeout, value as T, options);

const immediately = <T>(value?: T, options: Options = {}): TaskPromise<T> =>
  promised(setImmediate, clearImmediate, value as T, options);

/** Hands out `value` each time, also for the times that nobody was there to take. */
function every<T>(delay?: number, value?: T, { signal, ref }: Options = {}): AsyncIterable<T> {
  let missed = 0;
  let failure: Error | undefined;
  let over = false;
  let wake: (() => void) | undefined;
  const timer = setInterval(() => {
    missed++;
    wake?.();
  }, delay);
  if (ref === false) timer.unref();
  const end = (): void => {
    over = true;
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    wake?.();
  };
  const abort = (): void => {
    failure = aborted(signal!);
    end();
  };
  if (signal?.aborted === true) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  const step = (resolve: (result: unknown) => void, reject: (error: unknown) => void): void => {
    wake = undefined;
    if (missed > 0) {
      missed--;
      resolve({ value, done: false });
    } else if (failure !== undefined) {
      const error = failure;
      failure = undefined;
      reject(error);
    } else if (over) resolve({ value: undefined, done: true });
    else wake = () => step(resolve, reject);
  };
  const iterator = {
    next: () => new TaskPromise(step),
    return: () => {
      end();
      return new TaskPromise((resolve) => resolve({ value: undefined, done: true }));
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator as unknown as AsyncIterable<T>;
}

const scheduler = {
  wait: (delay: number, options?: Options): TaskPromise<void> => after(delay, undefined, options),
  yield: (): TaskPromise<void> => immediately(),
};

const promises = { setTimeout: after, setImmediate: immediately, setInterval: every, scheduler };

const timers = {
  ...{ setTimeout, setInterval, clearTimeout, clearInterval: clearTimeout },
  ...{ setImmediate, clearImmediate, promises },
};

/** By specifier, without `node:`. */
export const TIMER_MODULES: Readonly<Record<string, Record<string, unknown>>> = {
  timers: { ...timers, default: timers },
  "timers/promises": { ...promises, default: promises },
};
