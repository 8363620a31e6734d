/** Array methods over shared memory, against plain arrays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as places from "../../../src/std/shared/place.ts";
import { installOneThread } from "../one-thread.ts";

const engine = installOneThread();

const value = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.constantFrom<unknown>("a", "bb", "", undefined, null, true, 2.5, 7n),
  fc.nat(3).map((n) => ({ n, list: [n, { n }] })),
  fc.nat(3).map((n) => [n, { n }]),
);
const index = fc.integer({ min: -6, max: 8 });
const few = fc.array(value, { maxLength: 3 });

/** A call of a method: its arguments are made anew for each array that it is tried on. */
interface Call {
  readonly name: string;
  readonly args: () => unknown[];
  readonly told: string;
}

function calls(name: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Call> {
  return fc.tuple(...args).map((given) => ({
    name,
    args: () => [...given],
    told: `${name}(${given.map(String).join()})`,
  }));
}

/** `args` in front, or the first few of them only. */
function upTo(name: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Call> {
  return fc.oneof(
    ...Array.from({ length: args.length + 1 }, (_, n) => calls(name, ...args.slice(0, n))),
  );
}

function withCallback(
  name: string,
  callback: (...given: never[]) => unknown,
  ...more: unknown[]
): fc.Arbitrary<Call> {
  return fc.constant({
    name,
    args: () => [callback, ...more],
    told: `${name}(${callback.toString()})`,
  });
}

const rest = (name: string): fc.Arbitrary<Call> =>
  few.map((given) => ({
    name,
    args: () => [...given],
    told: `${name}(${given.map(String).join()})`,
  }));

const isNumber = (one: unknown): boolean => typeof one === "number";
const told = (one: unknown, at: number): string => `${String(one)}@${at}`;

const CALLS: Readonly<Record<string, fc.Arbitrary<Call>>> = {
  push: rest("push"),
  pop: calls("pop"),
  shift: calls("shift"),
  unshift: rest("unshift"),
  splice: fc.oneof(
    upTo("splice", index, index),
    fc.tuple(index, index, few).map(([from, count, more]) => ({
      name: "splice",
      args: () => [from, count, ...more],
      told: `splice(${from},${count},${more.map(String).join()})`,
    })),
  ),
  slice: upTo("slice", index, index),
  indexOf: upTo("indexOf", value, index),
  lastIndexOf: fc.oneof(calls("lastIndexOf", value), calls("lastIndexOf", value, index)),
  includes: upTo("includes", value, index),
  join: upTo("join", fc.constantFrom("", "-", ", ")),
  toString: calls("toString"),
  sort: fc.oneof(
    calls("sort"),
    withCallback("sort", (one: unknown, other: unknown) =>
      String(other).localeCompare(String(one)),
    ),
  ),
  reverse: calls("reverse"),
  fill: upTo("fill", value, index, index),
  copyWithin: fc.oneof(calls("copyWithin", index, index), calls("copyWithin", index, index, index)),
  at: calls("at", index),
  with: calls("with", fc.constant(0), value),
  concat: fc.oneof(rest("concat"), calls("concat", few)),
  flat: calls("flat"),
  toSorted: calls("toSorted"),
  toReversed: calls("toReversed"),
  toSpliced: calls("toSpliced", index, index, value),
  map: withCallback("map", told),
  flatMap: withCallback("flatMap", (one: unknown) => [one, one]),
  filter: withCallback("filter", isNumber),
  find: withCallback("find", isNumber),
  findIndex: withCallback("findIndex", isNumber),
  findLast: withCallback("findLast", isNumber),
  findLastIndex: withCallback("findLastIndex", isNumber),
  some: withCallback("some", isNumber),
  every: withCallback("every", isNumber),
  reduce: withCallback("reduce", (sum: string, one: unknown) => sum + String(one), ""),
  reduceRight: withCallback("reduceRight", (sum: string, one: unknown) => sum + String(one), ""),
  entries: calls("entries"),
  keys: calls("keys"),
  values: calls("values"),
};

/** What a call gave, so that it can be compared: iterators by what they yield, the array itself by its name. */
function outcome(run: () => unknown, isItself: (result: unknown) => boolean): unknown {
  try {
    const result = run();
    if (isItself(result)) return "the array itself";
    const isIterator = typeof result === "object" && result !== null && "next" in result;
    return isIterator ? [...(result as IteratorObject<unknown>)] : result;
  } catch (error) {
    return (error as Error).name;
  }
}

function agree(start: readonly unknown[], script: readonly Call[]): void {
  // Elements that were never set read as undefined in shared memory: there are no holes.
  const plain = [...start];
  const shared = places.create([...start]);
  for (const { name, args, told: words } of script) {
    const expected = outcome(
      () => (plain as unknown as Record<string, (...a: unknown[]) => unknown>)[name](...args()),
      (result) => result === plain,
    );
    const given = outcome(
      () => places.method(shared, name, args()),
      (result) => Array.isArray(result) && expected === "the array itself",
    );
    assert.deepStrictEqual(given, expected, words);
    for (let i = 0; i < plain.length; i++) if (!(i in plain)) plain[i] = undefined;
    assert.deepStrictEqual(places.snapshot(shared), plain, `after ${words}`);
  }
}

for (const [name, arbitrary] of Object.entries(CALLS)) {
  test(`${name} does what a plain array's does`, () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), arbitrary, (start, one) =>
        agree(start, [one]),
      ),
      { numRuns: 60 },
    );
  });
}

test("any sequence of methods leaves a shared array as it leaves a plain one", () => {
  const script = fc.array(fc.oneof(...Object.values(CALLS)), { maxLength: 15 });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 6 }), script, (start, some) => agree(start, some)),
    { numRuns: 150 },
  );
});

test("forEach visits every element with its index, and the array grows under its feet unseen", () => {
  const shared = places.create([1, 2, 3]);
  const seen: unknown[] = [];
  places.method(shared, "forEach", [
    (one: unknown, at: number) => {
      seen.push([one, at]);
      if (at === 0) places.method(shared, "push", [9]);
    },
  ]);
  assert.deepEqual(seen, [
    [1, 0],
    [2, 1],
    [3, 2],
  ]);
  assert.deepEqual([...places.elements(shared)], [1, 2, 3, 9]);
});

test("an index beyond the end grows the array, a length cuts it off and what was there is gone", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { maxLength: 5 }),
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
      (start, at, length) => {
        const plain: unknown[] = [...start];
        const shared = places.create([...start]);
        plain[at] = "x";
        places.write(places.element(shared, at), "x");
        plain.length = length;
        places.write(places.length(shared), length);
        plain[plain.length + 1] = "y";
        places.write(places.element(shared, length + 1), "y");
        assert.deepEqual(places.snapshot(shared), Array.from(plain));
      },
    ),
  );
});

test("texts and big numbers that are replaced give their memory back", () => {
  const shared = places.create(["", 0n]);
  const write = (i: number): void => {
    places.write(places.element(shared, 0), "x".repeat(1000 + (i % 50)));
    places.write(places.element(shared, 1), 1n << BigInt(2000 + (i % 50)));
    assert.equal(typeof places.read(places.element(shared, 0)), "string");
  };
  for (let i = 0; i < 200; i++) write(i);
  const used = engine.usedWords();
  for (let i = 0; i < 5000; i++) write(i);
  assert.equal(engine.usedWords(), used);
});

test("a shared array that is filled and emptied again and again takes no more memory", () => {
  const shared = places.create([] as unknown[]);
  const round = (): void => {
    for (let i = 0; i < 50; i++) places.method(shared, "push", [`text ${i}`]);
    for (let i = 0; i < 50; i++) places.method(shared, "shift", []);
  };
  round();
  round();
  const used = engine.usedWords();
  for (let i = 0; i < 100; i++) round();
  assert.equal(engine.usedWords(), used);
});
