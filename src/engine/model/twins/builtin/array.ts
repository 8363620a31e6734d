/**
 * Twins of the methods of arrays that call back: the algorithms of ECMA-262, §23.1.3, step by step, since a callback may
 * change the array, and may be another thread's turn. Typed arrays (§23.2.3) have the same shape without holes.
 *
 * Left out: `Symbol.species`: what they make are arrays.
 */
import type { Steps } from "../../../../protocol/twins.ts";
import { SUSPENDED } from "../../suspension.ts";
import { call, call2, call3 } from "../calls.ts";
import { steps } from "../iteration.ts";
import { twins } from "./install.ts";

type Body = Generator<unknown, unknown, unknown>;
type Indexed = Record<number, unknown> & { readonly length: number };

const lengthOf = (object: Indexed): number =>
  Math.min(Math.max(Math.trunc(Number(object.length)) || 0, 0), Number.MAX_SAFE_INTEGER);

function indexed(value: unknown): Indexed {
  if (value === null || value === undefined)
    throw new TypeError("Array.prototype method called on null or undefined");
  return Object(value) as Indexed;
}

function checked(callback: unknown): unknown {
  if (typeof callback !== "function") throw new TypeError(`${String(callback)} is not a function`);
  return callback;
}

/** Calls back for each element that is there, in order, until `stops` says so: its answer, or `otherwise`. */
function* each(
  self: unknown,
  callback: unknown,
  thisArg: unknown,
  stops: (result: unknown, value: unknown, index: number) => boolean,
  found: (value: unknown, index: number) => unknown,
  otherwise: unknown,
  order: { readonly holes: boolean; readonly backwards: boolean } = FORWARDS,
): Body {
  const object = indexed(self);
  const length = lengthOf(object);
  checked(callback);
  for (let step = 0; step < length; step++) {
    const index = order.backwards ? length - 1 - step : step;
    if (!order.holes && !(index in object)) continue;
    const value = object[index];
    let result = call3(callback, thisArg, value, index, object);
    if (result === SUSPENDED) result = yield 0;
    if (stops(result, value, index)) return found(value, index);
  }
  return otherwise;
}

const FORWARDS = { holes: false, backwards: false };
const WITH_HOLES = { holes: true, backwards: false };
const BACKWARDS = { holes: true, backwards: true };
const never = (): boolean => false;
const truthy = (result: unknown): boolean => Boolean(result);
const theValue = (value: unknown): unknown => value;
const theIndex = (_value: unknown, index: number): unknown => index;

function* reduce(self: unknown, args: readonly unknown[], backwards: boolean): Body {
  const object = indexed(self);
  const length = lengthOf(object);
  const callback = checked(args[0]);
  let step = 0;
  const at = (): number => (backwards ? length - 1 - step : step);
  let accumulator: unknown;
  if (args.length > 1) accumulator = args[1];
  else {
    while (step < length && !(at() in object)) step++;
    if (step >= length) throw new TypeError("Reduce of empty array with no initial value");
    accumulator = object[at()];
    step++;
  }
  for (; step < length; step++) {
    const index = at();
    if (!(index in object)) continue;
    accumulator = call(callback, undefined, [accumulator, object[index], index, object]);
    if (accumulator === SUSPENDED) accumulator = yield 0;
  }
  return accumulator;
}

/** §23.1.3.30.2, SortCompare, over a merge sort: stable, and one call back at a time. */
function* mergeSort(
  values: unknown[],
  comparator: unknown,
): Generator<unknown, unknown[], unknown> {
  let from = values;
  let to = new Array<unknown>(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let left = 0; left < values.length; left += 2 * width) {
      const middle = Math.min(left + width, values.length);
      const right = Math.min(left + 2 * width, values.length);
      let i = left;
      let j = middle;
      for (let k = left; k < right; k++) {
        let takesRight = i >= middle;
        if (!takesRight && j < right) {
          let order = call2(comparator, undefined, from[i], from[j]);
          if (order === SUSPENDED) order = yield 0;
          takesRight = Number(order) > 0;
        }
        to[k] = takesRight ? from[j++] : from[i++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

function checkComparator(comparator: unknown): void {
  if (comparator !== undefined && typeof comparator !== "function")
    throw new TypeError("The comparison function must be either a function or undefined");
}

/** Sorted, undefined ones last; holes are the caller's business. */
function* sorted(
  values: readonly unknown[],
  comparator: unknown,
): Generator<unknown, unknown[], unknown> {
  const defined = values.filter((value) => value !== undefined);
  const missing = new Array<unknown>(values.length - defined.length).fill(undefined);
  const inOrder = comparator === undefined ? defined.sort() : yield* mergeSort(defined, comparator);
  return [...inOrder, ...missing];
}

const PLAIN = {
  forEach: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(this, callback, self, never, theValue, undefined);
  },
  some: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(this, callback, self, truthy, () => true, false);
  },
  every: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(
      this,
      callback,
      self,
      (one) => !one,
      () => false,
      true,
    );
  },
  find: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(this, callback, self, truthy, theValue, undefined, WITH_HOLES);
  },
  findIndex: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(this, callback, self, truthy, theIndex, -1, WITH_HOLES);
  },
  findLast: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(this, callback, self, truthy, theValue, undefined, BACKWARDS);
  },
  findLastIndex: function* (this: unknown, callback: unknown, self?: unknown): Body {
    return yield* each(this, callback, self, truthy, theIndex, -1, BACKWARDS);
  },
  reduce: function* (this: unknown, ...args: unknown[]): Body {
    return yield* reduce(this, args, false);
  },
  reduceRight: function* (this: unknown, ...args: unknown[]): Body {
    return yield* reduce(this, args, true);
  },
};

twins(Array.prototype, {
  ...PLAIN,
  map: function* (this: unknown, callback: unknown, self?: unknown): Body {
    const made = new Array<unknown>(lengthOf(indexed(this)));
    const keep = (result: unknown, _value: unknown, index: number): boolean => {
      made[index] = result;
      return false;
    };
    return yield* each(this, callback, self, keep, theValue, made);
  },
  filter: function* (this: unknown, callback: unknown, self?: unknown): Body {
    const made: unknown[] = [];
    const keep = (result: unknown, value: unknown): boolean => {
      if (result) made.push(value);
      return false;
    };
    return yield* each(this, callback, self, keep, theValue, made);
  },
  flatMap: function* (this: unknown, callback: unknown, self?: unknown): Body {
    const made: unknown[] = [];
    const keep = (result: unknown): boolean => {
      if (Array.isArray(result)) result.forEach((one) => made.push(one));
      else made.push(result);
      return false;
    };
    return yield* each(this, callback, self, keep, theValue, made);
  },
  sort: function* (this: unknown, comparator?: unknown): Body {
    checkComparator(comparator);
    const object = indexed(this);
    const length = lengthOf(object);
    const values: unknown[] = [];
    for (let index = 0; index < length; index++) if (index in object) values.push(object[index]);
    const inOrder = yield* sorted(values, comparator);
    inOrder.forEach((value, index) => (object[index] = value));
    for (let index = inOrder.length; index < length; index++)
      if (index in object) delete object[index];
    return object;
  },
  toSorted: function* (this: unknown, comparator?: unknown): Body {
    checkComparator(comparator);
    return yield* sorted(Array.from(indexed(this)), comparator);
  },
});

const typedArray = Object.getPrototypeOf(Int8Array.prototype) as object;
type Typed = Indexed & { readonly constructor: new (of: unknown) => Indexed };

twins(typedArray, {
  ...PLAIN,
  map: function* (this: Typed, callback: unknown, self?: unknown): Body {
    const made = new this.constructor(this.length);
    const keep = (result: unknown, _value: unknown, index: number): boolean => {
      made[index] = result;
      return false;
    };
    return yield* each(this, callback, self, keep, theValue, made);
  },
  filter: function* (this: Typed, callback: unknown, self?: unknown): Body {
    const made: unknown[] = [];
    const keep = (result: unknown, value: unknown): boolean => {
      if (result) made.push(value);
      return false;
    };
    yield* each(this, callback, self, keep, theValue, undefined);
    return new this.constructor(made);
  },
  sort: function* (this: Typed, comparator?: unknown): Body {
    checkComparator(comparator);
    if (comparator === undefined) return (this as unknown as Int8Array).sort();
    const inOrder = yield* mergeSort(Array.from(this), comparator);
    (this as unknown as { set(from: unknown): void }).set(inOrder);
    return this;
  },
});

twins(Array, {
  from: function* (this: unknown, items: unknown, map?: unknown, self?: unknown): Body {
    if (map !== undefined) checked(map);
    if (items === null || items === undefined)
      throw new TypeError(`${String(items)} is not iterable`);
    const iterates = (items as Partial<Iterable<unknown>>)[Symbol.iterator] != null;
    return yield* iterates
      ? fromIterable(this, items, map, self)
      : fromLike(this, items, map, self);
  },
});

function makeBy(constructor: unknown, ...args: unknown[]): unknown[] {
  return typeof constructor === "function" && constructor !== Array
    ? (Reflect.construct(constructor, args) as unknown[])
    : new Array<unknown>(...(args as number[]));
}

function* fromLike(of: unknown, items: unknown, map: unknown, self: unknown): Body {
  const object = indexed(items);
  const length = lengthOf(object);
  const made = makeBy(of, length);
  for (let index = 0; index < length; index++) {
    let value = object[index];
    if (map !== undefined) {
      value = call2(map, self, value, index);
      if (value === SUSPENDED) value = yield 0;
    }
    made[index] = value;
  }
  made.length = length;
  return made;
}

function* fromIterable(of: unknown, items: unknown, map: unknown, self: unknown): Body {
  const made = makeBy(of);
  let taken: unknown = steps(items);
  if (taken === SUSPENDED) taken = yield 0;
  const loop = taken as Steps;
  try {
    for (let index = 0; ; index++) {
      let more: unknown = loop.next();
      if (more === SUSPENDED) more = yield 0;
      if (more !== true) break;
      let { value } = loop;
      if (map !== undefined) {
        value = call2(map, self, value, index);
        if (value === SUSPENDED) value = yield 0;
      }
      made[index] = value;
      made.length = index + 1;
    }
  } catch (error) {
    loop.fail();
    throw error;
  } finally {
    if (loop.close() === SUSPENDED) yield 0;
  }
  return made;
}
