/** Objects among the elements of a shared array: what methods give of them, and what they do with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as places from "../../../src/std/shared/place.ts";
import type { SharedPlace } from "../../../src/protocol/emitted.ts";
import { installOneThread } from "../one-thread.ts";

installOneThread();

interface Item {
  n: number;
  tags?: string[];
}

const items = (): Item[] => [{ n: 3, tags: ["a"] }, { n: 1 }, { n: 2 }];
const call = (at: SharedPlace, name: string, ...args: unknown[]): unknown =>
  places.method(at, name, args);
const field = (at: SharedPlace, index: number): SharedPlace =>
  places.field(places.element(at, index), "n");

for (const [name, args, expected] of [
  ["pop", [], { n: 2 }],
  ["shift", [], { n: 3, tags: ["a"] }],
  ["splice", [0, 2], [{ n: 3, tags: ["a"] }, { n: 1 }]],
] as const) {
  test(`what ${name} takes out is a copy that is nobody else's`, () => {
    const given = call(places.create(items()), name, ...args);
    assert.deepEqual(given, expected);
    assert.ok(!Object.isFrozen(given));
    for (const one of Array.isArray(given) ? (given as Item[]) : [given as Item]) one.n = 9;
  });
}

/** Each gives the first item. */
const GIVING: Readonly<Record<string, (at: SharedPlace) => unknown>> = {
  at: (at) => call(at, "at", 0),
  find: (at) => call(at, "find", (one: Item) => one.n === 3),
  filter: (at) => (call(at, "filter", () => true) as Item[])[0],
  slice: (at) => (call(at, "slice") as Item[])[0],
  concat: (at) => (call(at, "concat", [1]) as Item[])[0],
  toReversed: (at) => (call(at, "toReversed") as Item[])[2],
  values: (at) => (call(at, "values") as Iterator<Item>).next().value as Item,
  "for … of": (at) => [...places.elements(at)][0],
  "a callback": (at) => {
    let seen: unknown;
    call(at, "forEach", (one: Item) => (seen ??= one));
    return seen;
  },
  "a comparator": (at) => {
    const seen: Item[] = [];
    call(at, "toSorted", (one: Item, other: Item) => (seen.push(one, other), 0));
    return seen.find(({ n }) => n === 3);
  },
};

for (const [name, give] of Object.entries(GIVING)) {
  test(`what stays in the array is given as a frozen copy by ${name}`, () => {
    const shared = places.create(items());
    const given = give(shared) as Item;
    assert.deepEqual(given, { n: 3, tags: ["a"] });
    assert.throws(() => (given.n = 9), TypeError);
    assert.throws(() => given.tags.push("b"), TypeError);
    places.write(field(shared, 0), 5);
    assert.equal(given.n, 3);
  });
}

test("objects that move within the array stay what they are: the same cells under another index", () => {
  const shared = places.create(items());
  const first = field(shared, 0) as SharedPlace & { at: number };
  call(shared, "push", { n: 4 });
  call(shared, "reverse");
  assert.equal((field(shared, 3) as typeof first).at, first.at);
  call(shared, "sort", (one: Item, other: Item) => one.n - other.n);
  assert.equal((field(shared, 2) as typeof first).at, first.at);
  call(shared, "shift");
  call(shared, "unshift", 0, 0);
  assert.equal((field(shared, 3) as typeof first).at, first.at);
  assert.deepEqual(places.snapshot(shared), [0, 0, { n: 2 }, { n: 3, tags: ["a"] }, { n: 4 }]);
});

test("what is put in is copied in, each time", () => {
  const mine = { n: 1 };
  const shared = places.create([] as unknown[]);
  call(shared, "push", mine, mine);
  call(shared, "fill", mine, 1, 2);
  places.write(field(shared, 0), 7);
  assert.deepEqual(places.snapshot(shared), [{ n: 7 }, { n: 1 }]);
  assert.equal(mine.n, 1);
});

test("no object is the same as one in shared memory, whatever is in it", () => {
  const shared = places.create(items());
  const one = call(shared, "at", 1);
  assert.equal(call(shared, "indexOf", one), -1);
  assert.equal(call(shared, "lastIndexOf", one), -1);
  assert.equal(call(shared, "includes", one), false);
});

test("the array that a method gives back is used as by its path", () => {
  const shared = places.create([3, 1, 2]);
  const given = call(shared, "sort") as number[];
  assert.deepEqual(
    given.map((one) => one * 2),
    [2, 4, 6],
  );
  assert.deepEqual([...given], [1, 2, 3]);
  assert.ok(Array.isArray(given));
  assert.equal(JSON.stringify(given), "[1,2,3]");
  given[4] = 9;
  given.push(10);
  assert.deepEqual(places.snapshot(shared), [1, 2, 3, undefined, 9, 10]);
  assert.equal(given.length, 6);
  given.length = 1;
  assert.deepEqual([given.at(-1), given[0], 0 in given, 1 in given], [1, 1, true, false]);
  let third: unknown;
  call(shared, "forEach", (_one: number, _at: number, all: number[]) => (third = all.includes(1)));
  assert.equal(third, true);
});
