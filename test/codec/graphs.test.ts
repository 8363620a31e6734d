import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Decoder } from "../../src/codec/decoder.ts";
import { Encoder } from "../../src/codec/encoder.ts";
import { DATA_ONLY } from "../../src/codec/externals.ts";
import { crosses, PLACE, placed, wordsOf } from "./crossing.ts";
import { graph, primitive } from "./graphs.ts";
import { difference } from "./same-graph.ts";

test("every primitive arrives as it was", () => {
  fc.assert(
    fc.property(primitive, (value) => {
      assert.equal(difference(value, crosses(value)), undefined);
    }),
    { numRuns: 1000 },
  );
});

test("every graph arrives the same, with its cycles and aliases", () => {
  fc.assert(
    fc.property(graph, (value) => {
      assert.equal(difference(value, crosses(value)), undefined);
    }),
    { numRuns: 600 },
  );
});

test("coders that were used before give the same as new ones", () => {
  const encoder = new Encoder(DATA_ONLY);
  const decoder = new Decoder(DATA_ONLY);
  fc.assert(
    fc.property(graph, (value) => {
      const words = placed(encoder.encode(value, "value"));
      assert.deepEqual(words, wordsOf(value));
      const arrived = decoder.decode(words, PLACE, words.length - PLACE - 1);
      assert.equal(difference(value, arrived), undefined);
    }),
    { numRuns: 200 },
  );
});

test("what has crossed crosses again to the same words", () => {
  fc.assert(
    fc.property(graph, (value) => {
      const words = wordsOf(value);
      const arrived = new Decoder(DATA_ONLY).decode(words, PLACE, words.length - PLACE - 1);
      assert.deepEqual(wordsOf(arrived), words);
    }),
    { numRuns: 100 },
  );
});
