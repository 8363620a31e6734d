/**
 * SEMANTICS, `@shared`: "Array methods are the reads and writes of ECMA-262." The written-out methods against the
 * language's own, each over an array that notes every access: the same accesses in the same order, the same results.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ArrayAccess } from "../../../src/std/shared/array/access.ts";
import { ARRAY_METHODS } from "../../../src/std/shared/array/methods.ts";

type Call = (array: unknown[], name: string, args: unknown[]) => unknown;

/** What a call did, apart from what it gave. */
interface Ran {
  readonly accesses: readonly string[];
  readonly result: unknown;
  readonly left: readonly unknown[];
}

const isIndex = (key: PropertyKey): boolean => typeof key === "string" && /^\d+$/.test(key);

/** The array under a proxy that notes what is done to its indices and length. */
function noting(target: unknown[], accesses: string[]): unknown[] {
  const note = (what: string, key: PropertyKey): void => {
    if (key === "length" || isIndex(key)) accesses.push(`${what} ${String(key)}`);
  };
  return new Proxy(target, {
    get(_, key) {
      note("get", key);
      // Results are ordinary arrays.
      return key === "constructor" ? undefined : (Reflect.get(target, key) as unknown);
    },
    set(_, key, value) {
      note("set", key);
      return Reflect.set(target, key, value);
    },
    has(_, key) {
      note("has", key);
      return Reflect.has(target, key);
    },
    deleteProperty(_, key) {
      note("delete", key);
      return Reflect.deleteProperty(target, key);
    },
  });
}

function access(array: unknown[]): ArrayAccess {
  return {
    length: () => array.length,
    has: (index) => index in array,
    get: (index) => array[index],
    set: (index, value) => void (array[index] = value),
    delete: (index) => void Reflect.deleteProperty(array, index),
    setLength: (length) => void (array.length = length),
    shown: (got) => got,
    taken: (got) => got,
    self: () => array,
  };
}

const byLanguage: Call = (array, name, args) =>
  (array as unknown as Record<string, (...args: unknown[]) => unknown>)[name](...args);
const byUs: Call = (array, name, args) => ARRAY_METHODS.get(name)!(access(array), args);

function run(call: Call, start: readonly unknown[], { name, args }: Given): Ran {
  const target = [...start];
  const accesses: string[] = [];
  const array = noting(target, accesses);
  let result: unknown;
  try {
    result = call(array, name, args(target, accesses));
    if (result === array) result = "the array itself";
    const steps = result as Iterator<unknown> | undefined;
    if (typeof steps === "object" && typeof steps?.next === "function") {
      assert.equal(Object.prototype.toString.call(steps), "[object Array Iterator]");
      result = [...(steps as IteratorObject<unknown>)];
    }
  } catch (error) {
    result = (error as Error).name;
  }
  return { accesses, result, left: target };
}

/** `args` are made for each array: callbacks change it, and note that they were called. */
interface Given {
  readonly name: string;
  readonly args: (target: unknown[], accesses: string[]) => unknown[];
  readonly told: string;
}

const value = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.constantFrom<unknown>("a", "bb", "", undefined, null, true, NaN, -0, 7n),
);
const nested = fc.oneof(value, fc.array(fc.oneof(value, fc.array(value, { maxLength: 2 }))));
const index = fc.oneof(
  fc.integer({ min: -8, max: 8 }),
  fc.constantFrom<unknown>(Infinity, -Infinity, NaN, -0, 1.7, "2", undefined, null, 1n, "x"),
);

const plain = (name: string, args: fc.Arbitrary<unknown[]>): fc.Arbitrary<Given> =>
  args.map((given) => ({ name, args: () => [...given], told: `${name}(${fc.stringify(given)})` }));

/** The first few of these arguments, or all. */
const upTo = (name: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Given> =>
  fc.oneof(
    ...Array.from({ length: args.length + 1 }, (_, n) =>
      plain(name, fc.tuple(...args.slice(0, n))),
    ),
  );

type Effect = (target: unknown[]) => unknown;
const EFFECTS: readonly Effect[] = [
  () => undefined,
  (target) => target.push("pushed"),
  (target) => target.pop(),
  (target) => (target.length = 1),
  (target) => (target[target.length - 1] = "changed"),
];

/** A callback that answers by its arguments, changes the array at one call, or throws at one. */
const calling = (name: string, ...rest: fc.Arbitrary<unknown>[]): fc.Arbitrary<Given> =>
  fc
    .record({
      effect: fc.constantFrom(...EFFECTS),
      when: fc.nat(4),
      throws: fc.boolean(),
      answer: fc.constantFrom<(...given: unknown[]) => unknown>(
        (one) => typeof one === "number",
        (one, two) => `${String(one)} ${String(two)}`,
        (one) => [one, [one]],
        () => false,
      ),
      more: fc.oneof(fc.constant([]), fc.tuple(...rest)),
    })
    .map(({ effect, when, throws, answer, more }) => ({
      name,
      told: `${name}(${String(effect)} at ${when}, ${throws}, ${String(answer)}, ${fc.stringify(more)})`,
      args: (target, accesses) => {
        let calls = 0;
        return [
          function (this: unknown, ...given: unknown[]) {
            accesses.push(`called with ${fc.stringify(given.slice(0, -1))} on ${typeof this}`);
            assert.equal((given.at(-1) as unknown[]).length, target.length);
            if (calls++ !== when) return answer(...given);
            if (throws) throw new RangeError("from the callback");
            effect(target);
            return answer(...given);
          },
          ...more,
        ];
      },
    }));

const notCallable = (name: string): fc.Arbitrary<Given> =>
  plain(name, fc.constantFrom<unknown[]>([], [undefined], [1], ["a"], [null], [{}]));

const withCallback = (name: string, ...rest: fc.Arbitrary<unknown>[]): fc.Arbitrary<Given> =>
  fc.oneof(
    { arbitrary: calling(name, ...rest), weight: 9 },
    { arbitrary: notCallable(name), weight: 1 },
  );

const COMPARATORS: readonly ((a: unknown, b: unknown) => unknown)[] = [
  (a, b) => String(a).length - String(b).length,
  (a, b) => Number(String(b) > String(a)) - Number(String(b) < String(a)),
  () => 0,
  () => NaN,
];
const comparing = (name: string): fc.Arbitrary<Given> =>
  fc.oneof(
    upTo(name, fc.constantFrom<unknown>(undefined, ...COMPARATORS)),
    plain(name, fc.constantFrom<unknown[]>([1], [null], [{}])),
  );

const values = fc.array(value, { maxLength: 3 });
const few = (name: string): fc.Arbitrary<Given> => plain(name, values);
const holder = fc.constantFrom<unknown>(undefined, "self", 3);
const spreads = fc.tuple(index, index, values).map(([a, b, more]) => [a, b, ...more]);

const METHODS: Readonly<Record<string, fc.Arbitrary<Given>>> = {
  at: upTo("at", index),
  concat: plain("concat", fc.array(fc.oneof(nested, fc.constant({ 0: 1, length: 1 })))),
  copyWithin: upTo("copyWithin", index, index, index),
  entries: plain("entries", fc.constant([])),
  every: withCallback("every", holder),
  fill: upTo("fill", value, index, index),
  filter: withCallback("filter", holder),
  find: withCallback("find", holder),
  findIndex: withCallback("findIndex", holder),
  findLast: withCallback("findLast", holder),
  findLastIndex: withCallback("findLastIndex", holder),
  flat: upTo("flat", index),
  flatMap: withCallback("flatMap", holder),
  forEach: withCallback("forEach", holder),
  includes: upTo("includes", value, index),
  indexOf: upTo("indexOf", value, index),
  join: upTo("join", fc.constantFrom<unknown>("", "-", undefined, null, 1)),
  keys: plain("keys", fc.constant([])),
  lastIndexOf: upTo("lastIndexOf", value, index),
  map: withCallback("map", holder),
  pop: few("pop"),
  push: few("push"),
  reduce: withCallback("reduce", value),
  reduceRight: withCallback("reduceRight", value),
  reverse: few("reverse"),
  shift: few("shift"),
  slice: upTo("slice", index, index),
  some: withCallback("some", holder),
  sort: comparing("sort"),
  splice: fc.oneof(upTo("splice", index, index), plain("splice", spreads)),
  toLocaleString: upTo("toLocaleString", fc.constant("de")),
  toReversed: few("toReversed"),
  toSorted: comparing("toSorted"),
  toSpliced: fc.oneof(upTo("toSpliced", index, index), plain("toSpliced", spreads)),
  toString: few("toString"),
  unshift: few("unshift"),
  values: plain("values", fc.constant([])),
  with: upTo("with", index, value),
};

test("every method that the language has for arrays is written out", () => {
  const ofLanguage = Object.getOwnPropertyNames(Array.prototype)
    .filter((name) => name !== "constructor" && name !== "length")
    .sort();
  assert.deepEqual([...ARRAY_METHODS.keys()].sort(), ofLanguage);
  assert.deepEqual(Object.keys(METHODS).sort(), ofLanguage);
});

for (const [name, given] of Object.entries(METHODS)) {
  test(`${name}: the accesses and the result of the language's own`, () => {
    // V8 leaves arrays of one element alone when it sorts, where ECMA-262 reads and writes that one.
    const minLength = name === "sort" ? 2 : 0;
    fc.assert(
      fc.property(fc.array(nested, { minLength, maxLength: 6 }), given, (start, one) => {
        assert.deepStrictEqual(run(byUs, start, one), run(byLanguage, start, one), one.told);
      }),
      { numRuns: 400 },
    );
  });
}

test("sorting one element reads and writes it, as ECMA-262 says", () => {
  const { accesses } = run(byUs, [1], { name: "sort", args: () => [], told: "sort" });
  assert.deepEqual(accesses, ["get length", "has 0", "get 0", "set 0"]);
});

test("an iterator has the language's own helpers, and gives itself to loops", () => {
  const steps = byUs([1, 2, 3], "values", []) as IteratorObject<number>;
  assert.equal(steps[Symbol.iterator](), steps);
  assert.equal(
    Object.getPrototypeOf(Object.getPrototypeOf(steps)),
    Object.getPrototypeOf(Object.getPrototypeOf([].values())),
  );
});

test("an iterator that has come to the end asks no more, as ECMA-262 says", () => {
  const accesses: string[] = [];
  const array = noting([], accesses);
  const steps = byUs(array, "values", []) as Iterator<unknown>;
  assert.deepEqual([steps.next().done, steps.next().done, accesses], [true, true, ["get length"]]);
});

test("equal elements keep their order however long the array is", () => {
  const list = Array.from({ length: 1000 }, (_, at) => ({ key: (at * 7) % 13, at }));
  const ours = byUs([...list], "toSorted", [
    (a: { key: number }, b: { key: number }) => a.key - b.key,
  ]);
  assert.deepEqual(
    ours,
    list.toSorted((a, b) => a.key - b.key),
  );
});
