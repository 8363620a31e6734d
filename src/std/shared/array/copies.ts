/** Array methods that make another array of the elements, which is an ordinary one (ECMA-262, §23.1.3). */
import { assertLength, relativeEnd, relativeIndex, toInteger, type ArrayMethod } from "./access.ts";
import { comparatorOf, sorted } from "./sort.ts";

/** §23.1.3.2 */
const concat: ArrayMethod = (array, items) => {
  const all: unknown[] = [];
  const length = array.length();
  for (let k = 0; k < length; k++) if (array.has(k)) all[k] = array.shown(array.get(k));
  let count = length;
  for (const item of items) {
    if (!isSpreadable(item)) {
      all[count++] = item;
      continue;
    }
    const more = item.length;
    assertLength(count + more);
    for (let k = 0; k < more; k++, count++) if (k in item) all[count] = item[k];
  }
  all.length = count;
  return all;
};

/** IsConcatSpreadable (§23.1.3.2.1) */
function isSpreadable(item: unknown): item is ArrayLike<unknown> {
  if (typeof item !== "object" || item === null) return false;
  const says = (item as { [Symbol.isConcatSpreadable]?: unknown })[Symbol.isConcatSpreadable];
  return says === undefined ? Array.isArray(item) : Boolean(says);
}

/** §23.1.3.13; what is within the elements is plain data, and is flattened as such. */
const flat: ArrayMethod = (array, [depth]) => {
  const length = array.length();
  const levels = depth === undefined ? 1 : toInteger(depth);
  const all: unknown[] = [];
  for (let k = 0; k < length; k++) {
    if (!array.has(k)) continue;
    const value = array.shown(array.get(k));
    if (levels < 1 || !Array.isArray(value)) all.push(value);
    else for (const inner of value.flat(levels - 1) as unknown[]) all.push(inner);
  }
  return all;
};

/** §23.1.3.28 */
const slice: ArrayMethod = (array, [start, end]) => {
  const length = array.length();
  const first = relativeIndex(start, length);
  const final = relativeEnd(end, length);
  const part: unknown[] = [];
  for (let k = first; k < final; k++) {
    if (array.has(k)) part[k - first] = array.shown(array.get(k));
  }
  part.length = Math.max(final - first, 0);
  return part;
};

/** §23.1.3.33 */
const toReversed: ArrayMethod = (array) => {
  const length = array.length();
  const all: unknown[] = [];
  for (let k = length - 1; k >= 0; k--) all.push(array.shown(array.get(k)));
  return all;
};

/** §23.1.3.34 */
const toSorted: ArrayMethod = (array, [comparator]) => {
  const compare = comparatorOf(comparator);
  const length = array.length();
  const items: { readonly value: unknown }[] = [];
  for (let k = 0; k < length; k++) items.push({ value: array.shown(array.get(k)) });
  return sorted(items, compare).map(({ value }) => value);
};

/** §23.1.3.35 */
const toSpliced: ArrayMethod = (array, args) => {
  const length = array.length();
  const start = relativeIndex(args[0], length);
  let skip = 0;
  if (args.length === 1) skip = length - start;
  else if (args.length > 1) skip = Math.min(Math.max(toInteger(args[1]), 0), length - start);
  const items = args.slice(2);
  assertLength(length + items.length - skip);
  const all: unknown[] = [];
  for (let k = 0; k < start; k++) all.push(array.shown(array.get(k)));
  for (const item of items) all.push(item);
  for (let k = start + skip; k < length; k++) all.push(array.shown(array.get(k)));
  return all;
};

/** §23.1.3.39 */
const withElement: ArrayMethod = (array, [index, value]) => {
  const length = array.length();
  const relative = toInteger(index);
  const at = relative >= 0 ? relative : length + relative;
  if (at < 0 || at >= length) throw new RangeError(`Invalid index : ${relative}`);
  const all: unknown[] = [];
  for (let k = 0; k < length; k++) all.push(k === at ? value : array.shown(array.get(k)));
  return all;
};

export const COPIES = {
  concat,
  flat,
  slice,
  toReversed,
  toSorted,
  toSpliced,
  with: withElement,
} satisfies Record<string, ArrayMethod>;
