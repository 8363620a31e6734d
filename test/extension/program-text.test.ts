import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { outlineOf } from "../../src/extension/program-text.ts";

/** `⟨head⟩` and `⟨thread⟩` mark the lines that lenses should stand above. */
function check(marked: string) {
  const lines = marked.split("\n");
  const at = (mark: string) => lines.flatMap((line, index) => (line.includes(mark) ? [index] : []));
  const outline = outlineOf(marked.replace(/⟨\w+⟩/g, ""));
  const head = at("⟨head⟩");
  assert.equal(outline?.head, head[0], "the head's line");
  assert.deepEqual(
    outline?.threads.map(({ line }) => line) ?? [],
    at("⟨thread⟩"),
    "the threads' lines",
  );
}

test("a file that begins with `// @threadloom` is a program", () => {
  check("⟨head⟩// @threadloom\nlet a = 1;");
  check("#!/usr/bin/env node\n\n/* licence */\n⟨head⟩// @threadloom model=parallel\nlet a;");
  check("\uFEFF⟨head⟩// @threadloom\r\nlet a = 1;\r\n");
});

test("a file that imports from a threadloom module is a program", () => {
  check('// says nothing\n⟨head⟩import { spawn } from "threadloom:std";');
  check("import fs from 'node:fs';\n⟨head⟩import {\n  spawn,\n} from 'threadloom:std';");
  check('⟨head⟩import "threadloom:std";');
});

test("every other file is left alone", () => {
  check("let a = 1;");
  check("let a = 1;\n// @threadloom");
  check('const text = `\nimport { spawn } from "threadloom:std";\n`;');
  check('/*\nimport { spawn } from "threadloom:std";\n*/\nlet a;');
  check('// @threadloomish\nlet a = "threadloom";');
  check('const later = import("threadloom:std");');
  check('import { a } from "./threadloom:std.ts";');
  check('// see "threadloom:std"\nimport a from "b";');
});

test("each @thread function gets a lens, whatever stands around it", () => {
  check(
    [
      "⟨head⟩// @threadloom",
      "/** @thread */ ⟨thread⟩function alice() {}",
      "/**",
      " * Adds one.",
      " * @thread bob x3",
      " */",
      "⟨thread⟩export async function bob() {}",
      "/** @threads */ function nobody() {}",
      "// @thread",
      "function nobodyElse() {}",
      'const text = "/** @thread */ function inText() {}";',
      "const pattern = /[/*] @thread *[/]/;",
      "const half = 4 / 2; /** @thread */ ⟨thread⟩function carol() {}",
      "const inTemplate = `${ /** @thread */ 1 } /** @thread */ function no() {}`;",
    ].join("\n"),
  );
});

test("any text is answered, and quickly", () => {
  const piece = fc.constantFrom(
    ..."`${}\"'/*\\\n\r ".split(""),
    "// @threadloom",
    "/** @thread */",
    'import "threadloom:std"',
    "function a() {",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      const outline = outlineOf(text);
      const lines = text.split("\n").length;
      for (const line of [outline?.head ?? 0, ...(outline?.threads ?? []).map((one) => one.line)]) {
        assert.ok(line >= 0 && line < lines);
      }
    }),
    { numRuns: 2000 },
  );
  const long =
    "// @threadloom\n" +
    "/** @thread */ function f() { return `a${1}`; } /* x */ '\\''\n".repeat(20_000);
  const began = performance.now();
  assert.equal(outlineOf(long)?.threads.length, 20_000);
  assert.ok(performance.now() - began < 2000, "a file of a megabyte takes no seconds");
});
