/**
 * Iterators over an array (ECMA-262, §23.1.5): each step reads the length, then the element, so that what is pushed while
 * they walk is still visited. A class with `next`, not a generator: a step may be stopped at each access.
 */
import type { ArrayAccess } from "./access.ts";

/** `%IteratorPrototype%`, with the language's own helpers (`map`, `take` …) where the platform has them. */
const ITERATOR = Object.getPrototypeOf(
  Object.getPrototypeOf([][Symbol.iterator]()) as object,
) as object;

export class ArrayIterator implements IterableIterator<unknown> {
  readonly #kind: "keys" | "values" | "entries";
  /** Undefined once the end was reached: it stays the end. */
  #array: ArrayAccess | undefined;
  #next = 0;

  constructor(array: ArrayAccess, kind: "keys" | "values" | "entries") {
    this.#array = array;
    this.#kind = kind;
  }

  next(): IteratorResult<unknown, undefined> {
    const array = this.#array;
    if (array === undefined) return { value: undefined, done: true };
    const index = this.#next;
    if (index >= array.length()) {
      this.#array = undefined;
      return { value: undefined, done: true };
    }
    this.#next = index + 1;
    if (this.#kind === "keys") return { value: index, done: false };
    const value = array.shown(array.get(index));
    return { value: this.#kind === "values" ? value : [index, value], done: false };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

Object.setPrototypeOf(ArrayIterator.prototype, ITERATOR);
Object.defineProperty(ArrayIterator.prototype, Symbol.toStringTag, { value: "Array Iterator" });
