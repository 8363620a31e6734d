/** What a program means is what it meant: by hand-written programs for each construct that the transforms touch. */
import { test } from "node:test";
import { sameBehaviour } from "./behaviour.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  "functions in the parameters of a function that is lifted": `
    const keep = [];
    keep.push(({ k = (() => { console.log("asked"); return 1; })(), ...rest } = {}) => k + Object.keys(rest).length);
    keep.push(function (f = () => { const own = 2; return own; }) { return f(); });
    for (const one of keep) console.log(one());`,
  "counters shared by closures": `
    function make() { let n = 0; return { up: () => ++n, down() { return --n; }, get n() { return n; } }; }
    const a = make(), b = make(); a.up(); a.up(); b.down(); console.log(a.n, b.n, a.up.name, a.down.name);`,
  "each turn of a loop has a variable of its own": `
    const fs: (() => number)[] = [];
    for (let i = 0; i < 3; i++) { fs.push(() => i); }
    for (let i = 0; i < 3; i++) { fs.push(() => i++); i += 0; }
    for (let i = 0, j = 9; i < 3; i++, j--) { fs.push(() => i * 10 + j--); }
    for (const x of [7, 8]) fs.push(() => x);
    for (let x of [7, 8]) { const f = () => x; x++; fs.push(f); }
    for (const [a, { b }] of [[1, { b: 2 }]] as [number, { b: number }][]) fs.push(() => a + b);
    for (let [a] of [[1], [2]]) { fs.push(() => a); a *= 5; }
    for (const k in { p: 1, q: 2 }) fs.push(() => k.length);
    console.log(fs.map((f) => f()).join(), fs.map((f) => f()).join());`,
  "loops with var share one variable": `
    const fs: (() => number)[] = [];
    for (var i = 0; i < 3; i++) fs.push(() => i);
    for (var x of [4, 5]) fs.push(() => x);
    for (var [y] of [[6], [7]]) fs.push(() => y);
    console.log(fs.map((f) => f()).join());`,
  "functions are created at the start of their scope": `
    console.log(f(), typeof g);
    function f() { return g() + 1; } function g() { return 1; }
    { console.log(h()); function h() { return later; } var later = 3; console.log(h()); }
    let mutable = () => 1; function again() { return mutable(); } mutable = () => 2; console.log(again());
    function over() { return 1; } over = (() => 5) as never; const use = () => over(); console.log(use(), use.name);`,
  "reading a variable too early throws": `
    const attempt = (f: () => unknown) => { try { return f(); } catch (e) { return (e as Error).name; } };
    console.log(attempt(() => early)); const early = 1; console.log(attempt(() => early));
    function look() { return late; } console.log(attempt(look)); let late = 2; console.log(attempt(look));`,
  "recursive functions of every kind": `
    const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    const fact = function self(n: number): number { return n < 2 ? 1 : n * self(n - 1); };
    function even(n: number): boolean { return n === 0 || odd(n - 1); } function odd(n: number): boolean { return n !== 0 && even(n - 1); }
    console.log(fib(10), fact(5), even(7), fib.name, fact.name);
    let f2 = (n: number): number => (n < 2 ? n : f2(n - 1)); const old = f2; f2 = () => 42; console.log(old(5));`,
  "parameters that closures share": `
    function f(a: number, { b, c = () => a + b }: { b: number; c?: () => number } = { b: 1 }, ...rest: number[]) {
      a++; const g = () => (a += b); rest.push(g()); b = 10; return [a, b, c(), g(), rest.length, f.length] as const; }
    console.log(f(1), f(2, { b: 5 }, 8, 9));
    const h = (x: number, y = () => x) => { x *= 2; const up = () => ++x; up(); return [x, y(), h.length]; }; console.log(h(3), h(3, () => 0));
    const k = (x: number) => [() => x++, () => x]; const [inc, get] = k(5); inc!(); console.log(get!());`,
  "destructuring into shared variables": `
    let a: number, b: number[], c: unknown; const show = () => [a, b, c];
    ({ a, b: [...b], c = () => 1 } = { a: 1, b: [2, 3], c: undefined as unknown }); console.log(show());
    [a, c = a] = [7]; console.log(show(), (c as { name?: string }).name);
    let { p, ...q } = { p: 1, r: 2, s: 3 }; const see = () => [p++, q]; q = { r: 0, s: 0 }; console.log(see(), see());
    for ([a] of [[4], [5]]); console.log(show());
    function swap() { let x = 1, y = 2; const peek = () => [x, y]; [x, y] = [y, x]; return peek(); } console.log(swap());`,
  "every way of writing a shared variable": `
    let n = 1, s = "", u: number | undefined; const peek = () => [n, s, u];
    n += 2; n **= 2; n++; --n; s += n; u ??= 5; u &&= u + 1; s ||= "x"; console.log(peek(), n++, ++n, typeof n, -n, void n, { n, s });
    const o = { get n() { return n; }, set n(v) { n = v; } }; o.n = 77; console.log(peek(), o);`,
  "this, arguments, new.target and super": `
    class A { x = 1; arrow = () => this.x; m() { return [1].map(() => (() => this.x)())[0]; } static s = () => this.name; }
    class B extends A { x = 2; late: () => number; constructor() { const early = () => this.x; super(); this.late = () => this.x + early(); } m() { const up = () => super.m(); return up()! + 10; } get g() { return () => this.x; } }
    const b = new B(); console.log(b.arrow(), b.m(), b.late(), b.g(), A.s(), B.s());
    function args(this: unknown) { const f = () => [arguments.length, arguments[0], this]; return f(); } console.log(args.call("t", 1, 2));
    function Old(this: { t: unknown }) { const f = () => new.target; this.t = f() === (Old as unknown); } console.log(new (Old as never as new () => object)());
    console.log((() => this)());`,
  "classes as values": `
    const k = "dyn"; let made = 0;
    const C = class { static count = 0; static { this.count = 5; } [k + 1]() { return k; } static make() { return new C(); } constructor() { made++; } };
    const D = class Inner extends C { who() { return Inner.name; } };
    class E extends D { #p = 3; get p() { return this.#p; } has(o: object) { return #p in o; } peek() { return (() => this.#p + 1)(); } later() { const f = () => this.#p++; return f; } }
    const e = new E(); const f = e.later(); f(); console.log(C.name, C.count, new C().constructor === C, (new D() as never as Record<string, () => string>)[k + 1]!(), new D().who(), e.p, e.has(e), e.has({}), e.peek(), made, C.make() instanceof C);
    function mixin<T extends new (...a: any[]) => object>(Base: T) { return class extends Base { mixed = k; }; } console.log(new (mixin(E))().mixed, mixin(E).name);
    class Point { constructor(public x: number, readonly y = x * 2, private f = () => x) { x++; } sum() { return this.x + this.y + this.f(); } } console.log(new Point(1).sum(), new Point(1, 5));`,
  "enums and namespaces": `
    enum Color { Red, Green = 5, Blue, Name = "n" } enum Flags { A = 1 << 0, B = A << 2, C = "abc".length, D = A + C }
    const enum Fast { X = 3, Y }
    function use() { return [Color.Blue, Color[5], Flags.B, Flags.D, Fast.Y, Later.Z]; } enum Later { Z = 9 } console.log(use(), Color, Flags);
    namespace N { export let n = 1; export function up() { return ++n; } const hidden = () => n; export const peek = () => hidden() + outside; } let outside = 100; outside++;
    function useN() { return N.up() + N.peek(); } console.log(useN());
    namespace Plain { export const q = 5; export function six() { return q + 1; } } const plain = () => [Plain.q, Plain.six()]; console.log(plain());
    { enum Local { A, B } const f = () => Local[1]; console.log(f(), Local.B); }`,
  "try, catch and finally": `
    function f(n: number) { try { if (n > 1) throw new RangeError("r"); return () => n; } catch (e) { const g = () => (e as Error).name; e = new TypeError("t"); return g; } finally { n = 10; } }
    console.log(f(1)(), f(2)());
    outer: for (let i = 0; ; i++) { try { if (i === 1) continue outer; if (i > 2) break outer; console.log("i", (() => i)()); } finally { console.log("f", (() => ++i)()); } }
    try { null!; (undefined as never as () => void)(); } catch ({ name }) { console.log((() => name)()); }`,
  "switch with variables of its own": `
    function f(x: number | string) { switch (x) { case 1: let a = "one"; const g = () => a + b(); a += "!"; return g(); case 2: function b() { return "b"; } return b(); default: { const x = "inner"; return (() => x)(); } } }
    console.log(f(1), f(2), f(3));
    const y = 2; switch (y) { case 2: let y = 5; const h = () => y++; h(); console.log(y); }`,
  "generators, async functions and iteration": `
    function* gen(n: number): Generator<number, string, number> { let sum = 0; const add = (x: number) => (sum += x); while (n-- > 0) add((yield sum) ?? n); return "done" + sum; }
    const g = gen(3); console.log(g.next(), g.next(5), g.next(), g.next(), [...gen(2)]);
    const wait = async (x: number) => { await null; return x * 2; };
    async function all() { let t = 0; for await (const v of [1, wait(2)]) t += v; const f = async () => { t += await wait(t); return t; }; return [await f(), t]; }
    console.log(await all(), await Promise.all([1, 2].map(async (x) => { const y = await wait(x); return () => y; })).then((fs) => fs.map((f) => f())));
    const it = { from: 1, *[Symbol.iterator]() { for (let i = this.from; i < 4; i++) yield () => i; } }; console.log([...it].map((f) => f()), it[Symbol.iterator].name);
    async function* ag() { yield* [1, 2]; } for await (const x of ag()) console.log(x);`,
  "an optional chain ends where it would": `
    type C = { m?(): C; v: number; get g(): C } | undefined; const c: C = { m() { return this; }, v: 1, get g() { return this; } }; const f = (x: C) => [x?.m!().v, x?.m!()!.g.v, x?.g.m!()!.v, x?.g!.v, x!?.g.g.v, x?.["g"].m!().v];
    console.log(f(c), f(undefined));`,
  "calls keep their this": `
    const o = { x: 1, f() { return this?.x; }, g: function () { return this?.x; } }; let { f } = o; const again = () => f(); f = o.g; console.log(o.f(), o.g(), again(), (0, o.f)(), o?.f?.());
    let tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.join("|") + v.join(); const t = () => tag\`a\${1}b\\n\${2}\`; tag = ((old) => (s, ...v) => "<" + old(s, ...v) + ">")(tag); console.log(t());
    console.log(o.f.call({ x: 5 }), [3, 1, 2].sort((a, b) => a - b), Math.max(...[1, 2], 3));
    const opt: { a?: { b(): number } } = {}; console.log(opt.a?.b(), opt.a?.b.name, (opt as { z?: () => number }).z?.());`,
  shadowing: `
    let x = 1; { let x = 2; const f = () => x++; f(); console.log(x); { const x = f(); console.log(x, (() => x)()); } } console.log((() => x)()); x++;
    function g(x: number) { { let x = "s"; x += 1; console.log((() => x)()); } var y = x; { var y = x + 1; } return () => x + y; } console.log(g(5)());
    const h = (f: (n: number) => unknown) => (n: number) => { const m = f; { const f = n; return m(f); } }; console.log(h((n) => () => n)(3));
    const $ = 1, $m = 2, $l0 = () => $ + $m; console.log($l0());`,
  "names of functions": `
    const a = () => 1, b = function () { return 1; }, c = async () => 1, d = class {}; let e; e = () => 1; const { f = () => 1 } = {} as { f?: () => number }; const o = { g: () => 1, h() { return 1; }, "i-j": () => 1, 5: () => 1, ["k" + 1]: 1, async l() { return 1; }, *m() { yield 1; } };
    console.log([a, b, c, d, e, f, o.g, o.h, o["i-j"], o[5], o.l, o.m, (p = () => 1) => p].map((x) => x.name + x.length));
    let n = () => 1; const again = () => n; n = () => 2; console.log(n.name, again().name, new Function.prototype.constructor("return 1")());`,
  "using disposes in reverse and remembers what passes": `
    const res = (n: string, bad = false) => ({ n, [Symbol.dispose]() { console.log("-" + n); if (bad) throw new RangeError(n); } });
    function f(fail: boolean) { using a = res("a"); { using b = res("b"), c = null; console.log((() => b.n + a.n)(), c); } for (using x of [res("x"), res("y")]) { if (x.n === "x") continue; console.log(x.n); } if (fail) throw new Error("f"); return "r"; }
    console.log(f(false)); try { f(true); } catch (e) { console.log((e as Error).message); }
    try { using p = res("p", true); using q = res("q", true); throw new Error("z"); } catch (e) { console.log((e as SuppressedError).name, ((e as SuppressedError).suppressed as Error)?.name); }
    async function g() { await using r = { async [Symbol.asyncDispose]() { await null; console.log("-r"); } }; return () => typeof r; } console.log((await g())());
    switch (1 as number) { default: { using s = res("s"); console.log(s.n); } } lbl: { using t = res("t"); break lbl; }
    for (using u = res("u"), v = 1 as never; (v as number) < 2; ) { console.log(u.n); break; }
    using top = res("top"); function hoisted() { return top.n; } console.log(hoisted());`,
};

for (const [promise, text] of Object.entries(PROGRAMS)) test(promise, () => sameBehaviour(text));
