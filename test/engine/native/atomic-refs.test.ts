/** `AtomicRef` between threads: what is stored is one frozen object in each thread, wherever it comes from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

test("what is stored is one object in each thread, and compares as === does", () =>
  prints(
    `const node = { value: 1, inner: { deep: true } };
     const ref = new std.AtomicRef<object | null>(node);
     console.log(ref.load() === node, ref.compareExchange({ value: 1 }, null) === node, ref.load() === node);
     const other = std.spawn(() => {
       const seen = ref.load();
       const again = ref.compareExchange(seen, null);
       return [seen === ref.swap(seen), again === seen, again !== null, ref.load() === seen];
     });
     console.log(other.join().join(), ref.load() === node);`,
    ["true true true", "false,true,true,true true"],
  ));

test("a stored object is frozen, with all that it holds, in every thread", () =>
  prints(
    `const node = { list: [1, 2], inner: { n: 1 } };
     const ref = new std.AtomicRef(node);
     const tries = (n: any) => [() => { n.list.push(3); }, () => { n.inner.n = 2; }, () => { n.extra = 1; }].map((t) => {
       try { t(); return "wrote"; } catch (error: any) { return error.name; }
     }).join();
     console.log(tries(node), std.spawn(() => tries(ref.load())).join());`,
    ["TypeError,TypeError,TypeError TypeError,TypeError,TypeError"],
  ));

test("a replacement that was not set may still be written to", () =>
  prints(
    `const ref = new std.AtomicRef<{ n: number } | null>(null);
     const mine = { n: 1 };
     ref.compareExchange({ n: 0 }, mine);
     mine.n = 2;
     console.log(Object.isFrozen(mine), ref.load());
     console.log(ref.compareExchange(null, mine), Object.isFrozen(mine), ref.load()!.n);`,
    ["false null", "null true 2"],
  ));

test("objects stored within others stay what they are, whichever way they come", () =>
  prints(
    `type Node = { value: number; next: Node | null };
     const tail: Node = { value: 1, next: null };
     const head = new std.AtomicRef<Node>({ value: 2, next: tail });
     const last = new std.AtomicRef<Node | null>(null);
     last.store(tail);
     const [tx, rx] = std.channel<Node>();
     tx.send(tail);
     const same = std.spawn(() => {
       const h = head.load(), sent = rx.recv();
       return [h.next === last.load(), sent === h.next, tail === sent, head.compareExchange(h, sent) === h];
     }).join();
     console.log(same.join(), head.load() === tail);`,
    ["true,true,true,true true"],
  ));

test("a long list is made in another thread without recursion", () =>
  prints(
    `type Node = { n: number; next: Node | null };
     const head = new std.AtomicRef<Node | null>(null);
     for (let n = 0; n < 20_000; n++) head.store({ n, next: head.load() });
     console.log(std.spawn(() => { let count = 0; for (let at = head.load(); at; at = at.next) count++; return count; }).join());`,
    ["20000"],
  ));

test("a thread that made a list takes what others put on top of it", () =>
  prints(
    `type Node = { by: string; next: Node | null };
     const bottom: Node = { by: "main", next: null };
     const head = new std.AtomicRef<Node>(bottom);
     std.spawn(() => { head.store({ by: "other", next: head.load() }); }).join();
     console.log(head.load().by, head.load().next === bottom, head.load() === head.load());`,
    ["other true true"],
  ));

test("primitives compare by what they are", () =>
  prints(
    `const ref = new std.AtomicRef<unknown>("text");
     const swaps = [["te" + "xt", 1], [1, 0], [-0, 10n ** 30n], [10n ** 30n, undefined], [undefined, true], [true, Symbol.for("s")], [Symbol.for("s"), NaN]];
     for (const [from, to] of swaps) console.log(String(ref.compareExchange(from, to)), Object.is(ref.load(), to));
     console.log(ref.compareExchange(NaN, 1), ref.load(), ref.swap("é"), ref.load());`,
    [
      "text true",
      "1 true",
      "0 true",
      "1000000000000000000000000000000 true",
      "undefined true",
      "true true",
      "Symbol(s) true",
      "NaN NaN NaN é",
    ],
  ));

test("a class keeps its instances, and a function is the same one when it comes back", () =>
  prints(
    `class Point { readonly x: number; #y = 2; constructor(x: number) { this.x = x; } get y() { return this.#y; } }
     const double = (n: number) => n * 2;
     const ref = new std.AtomicRef<unknown>(new Point(1)), code = new std.AtomicRef<(n: number) => number>(double);
     console.log(std.spawn(() => {
       const p = ref.load() as Point;
       return [p instanceof Point, p.x, p.y, ref.load() === p, code.load()(21), code.load() === code.load()].join();
     }).join(), code.load() === double);`,
    ["true,1,2,true,42,true true"],
  ));

test("shared handles may be stored, and compare as what they stand for", () =>
  prints(
    `const a = new std.Mutex(1), b = new std.Mutex(2);
     const ref = new std.AtomicRef<unknown>(a);
     const held = new std.AtomicRef({ lock: a });
     console.log(std.spawn(() => [ref.load() === a, ref.compareExchange(b, a) === a, ref.compareExchange(a, b) === a, held.load().lock === a].join()).join());
     console.log(ref.load() === b);`,
    ["true,true,true,true", "true"],
  ));

test("what moves, what cannot cross and what cannot be frozen is refused by its path, and nothing is frozen", () =>
  prints(
    `const ref = new std.AtomicRef<unknown>(null);
     const [tx, rx] = std.channel<number>();
     const bad: any[] = [{ tx }, { a: [new Map()] }, { p: Promise.resolve() }, { d: new Date() }, new Uint8Array(1)];
     for (const one of bad) {
       try { ref.store(one); console.log("stored"); }
       catch (error: any) { console.log(error.name, error.path, Object.isFrozen(one), ref.load()); }
     }
     tx.send(1); console.log(rx.recv());`,
    [
      "NotSendError ref false null",
      "NotSendError ref.a[0] false null",
      "NotSendError ref.p false null",
      "NotSendError ref.d false null",
      "NotSendError ref false null",
      "1",
    ],
  ));

test("cycles, and what two places of a value share, keep their shape", () =>
  prints(
    `const shared = { n: 1 }, whole: any = { a: shared, b: shared };
     whole.self = whole;
     const ref = new std.AtomicRef(whole);
     console.log(std.spawn(() => { const w = ref.load(); return [w.a === w.b, w.self === w, w.self === ref.load(), Object.isFrozen(w.a)].join(); }).join());`,
    ["true,true,true,true"],
  ));

test("every thread's push onto a lock-free stack is in it in the end", () =>
  prints(
    `type Node = { readonly value: number; readonly next: Node | null };
     const head = new std.AtomicRef<Node | null>(null);
     const push = (value: number) => { for (;;) { const next = head.load(); if (head.compareExchange(next, { value, next }) === next) return; } };
     const pop = () => { for (;;) { const top = head.load(); if (top === null) return 0; if (head.compareExchange(top, top.next) === top) return top.value; } };
     const sums = [0, 1, 2].map((t) => std.spawn(() => { let sum = 0; for (let i = 1; i <= 200; i++) { push(t * 1000 + i); if (i % 2) sum += pop(); } return sum; }));
     let left = 0, taken = 0;
     for (const h of sums) taken += h.join();
     for (let n = pop(); n !== 0; n = pop()) left += n;
     console.log(taken + left === [0, 1, 2].reduce((all, t) => all + 200 * t * 1000 + 20100, 0));`,
    ["true"],
  ));

test("what is in a reference is looked at without a step by an annotation", async () => {
  const ran = await programs.run(
    `const ref = new std.AtomicRef("a");
     std.spawn(() => { ref.store("b"); ref.store("c"); });
     // @final ref.load() === "c"`,
  );
  assert.deepEqual(ran.kinds, []);
});
