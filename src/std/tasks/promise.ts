/**
 * `Promise` as programs see it (ECMA-262, 27.2), over the jobs of the thread that runs. One definition for both engines: the
 * order in which things happen is the language's own, and where a callback has to wait on the model engine, the thread waits
 * as on a real one.
 *
 * What stands in a promise is kept apart from the class that a person may extend, so that promises of ours are made
 * without calling anything. Promises of Node and of packages are the language's own: here they are thenables like others.
 * Left out: the hooks of debuggers.
 */
import { here } from "../activation.ts";
import { inspected } from "../inspect.ts";
import { host } from "./host.ts";
import { type Job, State } from "./job.ts";

const NONE: readonly never[] = [];
const OwnPromise = globalThis.Promise;

let isPromise: (value: unknown) => value is TaskPromise<unknown>;
export let stateOf: (promise: TaskPromise<unknown>) => State;
export let valueOf: (promise: TaskPromise<unknown>) => unknown;
/** PerformPromiseThen, 27.2.5.4.1: has `job` performed with what `promise` comes to. */
export let waitFor: (promise: TaskPromise<unknown>, job: Job) => void;
/** FulfillPromise and RejectPromise, 27.2.1.4 and 27.2.1.7. */
let settle: (promise: TaskPromise<unknown>, state: State, value: unknown) => void;

/** What a promise comes from, where that can be given up: a task, a timer, an operation that waits. */
export interface Source {
  /** Nobody waits for it any more. */
  abandon(): void;
}

let sourceSetter: (promise: TaskPromise<unknown>, source: Source) => void;
/** Takes `job` away from those who wait for `promise`; if nobody else waits, what it comes from is given up. */
export let stopWaiting: (promise: TaskPromise<unknown>, job: Job) => void;
/** Who waits for it, where that is one and nobody else. */
export let onlyWaiter: (promise: TaskPromise<unknown>) => Job | undefined;
/** Its rejection is nobody's concern, whoever waits for it. */
export let silence: (promise: TaskPromise<unknown>) => void;

/** What stands in a promise. */
class Slots {
  #state: State = State.PENDING;
  #value: unknown = undefined;
  /** Who waits: nobody, one, or several in order. */
  #waiting: Job | Job[] | undefined = undefined;
  /** Whether anybody will be told of a rejection. */
  #handled = false;
  #source: Source | undefined = undefined;

  static {
    isPromise = (value): value is TaskPromise<unknown> =>
      typeof value === "object" && value !== null && #state in value;
    stateOf = (promise) => promise.#state;
    valueOf = (promise) => promise.#value;

    settle = (promise, state, value) => {
      const waiting = promise.#waiting;
      promise.#state = state;
      promise.#value = value;
      promise.#waiting = undefined;
      if (state === State.REJECTED && !promise.#handled) here.tasks.reject(promise, value);
      if (waiting === undefined) return;
      if (!Array.isArray(waiting)) here.tasks.enqueue(waiting, state, value);
      else for (const job of waiting) here.tasks.enqueue(job, state, value);
    };

    sourceSetter = (promise, source) => {
      promise.#source = source;
    };

    stopWaiting = (promise, job) => {
      if (promise.#state !== State.PENDING) return;
      const waiting = promise.#waiting;
      if (waiting === job) promise.#waiting = undefined;
      else if (Array.isArray(waiting)) {
        const left = waiting.filter((one) => one !== job);
        promise.#waiting = left.length > 1 ? left : left[0];
      }
      if (promise.#waiting !== undefined) return;
      promise.#handled = true;
      promise.#source?.abandon();
    };

    onlyWaiter = (promise) => {
      const waiting = promise.#waiting;
      return Array.isArray(waiting) ? undefined : waiting;
    };

    silence = (promise) => {
      if (promise.#state === State.REJECTED) here.tasks.rejected.delete(promise);
      promise.#handled = true;
    };

    waitFor = (promise, job) => {
      const state = promise.#state;
      if (state === State.PENDING) {
        const waiting = promise.#waiting;
        if (waiting === undefined) promise.#waiting = job;
        else if (Array.isArray(waiting)) waiting.push(job);
        else promise.#waiting = [waiting, job];
      } else {
        if (state === State.REJECTED && !promise.#handled) here.tasks.rejected.delete(promise);
        here.tasks.enqueue(job, state, promise.#value);
      }
      promise.#handled = true;
    };
  }
}

export function makePromise<T = unknown>(): TaskPromise<T> {
  return Reflect.construct(Slots, NONE, TaskPromise) as TaskPromise<T>;
}

/** A promise that comes from something which can be given up. */
export function makePromiseOf<T>(source: Source): TaskPromise<T> {
  const promise = makePromise<T>();
  sourceSetter(promise, source);
  return promise;
}

export function rejectPromise(promise: TaskPromise<unknown>, reason: unknown): void {
  settle(promise, State.REJECTED, reason);
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** Promise Resolve Functions, 27.2.1.3.2. */
export function resolvePromise(promise: TaskPromise<unknown>, value: unknown): void {
  if (!isObject(value)) return settle(promise, State.FULFILLED, value);
  if (value === promise) {
    return rejectPromise(promise, new TypeError("Chaining cycle detected for promise #<Promise>"));
  }
  let then: unknown;
  try {
    then = (value as { then?: unknown }).then;
  } catch (error) {
    return rejectPromise(promise, error);
  }
  if (typeof then !== "function") return settle(promise, State.FULFILLED, value);
  if (value instanceof OwnPromise) host.awaitsForeign(value);
  here.tasks.enqueue(new ThenableJob(promise, value, then), State.FULFILLED, undefined);
}

type Resolve = (value?: unknown) => void;

interface Resolving {
  readonly resolve: Resolve;
  readonly reject: Resolve;
}

/** CreateResolvingFunctions, 27.2.1.3: only the first call of either counts. */
function resolvingFunctions(promise: TaskPromise<unknown>): Resolving {
  let called = false;
  return {
    resolve: (value) => {
      if (called) return;
      called = true;
      resolvePromise(promise, value);
    },
    reject: (reason) => {
      if (called) return;
      called = true;
      rejectPromise(promise, reason);
    },
  };
}

/** NewPromiseResolveThenableJob, 27.2.2.2. */
class ThenableJob implements Job {
  readonly #promise: TaskPromise<unknown>;
  readonly #thenable: object;
  readonly #then: Function;

  constructor(promise: TaskPromise<unknown>, thenable: object, then: Function) {
    this.#promise = promise;
    this.#thenable = thenable;
    this.#then = then;
  }

  perform(): void {
    const { resolve, reject } = resolvingFunctions(this.#promise);
    try {
      this.#then.call(this.#thenable, resolve, reject);
    } catch (error) {
      reject(error);
    }
  }
}

/** A promise of any class, and how it is settled: PromiseCapability Records, 27.2.1.1. */
export interface Capability extends Resolving {
  readonly promise: unknown;
}

type Constructor = new (executor: (resolve: Resolve, reject: Resolve) => void) => unknown;

/** NewPromiseCapability, 27.2.1.5. */
export function newCapability(made: unknown): Capability {
  if (made === TaskPromise) {
    const promise = makePromise();
    return { promise, ...resolvingFunctions(promise) };
  }
  if (typeof made !== "function") throw new TypeError("Promise constructor is not a constructor");
  let resolve: unknown;
  let reject: unknown;
  const promise = new (made as unknown as Constructor)((givenResolve, givenReject) => {
    if (resolve !== undefined || reject !== undefined)
      throw new TypeError("Promise executor has already been invoked with non-undefined arguments");
    resolve = givenResolve;
    reject = givenReject;
  });
  if (typeof resolve !== "function" || typeof reject !== "function")
    throw new TypeError("Promise resolve or reject function is not callable");
  return { promise, resolve: resolve as Resolve, reject: reject as Resolve };
}

/** The key under which something lazy gives the promise of what it comes to: from then on it runs. */
export const driven: unique symbol = Symbol("threadloom.driven");

export interface Driven {
  readonly [driven]: () => TaskPromise<unknown>;
}

const isDriven = (value: unknown): value is Driven => isObject(value) && driven in value;

/** PromiseResolve, 27.2.4.7.1: a promise of class `made` that comes to what `value` does. */
export function promiseResolve(made: unknown, value: unknown): unknown {
  // What of ours is lazy is driven without a promise in between, so that who waits for it may give it up.
  if (made === TaskPromise && isDriven(value)) return value[driven]();
  if (isPromise(value) && value.constructor === made) return value;
  if (made === TaskPromise) {
    const promise = makePromise();
    resolvePromise(promise, value);
    return promise;
  }
  const { promise, resolve } = newCapability(made);
  resolve(value);
  return promise;
}

/**
 * Await, 27.7.5.3, up to where code goes on: has `job` performed with what `value` comes to. Throws what asking `value` throws.
 * A value that is no object needs no promise: nobody can tell. Answers the promise that is waited for.
 */
export function awaitValue(value: unknown, job: Job): TaskPromise<unknown> | undefined {
  if (!isObject(value)) {
    here.tasks.enqueue(job, State.FULFILLED, value);
    return undefined;
  }
  const promise = promiseResolve(TaskPromise, value) as TaskPromise<unknown>;
  waitFor(promise, job);
  return promise;
}

/** SpeciesConstructor, 7.3.22. */
function speciesOf(promise: { constructor: unknown }): unknown {
  const made = promise.constructor;
  if (made === undefined) return TaskPromise;
  if (!isObject(made)) throw new TypeError("object.constructor is not an object");
  const species = (made as { [Symbol.species]?: unknown })[Symbol.species];
  return species === undefined || species === null ? TaskPromise : species;
}

/** NewPromiseReactionJob, 27.2.2.1: a handler, and the promise that was given for what it comes to. */
class Reaction implements Job {
  readonly #onFulfilled: unknown;
  readonly #onRejected: unknown;
  readonly #derived: TaskPromise<unknown> | Capability;

  constructor(
    onFulfilled: unknown,
    onRejected: unknown,
    derived: TaskPromise<unknown> | Capability,
  ) {
    this.#onFulfilled = onFulfilled;
    this.#onRejected = onRejected;
    this.#derived = derived;
  }

  perform(state: State, value: unknown): void {
    const handler = state === State.FULFILLED ? this.#onFulfilled : this.#onRejected;
    let result = value;
    let fails = state === State.REJECTED;
    if (typeof handler === "function") {
      try {
        result = (handler as (value: unknown) => unknown)(value);
        fails = false;
      } catch (error) {
        result = error;
        fails = true;
      }
    }
    const derived = this.#derived;
    if (!isPromise(derived)) (fails ? derived.reject : derived.resolve)(result);
    else if (fails) rejectPromise(derived, result);
    else resolvePromise(derived, result);
  }
}

/** `Invoke(promise, "then", …)` */
const invokeThen = (promise: unknown, onFulfilled: unknown, onRejected?: unknown): unknown =>
  (promise as { then(onFulfilled: unknown, onRejected: unknown): unknown }).then(
    onFulfilled,
    onRejected,
  );

export class TaskPromise<T> extends Slots {
  constructor(executor: (resolve: (value: T | PromiseLike<T>) => void, reject: Resolve) => void) {
    super();
    if (typeof executor !== "function")
      throw new TypeError(`Promise resolver ${String(executor)} is not a function`);
    const { resolve, reject } = resolvingFunctions(this);
    try {
      executor(resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  then(onFulfilled?: unknown, onRejected?: unknown): unknown {
    if (!isPromise(this)) throw incompatible("then", this);
    const species = speciesOf(this);
    if (species === TaskPromise) {
      const derived = makePromise();
      waitFor(this, new Reaction(onFulfilled, onRejected, derived));
      return derived;
    }
    const capability = newCapability(species);
    waitFor(this, new Reaction(onFulfilled, onRejected, capability));
    return capability.promise;
  }

  catch(onRejected?: unknown): unknown {
    return invokeThen(this, undefined, onRejected);
  }

  /** 27.2.5.3 */
  finally(onFinally?: unknown): unknown {
    if (!isObject(this)) throw incompatible("finally", this);
    const species = speciesOf(this);
    if (typeof onFinally !== "function") return invokeThen(this, onFinally, onFinally);
    const after = (what: () => unknown): unknown =>
      invokeThen(promiseResolve(species, (onFinally as () => unknown)()), what);
    return invokeThen(
      this,
      (value: unknown) => after(() => value),
      (reason: unknown) =>
        after(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag](): string {
    return "Promise";
  }

  [inspected](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const state = stateOf(this);
    if (state === State.PENDING) return "Promise { <pending> }";
    const shown = inspect(valueOf(this), options);
    return state === State.REJECTED ? `Promise { <rejected> ${shown} }` : `Promise { ${shown} }`;
  }

  static get [Symbol.species](): unknown {
    return this;
  }

  /** Promises of Node and of packages are promises too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this === TaskPromise && value instanceof OwnPromise) return true;
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  static resolve(value?: unknown): unknown {
    return promiseResolve(classOf(this), value);
  }

  static reject(reason?: unknown): unknown {
    const { promise, reject } = newCapability(classOf(this));
    reject(reason);
    return promise;
  }

  static withResolvers(): Capability {
    const { promise, resolve, reject } = newCapability(classOf(this));
    return { promise, resolve, reject };
  }

  /** 27.2.4.8 */
  static try(callback: (...args: unknown[]) => unknown, ...args: unknown[]): unknown {
    const { promise, resolve, reject } = newCapability(classOf(this));
    try {
      resolve(callback(...args));
    } catch (error) {
      reject(error);
    }
    return promise;
  }
}

Object.defineProperty(TaskPromise, "name", { value: "Promise", configurable: true });

function classOf(made: unknown): unknown {
  if (isObject(made)) return made;
  throw new TypeError("PromiseResolve called on non-object");
}

const incompatible = (method: string, receiver: unknown): TypeError =>
  new TypeError(
    `Method Promise.prototype.${method} called on incompatible receiver ${String(receiver)}`,
  );
