/** SEMANTICS, Values: instances of classes of npm packages. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

function writePackage(name: string, manifest: object, files: Record<string, string>): void {
  const folder = path.join(programs.folder, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  const head = JSON.stringify({ name, version: "1.0.0", ...manifest });
  writeFileSync(path.join(folder, "package.json"), head);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
}

writePackage(
  "plain-classes",
  { type: "module", exports: "./index.js" },
  {
    "index.js": `
      export let made = 0;
      export class Vector {
        constructor(x, y) { if (x === undefined) throw new Error("made without a place"); this.x = x; this.y = y; made++; }
        plus(other) { return new Vector(this.x + other.x, this.y + other.y); }
        get length() { return Math.hypot(this.x, this.y); }
      }
      export class Named extends Vector { constructor(x, y, name) { super(x, y); this.name = name; } }
      export class Table extends Map { constructor(rows) { super(rows); this.kind = "table"; } }
      export class Failure extends Error { constructor(message, code) { super(message); this.code = code; } }
      class Hidden { constructor() { this.n = 1; } }
      export const hide = () => new Hidden();
    `,
  },
);
writePackage(
  "old-classes",
  { main: "index.js" },
  {
    "index.js": `
      function Point(x) { this.x = x; }
      Point.prototype.twice = function () { return this.x * 2; };
      function Pixel(x) { Point.call(this, x); this.lit = true; }
      Pixel.prototype = Object.create(Point.prototype, { constructor: { value: Pixel } });
      exports.shapes = { Point, Pixel };
    `,
  },
);
writePackage(
  "private-classes",
  { type: "module", exports: "./index.js" },
  {
    "index.js": `
      export class Counter { static #made = 0; #count = 0; up() { return ++this.#count; } }
      export class Sub extends Counter { label = "sub"; }
      const table = new WeakMap();
      export class Weak { constructor() { table.set(this, { n: 1 }); } get n() { return table.get(this).n; } }
      const all = [];
      export class Listed { constructor() { this.n = 1; all.push(this); } }
      export class Odd { constructor() { Object.defineProperty(this, "secret", { value: 1 }); this.n = 2; } }
      export class Lazy { constructor() { Object.defineProperty(this, "now", { get: () => 1, enumerable: true }); } }
      export class Closed { constructor(n) { this.read = () => n; } }
      export class Late { static of(n) { return Object.setPrototypeOf(new Map([[n, n]]), Late.prototype); } }
      export class Fine { static #instances = 0; constructor() { Fine.#instances++; this.n = 3; } }
    `,
  },
);

const STD = `import { Mutex, channel, spawn } from "threadloom:std";`;

test("an instance with plain properties alone keeps its class, and no constructor runs", () =>
  prints(
    `${STD}
     import { Vector, made } from "plain-classes";
     const here = new Vector(3, 4);
     const back = spawn(() => [here instanceof Vector, here.length, here.plus(new Vector(1, 0)), made] as const).join();
     console.log(back[0], back[1], back[2] instanceof Vector, back[2].length.toFixed(2), back[3], made);`,
    ["true 5 true 5.66 2 1"],
  ));

test("a thread whose code never names the package finds the class all the same", () =>
  prints(
    `${STD}
     import { Vector } from "plain-classes";
     const place = new Mutex(new Vector(1, 2));
     spawn(() => { using guard = place.lock(); guard.value = guard.value.plus(guard.value); }).join();
     using guard = place.lock();
     console.log(guard.value instanceof Vector, guard.value.x, guard.value.y);`,
    ["true 2 4"],
  ));

test("within a thread an instance in a mutex keeps its identity", () =>
  prints(
    `${STD}
     import { Vector } from "plain-classes";
     const place = new Mutex({ at: new Vector(1, 2) });
     let guard = place.lock();
     const { at } = guard.value;
     guard.unlock();
     spawn(() => { const guard = place.lock(); guard.value.at.x = 7; guard.unlock(); }).join();
     guard = place.lock();
     console.log(guard.value.at === at, at.x);`,
    ["true 7"],
  ));

test("classes that extend one another, or the language's own, arrive as what they are", () =>
  prints(
    `${STD}
     import { Failure, Named, Table, Vector } from "plain-classes";
     const values = [new Named(1, 2, "n"), new Table([["a", 1]]), new Failure("no", 7)] as const;
     spawn(() => {
       const [named, table, failure] = values;
       console.log(named instanceof Named, named instanceof Vector, named.name, named.length.toFixed(1));
       console.log(table instanceof Table, table.get("a"), table.kind);
       console.log(failure instanceof Failure, failure.message, failure.code);
     }).join();`,
    ["true true n 2.2", "true 1 table", "true no 7"],
  ));

test("constructor functions in CommonJS are classes, too", () =>
  prints(
    `${STD}
     import old from "old-classes";
     const { Pixel, Point } = old.shapes;
     const [tx, rx] = channel<unknown>();
     const other = spawn(() => { const pixel = rx.recv() as any; return [pixel.twice(), pixel.lit, pixel]; });
     tx.send(new Pixel(4));
     const [twice, lit, pixel] = other.join();
     console.log(twice, lit, pixel instanceof Pixel, pixel instanceof Point);`,
    ["8 true true true"],
  ));

test("an own class that extends a package's crosses with its own #private state, and no constructor runs", () =>
  prints(
    `${STD}
     import { Vector, made } from "plain-classes";
     class Place extends Vector { #visits = 0; visit() { return ++this.#visits; } }
     class Plain extends Vector { label = "plain"; }
     const place = new Place(3, 4), plain = new Plain(0, 1);
     place.visit();
     console.log(spawn(() => [place.visit(), place.length, place instanceof Vector, plain.label, plain.length, made].join()).join());`,
    ["2,5,true,plain,1,0"],
  ));

test("a package that was loaded while the program ran is found by the other thread", () =>
  prints(
    `${STD}
     const { Vector } = await import("plain-classes");
     const here = new Vector(3, 4);
     console.log(spawn(() => here.length).join());`,
    ["5"],
  ));

/** [what, expression, the path, what the message says] */
const REFUSED: readonly (readonly [string, string, string, RegExp])[] = [
  [
    "#private state",
    "new lib.Counter()",
    "job.it.#count",
    /is private state of an instance of `Counter`, a class of the package `private-classes`/,
  ],
  ["#private state of a base class", "new lib.Sub()", "job.it.#count", /`Counter`/],
  ["#private state under an own class", "new Own()", "job.it.#count", /`Counter`/],
  ["state in a WeakMap", "new lib.Weak()", "job.it.#table", /keeps it in a WeakMap/],
  ["an instance that its package keeps", "new lib.Listed()", "job.it", /gives it to `all\.push`/],
  ["a property that does not enumerate", "new lib.Odd()", "job.it.secret", /a hidden property/],
  ["a getter of the instance", "new lib.Lazy()", "job.it.now", /a getter/],
  ["a closure over the constructor", "new lib.Closed(1)", "job.it.read", /function `/],
  ["native state behind another class", "lib.Late.of(1)", "job.it", /is a Map inside/],
  ["a class that is not exported", "hide()", "job.it", /so the other thread could not find it/],
];

for (const [what, expression, blame, says] of REFUSED) {
  test(`refused, naming the blame: ${what}`, async () => {
    const { output } = await programs.run(
      `${STD}
       import * as lib from "private-classes";
       import { hide } from "plain-classes";
       class Own extends lib.Counter { n = 1; }
       const job: any = { it: ${expression} };
       try { spawn(() => job.it); } catch (error: any) { console.log(error.name, error.path); console.log(error.message); }
       void [Own, hide, lib];`,
    );
    assert.equal(output[0], `NotSendError ${blame}`);
    assert.match(output[1], says);
  });
}

test("static private state belongs to the class, of which each thread has its own", () =>
  prints(
    `${STD}
     import { Fine } from "private-classes";
     const fine = new Fine();
     console.log(spawn(() => fine.n).join());`,
    ["3"],
  ));

writePackage(
  "counting",
  { type: "module", exports: { ".": "./index.js", "./old": "./old.cjs" } },
  {
    "index.js": `
      import { inner } from "./inner.js";
      import old from "./old.cjs";
      let count = 0;
      export const next = () => [++count, inner(), ...old.next()].join(" ");
    `,
    "inner.js": `let count = 0; export const inner = () => ++count;`,
    "old.cjs": `let count = 0; exports.next = () => [++count, require("./lazy.cjs").next()];`,
    "lazy.cjs": `let count = 0; exports.next = () => ++count;`,
  },
);

test("a package is instantiated once per thread, with all that it loads", () =>
  prints(
    `${STD}
     import { next } from "counting";
     const threads = [1, 2].map(() => spawn(() => [next(), next()].join(" / ")));
     for (const thread of threads) console.log(thread.join());
     console.log(next());`,
    ["1 1 1 1 / 2 2 2 2", "1 1 1 1 / 2 2 2 2", "1 1 1 1"],
  ));

test("a package is instantiated once per thread where it is required by name", () =>
  prints(
    `${STD}
     declare const require: (name: string) => any;
     const thread = spawn(() => [1, 2].map(() => require("counting/old").next()).join(" / "));
     console.log(thread.join());
     console.log(require("counting/old").next().join());`,
    ["1,1 / 2,2", "1,1"],
  ));

test("threads that take turns use their own instances, to the end", () =>
  prints(
    `${STD}
     import { next } from "counting";
     const [tx, rx] = channel<string>();
     const [back, answers] = channel<string>();
     const other = spawn(() => { for (const _ of rx) back.send(next()); });
     for (let i = 0; i < 2; i++) { next(); tx.send("go"); console.log(answers.recv(), "|", next()); }
     tx.drop();
     other.join();`,
    ["1 1 1 1 | 2 2 2 2", "2 2 2 2 | 4 4 4 4"],
  ));
