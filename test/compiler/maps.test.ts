/** Stacks speak of the person's own lines and columns, wherever an exception comes from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { makeEngine } from "./engine.ts";
import { compiled } from "./fixture.ts";

/**
 * Runs a program and checks that the top frame of what it throws maps back to where `¦` stands in the text.
 */
async function throwsAt(marked: string, form: "native" | "model" = "native"): Promise<void> {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const before = marked.slice(0, offset).split(/\r\n|\r|\n/);
  const program = compiled(text, form);
  const [module] = program.modules;
  const map = new TraceMap(module.map);
  let found: { line: number | null; column: number | null } | undefined;
  try {
    await makeEngine(program, { console: { log: () => undefined } }).run();
  } catch (error) {
    const frame = /main\.ts:(\d+):(\d+)/.exec((error as Error).stack ?? "");
    assert.ok(frame, (error as Error).stack);
    found = originalPositionFor(map, { line: Number(frame[1]), column: Number(frame[2]) - 1 });
  }
  assert.deepEqual(
    found && { line: found.line, column: found.column },
    { line: before.length, column: before.at(-1)!.length },
    `${text}\n${module.code}`,
  );
}

const THROWERS: Readonly<Record<string, string>> = {
  "top-level code": `const a = 1;\n  throw ¦new Error("x" + a);`,
  "a function": `function f() {\n  const n: number = 1;\n  throw ¦new Error(String(n)); }\nf();`,
  "a function in a variable that others share": `let f = () => 1;\nfunction g() { return f(); }\nf = () => {\n   throw ¦new Error(); };\ng();`,
  "a call of what is no function": `const o: any = {};\nfunction f(x: number) { return (o as any).¦m(x); }\nf(1);`,
  "a call of what is no function, without arguments": `const o: any = {};\nfunction f() { return o.¦m(); }\nf();`,
  "a property of nothing": `let n: any;\nfunction f() { return n.¦x; }\nn = undefined;\nf();`,
  "a method": `class A {\n  #p = 1;\n  m() { return this.#p && (() => { throw ¦new Error(); })(); }\n}\nnew A().m();`,
  "a field": `class A {\n  x = 1;\n  y = (() => { throw ¦new Error(); })();\n}\nnew A();`,
  "a constructor": `class A { constructor(readonly x: number) {\n  throw ¦new Error(); } }\nnew A(1);`,
  "an arrow within an arrow": `const f = (x: number) => (y: number) => {\n\tconst z = x + y;\n\tthrow ¦new RangeError(String(z)); };\nf(1)(2);`,
  "an array callback": `const xs = [1, 2];\nconst f = () => xs.map((x) => {\n  if (x > 1) throw ¦new Error(); return x; });\nf();`,
  "a loop with shared variables": `const fs: unknown[] = [];\nfor (let i = 0; i < 3; i++) { fs.push(() => i++);\n  if (i === 2) throw ¦new Error(); i += 0; }`,
  "a generator": `function* g() { yield 1;\n  throw ¦new Error(); }\n[...g()];`,
  "an async function": `async function f() { await null;\n  throw ¦new Error(); }\nawait f();`,
  "a using block": `function f() { {\n  using r = { [Symbol.dispose]() {} };\n  throw ¦new Error(String(r)); } }\nf();`,
  "a disposal": `function f() {\n  using r = { [Symbol.dispose]() { throw ¦new Error(); } };\n  return r; }\nf();`,
  "a getter of an object": `const o = {\n  get g(): number { throw ¦new Error(); } };\nconst f = () => o.g;\nf();`,
  "a method of an object": `const k = 1;\nconst o = { m() {\n  throw ¦new Error(String(k)); } };\no.m();`,
  "a default parameter": `function f(a: number, b = (() => { throw ¦new Error(); })()) { return () => a++; }\nf(1);`,
  "a switch": `const n: number = 2;\nswitch (n) { case 2: let x = 1; const f = () => x++; f();\n  throw ¦new Error(); }`,
  "after types, enums and interfaces": `interface I { a: number }\ntype T = I | string;\nenum E { A, B }\nabstract class B { abstract m(): void }\nfunction f(this: void, x: T): asserts x is I { const e = E.A;\n  throw ¦new Error(String(e)); }\nf("");`,
  "a template": "const n = 1;\nconst t = `a\n${n} ${(() => { throw ¦new Error(); })()}`;",
};

for (const [place, text] of Object.entries(THROWERS)) {
  test(`an exception from ${place} is mapped to its line and column`, () => throwsAt(text));
  test(`an exception from ${place} is mapped in the model form`, () => throwsAt(text, "model"));
}

/** `console.log` may stop, so that everything here has a twin. */
const WAITERS: Readonly<Record<string, string>> = {
  "a function": `function f(n: number) {\n  console.log(n);\n  throw ¦new Error(String(n)); }\nf(1);`,
  "a call of what is no function": `const o: any = {};\nfunction f(x: number) {\n  console.log(x); return o.¦m(x); }\nf(1);`,
  "a property of nothing": `let n: any;\nfunction f() { console.log(n);\n  return n.¦x; }\nn = undefined;\nf();`,
  "a method and a field": `class A {\n  x = console.log(1);\n  m() { console.log(2);\n    throw ¦new Error(); } }\nnew A().m();`,
  "a constructor": `class B { x = console.log(1); }\nclass A extends B { constructor(n: number) { super();\n  console.log(n); throw ¦new Error(); } }\nnew A(1);`,
  "an accessor": `const o = { get g(): number { console.log(1);\n  throw ¦new Error(); } };\nconst f = () => o.g;\nf();`,
  "a generator": `function* g() { console.log(1); yield 1;\n  throw ¦new Error(); }\nfor (const x of g()) console.log(x);`,
  "an array callback": `const f = () => [1, 2].map((x) => {\n  console.log(x); if (x > 1) throw ¦new Error(); return x; });\nf();`,
  "a default parameter": `function f(a = console.log(1), b = (() => { throw ¦new Error(); })()) { return [a, b]; }\nf();`,
  "an optional chain": `const o: any = { m() { console.log(1); throw ¦new Error(); } };\no?.m?.();`,
};
for (const [place, text] of Object.entries(WAITERS)) {
  test(`an exception from ${place} that may wait is mapped to its line and column`, () =>
    throwsAt(text, "model"));
}

test("maps are right in texts with carriage returns, tabs and names that are not ASCII", async () => {
  await throwsAt(
    `const größe = 1;\r\n\tconst 名前 = () => {\r\n\t\tthrow ¦new Error(String(größe)); };\r\n名前();`,
  );
  await throwsAt(`const 𝒳 = "😀"; const f = () => { 𝒳; throw ¦new Error(); };\nf();`);
});

test("a map names the file as the person knows it, once", () => {
  const [module] = compiled("const a = 1;\n").modules;
  const map = JSON.parse(module.map) as { version: number; sources: string[] };
  assert.deepEqual([map.version, map.sources], [3, [module.id]]);
});
