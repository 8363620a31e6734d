/**
 * What may stop in the middle of anything does what it did: every construct with a call in it that stops (`console.log`, in
 * these tests), never stopping, with every call set aside, and stopping now and then.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sameBehaviour } from "./behaviour.ts";
import { problems } from "./fixture.ts";

const PRELUDE = `
declare function tick(): void;
function say<T>(x: T): T { console.log("say", x); return x; }
const attempt = (f: () => unknown): any => { try { return f(); } catch (e) { return (e as Error).name + ":" + (e as Error).message; } };
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  "evaluation order: receivers, keys, arguments": `
    const o = { f(...a: number[]) { return say(a.length) + this.k; }, k: 1 };
    const at = (name: string) => { say(name); return o; };
    console.log(at("receiver")[say("f") as "f"](say(1), say(2), say(3), say(4)), say(1) + say(2) * say(3), [say(1), say(2)], { a: say(1), [say("b")]: say(2) });
    let p: { f(x: unknown): unknown } = { f: (x) => ["first", x] }; const other = { f: (x: unknown) => ["second", x] }; console.log(p.f(p = other), p.f(0));
    let i = 0; const a = [10, 20, 30]; console.log(a[i++] + say(a[i++]!) + a[i]!, i, \`\${say(1)}\${say("x")}\`, say(true) ? say(1) : say(2), say(0) || say(3), say(null) ?? say(4), (say(1), say(2)));
    console.log(typeof say(1), !say(0), -say(2), say("k") in { k: 1 }, say(o) instanceof Object, delete (say({ z: 1 }) as { z?: number }).z);`,
  "optional chains": `
    type N = { m?: () => N; v: number; get?: N } | undefined | null;
    const n: N = { m() { say("m"); return this; }, v: say(1) }; const none: N = null; const f = (x: N): N => { say(x?.v); return x; };
    console.log(n?.m?.()?.v, none?.m?.().v, f(n)?.m?.().m?.().v, f(none)?.m?.().v, (n?.m)?.().v, n?.["m"]?.()?.["v"], f(undefined)?.[say("never") as "v"]);
    const opt: { a?: { b: (...x: number[]) => number } } = {}; console.log(opt.a?.b(say(1)), opt.a?.b?.(say(2))); opt.a = { b: (...x) => say(x.length) }; console.log(opt.a?.b(say(1), say(2), say(3), say(4)));
    const fn = undefined as undefined | ((x: unknown) => void); fn?.(say("never")); class P { #s = 3; static read(p?: P) { return p && p.#get(); } #get() { return say(this.#s); } } console.log(P.read(new P()), P.read());`,
  accessors: `
    class C { #v = 1; get v() { return say(this.#v); } set v(x) { say("set"); this.#v = x; } static n = 0; static get s() { return say(C.n); } static set s(x) { C.n = say(x); } get #p() { return say(this.#v * 10); } set #p(x) { say("p"); this.#v = x; } bump() { this.#p += 2; this.#p++; return [this.#p, --this.#p]; } }
    const c = new C(); c.v = 5; c.v += 2; c.v++; ++c.v; console.log(c.v, c.v--, c.bump(), c?.v, C.s, C.s = 4, C.s, Object.getOwnPropertyDescriptor(C.prototype, "v")!.get!.name, Object.keys(c));
    class D extends C { override get v() { return super.v + 100; } override set v(x) { super.v = x + 1; } } const d = new D(); d.v = 1; console.log(d.v, d.v ??= 3, (d.v ||= 4), (d.v &&= 5));
    const o = { a: 1, get g() { return say(this.a); }, set g(x) { this.a = say(x); }, z: 2, ["c" + 1]() { return say("c1"); } }; o.g = 7; o.g *= 2; console.log(o.g, Object.keys(o).join(), o.c1!());`,
  "methods of all kinds": `
    class A { m(x = say("default")) { return "A" + x; } static s() { return say("static") + this.name; } #h(x: number) { return say(x) + this.k; } k = 1; call() { return [1, 2].map(this.#h, this); } direct() { return this.#h(5) + (() => this.#h(6))(); } static #q() { return say("q"); } static t() { return A.#q(); } ["comp" + 1]() { return say("c"); } *g() { yield say(1); yield* this.inner(); } *inner() { say("in"); yield 9; } [Symbol.iterator]() { return this.g(); } }
    class B extends A { override m() { return say("B") + super.m() + (() => super.m("arrow"))(); } static override s() { return "B" + super.s(); } override k = say(20); }
    const b = new B(); console.log(b.m(), B.s(), b.call(), b.direct(), A.t(), (b as never as Record<string, () => unknown>).comp1!(), [...b], b.m.name, b.m.length, A.prototype.m.length, Object.getOwnPropertyNames(A.prototype).join());
    const { m } = b; console.log(A.prototype.m.call(null as never, "x"), attempt(() => m.call(undefined as never)), attempt(() => new (b.m as never as new () => object)()).toString().slice(0, 9));`,
  construction: `
    class A { x = say("A.x"); #p = say("p"); constructor(public y = say("y")) { say("A"); this.z = 1; } z: number; get p() { return this.#p; } }
    class B extends A { w = say("w" + this.z); #q = this.p + "q"; constructor() { say("before"); super(say("arg")); say(Object.keys(this).join()); } q() { return this.#q; } static has(o: object) { return #q in o; } }
    const b = new B(); console.log(b, b.p, b.q(), B.has(b), B.has(new A()), b instanceof A, b.constructor.name, Object.keys(b).join());
    class C extends B { } class D extends C { constructor(...a: []) { super(...a); return say({ other: true }) as never; } } console.log(new C().q(), new D());
    class E extends Error { extra = say("extra"); constructor(m: string) { super(say(m)); this.name = "E" + new.target.name; } } try { throw new E("boom"); } catch (e) { console.log((e as E).name, (e as E).message, (e as E).extra, e instanceof E, e instanceof Error); }
    class F extends Array<number> { total = say(0); add(x: number) { this.push(say(x)); this.total += x; return this; } } const f = new F(); console.log(f.add(1).add(2).length, f.total, f instanceof F);
    function Old(this: { v: unknown; t: unknown }, v: unknown) { this.v = say(v); this.t = new.target === (Old as unknown); } console.log(new (Old as never as new (v: number) => object)(3), Reflect.construct(Old, [4]) as object, new (Old.bind(null as never, 5) as never as new () => object)());
    const Anon = class { f = say(1); static s = say(2); static { say(Anon0()); } static #x = say(3); static read() { return this.#x; } }; function Anon0() { return "static block"; } console.log(new Anon().f, Anon.s, Anon.read(), Anon.name, Object.keys(Anon).join());
    const mixin = <T extends new (...a: any[]) => object>(Base: T) => class extends Base { mixed = say("mixed"); }; console.log(new (mixin(A))("m"), mixin(B).name, attempt(() => (A as never as () => void)()));
    class G { constructor(f: (g: G) => void) { f(this); } } console.log(attempt(() => new G((g) => { say(g.constructor.name); throw new Error("in"); })));`,
  "private generators, generators declared in place": `
    class P { #from = 1; *#g(n: number): Generator<number> { for (let i = this.#from; i <= n; i++) yield say(i); } all(n: number) { return [...this.#g(n)]; } of(p: () => P) { return [...p().#g(2)]; } }
    namespace N { export function* h(n: number): Generator<number> { yield say(n); yield* h2(n); } function* h2(n: number) { yield say(n + 1); } export const all = () => [...h(5)]; }
    console.log(new P().all(3), new P().of(() => say(new P())), N.all(), N.h(1).next());`,
  "tasks: functions, methods, arrows, what they borrow": `
    async function f(this: unknown, a: number, { b }: { b: number } = { b: say(2) }, ...rest: number[]) { say(a + b); await null; say(rest.length + arguments.length); return await say(a); }
    class A { #p = 1; hi(n: number) { return say(n); } static async s() { await null; return say(this.name); } async #q(n: number) { await null; return say(n + this.#p); } async m(n: number) { return (await this.#q(n)) + (await (async () => { await null; return this.#p; })()); } own = async () => { await null; return this.hi(7); }; get [Symbol.toStringTag]() { return "A"; } }
    class B extends A { override hi(n: number) { return n * 2; } override async m(n: number) { await null; const more = async () => (await super.m(n)) + super.hi(1) + arguments.length; return more(); } async ["comp" + 1]() { await null; return super["hi"](3); } }
    const o = { async m() { await null; return say(super.toString()); }, f: async (x: number) => { await x; return x; }, async "quoted name"() { return 1; } };
    const recursive = async (n: number): Promise<number> => (n === 0 ? 0 : 1 + (await recursive(say(n) - 1)));
    console.log(await f(1, undefined, 3, 4), await new B().m(1), await A.s(), await new B().own(), await (new B() as never as Record<string, () => unknown>).comp1!(), await o.m(), await o.f(2), await recursive(3));
    console.log(f.length, f.name, o.m.name, o.f.name, o["quoted name"].name, recursive.name, new B().m.length, A.s.name);
    console.log(await f(1, null as never).catch((e: Error) => e.name), attempt(() => { void (async () => { throw new Error("inside"); })().catch(() => 0); return "no throw"; }));`,
  "tasks: control flow across awaits": `
    const later = async <T>(x: T): Promise<T> => { await null; say(x); return x; };
    async function flow(n: number) { outer: for (let i = 0; i < n; i++) { for (const j of [1, 2, 3]) { if ((await later(j)) === 2) continue outer; if (i === 2) break outer; try { if (i === 1) throw new Error("t"); await later("try"); } catch (e) { await later((e as Error).message); } finally { await later("finally"); } } } switch (await later(n)) { case 3: say("three"); default: await later("default"); } return (await later(1)) + (await later(2)) * (await later(3)); }
    const ret = async () => { try { return await later("returned"); } finally { await later("after"); say("done"); } };
    const cond = async (x?: { v: number }) => [x?.v ?? (await later("none")), (await later(x))?.v, \`\${await later("t")}\`, { a: await later(1), ...(await later({ b: 2 })) }, [...(await later([1])), await later(2)]];
    let count = 1; const lvalue = { v: 1 }; const assign = async () => { count += await later(5); lvalue.v = await later(9); [count, lvalue.v] = [await later(3), await later(4)]; const { a = await later("d"), ...rest } = (await later({ b: 1 })) as { a?: string; b: number }; return [count, lvalue.v, a, rest]; };
    console.log(await flow(3), await ret(), await cond(), await cond({ v: 3 }), await assign());`,
  "tasks: async generators and for await": `
    async function* g(n: number): AsyncGenerator<number, string, unknown> { try { for (let i = 0; i < n; i++) say(["got", yield say(i)].join()); return say("end"); } finally { await null; say("finally"); } }
    class S { #n = 2; async *[Symbol.asyncIterator]() { for (let i = 0; i < this.#n; i++) yield await say(i); } static async *many(this: typeof S) { yield* new S(); yield this.name; } }
    const walk = async (of: AsyncIterable<unknown> | Iterable<unknown>, leave?: number) => { let last: unknown; outer: for await (last of of) { say(last); for (const x of [1, 2]) { if (x === leave) break outer; if (x === 2) continue outer; } } return last; };
    console.log(await walk(g(3)), await walk(g(3), 1), await walk(new S()), await walk(S.many()), await walk([Promise.resolve(1), 2]), g.name, g.length);
    const early = async () => { for await (const { x = say("default") } of [{ x: 1 }, {}]) if (x !== 1) return x; }; console.log(await early(), await walk((async function* () { throw new Error("t"); })()).catch((e: Error) => e.message));
    const a = g(2); console.log(await a.next(), await a.next("in"), await a.return("r"), await a.next(), await g(1).throw(new Error("x")).catch((e: Error) => e.message));
    async function* d() { const r = yield* g(1); say(r); try { yield 1; } catch (e) { yield (e as Error).message; } } const e = d(); console.log(await e.next(), await e.next(), await e.throw(new Error("!")), await e.next());`,
  generators: `
    function* g(n: number): Generator<number, string, number> { try { for (let i = 0; i < n; i++) { const got = yield say(i); say(["got", got].join()); } return say("end"); } finally { say("finally"); } }
    const a = g(2); console.log(a.next(), a.next(5), a.next(6), a.next(), a[Symbol.iterator]() === a, String(a), g.name, g.length, a instanceof (g as never));
    const b = g(5); b.next(); console.log(b.return("r" as never), b.next()); const c = g(5); c.next(); console.log(attempt(() => c.throw(new RangeError("t"))), g(3).return("early" as never), [...g(3)]);
    for (const x of g(9)) { if (x === 1) continue; if (x > 2) break; say("body" + x); }
    outer: for (const x of g(3)) for (const y of g(3)) { if (y > 0) continue outer; if (x > 1) break outer; say(x * 10 + y); }
    const early = () => { for (const x of g(3)) return say("returned" + x); }; console.log(early(), attempt(() => { for (const x of g(2)) throw new Error("thrown" + x); }));
    function* d(): Generator<unknown, unknown, unknown> { const r = yield* g(2) as never; say(["r", r].join()); yield* [say("x")]; try { yield 1; } catch (e) { yield say("caught" + (e as Error).message); } }
    const e = d(); console.log(e.next(), e.next(1), e.next(2), e.next(), e.throw(new Error("!")), e.next(), d().next()); const h = d(); h.next(); console.log(h.return("stop"), [...d()].length);
    const [p, , q = say("default"), ...rest] = g(4); console.log(p, q, rest, Math.max(...g(3)), [...g(2), ...g(1)], new Set(g(2)).size, Array.from(g(2), (x) => say(x + 1)), Object.fromEntries((function* () { yield [say("k"), 1]; })()));
    let [s, t] = [1, 2]; [s, t] = [t, say(s)]; const { length, ...others } = { length: say(1), b: 2 }; console.log(s, t, length, others); function* fib(): Generator<number> { let [x, y] = [0, 1]; for (;;) { yield x; [x, y] = [y, x + y]; } } console.log([...fib().take(5)], attempt(() => { const [[z]] = [g(1)]; return z; }));`,
  "custom iterators": `
    const it = (n: number, fails = "") => ({ [Symbol.iterator]() { say("iterator"); let i = 0; return { next() { if (fails === "next") throw new Error("next"); return say({ done: i >= n, value: i++ }); }, return() { say("return"); if (fails === "return") throw new Error("return"); return {}; } }; } });
    for (const x of it(2)) say(x); for (const x of it(3)) if (x === 1) break; const [a] = it(3), [b, c] = it(1); console.log(a, b, c, [...it(2)], attempt(() => { for (const x of it(2, "next")) say(x); }), attempt(() => { for (const x of it(2, "return")) break; }), attempt(() => { for (const x of it(2, "return")) throw new Error("body"); }));
    for (const [k, v] of new Map([[1, 2]])) say(k + v); for (const ch of "ab") say(ch); let o = { p: 0 }; for (o.p of it(2)) say(o.p); for (var [z = say("d")] of [[1], []] as [number?][]) say(z); console.log(attempt(() => { for (const x of 5 as never) say(x); }).toString().slice(0, 9));`,
  "try, finally and the ways out": `
    function f(how: string) { out: for (let i = 0; i < 2; i++) { try { say("try" + i); if (how === "throw") throw new Error(how); if (how === "return") return say("value"); if (how === "break") break out; if (how === "continue") continue out; } catch (e) { say("catch" + (e as Error).message); if (i === 1) throw e; } finally { say("finally" + i); if (how === "override") return "overridden"; } } return "end"; }
    console.log(["throw", "return", "break", "continue", "override"].map((how) => attempt(() => f(how))));
    const g = () => { try { return say(1); } finally { say(2); } }; const h = () => { try { try { throw say(new Error("a")); } finally { say("inner"); } } catch { return say("outer"); } }; console.log(g(), h(), attempt(() => { try { throw new Error("x"); } finally { throw new Error(say("y")); } }));
    switch (say(2)) { case say(1): say("one"); case say(2): say("two"); case 3: say("three"); break; default: say("no"); } do { say("do"); } while (say(false)); l: { say("l"); if (say(true)) break l; say("never"); } let n = 0; while (say(n) < 2) n++; for (let i = say(0), j = 5; say(i) < 2; i = say(i + 1), j--) { if (say(j) === 4) continue; }`,
  "closures, arrows and what they take along": `
    function f(this: { k: number }, ...a: number[]) { const g = () => say([this.k, arguments.length, new.target === undefined].join()); return [1].map(() => g())[0] + say(a.length); } console.log(f.call({ k: 7 }, 1, 2), f.apply({ k: 8 }, [1]), f.bind({ k: 9 }, 1)(2, 3), Reflect.apply(f, { k: 1 }, []), f.length, f.name);
    const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) { say(i); fs.push(() => say(i++)); } console.log(fs.map((one) => one() + one())); const fact = function me(n: number): number { return say(n) < 2 ? 1 : n * me(n - 1); }; console.log(fact(4), fact.name, (() => say(1)).name, ((x = say(1)) => x).length);
    const d = (a = say("a"), { b = say("b") }: { b?: string } = {}, [c = say("c")]: string[] = [], ...r: unknown[]) => [a, b, c, r.length]; console.log(d(), d("1", { b: "2" }, ["3"], 4, 5), d.length); const early = (a: number, b = () => say(a)) => { a++; return b() + say(a); }; console.log(early(1));
    const named = { x: () => say(1), y: function () { return say(2); }, async w() { await null; } }; let late; late = () => say(4); const { q = () => say(5) } = {} as { q?: () => number }; console.log(Object.values(named).map((one) => one.name), late.name, q.name); const tag = (s: TemplateStringsArray, ...v: unknown[]) => [s, s.raw.join(), say(v.length)] as const; const t = () => tag\`a\${say(1)}b\${2}\\n\`; console.log(t()[0] === t()[0], t()[1], t()[2]);`,
  "the language's methods": `
    const a = [3, 1, 2, , 5] as number[]; console.log(a.map((x) => say(x) * 2), a.filter((x) => say(x) > 1), a.reduce((x, y) => say(x) + y), a.reduceRight((x, y) => say(x) - y, 100), a.find((x) => say(x) === 1), a.findIndex((x) => say(x) === 9), a.findLast((x) => say(x) > 1), a.findLastIndex((x) => say(x) === 1), a.some((x) => say(x) === 1), a.every((x) => say(x) > 1), a.flatMap((x) => [say(x), [x]]), a.forEach((x, i) => say([x, i])));
    console.log([3, 1, 2, 9, 4].sort((x, y) => (tick(), x - y)), [3, undefined, 1].toSorted((x, y) => (tick(), y! - x!)), Array.from({ length: 2 }, (_, i) => say(i)), attempt(() => [].reduce((x) => say(x))), attempt(() => [1].map(undefined as never)), new Map([[1, 2]]).forEach((v, k) => say(v + k)), new Set([1]).forEach((v) => say(v)), Int8Array.of(3, 1).map((x) => say(x) + 1).sort((x, y) => (tick(), x - y)), "a-b".replace(/[a-z]/g, (m, at) => say(m + at)), "xx".replaceAll("x", () => say("y")), Object.groupBy([1, 2, 3], (x) => (say(x) % 2 ? "odd" : "even")), Map.groupBy([1, 2], (x) => say(x) % 2));
    const growing = [1]; growing.forEach((x) => { say(x); if (growing.length < 3) growing.push(x + 1); }); const live = new Set([1]); live.forEach((x) => { if (say(x) < 3) live.add(x + 1); }); console.log(growing, live.size);`,
  "what cannot be suspended runs to its end": `
    const o = { toString() { return "text" + 1; }, toJSON() { return { j: 1 }; }, valueOf() { return 7; }, get later() { return 3; } }; console.log(\`\${o}\`, +o, JSON.stringify({ o }), JSON.stringify([1, 2], (k, v: unknown) => v), "x".replace("x", String(o)), { ...o }.later, Object.assign({}, o).later);`,
  "namespaces, enums and decorators": `
    namespace N { export let n = say(1); export function up() { n += say(2); return n; } export class K { v = say(n); } export namespace M { export const deep = say("deep"); } } console.log(N.up(), N.n, new N.K().v, N.M.deep); enum E { A = say("ab").length, B = A + 1 } console.log(E.B, E[2]);
    function dec<T extends Function>(f: T): T { say("decorated"); return f; } class Q { @dec m() { return say("m"); } } console.log(new Q().m());`,
};

test("twins: what cannot be suspended is named where it stands, in the model form alone", () => {
  const text = `import { Mutex, sleep } from "threadloom:std";
import { walk } from "./package/index.js";
const db = new Mutex(0);
async function f() { sleep(1); await null; return () => db.lock(); } // a task waits where it likes
walk((x: number) => { using g = db.lock(); g.value += x; });
[1].forEach((x) => { using g = db.lock(); g.value += x; });
void f();`;
  const texts = {
    "main.ts": text,
    "package/index.d.ts": "export declare function walk(f: (x: number) => void): void;\n",
    "package/index.js": "export function walk(f) { f(1); }\n",
  };
  const ours = (form: "native" | "model"): string[] =>
    problems(texts, form)
      .filter(({ code }) => code.startsWith("TL15"))
      .map(({ code, line, column, severity }) => `${code} ${line}:${column} ${severity}`);
  assert.deepEqual(ours("model"), ["TL1502 5:6 warning"]);
  assert.deepEqual(ours("native"), []);
});

for (const [what, text] of Object.entries(PROGRAMS))
  test(`twins: ${what}`, () => sameBehaviour(PRELUDE + text));
