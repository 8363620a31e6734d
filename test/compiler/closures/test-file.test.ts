/** What becomes of the functions that the file of a unit test gives to `explore`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ClosureChange } from "../../../src/compiler/closures/change.ts";
import { prepareTestFile } from "../../../src/compiler/closures/test-file.ts";

const FILE = "/work/bank.test.ts";
const EXPLORE = 'import { explore } from "threadloom/testing";\n';

function closures(text: string): readonly ClosureChange[] {
  return prepareTestFile(FILE, text).closures;
}

function only(text: string): ClosureChange {
  const all = closures(text);
  assert.equal(all.length, 1);
  return all[0];
}

/** Without empty lines. */
function lines({ text }: ClosureChange): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function refused(text: string): string {
  const { problem } = only(text);
  assert.ok(problem !== undefined, "there is a problem");
  return `${problem.code} ${problem.message}`;
}

test("a function becomes a program that calls it, each line and column as it was", () => {
  const text = `${EXPLORE}import { test } from "node:test";
import { Mutex } from "threadloom:std";

test("one", () => {
  explore(() => {
    const m = new Mutex(0);
  });
});
`;
  const expected = [
    "",
    "",
    'import { Mutex } from "threadloom:std";',
    "",
    "",
    "        ;(() => {",
    "    const m = new Mutex(0);",
    "  })();",
    "",
    "",
  ];
  assert.deepEqual(only(text).text.split("\n"), expected);
});

test("what it uses of the top level comes along, and what that uses; nothing else does", () => {
  const change = only(`${EXPLORE}import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
/** How many. */
const COUNT = 2;
const unused = readFileSync("x");
enum Kind { A }
class Bank { kind = Kind.A; }
export function open() { return new Bank(); }
test("one", () => explore(() => { open(); join("a", String(COUNT)); }));
`);
  assert.deepEqual(
    lines(change).map((line) => line.trim()),
    [
      'import { join } from "node:path";',
      "/** How many. */",
      "const COUNT = 2;",
      "enum Kind { A }",
      "class Bank { kind = Kind.A; }",
      "export function open() { return new Bank(); }",
      ';(() => { open(); join("a", String(COUNT)); })();',
    ],
  );
});

test("types come along by their names", () => {
  const change = only(`${EXPLORE}import type { Far } from "./far.ts";
interface Near { far: Far }
type Other = string;
explore(() => { const near: Near | undefined = undefined; return near; });
`);
  assert.deepEqual(lines(change).slice(0, 2), [
    'import type { Far } from "./far.ts";',
    "interface Near { far: Far }",
  ]);
  assert.ok(!change.text.includes("Other"));
});

const NAMES: Record<string, string> = {
  "its own name": 'import { explore } from "threadloom/testing";\nexplore(() => {});',
  "another name": 'import { explore as tryAll } from "threadloom/testing";\ntryAll(() => {});',
  "a namespace": 'import * as loom from "threadloom/testing";\nloom.explore(() => {});',
  "a name that is required":
    'const { explore } = require("threadloom/testing");\nexplore(() => {});',
  "a module that is required":
    'const loom = require("threadloom/testing");\nloom.explore(() => {});',
  "a function's name":
    'import { explore } from "threadloom/testing";\nexplore(run);\nfunction run() {}',
  "a constant that is a function":
    'import { explore } from "threadloom/testing";\nconst run = () => {};\nexplore(run);',
};
for (const [what, text] of Object.entries(NAMES)) {
  test(`explore is found by ${what}`, () => assert.equal(closures(text).length, 1));
}

const OTHERS: Record<string, string> = {
  "a URL": `${EXPLORE}explore(new URL("./a.ts", import.meta.url));`,
  "another module's explore": 'import { explore } from "./mine.ts";\nexplore(() => {});',
  "a name that hides it": `${EXPLORE}function f(explore) { explore(() => {}); }`,
  "a function from elsewhere": `${EXPLORE}import { run } from "./run.ts";\nexplore(run);`,
  "text that does not parse": `${EXPLORE}explore(() => {`,
};
for (const [what, text] of Object.entries(OTHERS)) {
  test(`${what} is left as it is`, () => assert.deepEqual(closures(text), []));
}

test("variables of the functions around it are captured, each once, in a block of their own", () => {
  const change = only(`${EXPLORE}const n = 1;
test("one", () => {
  const m = 2;
  let n = m;
  explore(() => { use(n, m, n); });
});
`);
  assert.deepEqual(
    change.captured.map(({ name, place }) => `${name} ${place.line}`),
    ["m 6", "n 6"],
  );
  const declared = `${change.text.slice(0, change.at)}{const m = 2, n = 2;${change.text.slice(change.at)}`;
  assert.match(declared, /\{const m = 2, n = 2;\n\s*;\(\(\) => \{ use\(n, m, n\); \}\)\(\);\}/);
  assert.ok(!change.text.includes("const n = 1"), "what is hidden does not come along");
});

test("what the test's process has cannot be used", () => {
  const vitest = 'import { expect, test } from "vitest";\n';
  assert.match(
    refused(`${EXPLORE}${vitest}explore(() => { expect(1); });`),
    /^TL8209 .*bank\.test\.ts:3:17 uses `expect` of vitest/,
  );
  const within = `${EXPLORE}${vitest}function check() { expect(1); }\nexplore(() => { check(); });`;
  assert.match(refused(within), /^TL8209 .*bank\.test\.ts:3:20/, "not in what comes along either");
  assert.match(
    refused(`${EXPLORE}explore(() => { expect(1); });`),
    /^TL8209 .* of the test runner/,
  );
  const own = `${EXPLORE}function expect() {}\nexplore(() => { expect(); });`;
  assert.equal(only(own).problem, undefined, "a function of one's own of that name may");
});

test("what belongs to a call around it is refused by its name", () => {
  const method = (body: string) =>
    `${EXPLORE}class T { #p = 1; m() { explore(() => { ${body} }); } }`;
  assert.match(refused(method("this.x;")), /^TL8210 .* `this`/);
  assert.match(refused(method("super.m();")), /^TL8210 .* `super`/);
  assert.match(refused(method("other.#p;")), /^TL8210 .* `private names of the class`/);
  const call = `${EXPLORE}function f() { explore(() => { arguments[0]; }); }`;
  assert.match(refused(call), /^TL8210 .* `arguments`/);
  const own = `${EXPLORE}explore(function () { return this; });`;
  assert.equal(only(own).problem, undefined, "a function has its own");
});

test("assigning a variable of the test around it is refused", () => {
  const text = `${EXPLORE}test("", () => {\n  let hits = 0;\n  explore(() => { hits++; });\n});`;
  assert.match(refused(text), /^TL8208 The function at bank\.test\.ts:4:19 assigns `hits`/);
});

test("imports of threadloom: modules are told with their places", () => {
  const text = `import { Mutex } from "threadloom:std";
export * from 'threadloom:async';
const a = await import("threadloom:actors"), b = require("threadloom:check");
"threadloom:none";
`;
  const { specifiers } = prepareTestFile(FILE, text);
  assert.deepEqual(
    specifiers.map(({ start, end }) => text.slice(start, end)),
    ['"threadloom:std"', "'threadloom:async'", '"threadloom:actors"', '"threadloom:check"'],
  );
});

test("whatever stands around a call, what the function has stays at its place", () => {
  const filler = fc.constantFrom(
    "\n",
    "  ",
    "const x1 = 1;\n",
    "/* ☃ */ ",
    "test('a', () => {});\n",
    "// note\n",
    "\t",
    "'🎈';\r\n",
  );
  fc.assert(
    fc.property(fc.array(filler), fc.array(filler), fc.boolean(), (before, after, isMany) => {
      const body = isMany ? "() => {\r\n    mark(1);\n  }" : "() => mark(1)";
      const text = `${EXPLORE}function mark(n) {}\n${before.join("")};explore(${body}, { seed: 1 });\n${after.join("")}`;
      const change = only(text);
      const place = (where: string, what: string) => {
        const lines = where.slice(0, where.indexOf(what)).split("\n");
        return [lines.length, lines.at(-1)!.length];
      };
      for (const what of ["mark(1)", "function mark"])
        assert.deepEqual(place(change.text, what), place(text, what));
    }),
  );
});
