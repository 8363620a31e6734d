/**
 * `Stream`: values that come one after another, asked for one by one. Each pull is a task of its own, so that `buffer` may have several
 * under way; whoever does not ask gets nothing (back-pressure). A stream can be gone through once.
 */
import type { Milliseconds } from "../../base/brand.ts";
import { counted } from "../count.ts";
import { duration } from "../duration.ts";
import { host } from "../tasks/host.ts";
import { State } from "../tasks/job.ts";
import {
  makePromise,
  promiseResolve,
  rejectPromise,
  resolvePromise,
  TaskPromise,
  waitFor,
} from "../tasks/promise.ts";
import { type Body, runTask } from "../tasks/task.ts";
import { sleep } from "./sleep.ts";

type Result<T> = IteratorResult<T, undefined>;
type Awaitable<T> = T | PromiseLike<T>;

/** Where values come from. */
interface Pulled<T> {
  pull(): TaskPromise<Result<T>>;
  /** Nobody asks for more. */
  close(): TaskPromise<unknown>;
}

const OVER: Result<never> = { done: true, value: undefined };

/** One pull after another: the next begins when the one before it has come. */
class InTurn<T> implements Pulled<T> {
  readonly #next: () => Body<Result<T>>;
  readonly #close: () => TaskPromise<unknown>;
  #last: TaskPromise<unknown> | undefined;

  constructor(next: () => Body<Result<T>>, close: () => TaskPromise<unknown>) {
    this.#next = next;
    this.#close = close;
  }

  pull(): TaskPromise<Result<T>> {
    const before = this.#last;
    const pulled = before === undefined ? runTask(this.#next()) : this.#after(before);
    this.#last = pulled;
    return pulled;
  }

  #after(before: TaskPromise<unknown>): TaskPromise<Result<T>> {
    const promise = makePromise<Result<T>>();
    const begin = (): void => {
      waitFor(runTask(this.#next()), {
        perform: (state, value) =>
          state === State.REJECTED ? rejectPromise(promise, value) : resolvePromise(promise, value),
      });
    };
    waitFor(before, { perform: begin });
    return promise;
  }

  close(): TaskPromise<unknown> {
    return this.#close();
  }
}

const nothing = (): TaskPromise<unknown> =>
  promiseResolve(TaskPromise, undefined) as TaskPromise<unknown>;

function iterated<T>(source: Iterable<T> | AsyncIterable<T>): Pulled<T> {
  const asked = source as Partial<AsyncIterable<T> & Iterable<T>>;
  const iterator: AsyncIterator<T> | Iterator<T> =
    asked[Symbol.asyncIterator]?.() ?? asked[Symbol.iterator]!();
  let isOver = false;
  function* next(): Body<Result<T>> {
    if (isOver) return OVER;
    const result = (yield iterator.next()) as Result<T>;
    isOver = result.done === true;
    if (result.done === true) return OVER;
    return { done: false, value: yield result.value };
  }
  function* close(): Body<undefined> {
    if (!isOver) yield iterator.return?.();
    isOver = true;
    return undefined;
  }
  return new InTurn(next, () => runTask(close()));
}

export class Stream<T> {
  readonly #source: Pulled<T>;

  constructor(source: Pulled<T>) {
    this.#source = source;
  }

  static from<T>(source: Iterable<T> | AsyncIterable<T>): Stream<T> {
    return new Stream(iterated(source));
  }

  static interval(time: number): Stream<number> {
    const step = duration(time, "interval");
    let count = 0;
    let begun: number | undefined;
    function* next(): Body<Result<number>> {
      begun ??= host.now();
      const due = begun + (count + 1) * step;
      yield sleep(Math.max(0, due - host.now()));
      return { done: false, value: count++ };
    }
    return new Stream(new InTurn(next, nothing));
  }

  /** Several pulls may be under way, each with a call of `fn` of its own. */
  map<U>(fn: (value: T) => Awaitable<U>): Stream<U> {
    const source = this.#source;
    function* next(): Body<Result<U>> {
      const result = (yield source.pull()) as Result<T>;
      if (result.done === true) return OVER;
      return { done: false, value: yield fn(result.value) };
    }
    return new Stream({ pull: () => runTask(next()), close: () => source.close() });
  }

  filter(fn: (value: T) => Awaitable<boolean>): Stream<T> {
    const source = this.#source;
    function* next(): Body<Result<T>> {
      for (;;) {
        const result = (yield source.pull()) as Result<T>;
        if (result.done === true || (yield fn(result.value)) === true) return result;
      }
    }
    return new Stream(new InTurn(next, () => source.close()));
  }

  take(n: number): Stream<T> {
    let left = counted(n, "take", 0);
    const source = this.#source;
    function* next(): Body<Result<T>> {
      if (left === 0) return OVER;
      const result = (yield source.pull()) as Result<T>;
      if (result.done === true) left = 0;
      else if (--left === 0) yield source.close();
      return result;
    }
    return new Stream(new InTurn(next, () => source.close()));
  }

  buffer(n: number): Stream<T> {
    const most = counted(n, "buffer", 1);
    const source = this.#source;
    const pulled: TaskPromise<Result<T>>[] = [];
    let isOver = false;
    function* next(): Body<Result<T>> {
      while (!isOver && pulled.length < most) pulled.push(source.pull());
      const first = pulled.shift();
      if (first === undefined) return OVER;
      const result = (yield first) as Result<T>;
      isOver ||= result.done === true;
      return result;
    }
    return new Stream(new InTurn(next, () => source.close()));
  }

  throttle(time: number): Stream<T> {
    const least: Milliseconds = duration(time, "throttle");
    const source = this.#source;
    let last = -Infinity;
    function* next(): Body<Result<T>> {
      const result = (yield source.pull()) as Result<T>;
      if (result.done === true) return result;
      const left = last + least - host.now();
      if (left > 0) yield sleep(left);
      last = host.now();
      return result;
    }
    return new Stream(new InTurn(next, () => source.close()));
  }

  merge(other: Stream<T>): Stream<T> {
    return new Stream(new Merged([this.#source, other.#source]));
  }

  collect(): TaskPromise<T[]> {
    const source = this.#source;
    function* all(): Body<T[]> {
      const values: T[] = [];
      for (;;) {
        const result = (yield source.pull()) as Result<T>;
        if (result.done === true) return values;
        values.push(result.value);
      }
    }
    return runTask(all());
  }

  [Symbol.asyncIterator](): { next(): TaskPromise<Result<T>>; return(): TaskPromise<unknown> } {
    const source = this.#source;
    function* end(): Body {
      yield source.close();
      return OVER;
    }
    return { next: () => source.pull(), return: () => runTask(end()) };
  }
}

/** Asks all its sources; hands out what comes first. */
class Merged<T> implements Pulled<T> {
  readonly #sources: readonly Pulled<T>[];
  /** Those under way, by source. */
  readonly #asked: (TaskPromise<Result<T>> | undefined)[];
  /** Results that have come, in order, and have not been handed out. */
  readonly #came: { readonly state: State; readonly value: unknown }[] = [];
  readonly #waiting: TaskPromise<Result<T>>[] = [];
  #open: number;

  constructor(sources: readonly Pulled<T>[]) {
    this.#sources = sources;
    this.#asked = sources.map(() => undefined);
    this.#open = sources.length;
  }

  pull(): TaskPromise<Result<T>> {
    const promise = makePromise<Result<T>>();
    this.#waiting.push(promise);
    for (const index of this.#sources.keys())
      if (this.#asked[index] === undefined) this.#ask(index);
    this.#handOut();
    return promise;
  }

  #take(index: number, state: State, value: unknown): void {
    const isOver = state === State.FULFILLED && (value as Result<T>).done === true;
    // A source that is over stays asked: it is not asked again.
    if (isOver) this.#open--;
    else {
      this.#asked[index] = undefined;
      this.#came.push({ state, value });
    }
    this.#handOut();
    const isWanted = this.#waiting.length > 0 && !isOver;
    if (isWanted) this.#ask(index);
  }

  #ask(index: number): void {
    const asked = (this.#asked[index] = this.#sources[index].pull());
    waitFor(asked, { perform: (state, value) => this.#take(index, state, value) });
  }

  #handOut(): void {
    while (this.#waiting.length > 0) {
      const next = this.#came.shift();
      if (next === undefined && this.#open > 0) return;
      const promise = this.#waiting.shift()!;
      if (next === undefined) resolvePromise(promise, OVER);
      else if (next.state === State.REJECTED) rejectPromise(promise, next.value);
      else resolvePromise(promise, next.value);
    }
  }

  close(): TaskPromise<unknown> {
    const sources = this.#sources;
    function* all(): Body<undefined> {
      for (const source of sources) yield source.close();
      return undefined;
    }
    return runTask(all());
  }
}
