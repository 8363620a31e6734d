/** Each step alone, text in and text out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { STEPS } from "../../src/compiler/compile.ts";
import { probes } from "../../src/compiler/steps/probes.ts";
import { makePoints } from "../../src/compiler/twins/points.ts";
import type { ProbedScope } from "../../src/protocol/program.ts";
import { after } from "./fixture.ts";

/** Steps by name, in the pipeline's order; `module form` is what gives later steps their file. */
function check(names: readonly string[], text: string, expected: string): void {
  const steps = STEPS.filter(({ name }) => names.includes(name));
  assert.equal(steps.length, names.length);
  const lines = (one: string): string[] =>
    one
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  assert.deepEqual(lines(after(steps, text)), lines(expected));
}

test("module form: top-level code becomes main, imports and exports become boxes", () => {
  check(
    ["module form"],
    `import { spawn } from "threadloom:std"; import { sep } from "node:path"; sep; import type { A } from "./a.ts";
export const one = spawn; export default 5; export function f() {} export { f as g };
/** @thread */ function t() { let x = 1; }
// @final one !== undefined`,
    `const $std = $.std("threadloom:std");
     const $x0 = $m.external(0);
     $m.main = function () {
       $m.boxes.g = $m.boxes.f;
       $m.threads[0] = () => t;
       $m.conditions[0] = () => one !== undefined;
       $m.roots = () => {
         const $r = [];
         try {
           $r.push(one);
         }
         catch {
         }
         return $r;
       };
       sep;
       const one = spawn;
       $m.boxes.default.v = 5;
       function f() { }
       /** @thread */ function t() { let x = 1; }
     };`,
  );
});

test("probes: statements are preceded by a pause, scopes begin with a probe of what is at hand", () => {
  const scopes: ProbedScope[] = [];
  const points = makePoints();
  const pauses: number[] = [];
  const printed = after(
    [...STEPS.filter(({ name }) => name === "module form"), probes({ points, pauses, scopes })],
    `let a = 1; const used = 2, b = () => used;
function f(n: number) { "use strict"; if (n) return; for (const k of [n]) a += k; return (m: number) => m; }`,
  );
  assert.deepEqual(
    scopes.map(({ names }) =>
      names.map(({ name, of, canSet }) => `${of} ${name}${canSet ? "=" : ""}`),
    ),
    [
      ["module a=", "module used"],
      ["module used"],
      ["local n=", "module a=", "local this"],
      ["local k"],
      ["local m="],
    ],
  );
  const places = pauses.map((row) => {
    const { line, function: name = "" } = points.rows[row]!;
    return `${line} ${name}`.trim();
  });
  assert.deepEqual(places.sort(), ["1", "1", "1 b", "2", "2 f", "2 f", "2 f", "2 f", "2 f"]);
  assert.match(printed, /"use strict";\s+const \$p\d* = \$\.scope\(2, \$k => \{/);
  assert.match(printed, /if \(n\) \{\s+\$\.pause\(\d+, \$p\d*\);\s+return;/);
});

test("shared: paths become reads and writes of places", () => {
  check(
    ["shared"],
    `/** @shared */ let s = { x: 1, a: [1] };
s.x += s.a[0]!; s.a.push(s.x++); if (s.a.length > 1) s.a[s.x] = 2;`,
    `/** @shared */ let s = $.shared(1, { x: 1, a: [1] });
     $.write(4, $.field(s, "x"), $.read(3, $.field(s, "x")) + $.read(2, $.element($.field(s, "a"), 0))!);
     $.method(6, $.field(s, "a"), "push", [$.increment(5, $.field(s, "x"), 1, false)]);
     if ($.read(7, $.length($.field(s, "a"))) > 1)
     $.write(9, $.element($.field(s, "a"), $.read(8, $.field(s, "x"))), 2);`,
  );
});

test("labels: a mark before the statement", () => {
  check(
    ["labels"],
    `// @label begin
let a = 1;
if (a)
  // @label inside
  a++;`,
    `$.label(1);
     // @label begin
     let a = 1;
     if (a) {
     $.label(2);
     // @label inside
     a++;
     }`,
  );
});

test("classes: private fields cross, parameter properties are fields", () => {
  check(
    ["classes"],
    `class A { #p = 1; static #s = 2; q = 3; constructor(private x = 4) { super_(); } } class B extends A { y = 5; constructor() { super(6); this.y = 7; } } class C { z = 8; }
declare function super_(): void;`,
    `class A {
       x;
       static [$.save](o) {
       return [o.#p];
       }
       static [$.restore](o, v) {
       o.#p = v[0];
       }
       #p = $.restoring ? void 0 : 1;
       static #s = 2;
       q = $.restoring ? void 0 : 3;
       constructor(x = 4) { this.x = x; super_(); }
     }
     class B extends A {
       y = $.restoring ? void 0 : 5;
       constructor() { super(6); this.y = 7; }
     }
     class C {
       z = 8;
     }
     declare function super_(): void;`,
  );
});

test("sites: the place is set last thing before the call", () => {
  check(
    ["sites"],
    `import { Mutex } from "threadloom:std"; const db = new Mutex(1); const f = (x = 1) => x;
f(); f(2); db.lock().unlock(); new Mutex<void>(); Math.max(1, 2); [1].map(f);`,
    `import { Mutex } from "threadloom:std";
     const db = new Mutex($.at(1, 1));
     const f = (x = 1) => x;
     ($.site = 2, f)();
     f($.at(3, 2));
     $.at(4, $.at(5, db).lock()).unlock();
     ($.site = 6, new Mutex<void>());
     Math.max(1, 2);
     [1].map(f);`,
  );
});

test("using: the whole block is tried", () => {
  check(
    ["using"],
    `{ f(); using g = f(), h = null; g; }
function f() { using r = undefined; return r; }`,
    `{
     const $u = $.uses();
     try {
     f();
     const g = $u.add(f()), h = $u.add(null);
     g;
     }
     catch ($e) {
     $u.fail($e);
     }
     finally {
     $.site = 1;
     $u.end();
     }
     }
     function f() {
     const $u1 = $.uses();
     try {
     const r = $u1.add(undefined);
     return r;
     }
     catch ($e1) {
     $u1.fail($e1);
     }
     finally {
     $.site = 2;
     $u1.end();
     }
     }`,
  );
});

test("variables: what functions share lives in boxes, what never changes goes by value", () => {
  check(
    ["module form", "variables"],
    `let shared = 1; const fixed = 2; const bump = () => { shared += fixed; };
for (let i = 0; i < 2; i++) { const f = () => i; let j = i; const g = () => j++; }
function loop(p: number, q: number) { for (let k = 0; ; k++) { const f = () => k++ + p; q++; } }`,
    `$m.main = function () {
       const shared = $.box();
       const loop = function loop(p: number, q: number) { for (let k = $.box(), $d = k.v = 0;; k = $.box(k.v), k.v++) {
       const f = () => k.v++ + p;
       q++;
       } };
       $m.roots = () => {
       const $r = [];
       try {
       $r.push(shared.v);
       $r.push(fixed);
       }
       catch {
       }
       return $r;
       };
       shared.v = 1;
       const fixed = 2;
       const bump = () => { shared.v += fixed; };
       for (let i = 0; i < 2; i++) {
       const j = $.box();
       const f = () => i;
       j.v = i;
       const g = () => j.v++;
       }
     };`,
  );
});

test("lift: each function is made by a factory from what it captures", () => {
  check(
    ["module form", "lift"],
    `const n = 1; const f = (x: number) => () => x + n; const o = { m() { return f; } };
class A { run() { return () => this; } }
[1].map((x) => x + n); (() => n)();`,
    `const $l0 = n => $m.fn(0, [n], { f: (x: number) => $l1(x, n) }.f);
     $m.factory(0, $l0);
     const $l1 = (x, n) => $m.fn(1, [x, n], () => x + n);
     $m.factory(1, $l1);
     const $l2 = f => $m.fn(2, [f], { m() { return f; } }.m);
     $m.factory(2, $l2);
     const $l4 = $this => $m.fn(4, [$this], () => $this);
     $m.factory(4, $l4);
     $m.main = function () {
     $m.roots = () => {
     const $r = [];
     try {
     $r.push(n);
     $r.push(o);
     }
     catch {
     }
     return $r;
     };
     const n = 1;
     const f = $l0(n);
     const o = { m: $l2(f) };
     class A {
     run() { return $l4(this); }
     }
     [1].map((x) => x + n);
     (() => n)();
     };`,
  );
});

test("the pipeline names its steps, each once, and says what each does", () => {
  assert.deepEqual(
    STEPS.map(({ name }) => name),
    ["module form", "shared", "labels", "classes", "sites", "using", "variables", "lift"],
  );
  assert.ok(STEPS.every(({ does }) => does.length > 20));
});
