/** What a program has of Node: output, packages, modules, files of its own, classes across them, timers. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

function write(name: string, text: string): void {
  const file = path.join(programs.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writePackage(name: string, manifest: object, files: Record<string, string>): void {
  write(
    `node_modules/${name}/package.json`,
    JSON.stringify({ name, version: "1.0.0", ...manifest }),
  );
  for (const [file, text] of Object.entries(files)) write(`node_modules/${name}/${file}`, text);
}

const STD = `import { Mutex, spawn } from "threadloom:std";`;

test("each method of console prints what Node's would", () =>
  prints(
    `console.log("a %s b %d", "x", 5, { o: [1] });
     console.info("info"); console.warn("warn"); console.error("error"); console.debug("debug");
     console.log(); console.log("two\\nlines");
     console.dir({ deep: { er: { est: { x: 1 } } } }, { depth: 0 });
     console.assert(true, "no"); console.assert(false, "because %s", "x");
     console.count(); console.count(); console.countReset(); console.count("named"); console.count();
     console.group("group"); console.log("inside\\ntoo"); console.groupEnd(); console.log("outside");`,
    [
      "a x b 5 { o: [ 1 ] }",
      ...["info", "warn", "error", "debug"],
      "",
      "two\nlines",
      "{ deep: [Object] }",
      "Assertion failed: because x",
      ...["default: 1", "default: 2", "named: 1", "default: 1"],
      ...["group", "  inside\n  too", "outside"],
    ],
  ));

test("console.table prints a table, and each thread has its own indentation", () =>
  prints(
    `console.table([{ a: 1 }]);
     console.group();
     std.spawn(() => console.log("left")).join();
     console.log("in");`,
    [
      "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘",
      "left",
      "  in",
    ],
  ));

test("console.time tells durations, console.trace a stack of the person's lines", async () => {
  const { output, lines } = await programs.run(
    `console.time("t"); console.timeEnd("t"); console.trace("here");`,
  );
  assert.match(output[0], /^t: [\d.]+ms$/);
  assert.match(output[1], /^Trace: here\n {4}at \/\S*program-\d+\.ts:3:\d+$/);
  assert.equal(lines[1].stream, "error");
});

test("process.stdout.write gives lines as they come, and the rest at the end", () =>
  prints(
    `process.stdout.write("one ");
     process.stdout.write("line\\nand ");
     console.log("between");
     process.stderr.write(new TextEncoder().encode("bytes\\n"));
     process.stdout.write("the rest", () => {});`,
    ["one line", "between", "bytes", "and the rest"],
  ));

test("a module of Node, by its name with and without node:", () =>
  prints(
    `import path from "node:path";
     import { createHash } from "crypto";
     import * as os from "node:os";
     import { spawn } from "threadloom:std";
     const hash = spawn(() => createHash("sha1").update(path.join("a", "b")).digest("hex").slice(0, 8));
     console.log(hash.join(), typeof os.cpus);`,
    [`${createHash("sha1").update("a/b").digest("hex").slice(0, 8)} function`],
  ));

test("a package in CommonJS, as a whole, by names and by default", () => {
  writePackage(
    "plain-cjs",
    { main: "lib/index.js" },
    {
      "lib/index.js": `exports.twice = (n) => n * 2; exports.name = "cjs";`,
    },
  );
  return prints(
    `${STD}
     import { twice } from "plain-cjs";
     import * as all from "plain-cjs";
     import whole from "plain-cjs";
     console.log(twice(4), all.name, whole.twice(5), spawn(() => twice(6)).join());`,
    ["8 cjs 10 12"],
  );
});

test("a package in ES modules only", () => {
  writePackage(
    "only-esm",
    { type: "module", exports: "./index.js" },
    {
      "index.js": `export const square = (n) => n * n; export default class Box { constructor(n) { this.n = n; } };`,
    },
  );
  return prints(
    `${STD}
     import Box, { square } from "only-esm";
     console.log(square(3), new Box(4).n, spawn(() => square(5) + new Box(1).n).join());`,
    ["9 4 26"],
  );
});

test("a package with conditions and subpaths in its exports", () => {
  writePackage(
    "with-exports",
    {
      exports: {
        ".": { import: "./esm.mjs", require: "./cjs.cjs", default: "./wrong.js" },
        "./part/*": { node: "./parts/*.cjs", default: "./wrong.js" },
      },
    },
    {
      "esm.mjs": `export const how = "import";`,
      "cjs.cjs": `exports.how = "require";`,
      "wrong.js": `throw new Error("wrong");`,
      "parts/one.cjs": `exports.part = "one";`,
    },
  );
  return prints(
    `import { how } from "with-exports";
     import { part } from "with-exports/part/one";
     console.log(how, part);`,
    ["import one"],
  );
});

test("each thread has an npm package of its own", () => {
  writePackage(
    "counting",
    { main: "index.js" },
    { "index.js": `let n = 0; exports.next = () => ++n;` },
  );
  return prints(
    `${STD}
     import { next } from "counting";
     next(); next();
     console.log(next(), spawn(() => next()).join());`,
    ["3 1"],
  );
});

test("a package that is not there is said to be so, before anything runs", async () => {
  await assert.rejects(
    programs.run(`import { x } from "no-such-package"; console.log(x);`).then(({ findings }) => {
      throw new Error(findings.map(({ message }) => message).join());
    }),
    /no-such-package/,
  );
});

test("a JSON file, and an enum, a namespace and types of another file", () => {
  write("data.json", `{ "name": "data", "list": [1, 2] }`);
  write(
    "kinds.ts",
    `export enum Colour { Red = "red", Blue = "blue" }
     export interface Shape { colour: Colour }
     export const DEFAULT: Shape = { colour: Colour.Blue };`,
  );
  return prints(
    `${STD}
     import data from "./data.json" with { type: "json" };
     import { Colour, DEFAULT, type Shape } from "./kinds.ts";
     const shape: Shape = { colour: Colour.Red };
     console.log(data.list.length, spawn(() => [data.name, shape.colour, DEFAULT.colour].join()).join());`,
    ["2 data,red,blue"],
  );
});

test("files that import each other in a circle", () => {
  write(
    "even.ts",
    `import { isOdd } from "./odd.ts"; export const base = 0; export function isEven(n: number): boolean { return n === base || isOdd(n - 1); }`,
  );
  write(
    "odd.ts",
    `import { isEven } from "./even.ts"; export function isOdd(n: number): boolean { return n !== 0 && isEven(n - 1); }`,
  );
  return prints(
    `${STD}
     import { isEven } from "./even.ts";
     console.log(isEven(10), spawn(() => isEven(7)).join());`,
    ["true false"],
  );
});

test("modules run once, in the order of their imports, in main alone", () => {
  write("first.ts", `console.log("first"); export const list: string[] = ["made by first"];`);
  write(
    "second.ts",
    `import { list } from "./first.ts"; console.log("second"); list.push("and second");`,
  );
  return prints(
    `${STD}
     import "./second.ts";
     import { list } from "./first.ts";
     console.log("main");
     console.log(list.length, spawn(() => list.join(" ")).join());`,
    ["first", "second", "main", "2 made by first and second"],
  );
});

test("classes with inheritance and #private fields keep both across files and threads", () => {
  write(
    "account.ts",
    `export class Account {
       static made = 0;
       #balance: number;
       constructor(balance: number) { this.#balance = balance; Account.made++; }
       get balance() { return this.#balance; }
       add(n: number): this { this.#balance += n; return this; }
       static #secret = 7;
       static secret() { return Account.#secret; }
     }`,
  );
  return prints(
    `${STD}
     import { Account } from "./account.ts";
     class Savings extends Account {
       #rate = 2;
       label = "savings";
       grow() { return this.add(this.balance * (this.#rate - 1)); }
       override toString() { return \`\${this.label} \${this.balance}\`; }
     }
     const bank = new Mutex({ a: new Savings(10), log: [] as string[] });
     const back = spawn(() => {
       using g = bank.lock();
       g.value.a.grow().add(1);
       g.value.log.push(String(g.value.a));
       return new Savings(5).grow();
     }).join();
     using g = bank.lock();
     console.log(g.value.a instanceof Savings, g.value.a.balance, g.value.log.join(), back instanceof Account, String(back.grow()));
     console.log(Account.made, spawn(() => Account.secret()).join());`,
    ["true 21 savings 21 true savings 20", "1 7"],
  );
});

test("generators, getters, closures in loops and labelled statements behave as in Node", () =>
  prints(
    `function* count(n: number) { for (let i = 0; i < n; i++) yield i; }
     const fs: (() => number)[] = [];
     outer: for (let i = 0; i < 3; i++) for (let j = 0; ; j++) { if (j === i) { fs.push(() => i * 10 + j); continue outer; } }
     console.log(fs.map((f) => f()).join(), std.spawn(() => [...count(4)].join() + fs.map((f) => f()).join()).join());`,
    ["0,11,22 0,1,2,30,11,22"],
  ));

test("functions that were put into arrays, maps, sets and objects cross with them", () =>
  prints(
    `const list: (() => number)[] = [], map = new Map<string, () => number>(), set = new Set<() => number>();
     for (let i = 1; i < 4; i++) list.push(() => i);
     list.unshift(() => 10); list.splice(1, 0, () => 20);
     map.set("a", () => 300); set.add(() => 4000);
     const object = Object.assign({}, { f: () => 50_000 }), [made] = Array.of(() => 600_000);
     const add = [1, 2].reduce<() => number>((f, n) => () => f() + n, () => 0);
     console.log(std.spawn(() => [...list, ...map.values(), ...set, object.f, made, add].reduce((sum, f) => sum + f(), 0)).join());`,
    [String(10 + 20 + 1 + 2 + 3 + 300 + 4000 + 50_000 + 600_000 + 3)],
  ));

test("timers, intervals and microtasks run in Node's order", () =>
  prints(
    `setTimeout(() => console.log("timeout"), 5);
     setImmediate(() => console.log("immediate"));
     process.nextTick(() => console.log("tick"));
     Promise.resolve().then(() => console.log("micro"));
     let n = 0;
     const timer = setInterval(() => { if (++n === 3) { clearInterval(timer); console.log("interval"); } }, 15);
     console.log("sync");`,
    ["sync", "micro", "tick", "immediate", "timeout", "interval"],
  ));

test("arguments, import.meta and the file's own place", async () => {
  const text = `console.log(process.argv.slice(2).join(), import.meta.filename.endsWith(".ts"), import.meta.url.startsWith("file://"), process.argv[1] === import.meta.filename);`;
  const { output } = await programs.run(text, { argv: ["--one", "two words"] });
  assert.deepEqual(output, ["--one,two words true true true"]);
});

test("dynamic import and require reach packages and Node's modules", () =>
  prints(
    `${STD}
     const { sep } = await import("node:path");
     const { twice } = await import("plain-cjs");
     console.log(sep.length, twice(2));`,
    ["1 4"],
  ));
