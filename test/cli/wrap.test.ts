import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { paintFor } from "../../src/cli/render/paint.ts";
import { columnsOf, cutTo } from "../../src/cli/render/width.ts";
import { wrap } from "../../src/cli/render/wrap.ts";

test("a line that fits stays as it is", () => {
  assert.deepEqual(wrap("  as it  is", 11), ["  as it  is"]);
});

test("lines break at spaces, and go on indented", () => {
  assert.deepEqual(wrap("one two three four", 9, "  "), ["one two", "  three", "  four"]);
});

test("a word that is longer than a line stays whole", () => {
  assert.deepEqual(wrap("see src/a/very/long/path.ts:1:2 there", 10), [
    ...["see", "src/a/very/long/path.ts:1:2", "there"],
  ]);
});

test("what must not part stays together, and colours take no room", () => {
  const paint = paintFor({ colour: true });
  assert.deepEqual(wrap("it took 412\u00a0µs", 10), ["it took", "412\u00a0µs"]);
  const red = paint.bad("four");
  assert.deepEqual(wrap(`${red} ${red}`, 9), [`${red} ${red}`]);
});

test("no word is lost, and only long words go over", () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom("a", "ü", "漢") });
  fc.assert(
    fc.property(fc.array(word), fc.integer({ min: 1, max: 40 }), (words, width) => {
      const lines = wrap(words.join(" "), width);
      assert.deepEqual(
        lines.flatMap((line) => line.split(" ")),
        words.length === 0 ? [""] : words,
      );
      for (const line of lines) assert.ok(columnsOf(line) <= width || !line.includes(" "));
    }),
  );
});

test("a text is cut to columns, with an ellipsis where something is missing", () => {
  assert.equal(cutTo("short", 5, "…"), "short");
  assert.equal(cutTo("longer", 5, "…"), "long…");
  assert.equal(cutTo("漢字漢字", 5, "…"), "漢字…");
});
