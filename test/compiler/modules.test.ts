/** Programs of several files: what an import means, whatever way the export took. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeEngine, type EngineOptions } from "./engine.ts";
import { compiled, problems, type Texts } from "./fixture.ts";

async function prints(
  texts: Texts,
  expected: readonly string[],
  options: EngineOptions = {},
): Promise<void> {
  for (const cross of [false, true]) {
    const lines: string[] = [];
    const engine = makeEngine(compiled(texts), {
      ...options,
      cross,
      console: { log: (...values: unknown[]) => lines.push(values.map(String).join(" ")) },
    });
    await engine.run();
    assert.deepEqual(lines, expected);
  }
}

test("imported variables are live, whoever changes them", () =>
  prints(
    {
      "main.ts": `import { n, up } from "./count.ts"; console.log(n); up(); console.log(n, (() => n)());`,
      "count.ts": `export let n = 1; export function up() { n++; }`,
    },
    ["1", "2 2"],
  ));

test("names may change on the way, and files pass on what others export", () =>
  prints(
    {
      "main.ts": `import d, { a as one, two, three, C, E } from "./index.ts"; import * as all from "./index.ts";
        import { four } from "./index.ts"; console.log(d, one, two(), three, new C().x, E.B, all.two(), all.ns.a, four());
        const f = () => [one, all.a, all.ns.hidden()]; console.log(f()); console.log(Object.keys(all).join());`,
      "index.ts": `export { a, b as two } from "./leaf.ts"; export * from "./star.ts"; export { default } from "./leaf.ts"; export * as ns from "./leaf.ts";
        import { hidden } from "./leaf.ts"; export { hidden as four };`,
      "leaf.ts": `const a = 1; function b() { return a + 1; } export { a, b, a as again }; export default class Named {} export const hidden = () => "h";
        Named.toString = () => "Named";`,
      "star.ts": `export const three = 3; export class C { x = three; } export enum E { A, B } export default 9;`,
    },
    ["Named 1 2 3 3 1 2 1 h", "1,1,h", "C,E,a,default,four,ns,three,two"],
  ));

test("files of JavaScript and of other endings are own files as well", () =>
  prints(
    {
      "main.ts": `import { a } from "./a.js"; import { b } from "./b.mts"; import { c } from "./c.mjs"; console.log(a(1), b, c);`,
      "a.js": `let n = 1; export const a = (x) => n++ + x;`,
      "b.mts": `export const b: number = 2;`,
      "c.mjs": `export const c = 3;`,
    },
    ["2 2 3"],
  ));

test("every kind of default export", () =>
  prints(
    {
      "main.ts": `import a from "./a.ts"; import b from "./b.ts"; import c from "./c.ts"; import d from "./d.ts"; import e from "./e.ts";
        console.log(a(), a.name, b.name, new b().x, c, d(), d.name, e);`,
      "a.ts": `export default function () { return 1; }`,
      "b.ts": `export default class { x = 2; }`,
      "c.ts": `export default 1 + 2;`,
      "d.ts": `export default () => 4;`,
      "e.ts": `let e = 5; export { e as default }; e++;`,
    },
    ["1 default default 2 3 4 default 6"],
  ));

test("functions of files that import each other find each other once all have run", () =>
  prints(
    {
      "main.ts": `import { even } from "./even.ts"; console.log(even(10), even(7));`,
      "even.ts": `import { odd } from "./odd.ts"; export function even(n: number): boolean { return n === 0 || odd(n - 1); }`,
      "odd.ts": `import { even } from "./even.ts"; export function odd(n: number): boolean { return n !== 0 && even(n - 1); }`,
    },
    ["true false"],
  ));

test("packages and Node's modules are reached by name, and passed on", () =>
  prints(
    {
      "main.ts": `import fs, { join as j } from "node:path"; import * as path from "node:path"; import { sep, join } from "./again.ts"; import type { ParsedPath } from "node:path";
        const f = (p?: ParsedPath) => [j("a"), path.join("b"), fs.sep, sep, join("c")]; console.log(f()); const r = require; console.log(typeof r, (await import("node:path")).sep);`,
      "again.ts": `export { sep, join } from "node:path";`,
    },
    ["<a>,<b>,d/,/,<c>", "function /"],
    {
      externals: {
        "node:path": { default: { sep: "d/" }, sep: "/", join: (x: string) => `<${x}>` },
      },
    },
  ));

test("what only types use is not there", () => {
  const program = compiled({
    "main.ts": `import { type T, I } from "./types.ts"; import type * as all from "./types.ts"; export type { T } from "./types.ts"; export interface X { t: T; i: I; a: all.T } export const one = 1;`,
    "types.ts": `export type T = number; export interface I { a: T }`,
  });
  const main = program.modules.find(({ id }) => id.endsWith("main.ts"));
  assert.deepEqual(main?.imports, []);
  assert.deepEqual(main?.exports, ["one"]);
});

test("which packages a function uses is told apart from which only top-level code does", () => {
  const [module] = compiled(
    `import * as a from "node:path"; import { platform } from "node:os"; const f = () => a.sep; console.log(platform());`,
  ).modules;
  assert.deepEqual(module?.externals, [
    { specifier: "node:path", inBodies: true },
    { specifier: "node:os", inBodies: false },
  ]);
});

test("names of a package that cannot be read off the text are pointed out", () => {
  const found = problems({ "main.ts": `export const a = 1;\n  export * from "node:path";` });
  assert.deepEqual(
    found
      .filter(({ code }) => code === "TL1103")
      .map(({ line, column, severity, stops }) => ({ line, column, severity, stops })),
    [{ line: 2, column: 3, severity: "warning", stops: false }],
  );
});

test("the place of a module is the person's file", () =>
  prints(
    {
      "main.ts": `console.log(import.meta.url, import.meta.filename.endsWith("main.ts"), __filename === import.meta.filename);`,
    },
    [`file://${compiled("").modules[0].id} true true`],
  ));

test("type errors do not stop a compilation", () => {
  const text = `const n: number = "text"; console.log(n, missing());\nfunction f(a: string) { return a.nothing; }`;
  assert.ok(problems(text).every(({ stops }) => !stops));
  assert.equal(compiled(text).modules.length, 1);
});
