/** Array methods that change the array (ECMA-262, §23.1.3). */
import {
  assertLength,
  relativeEnd,
  relativeIndex,
  toInteger,
  type ArrayAccess,
  type ArrayMethod,
} from "./access.ts";
import { comparatorOf, sorted } from "./sort.ts";

/** Puts what stands at `from` at `to`, or deletes what stands there if nothing does: the step of all that move elements. */
function move(array: ArrayAccess, from: number, to: number): void {
  if (array.has(from)) array.set(to, array.get(from));
  else array.delete(to);
}

/** §23.1.3.4 */
const copyWithin: ArrayMethod = (array, [target, start, end]) => {
  const length = array.length();
  let to = relativeIndex(target, length);
  let from = relativeIndex(start, length);
  const final = relativeEnd(end, length);
  let count = Math.min(final - from, length - to);
  let direction = 1;
  if (from < to && to < from + count) {
    direction = -1;
    from += count - 1;
    to += count - 1;
  }
  for (; count > 0; count--) {
    move(array, from, to);
    from += direction;
    to += direction;
  }
  return array.self();
};

/** §23.1.3.7 */
const fill: ArrayMethod = (array, [value, start, end]) => {
  const length = array.length();
  const first = relativeIndex(start, length);
  const final = relativeEnd(end, length);
  for (let k = first; k < final; k++) array.set(k, value);
  return array.self();
};

/** §23.1.3.22 */
const pop: ArrayMethod = (array) => {
  const length = array.length();
  if (length === 0) {
    array.setLength(0);
    return undefined;
  }
  const element = array.taken(array.get(length - 1));
  array.delete(length - 1);
  array.setLength(length - 1);
  return element;
};

/** §23.1.3.23 */
const push: ArrayMethod = (array, items) => {
  const length = array.length();
  assertLength(length + items.length);
  for (let k = 0; k < items.length; k++) array.set(length + k, items[k]);
  array.setLength(length + items.length);
  return length + items.length;
};

/** §23.1.3.26 */
const reverse: ArrayMethod = (array) => {
  const length = array.length();
  const middle = Math.floor(length / 2);
  for (let lower = 0; lower !== middle; lower++) {
    const upper = length - lower - 1;
    const hasLower = array.has(lower);
    const lowerValue = hasLower ? array.get(lower) : undefined;
    const hasUpper = array.has(upper);
    const upperValue = hasUpper ? array.get(upper) : undefined;
    if (hasUpper) array.set(lower, upperValue);
    else if (hasLower) array.delete(lower);
    if (hasLower) array.set(upper, lowerValue);
    else if (hasUpper) array.delete(upper);
  }
  return array.self();
};

/** §23.1.3.27 */
const shift: ArrayMethod = (array) => {
  const length = array.length();
  if (length === 0) {
    array.setLength(0);
    return undefined;
  }
  const first = array.taken(array.get(0));
  for (let k = 1; k < length; k++) move(array, k, k - 1);
  array.delete(length - 1);
  array.setLength(length - 1);
  return first;
};

/** §23.1.3.30, with SortIndexedProperties (§23.1.3.30.1) */
const sort: ArrayMethod = (array, [comparator]) => {
  const compare = comparatorOf(comparator);
  const length = array.length();
  const items: { readonly got: unknown; readonly value: unknown }[] = [];
  for (let k = 0; k < length; k++) {
    if (!array.has(k)) continue;
    const got = array.get(k);
    items.push({ got, value: array.shown(got) });
  }
  const list = sorted(items, compare);
  for (let k = 0; k < list.length; k++) array.set(k, list[k].got);
  for (let k = list.length; k < length; k++) if (array.has(k)) array.delete(k);
  return array.self();
};

/** §23.1.3.31 */
const splice: ArrayMethod = (array, args) => {
  const length = array.length();
  const start = relativeIndex(args[0], length);
  const items = args.slice(2);
  let count = 0;
  if (args.length === 1) count = length - start;
  else if (args.length > 1) count = Math.min(Math.max(toInteger(args[1]), 0), length - start);
  assertLength(length + items.length - count);
  const removed: unknown[] = [];
  for (let k = 0; k < count; k++) {
    if (array.has(start + k)) removed[k] = array.taken(array.get(start + k));
  }
  removed.length = count;
  if (items.length < count) {
    for (let k = start; k < length - count; k++) move(array, k + count, k + items.length);
    for (let k = length; k > length - count + items.length; k--) array.delete(k - 1);
  } else if (items.length > count) {
    for (let k = length - count; k > start; k--) move(array, k + count - 1, k + items.length - 1);
  }
  for (let k = 0; k < items.length; k++) array.set(start + k, items[k]);
  array.setLength(length - count + items.length);
  return removed;
};

/** §23.1.3.37 */
const unshift: ArrayMethod = (array, items) => {
  const length = array.length();
  const count = items.length;
  if (count > 0) {
    assertLength(length + count);
    for (let k = length; k > 0; k--) move(array, k - 1, k + count - 1);
    for (let k = 0; k < count; k++) array.set(k, items[k]);
  }
  array.setLength(length + count);
  return length + count;
};

export const MUTATORS = {
  copyWithin,
  fill,
  pop,
  push,
  reverse,
  shift,
  sort,
  splice,
  unshift,
} satisfies Record<string, ArrayMethod>;
