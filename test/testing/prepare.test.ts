/** What the text of a test's file becomes before it is loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { prepare } from "../../src/testing/prepare.ts";

const FILE = "/work/bank.test.ts";
const EXPLORE = 'import { explore } from "threadloom/testing";\n';

test("files that explore no functions are left alone, most without being parsed", () => {
  assert.equal(prepare(FILE, 'import { test } from "node:test";\n'), undefined);
  assert.equal(
    prepare(FILE, `${EXPLORE}explore(new URL("./a.ts", import.meta.url));\n`),
    undefined,
  );
  assert.equal(prepare(FILE, 'import { Mutex } from "threadloom:std";\n'), undefined);
});

test("names of threadloom: modules are put otherwise where a runner needs that", () => {
  const text = `${EXPLORE}import { Mutex } from "threadloom:std";\nexplore(async () => { await import("threadloom:async"); });\n`;
  const prepared = prepare(FILE, text, (name) => name.replace(":", "/outside/")) ?? "";
  assert.match(prepared, /^import \{ Mutex \} from "threadloom\/outside\/std";$/m);
  assert.match(prepared, /import\(\\"threadloom:async\\"\)/, "and not in what is explored");
});

test("every line stays where it is, and what follows a function its column", () => {
  const body = fc.constantFrom(
    "() => {}",
    "() => {\n}",
    "() => {\r\n  mark();\r\n  }",
    "function () { }",
  );
  const after = fc.constantFrom("", ", { seed: 1 }", ",\n  { seed: 1 },\n");
  fc.assert(
    fc.property(fc.array(fc.tuple(body, after), { maxLength: 4 }), (calls) => {
      const lines = calls.map(([one, rest], index) => `  explore(${one}${rest}); // call ${index}`);
      const text = `${EXPLORE}function mark() {}\n${lines.join("\n")}\nlast();\n`;
      const prepared = prepare(FILE, text) ?? text;
      const [before, now] = [text.split("\n"), prepared.split("\n")];
      assert.equal(now.length, before.length);
      for (const [index, line] of before.entries()) {
        if (line.includes("explore(")) continue;
        const mark = line.search(/\/\/ call|\{ seed|last|function mark\(\) \{\}/);
        if (mark >= 0) assert.equal(now[index].slice(mark), line.slice(mark));
      }
    }),
    { numRuns: 50 },
  );
});
