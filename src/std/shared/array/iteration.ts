/** Array methods that visit the elements (ECMA-262, §23.1.3). */
import { call, callback, type ArrayAccess, type ArrayMethod } from "./access.ts";
import { ArrayIterator } from "./iterator.ts";

/** §23.1.3.6 */
const every: ArrayMethod = (array, [predicate, self]) => {
  const length = array.length();
  const run = callback(predicate);
  for (let k = 0; k < length; k++) {
    if (!array.has(k)) continue;
    if (!call(run, self, array.shown(array.get(k)), k, array.self())) return false;
  }
  return true;
};

/** §23.1.3.8 */
const filter: ArrayMethod = (array, [predicate, self]) => {
  const length = array.length();
  const run = callback(predicate);
  const kept: unknown[] = [];
  for (let k = 0; k < length; k++) {
    if (!array.has(k)) continue;
    const value = array.shown(array.get(k));
    if (call(run, self, value, k, array.self())) kept.push(value);
  }
  return kept;
};

/** §23.1.3.14 */
const flatMap: ArrayMethod = (array, [mapper, self]) => {
  const length = array.length();
  const run = callback(mapper);
  const flat: unknown[] = [];
  for (let k = 0; k < length; k++) {
    if (!array.has(k)) continue;
    const made = call(run, self, array.shown(array.get(k)), k, array.self());
    if (!Array.isArray(made)) flat.push(made);
    else for (let i = 0; i < made.length; i++) if (i in made) flat.push(made[i]);
  }
  return flat;
};

/** §23.1.3.15 */
const forEach: ArrayMethod = (array, [visit, self]) => {
  const length = array.length();
  const run = callback(visit);
  for (let k = 0; k < length; k++) {
    if (array.has(k)) call(run, self, array.shown(array.get(k)), k, array.self());
  }
};

/** §23.1.3.18 */
const join: ArrayMethod = (array, [separator]) => {
  const length = array.length();
  const between = separator === undefined ? "," : `${separator as string}`;
  let joined = "";
  for (let k = 0; k < length; k++) {
    if (k > 0) joined += between;
    const value = array.shown(array.get(k));
    if (value !== undefined && value !== null) joined += `${value as string}`;
  }
  return joined;
};

/** §23.1.3.21 */
const map: ArrayMethod = (array, [mapper, self]) => {
  const length = array.length();
  const run = callback(mapper);
  const made = new Array<unknown>(length);
  for (let k = 0; k < length; k++) {
    if (array.has(k)) made[k] = call(run, self, array.shown(array.get(k)), k, array.self());
  }
  return made;
};

/** §23.1.3.24 and §23.1.3.25, which differ in their direction alone. */
function reduceBy(array: ArrayAccess, args: readonly unknown[], descending: boolean): unknown {
  const length = array.length();
  const run = callback(args[0]);
  let sum = args[1];
  let begun = args.length > 1;
  for (let step = 0; step < length; step++) {
    const k = descending ? length - 1 - step : step;
    if (!array.has(k)) continue;
    const value = array.shown(array.get(k));
    sum = begun ? run(sum, value, k, array.self()) : value;
    begun = true;
  }
  if (!begun) throw new TypeError("Reduce of empty array with no initial value");
  return sum;
}

const reduce: ArrayMethod = (array, args) => reduceBy(array, args, false);
const reduceRight: ArrayMethod = (array, args) => reduceBy(array, args, true);

/** §23.1.3.29 */
const some: ArrayMethod = (array, [predicate, self]) => {
  const length = array.length();
  const run = callback(predicate);
  for (let k = 0; k < length; k++) {
    if (!array.has(k)) continue;
    if (call(run, self, array.shown(array.get(k)), k, array.self())) return true;
  }
  return false;
};

/** §23.1.3.32; ECMA-402, §19.5.1 gives the arguments on. */
const toLocaleString: ArrayMethod = (array, [locales, options]) => {
  const length = array.length();
  let joined = "";
  for (let k = 0; k < length; k++) {
    if (k > 0) joined += ",";
    const value = array.shown(array.get(k));
    if (value === undefined || value === null) continue;
    joined += (value as { toLocaleString(...args: unknown[]): string }).toLocaleString(
      locales,
      options,
    );
  }
  return joined;
};

/** §23.1.3.5, §23.1.3.19 and §23.1.3.38 */
const entries: ArrayMethod = (array) => new ArrayIterator(array, "entries");
const keys: ArrayMethod = (array) => new ArrayIterator(array, "keys");
const values: ArrayMethod = (array) => new ArrayIterator(array, "values");

export const ITERATION = {
  entries,
  every,
  filter,
  flatMap,
  forEach,
  join,
  keys,
  map,
  reduce,
  reduceRight,
  some,
  toLocaleString,
  /** §23.1.3.36: a shared array has no `join` of its own. */
  toString: (array: ArrayAccess) => join(array, []),
  values,
} satisfies Record<string, ArrayMethod>;
