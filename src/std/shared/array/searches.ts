/** Array methods that look for an element (ECMA-262, §23.1.3). */
import {
  call,
  callback,
  relativeIndex,
  toInteger,
  type ArrayAccess,
  type ArrayMethod,
} from "./access.ts";

/** §23.1.3.1 */
const at: ArrayMethod = (array, [index]) => {
  const length = array.length();
  const relative = toInteger(index);
  const k = relative >= 0 ? relative : length + relative;
  return k < 0 || k >= length ? undefined : array.shown(array.get(k));
};

/** FindViaPredicate (§23.1.3.12.1): the element with its index, -1 if there is none. */
function findViaPredicate(
  array: ArrayAccess,
  [predicate, self]: readonly unknown[],
  descending: boolean,
): { readonly index: number; readonly value: unknown } {
  const length = array.length();
  const run = callback(predicate);
  for (let step = 0; step < length; step++) {
    const index = descending ? length - 1 - step : step;
    const value = array.shown(array.get(index));
    if (call(run, self, value, index, array.self())) return { index, value };
  }
  return { index: -1, value: undefined };
}

/** §23.1.3.9 */
const find: ArrayMethod = (array, args) => findViaPredicate(array, args, false).value;
/** §23.1.3.10 */
const findIndex: ArrayMethod = (array, args) => findViaPredicate(array, args, false).index;
/** §23.1.3.11 */
const findLast: ArrayMethod = (array, args) => findViaPredicate(array, args, true).value;
/** §23.1.3.12 */
const findLastIndex: ArrayMethod = (array, args) => findViaPredicate(array, args, true).index;

/** §23.1.3.16: SameValueZero. An object of shared memory is the same as no value, here and below. */
const includes: ArrayMethod = (array, [wanted, from]) => {
  const length = array.length();
  if (length === 0) return false;
  for (let k = relativeIndex(from, length); k < length; k++) {
    const got = array.get(k);
    if (got === wanted || (Number.isNaN(got) && Number.isNaN(wanted))) return true;
  }
  return false;
};

/** §23.1.3.17 */
const indexOf: ArrayMethod = (array, [wanted, from]) => {
  const length = array.length();
  if (length === 0) return -1;
  for (let k = relativeIndex(from, length); k < length; k++) {
    if (array.has(k) && array.get(k) === wanted) return k;
  }
  return -1;
};

/** §23.1.3.20 */
const lastIndexOf: ArrayMethod = (array, args) => {
  const length = array.length();
  if (length === 0) return -1;
  const from = args.length > 1 ? toInteger(args[1]) : length - 1;
  for (let k = from >= 0 ? Math.min(from, length - 1) : length + from; k >= 0; k--) {
    if (array.has(k) && array.get(k) === args[0]) return k;
  }
  return -1;
};

export const SEARCHES = {
  at,
  find,
  findIndex,
  findLast,
  findLastIndex,
  includes,
  indexOf,
  lastIndexOf,
} satisfies Record<string, ArrayMethod>;
