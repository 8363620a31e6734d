/** Loops over iterables whose steps may stop (ECMA-262, Iterator Records): `for … of`, spreads, array patterns. */
/* eslint-disable @typescript-eslint/unbound-method -- functions are taken as values, and called with the `this` they need */
import type { Steps, Suspended } from "../../../protocol/twins.ts";
import { SUSPENDED } from "../suspension.ts";
import { after, call0, start, textOf } from "./calls.ts";

const arrayIterator = Reflect.get(Array.prototype, Symbol.iterator) as unknown;
const arrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]()) as {
  next: unknown;
};
const arrayNext = arrayIteratorPrototype.next;

/** Whether iterating is counting up, as long as nobody has put other methods in place. */
function isPlainArray(value: unknown): value is unknown[] {
  return (
    Array.isArray(value) &&
    (value as { [Symbol.iterator]: unknown })[Symbol.iterator] === arrayIterator &&
    arrayIteratorPrototype.next === arrayNext
  );
}

class ArraySteps implements Steps {
  readonly #array: readonly unknown[];
  #index = 0;
  value: unknown;

  constructor(array: readonly unknown[]) {
    this.#array = array;
  }

  next(): boolean {
    if (this.#index >= this.#array.length) return false;
    this.value = this.#array[this.#index++];
    return true;
  }

  fail(): void {
    // There is nothing to close.
  }

  close(): void {
    // There is nothing to close.
  }
}

class IteratorSteps implements Steps {
  readonly #iterator: Iterator<unknown>;
  readonly #next: unknown;
  /** Nothing to close: it has ended, or its own step is under way. */
  #over = false;
  #fails = false;
  value: unknown;

  constructor(iterator: unknown) {
    if (!isObject(iterator))
      throw new TypeError("Result of the Symbol.iterator method is not an object");
    this.#iterator = iterator as unknown as Iterator<unknown>;
    this.#next = this.#iterator.next;
  }

  next(): boolean | Suspended {
    this.#over = true;
    const result = call0(this.#next, this.#iterator);
    if (result === SUSPENDED) return after(this.#later()) as Suspended;
    return this.#took(result);
  }

  *#later(): Generator<unknown, boolean, unknown> {
    return this.#took(yield 0);
  }

  #took(result: unknown): boolean {
    if (!isObject(result))
      throw new TypeError(`Iterator result ${String(result)} is not an object`);
    if (result.done) return false;
    this.value = result.value;
    this.#over = false;
    return true;
  }

  fail(): void {
    this.#fails = true;
  }

  close(): unknown {
    return this.#over ? undefined : start(this.#closing());
  }

  *#closing(): Generator<unknown, void, unknown> {
    this.#over = true;
    let result: unknown;
    try {
      const finish = this.#iterator.return as unknown;
      if (finish === undefined || finish === null) return;
      result = call0(finish, this.#iterator);
      if (result === SUSPENDED) result = yield 0;
    } catch (error) {
      if (!this.#fails) throw error; // what left the loop goes before
      return;
    }
    if (!this.#fails && !isObject(result))
      throw new TypeError(`${String(result)} is not an object`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  (typeof value === "object" && value !== null) || typeof value === "function";

export function steps(iterable: unknown): Steps | Suspended {
  if (isPlainArray(iterable)) return new ArraySteps(iterable);
  const method = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  if (typeof method !== "function") throw new TypeError(`${textOf(iterable)} is not iterable`);
  const iterator = call0(method, iterable);
  return iterator === SUSPENDED ? (after(beginning()) as Suspended) : new IteratorSteps(iterator);
}

function* beginning(): Generator<unknown, Steps, unknown> {
  return new IteratorSteps(yield 0);
}

export function collect(iterable: unknown, count = Infinity): Iterable<unknown> | Suspended {
  if (isPlainArray(iterable) || typeof iterable === "string") return iterable;
  return start(collecting(iterable, count)) as Iterable<unknown> | Suspended;
}

export function* collecting(
  iterable: unknown,
  count = Infinity,
): Generator<unknown, unknown[], unknown> {
  let taken: unknown = steps(iterable);
  if (taken === SUSPENDED) taken = yield 0;
  const loop = taken as Steps;
  const values: unknown[] = [];
  while (values.length < count) {
    let more: unknown = loop.next();
    if (more === SUSPENDED) more = yield 0;
    if (more !== true) return values;
    values.push(loop.value);
  }
  if (loop.close() === SUSPENDED) yield 0;
  return values;
}
