import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DamageError } from "../../src/codec/damage.ts";
import { Decoder } from "../../src/codec/decoder.ts";
import { DATA_ONLY } from "../../src/codec/externals.ts";
import { Constant, Tag } from "../../src/codec/word.ts";
import { wordsOf, PLACE } from "./crossing.ts";
import { graph } from "./graphs.ts";
import { property } from "./replayed.ts";

const decoder = new Decoder(DATA_ONLY);
/** By one decoder for all: what damage leaves behind in it would show. */
function decode(words: Int32Array, at = 0, length = words.length - at): unknown {
  return decoder.decode(words, at, length);
}

/** Whatever the words are, a value comes out or they are told to be damaged; nothing else is thrown. */
function survives(words: Int32Array): void {
  try {
    decode(words);
  } catch (error) {
    if (error instanceof DamageError) {
      assert.equal(error.code, "TL2101");
      return;
    }
    // The engine's own answer to handles and literals that were never there.
    assert.match(String(error), /The words hold more than plain data/);
  }
}

const bare = (value: unknown): Int32Array => wordsOf(value).slice(PLACE, -1);

/** As `property`, of this file. */
const holds = <T>(
  name: string,
  runs: number,
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => void,
): void => property(name, "test/codec/damage.test.ts", runs, arbitrary, check);

const some = fc.oneof(fc.integer(), fc.nat(40), fc.nat(4000));

holds(
  "values with altered words are told to be damaged, or are other values",
  1000,
  fc.tuple(graph, fc.array(fc.tuple(fc.nat(), some), { minLength: 1, maxLength: 3 })),
  ([value, list]) => {
    const words = bare(value);
    for (const [at, word] of list) words[at % words.length] = word;
    survives(words);
  },
);

holds(
  "values with flipped bits",
  1000,
  fc.tuple(graph, fc.nat(), fc.nat(31)),
  ([value, at, bit]) => {
    const words = bare(value);
    words[at % words.length] ^= 1 << bit;
    survives(words);
  },
);

/** From one place to another, so many words; what stands there is replaced, or moves on. */
const splice = fc.record({ from: fc.nat(), to: fc.nat(), count: fc.nat(6), replaced: fc.nat(6) });

holds(
  "values of which parts were put elsewhere, doubled or left out",
  1000,
  fc.tuple(graph, graph, fc.array(splice, { minLength: 1, maxLength: 3 })),
  ([value, other, splices]) => {
    const words = [...bare(value)];
    const pieces = [...bare(other), ...words];
    for (const { from, to, count, replaced } of splices) {
      const start = from % pieces.length;
      words.splice(to % (words.length + 1), replaced, ...pieces.slice(start, start + count));
    }
    survives(Int32Array.from(words));
  },
);

holds(
  "words at random",
  2000,
  fc.array(fc.oneof(fc.integer(), fc.nat(31), fc.nat(2000)), { minLength: 1, maxLength: 60 }),
  (list) => survives(Int32Array.from(list)),
);

holds("every value that was cut short", 20, graph, (value) => {
  const words = bare(value);
  for (let length = 1; length < words.length; length++) {
    assert.throws(() => decode(words, 0, length), DamageError);
  }
});

const DAMAGED: Record<string, number[]> = {
  "cleared memory": [0],
  "two values": [Constant.NULL, Constant.NULL],
  "a reference to nothing": [Tag.REFERENCE],
  "an object of a negative number": [(-2 << 5) | Tag.REFERENCE],
  "a string that is longer than its words": [(1000 << 5) | Tag.ASCII, 0],
  "a string of four thousand million": [(-1 << 5) | Tag.ASCII, -1],
  "a bigint of sixty million words": [(((1 << 25) - 1) << 5) | Tag.BIGINT, 0],
  "an array of a thousand that holds one": [Tag.ARRAY, 1000, Constant.NULL],
  "holes beyond the end": [Tag.ARRAY, 1, (2 << 5) | Tag.HOLES],
  "no holes at all": [Tag.ARRAY, 1, Tag.HOLES],
  "a Map of minus one": [Tag.MAP, -1],
  "a buffer of a gigabyte": [(-1 << 5) | Tag.BUFFER, 1 << 30, 0, 0],
  "a view of what is no buffer": [Tag.ARRAY, 1, Tag.VIEW, 0, 0, 0, 0, 0],
  "a regular expression that is none": [Tag.REGEXP, (1 << 5) | Tag.ASCII, 0x28, Tag.ASCII, 0, 0],
  "a definition of nothing": [Tag.DEFINE, Constant.NULL],
  "an instance of no class": [Tag.ARRAY, 1, (Tag.OBJECT << 5) | Tag.INSTANCE, 0, 1, 0],
  "a shape that was never there": [Tag.OBJECT, 2],
  "more keys than words": [Tag.OBJECT, 2001, 0, 1, Tag.ASCII],
  "prefixes without an end": new Array<number>(100).fill(Tag.LATER),
  "boxes in boxes": new Array<number>(100_000).fill(Tag.BOXED),
  "arrays in arrays without an end": new Array<number>(100_000).fill(Tag.ARRAY),
};

for (const [name, words] of Object.entries(DAMAGED)) {
  test(`${name}: told to be damaged`, () => {
    assert.throws(
      () => decode(Int32Array.from(words)),
      (error) => error instanceof DamageError && error.remedy !== undefined,
    );
  });
}

test("a place outside the memory is told, and nothing is read", () => {
  const words = bare({ a: 1 });
  for (const [at, length] of [
    [-1, 2],
    [0, words.length + 1],
    [words.length, 1],
    [0, 0],
    [0, NaN],
  ]) {
    assert.throws(() => decode(words, at, length), DamageError);
  }
});

test("a few words cannot take much memory", () => {
  const run = (1 << 24) - 1;
  const words = [Tag.ARRAY, 2000];
  for (let index = 0; index < 2000; index++) {
    words.push(Tag.ARRAY, run, (run << 5) | Tag.HOLES);
  }
  const before = process.memoryUsage().heapUsed;
  const list = decode(Int32Array.from(words)) as unknown[][];
  assert.ok(process.memoryUsage().heapUsed - before < 64 << 20);
  assert.equal(list[1999].length, run);
});

test("a decoder that met damage reads on", () => {
  const words = bare([{ a: 1 }, { a: 2 }]);
  assert.throws(() => decoder.decode(words, 0, words.length - 1), DamageError);
  assert.deepEqual(decoder.decode(words, 0, words.length), [{ a: 1 }, { a: 2 }]);
});
