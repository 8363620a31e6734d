/** What `compile` hands over, and what stops it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeEngine } from "./engine.ts";
import { compiled, problems } from "./fixture.ts";

test("a program has its entry, options, threads, conditions and sources", () => {
  const program = compiled({
    "main.ts": `// @threadloom model=parallel cores=2
import { n } from "./n.ts";
/** @thread worker x3 */ function work(index: number) { return index + n; }
// @final n === 1`,
    "n.ts": `export const n = 1;`,
  });
  assert.match(program.entry, /main\.ts$/);
  assert.deepEqual([program.options.model, program.options.cores], ["parallel", 2]);
  assert.deepEqual(
    program.modules.map(({ id, imports }) => [id.replace(/.*\//, ""), imports.length]),
    [
      ["n.ts", 0],
      ["main.ts", 1],
    ],
  );
  assert.deepEqual(
    program.threads.map(({ name, count, index }) => [name, count, index]),
    [
      ["worker", 3, 0],
      ["worker", 3, 0],
      ["worker", 3, 0],
    ],
  );
  const site = program.sites[program.threads[0].site];
  assert.deepEqual([site?.kind, site?.name, site?.line, site?.column], ["thread", "worker", 3, 35]);
  assert.deepEqual(
    program.finals.map(({ text, place }) => [text, place.line, place.column]),
    [["n === 1", 4, 11]],
  );
  assert.deepEqual(
    program.sources.map(({ text }) => text.length > 0),
    [true, true],
  );
  assert.equal(program.sites[0], null);
});

test("compiling again gives the same bytes", () => {
  const text = `import { spawn } from "threadloom:std"; class A { #p = 1; f() { return () => this.#p; } } let n = 0; spawn(() => n++); new A().f();`;
  assert.deepEqual(compiled(text), compiled(text));
});

test("defining a module runs nothing of the person's", async () => {
  const lines: unknown[] = [];
  const engine = makeEngine(
    compiled(`console.log("ran"); class A { static x = console.log("class"); }`),
    {
      console: { log: (...values: unknown[]) => lines.push(...values) },
    },
  );
  assert.deepEqual(lines, []);
  await engine.run();
  assert.deepEqual(lines, ["ran", "class"]);
});

test("roots are what module-level variables hold, as far as they are initialised", async () => {
  const program =
    compiled(`const a = 1; let b = 2; var c = 3; function f() { return [a, b]; } class C {} const g = () => b++; /** @shared */ let s = 4;
    stop(); const late = 5; f; C; g; s; late; c; declare function stop(): void;`);
  const seen: unknown[] = [];
  const engine = makeEngine(program, { globals: { stop: () => seen.push(...module.roots()) } });
  const [module] = engine.modules.values();
  await engine.run();
  assert.deepEqual(seen.sort(), [1, 2, 3]);
  assert.deepEqual(module.roots().sort(), [1, 2, 3, 5]);
});

test("names with dollars of the person's own do not meet ours", async () => {
  const lines: unknown[] = [];
  const log = (...values: unknown[]): number => lines.push(...values);
  const program = compiled(
    `const $ = 1, $m = 2, $_ = 3; let $l0 = 4; const f = () => $ + $m + $_ + $l0++; console.log(f(), f());`,
  );
  await makeEngine(program, { console: { log } }).run();
  assert.deepEqual(lines, [10, 11]);
});

test("top-level await makes main a task, otherwise it is none", () => {
  const main = (text: string): boolean =>
    /\$m\.main = \$\.async\(function\* \(\)/.test(compiled(text).modules[0].code);
  assert.deepEqual(
    [
      "await null;",
      "for await (const x of []) x;",
      "await using r = null;",
      "async () => await 1;",
      "class A { [await 'k']() {} }",
    ].map(main),
    [true, true, true, false, true],
  );
});

test("helpers that TypeScript brings stand within the module", async () => {
  const lines: unknown[] = [];
  const program =
    compiled(`function twice(value: (this: A) => number) { return function (this: A) { return value.call(this) * 2; }; }
    class A { x = 3; @twice m() { return this.x; } accessor y = 1; } console.log(new A().m(), new A().y);`);
  await makeEngine(program, {
    console: { log: (...values: unknown[]) => lines.push(...values) },
  }).run();
  assert.deepEqual(lines, [6, 1]);
});

test("a namespace merged with a function or class is refused where it stands", () => {
  const found = problems(`function f() {}\nnamespace f { export const x = 1; }\nf;`).filter(
    ({ stops }) => stops,
  );
  assert.deepEqual(
    found.map(({ code, line, column }) => [code, line, column]),
    [["TL1105", 2, 1]],
  );
});

test("what nests too deeply is said, not thrown", () => {
  const found = problems(`console.log(${"-(".repeat(2500)}1${")".repeat(2500)});`).filter(
    ({ stops }) => stops,
  );
  assert.deepEqual(
    found.map(({ code }) => code),
    ["TL1104"],
  );
});
