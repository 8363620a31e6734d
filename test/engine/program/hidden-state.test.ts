/** What the text of a class tells of state that no copy would have. */
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { hiddenState } from "../../../src/engine/program/hidden-state.ts";

/** `#name`, `weak #name`, `given to name`, `native`, or `plain`. `text` ends with the class's name. */
function told(text: string): string {
  const made = vm.runInThisContext(
    `(() => { ${text.replace(/(\w+)\s*$/, "return $1;")} })()`,
  ) as Function;
  const methods = Object.getOwnPropertyNames(made.prototype)
    .map((name) => Object.getOwnPropertyDescriptor(made.prototype, name)!.value as unknown)
    .filter((one): one is Function => typeof one === "function" && one !== made);
  const state = hiddenState(made, methods);
  switch (state?.kind) {
    case undefined:
      return "plain";
    case "private":
      return `${state.weak ? "weak " : ""}#${state.name}`;
    case "handed on":
      return `given to ${state.to}`;
    case "native":
      return "native";
  }
}

const CLASSES: readonly (readonly [promise: string, text: string, expected: string])[] = [
  [
    "a class with fields",
    `class A { x = 1; constructor(y) { this.y = y; } m() { return this; } } A`,
    "plain",
  ],
  ["a private field", `class A { #x = 1; } A`, "#x"],
  [
    "a private method, without which no method that calls it works",
    `class A { #m() {} n() { this.#m(); } } A`,
    "#m",
  ],
  ["a private getter", `class A { get #x() { return 1; } } A`, "#x"],
  [
    "a private field that is only asked for",
    `class A { #x; static is(o) { return #x in o; } } A`,
    "#x",
  ],
  [
    "static private fields and methods",
    `class A { static #n = 0; static async #m() {} static get #g() { return A.#n; } } A`,
    "plain",
  ],
  [
    "a static private field beside one of instances",
    `class A { static #n = 0; #x; m() { return A.#n; } } A`,
    "#x",
  ],
  [
    "# in strings, comments, templates and regular expressions",
    `class A { a = "#x"; /* #y */ b = \`#z \${1} #z\`; c = /#w/; d = [/[/#v]/g]; e = 4 / 2; // #u
  } A`,
    "plain",
  ],
  [
    "# within a template's expression",
    `class A { static #n = 1; #x = 1; m() { return \`a \${this.#x} b\`; } } A`,
    "#x",
  ],
  [
    "TypeScript for older platforms",
    `var _A_x; class A { constructor() { _A_x.set(this, 1); } } _A_x = new WeakMap(); A`,
    "weak #x",
  ],
  [
    "TypeScript's helpers in methods",
    `var __classPrivateFieldGet, _A_x; function A() {} A.prototype.m = function () { return __classPrivateFieldGet(this, _A_x, "f"); }; A`,
    "weak #x",
  ],
  [
    "TypeScript for the oldest platforms",
    `var _B_x, Base; function B() { var _this = Base.call(this) || this; _B_x.set(_this, void 0); return _this; } B`,
    "weak #x",
  ],
  [
    "Babel's helpers",
    `var _classPrivateFieldInitSpec = () => {}, _x; class A { constructor() { _classPrivateFieldInitSpec(this, _x, 1); } } A`,
    "weak #x",
  ],
  [
    "esbuild's helpers",
    `var __privateAdd, _count; class A { constructor() { __privateAdd(this, _count, 0); } } A`,
    "weak #count",
  ],
  [
    "minified helpers",
    `var t, n; class A { constructor() { t(this, n, void 0); } } A`,
    "given to t",
  ],
  [
    "a brand in a WeakSet",
    `var _A_instances = new WeakSet(); class A { constructor() { _A_instances.add(this); } } A`,
    "given to _A_instances.add",
  ],
  [
    "a WeakMap that a method fills",
    `var cache = new WeakMap(); class A { m() { cache.set(this, 1); } } A`,
    "weak #cache",
  ],
  [
    "privates by a function of the instance",
    `var of; class A { constructor() { of(this).x = 1; } } A`,
    "given to of",
  ],
  [
    "a field that is given the instance",
    `var Child; class A { child = new Child(this); } A`,
    "given to Child",
  ],
  [
    "an alias that is handed on",
    `var keep; function A() { var self = this; keep(1, self); } A`,
    "given to keep",
  ],
  [
    "methods that hand on the instance",
    `class A { plus(o) { return add(this, o); } log() { console.log(this); } } A`,
    "plain",
  ],
  [
    "a table of its own that is set",
    `class A { constructor() { this.map = new Map(); this.map.set(this.x, 1); } } A`,
    "plain",
  ],
  [
    "a field that is set with the instance",
    `class A { m(map) { map.all.set(this, 1); } } A`,
    "plain",
  ],
  [
    "a parent's constructor that is called",
    `function P() {} function A() { P.call(this); Object.freeze(this); Error.captureStackTrace(this, A); } A`,
    "plain",
  ],
  [
    "helpers that keep nothing",
    `var _classCallCheck, _defineProperty; function A() { _classCallCheck(this, A); _defineProperty(this, "x", 1); } A`,
    "plain",
  ],
  ["the same, minified", `var e, r; function A() { e(this, A); r(this, "x", 1); } A`, "plain"],
  [
    "conditions on the instance",
    `class A { constructor() { if (this) this.x = 1; for (const x of [this]) void x; return (this); } } A`,
    "plain",
  ],
  [
    "a constructor without semicolons",
    `var parse; class A {
      constructor(x, y) {
        y = parse(y)
        if (x === y) return this
        x = y
          .trim(this.z)
        this.x = parse(x, y)
      }
    } A`,
    "plain",
  ],
  ["a class of the platform's", `const { Map: A } = globalThis; A`, "native"],
  ["a bound function", `const A = function () {}.bind(null); A.prototype = {}; A`, "native"],
];

for (const [promise, text, expected] of CLASSES) {
  test(`${promise}: ${expected}`, () => assert.equal(told(text), expected));
}
