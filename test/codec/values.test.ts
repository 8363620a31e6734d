import assert from "node:assert/strict";
import { test } from "node:test";
import { crosses, wordsOf } from "./crossing.ts";
import { difference } from "./same-graph.ts";

const shared = { shared: true };
const bytes = new Uint8Array([1, 2, 3, 4, 5]).buffer;
const resizable = new ArrayBuffer(4, { maxByteLength: 64 });

const withHoles = (length: number, elements: Record<number, unknown>): unknown[] =>
  Object.assign(new Array<unknown>(length), elements);

/** With own fields, defined as assigning them is not allowed. */
const hiding = <T extends object>(object: T, fields: object): T =>
  Object.defineProperties(object, Object.getOwnPropertyDescriptors(fields));

const VALUES: Record<string, unknown> = {
  "the smallest and largest numbers of one word": [
    2 ** 26 - 1,
    -(2 ** 26),
    2 ** 26,
    -(2 ** 26) - 1,
  ],
  "numbers that are no integers": [0.1, -0, NaN, Infinity, -Infinity, 5e-324, 1.797e308, 2 ** 53],
  "bigints of every size": [0n, -1n, 2n ** 31n, 2n ** 32n, 2n ** 63n, -(2n ** 64n), 3n ** 4000n],
  "short, long and odd strings": [
    "",
    "abc",
    "abcd",
    "x".repeat(64),
    "é".repeat(64),
    "\ud800",
    "\0",
  ],
  "very long strings": ["x".repeat(1 << 20), "é".repeat(1 << 17) + "\udc00"],
  "undefined, null and booleans": [undefined, null, true, false],
  "symbols that every thread has": [Symbol.for("x"), Symbol.iterator, Symbol.toStringTag],
  "holes, at both ends too": withHoles(7, { 1: 1, 3: undefined }),
  "an array with one element far out": Object.assign([], { 4294967294: "last" }),
  "an array that is nothing but holes": new Array(3_000_000),
  "a match with its fields": /(?<year>\d+)-(\d+)/.exec("in 2026-11"),
  "fields in their order, numbers first": { b: 1, a: 2, 10: 3, 9: 4, "": 5 },
  "a field called __proto__": JSON.parse('{"__proto__": {"x": 1}, "y": 2}') as unknown,
  "fields that hide what their prototype keeps anybody from setting": [
    hiding(new Map([[1, 2]]), { [Symbol.toStringTag]: "Tagged", size: "much" }),
    hiding(new Set([1]), { [Symbol.toStringTag]: "Tagged", size: "little" }),
    hiding(new Date(5), { [Symbol.toPrimitive]: "none" }),
    hiding(/x/g, { source: "elsewhere", flags: 1 }),
  ],
  "fields with symbols for names": { [Symbol.for("f")]: 1, [Symbol.toStringTag]: "Tagged", z: 2 },
  "an object without a prototype": Object.assign(Object.create(null) as object, { a: 1 }),
  "more fields than are remembered": Object.fromEntries(
    [...Array(500).keys()].map((n) => [`k${n}`, n]),
  ),
  "a Map with objects as keys": new Map<unknown, unknown>([
    [shared, 1],
    [NaN, shared],
    ["", undefined],
  ]),
  "a Set in its order": new Set(["z", 1, shared, undefined, NaN]),
  "fields of a Map": Object.assign(new Map(), { note: "x" }),
  "dates, also such as are none": [new Date(0), new Date(-1), new Date(NaN), new Date(8.64e15)],
  "a regular expression in the middle of its work": Object.assign(/[/]\n?é/giu, { lastIndex: 7 }),
  "boxed primitives": [Object(1), Object("x"), Object(false), Object(2n), Object(Symbol.for("b"))],
  "views that share a buffer": [
    new Uint8Array(bytes),
    new DataView(bytes, 1, 2),
    new Int16Array(bytes, 2, 1),
    bytes,
  ],
  "every kind of view": [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array],
    ...[Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView],
  ].map((View) => Reflect.construct(View, [new ArrayBuffer(16), 8, 1]) as object),
  "a buffer that can grow, and a view of all of it": [new Uint8Array(resizable), resizable],
  "frozen, sealed and closed objects": [
    Object.freeze({ deep: Object.freeze([1, {}]) }),
    Object.seal({ a: 1 }),
    Object.preventExtensions({ a: 1 }),
    Object.freeze(new Map([[1, 2]])),
  ],
  "one object in several places": [shared, { shared }, new Map([[shared, shared]]), [shared]],
};

for (const [name, value] of Object.entries(VALUES)) {
  test(`${name}: they keep their meaning`, () => {
    assert.equal(difference(value, crosses(value)), undefined);
  });
}

test("a plain array arrives without holes where it has none", () => {
  const arrived = crosses([1, undefined, 3]) as unknown[];
  assert.deepEqual(Object.keys(arrived), ["0", "1", "2"]);
});

test("an object that holds itself arrives as one that holds itself", () => {
  const value: Record<string, unknown> = {};
  value["self"] = value;
  value["map"] = new Map([[value, new Set([value])]]);
  assert.equal(difference(value, crosses(value)), undefined);
});

test("a getter's value crosses, as data", () => {
  const value = {
    half: 21,
    get whole() {
      return this.half * 2;
    },
  };
  const arrived = crosses(value) as object;
  assert.deepEqual(Object.getOwnPropertyDescriptor(arrived, "whole"), {
    value: 42,
    writable: true,
    enumerable: true,
    configurable: true,
  });
});

test("what a getter throws comes through", () => {
  const value = {
    get bad(): never {
      throw new RangeError("not today");
    },
  };
  assert.throws(() => crosses(value), new RangeError("not today"));
});

test("errors of every kind keep message, stack, cause, fields and what they gather", () => {
  const cause = new TypeError("the cause");
  const errors = [
    Object.assign(new RangeError("out", { cause }), { code: "E_OUT", detail: { cause } }),
    new AggregateError([cause, 1], "several"),
    new EvalError(),
    new Error("no cause", { cause: undefined }),
    new SuppressedError(cause, 2, "while disposing"),
    cause,
  ];
  const arrived = crosses(errors) as Error[];
  assert.equal(difference(errors, arrived), undefined);
  assert.equal(arrived[0].stack, errors[0].stack);
  assert.equal(arrived[0].cause, arrived[5]);
  for (const [index, error] of arrived.entries()) {
    assert.equal(Object.getPrototypeOf(error), Object.getPrototypeOf(errors[index]));
    assert.deepEqual(Object.keys(error), Object.keys(errors[index]));
    assert.equal("cause" in error, "cause" in errors[index]);
  }
});

test("an error whose class is not known crosses as the standard error that it descends from", () => {
  class HttpError extends TypeError {
    status = 404;
    static {
      this.prototype.name = "HttpError";
    }
  }
  const arrived = crosses(new HttpError("gone")) as HttpError;
  assert.equal(Object.getPrototypeOf(arrived), TypeError.prototype);
  assert.equal(arrived.message, "gone");
  assert.equal(arrived.status, 404);
  assert.equal(String(arrived), "HttpError: gone");
  assert.deepEqual(Object.keys(arrived), ["status"]);
});

test("a Node Buffer crosses with its own bytes alone", () => {
  const value = Buffer.from("threadloom");
  const arrived = crosses([value, value]) as Buffer[];
  assert.equal(arrived[0], arrived[1]);
  assert.ok(Buffer.isBuffer(arrived[0]));
  assert.equal(arrived[0].toString(), "threadloom");
  assert.ok(wordsOf(value).length < 16);
});

test("arrived bytes are a copy", () => {
  const value = new Uint8Array([1, 2, 3]);
  const arrived = crosses(value) as Uint8Array;
  value[0] = 9;
  assert.deepEqual([...arrived], [1, 2, 3]);
  assert.ok(arrived.buffer instanceof ArrayBuffer);
});

test("what only inherits from Map is an object like any other", () => {
  const value = Object.assign(Object.create(Map.prototype) as object, { a: 1 });
  assert.deepEqual(crosses(value), { a: 1 });
});

test("a Map that a getter changes while it is written arrives as far as it was walked", () => {
  const map = new Map<string, unknown>();
  map.set("first", {
    get late() {
      map.set("second", 2);
      return 1;
    },
  });
  assert.deepEqual(
    crosses(map),
    new Map<string, unknown>([
      ["first", { late: 1 }],
      ["second", 2],
    ]),
  );
});

test("many objects of one shape take three words each, and a list of keys once", () => {
  const one = wordsOf([{ id: 1, on: true }]).length;
  const hundred = wordsOf(Array.from({ length: 100 }, () => ({ id: 1, on: true }))).length;
  assert.equal(hundred, one + 99 * 4);
});
