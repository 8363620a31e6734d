import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { edits, nearestAnnotation } from "../../../src/compiler/annotations/names.ts";
import { load } from "./check.ts";

/** Pieces of which programs, right and wrong, are made. */
const PIECES = [
  "// @threadloom",
  " cores=",
  "// @final ",
  "// @invariant ",
  "// @label ",
  "// @expect ",
  "/** @shared */ ",
  "/** @thread x2 */ ",
  "/** @shared @guardedBy ",
  "*/",
  "/*",
  "*",
  "@",
  "@treads",
  "let x = 0;",
  "const m = new Mutex(0);",
  'import { spawn, Mutex } from "threadloom:std";',
  "spawn(() => { x++; m.lock(); });",
  "function f(i: number) {",
  "}",
  "class C { #p = 1; ",
  "`${",
  "`",
  '"',
  "(",
  ")",
  "x === ",
  "2",
  "\n",
  "\r\n",
  "\uFEFF",
  "ä",
  "\u2028",
];

suite("bad input", () => {
  test("no text makes loading throw, and every place it names is in the text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const lines = text.split(/\r\n|[\r\n\u2028\u2029]/);
        for (const { line, column, endLine, endColumn } of load(text).diagnostics) {
          const [first, last] = [lines[line - 1], lines[endLine - 1]];
          assert.ok(first !== undefined && last !== undefined);
          assert.ok(column >= 1 && column <= first.length + 1);
          assert.ok(endColumn >= 1 && endColumn <= last.length + 1);
          assert.ok(endLine > line || endColumn >= column);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the same text gives the same diagnostics, whatever was loaded before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }),
        fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }),
        (first, second) => {
          const before = load(first.join("")).diagnostics;
          load(second.join(""));
          assert.deepEqual(load(first.join("")).diagnostics, before);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("text that nests deeper than any stack is an error, not a crash", () => {
    for (const text of [
      "(".repeat(20_000),
      `const x = ${"1 + ".repeat(20_000)}1;`,
      "{".repeat(20_000),
    ]) {
      const { loaded, diagnostics } = load(text);
      const stopped = diagnostics.some(({ stops }) => stops);
      assert.ok(stopped || loaded, text.slice(0, 20));
    }
    assert.deepEqual(load("spawn;").diagnostics.length, 2, "and the next text is loaded as ever");
  });
});

suite("near misses", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcdefghilrst"), maxLength: 8 });

  test("edits are counted as a metric is", () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        assert.equal(edits(a, a), 0);
        assert.equal(edits(a, b), edits(b, a));
        if (a !== b) assert.ok(edits(a, b) > 0);
        assert.ok(edits(a, c) <= 2 * (edits(a, b) + edits(b, c)));
        assert.ok(Math.abs(a.length - b.length) <= edits(a, b));
      }),
    );
  });

  test("one slip in a name is always noticed", () => {
    for (const name of [
      "shared",
      "thread",
      "guardedBy",
      "threadloom",
      "invariant",
      "final",
      "expect",
      "label",
    ]) {
      for (let i = 0; i < name.length; i++) {
        const without = name.slice(0, i) + name.slice(i + 1);
        const doubled = name.slice(0, i) + name[i] + name.slice(i);
        assert.equal(nearestAnnotation(doubled), name);
        // `@lael` may be one or the other; that it is one of ours is noticed.
        assert.ok(nearestAnnotation(without), without);
      }
    }
  });

  test("names of other tools are no slips", () => {
    for (const name of [
      "param",
      "returns",
      "internal",
      "public",
      "label-for",
      "table",
      "signal",
      "x",
      "threadSafe",
      "ts-ignore",
    ]) {
      assert.equal(nearestAnnotation(name), undefined, name);
    }
  });
});
