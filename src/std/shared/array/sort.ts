/**
 * A stable merge sort that calls the comparator directly: the order that ECMA-262 asks for (SortIndexedProperties,
 * CompareArrayElements: §23.1.3.30.1 f.), in O(n log n) comparisons. Which pairs are compared, and what comes of a
 * comparator that contradicts itself, the specification leaves open, and it is not V8's choice here.
 */
import { callback, type Callback } from "./access.ts";

/** Undefined for the order of texts. Throws for what is no function, before anything is read. */
export function comparatorOf(value: unknown): Callback | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "function") {
    throw new TypeError("The comparison function must be either a function or undefined");
  }
  return callback(value);
}

/** In order by `value`; undefined comes last, and is never compared. */
export function sorted<T extends { readonly value: unknown }>(
  items: readonly T[],
  compare: Callback | undefined,
): T[] {
  let from = items.filter(({ value }) => value !== undefined);
  const last = items.filter(({ value }) => value === undefined);
  let to = new Array<T>(from.length);
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      merge(from, to, start, width, compare);
    }
    const before = from;
    from = to;
    to = before;
  }
  return from.concat(last);
}

/** Two neighbouring runs of `width`, the second of which may be shorter or not there. */
function merge<T extends { readonly value: unknown }>(
  from: readonly T[],
  to: T[],
  start: number,
  width: number,
  compare: Callback | undefined,
): void {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft =
      right >= end || (left < middle && !isAfter(from[left].value, from[right].value, compare));
    to[at] = takesLeft ? from[left++] : from[right++];
  }
}

/** CompareArrayElements gives more than 0. */
function isAfter(one: unknown, other: unknown, compare: Callback | undefined): boolean {
  if (compare !== undefined) return +(compare(one, other) as number) > 0;
  return `${one as string}` > `${other as string}`;
}
