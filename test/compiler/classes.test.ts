/** Instances with `#private` members: saved, made without the person's constructor, restored. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import { makeEngine, type Engine } from "./engine.ts";
import { compiled } from "./fixture.ts";

type Class = (new () => object) & Record<symbol, (...args: unknown[]) => unknown>;

/** Does what an engine does with an instance that arrives: makes one by `new`, skipping, then gives each class its own. */
function copy({ runtime }: Engine, instance: object): object {
  const chain: Class[] = [];
  for (
    let at = instance.constructor as Class;
    typeof at === "function" && at !== (Function.prototype as unknown);
    at = Object.getPrototypeOf(at) as Class
  )
    if (Object.hasOwn(at, runtime.save)) chain.push(at);
  const saved = chain.map((one) => one[runtime.save](instance));
  runtime.restoring = true;
  const made = new (instance.constructor as Class)();
  runtime.restoring = false;
  Object.assign(made, instance);
  chain.forEach((one, index) => one[runtime.restore](made, saved[index]));
  return made;
}

async function run(text: string): Promise<{
  readonly engine: Engine;
  readonly program: CompiledProgram;
  readonly printed: unknown[];
}> {
  const printed: unknown[] = [];
  const program = compiled(text);
  const engine = makeEngine(program, {
    console: { log: (...values: unknown[]) => printed.push(...values) },
  });
  await engine.run();
  return { engine, program, printed };
}

test("private fields of every class in the chain arrive, and no constructor or initialiser runs", async () => {
  const { engine, printed } = await run(`
    let ran = 0; const count = <T,>(x: T) => (ran++, x);
    class A { #a = count(1); b = count(2); #m() { return this.#a; } get a() { return this.#m(); } set a(x) { this.#a = x; } }
    class B extends A { constructor(private p = count(3), { q } = { q: count(4) }) { count(0); super(); this.a = p + q; } get sum() { return this.a + this.p + this.b; } }
    class C extends B { #c: number[]; plain = count("p"); constructor(...xs: number[]) { super(...xs.slice(0, 1)); this.#c = xs; } get c() { return this.#c; } }
    const c = new C(10, 20); c.b = 5; console.log(c, () => ran);`);
  const [instance, ran] = printed as [
    { a: number; b: number; c: number[]; sum: number; plain: string },
    () => number,
  ];
  const before = ran();
  const made = copy(engine, instance) as typeof instance;
  assert.equal(ran(), before);
  assert.deepEqual([made.a, made.b, made.c, made.sum, made.plain], [14, 5, [10, 20], 29, "p"]);
  assert.equal(made.constructor, instance.constructor);
});

test("auto-accessors are private state as well", async () => {
  const { engine, printed } = await run(
    `class A { accessor n = 1; } const a = new A(); a.n = 7; console.log(a);`,
  );
  assert.equal((copy(engine, printed[0] as object) as { n: number }).n, 7);
});

test("a class known to have no private state, and no such ancestor, is left as it is", () => {
  const [module] = compiled(
    `class A { x = 1; constructor() { this.x = 2; } } class B extends A { y = 3; } class E extends Error { z = 4; } new B(); new E();`,
  ).modules;
  assert.doesNotMatch(module.code, /restor/);
});

test("a function that uses private names is made within their class", async () => {
  const { engine, printed } = await run(`
    class A { #p = 1; later() { return () => this.#p++; } static of(a: A) { return { peek: () => a.#p }; } }
    class B extends A { #q = 2; both() { const f = () => [this.#q, super.later()()]; return () => f(); } }
    const Anonymous = [class { #r = 3; f() { return () => this.#r; } }][0]!;
    const a = new A(), b = new B(); console.log(a.later(), A.of(a).peek, b.both(), new Anonymous().f(), Anonymous.name);`);
  const [later, peek, both, anonymous, name] = printed as [
    () => number,
    () => number,
    () => number[],
    () => number,
    string,
  ];
  assert.deepEqual([later(), peek(), both(), anonymous(), name], [1, 2, [2, 1], 3, ""]);
  const [module] = engine.modules.values();
  const { index, environment } = module.made.get(later)!;
  assert.equal(typeof environment[0], "function"); // the class comes first: who makes it again has the factory
  const again = module.factories[index](...environment) as () => number;
  assert.deepEqual([again(), later()], [2, 3]);
});

test("a class makes itself known before its static initialisers run", async () => {
  const { engine } = await run(`
    class A { static first = new A(); static { known(this); } } function known(c: unknown) { console.log(c); }
    function local() { return class { static s = 1; }; } local(); local();`);
  const [module] = engine.modules.values();
  assert.equal([...module.made.keys()].filter((one) => /^class/.test(String(one))).length, 3);
});

test("classes of the top level are made once, those of functions and loops per evaluation", () => {
  const [module] = compiled(
    `class A {} { class B {} } for (const x of [1]) { class C {} } function f() { class D {} } const E = class {};`,
  ).modules;
  const once = [...module.code.matchAll(/\$m\.class\(\d+, \[.*?\], this, (\w+)\)/g)].map(
    ([, flag]) => flag,
  );
  assert.deepEqual(once.sort(), ["false", "false", "true", "true", "true"]);
});
