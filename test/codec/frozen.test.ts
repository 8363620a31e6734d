/** Values that threads share by reference: their objects by number, alike on both sides, and nothing that freezing leaves open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CrossingError } from "../../src/codec/crossing-error.ts";
import { Decoder } from "../../src/codec/decoder.ts";
import { Encoder } from "../../src/codec/encoder.ts";
import { DATA_ONLY, type Externals } from "../../src/codec/externals.ts";

/** Carries the value over, and answers its objects on both sides. */
function bothSides(
  value: unknown,
  externals: Externals = DATA_ONLY,
): readonly [object[], object[]] {
  const { words, length, objects } = new Encoder(externals).encodeFrozen(value, "value");
  return [[...objects], new Decoder(externals).objects(words, 0, length)];
}

const graph = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.integer(),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
    fc.constant(/x/g),
  ),
})).value;

test("an object has the same number on both sides, however many there are", () => {
  fc.assert(
    fc.property(graph, fc.nat(30), (value, repeated) => {
      const whole = {
        value,
        more: Array.from({ length: repeated }, (_, n) => ({ n })),
        value2: value,
      };
      const [here, there] = bothSides(whole);
      assert.equal(here.length, there.length);
      assert.equal(new Set(here).size, here.length);
      for (const [number, object] of here.entries()) assert.deepEqual(there[number], object);
      assert.equal(here.indexOf(whole), 0);
    }),
  );
});

test("a value that is encoded as usual tells no objects", () => {
  assert.deepEqual(new Encoder(DATA_ONLY).encode({ a: {} }, "value").objects, []);
});

for (const [what, value] of [
  ["a Map", new Map()],
  ["a Set", new Set()],
  ["a Date", new Date(0)],
  ["a Uint8Array", new Uint8Array(2)],
  ["an ArrayBuffer", new ArrayBuffer(2)],
] as const) {
  test(`${what} cannot be frozen, and is named by its path`, () => {
    const encoder = new Encoder(DATA_ONLY);
    assert.throws(
      () => encoder.encodeFrozen({ in: [value] }, "node"),
      (error) =>
        error instanceof CrossingError && error.path === "node.in[0]" && error.what === what,
    );
    const { length } = encoder.encode({ in: [value] }, "node");
    assert.ok(length > 0, "and crosses where it is copied, by the same encoder");
  });
}

test("what all threads know crosses as a handle, wherever it stands", () => {
  const known = Object.freeze({ known: true });
  const externals: Externals = {
    ...DATA_ONLY,
    published: (object) => (object === known ? [42, 7] : undefined),
    handle: (words) => (words[0] === 42 && words[1] === 7 ? known : {}),
  };
  const { words, length, handles } = new Encoder(externals).encode([known, { known }, {}], "value");
  const [first, second, third] = new Decoder(externals).decode(words, 0, length) as [
    object,
    { known: object },
    object,
  ];
  assert.ok(first === known && second.known === known && third !== known);
  assert.deepEqual(handles, [known], "each is told once");
});
