/** Which places become sites, what they are called, and that a call finds its own in `$.site`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeEngine } from "./engine.ts";
import { compiled } from "./fixture.ts";

const STD = `import { assert, channel, Mutex, spawn, syncChannel, type JoinHandle } from "threadloom:std";\n`;

/** Every site of a program as `line:column kind name: text`, without the import's line. */
function rows(text: string): string[] {
  return compiled(STD + text)
    .sites.slice(1)
    .map((site) => {
      assert.ok(site);
      return `${site.line - 1}:${site.column} ${site.kind} ${site.name ?? "-"}: ${site.text}`;
    });
}

test("calls, constructions and spawns are sites; the language's own library is not", () => {
  assert.deepEqual(
    rows(`const n = Math.max(1, 2); [1].map((x) => x + 1); JSON.stringify(n);
console.log(n); spawn(() => 1).join(); assert(n === 2);
own(); function own() { return new Mutex(1).lock(); }`),
    [
      "2:1 call console: console.log(n)",
      "2:17 call -: spawn(() => 1).join()",
      "2:17 spawn -: spawn(() => 1)",
      "2:40 assert -: assert(n === 2)",
      "3:1 call -: own()",
      "3:32 call -: new Mutex(1).lock()",
      "3:32 new -: new Mutex(1)",
    ],
  );
});

test("a site is named by the variable, field, property or array that gets what is made there", () => {
  const names =
    rows(`const db = new Mutex(1); const [tx, rx] = channel<number>(); let late; late = new Mutex();
class A { lock = new Mutex(); other; constructor() { this.other = new Mutex(); } static s = new Mutex(); }
const o = { inner: new Mutex(), list: [new Mutex()] }; const forks = Array.from({ length: 2 }, () => new Mutex());
const g = db.lock(); o.inner.lock(); this_is(new Mutex()); function this_is(x: unknown) {}
const bounded = (syncChannel<number>(1) as never)!;`);
  assert.deepEqual(
    names.map((row) => row.replace(/^\S+ /, "").replace(/: .*/, "")),
    [
      "new db",
      "call tx",
      "new late",
      "new lock",
      "new other",
      "new s",
      "new inner",
      "new list",
      "new forks",
      "call db",
      "call o.inner",
      "call -",
      "new -",
      "call bounded",
    ],
  );
});

test("reading a flag or count of ours is a site, reading a guard's value is not", () => {
  const found = rows(`const db = new Mutex(1); declare const h: JoinHandle<number>;
if (db.isPoisoned || h.isFinished) db.clearPoison(); using g = db.lock(); g.value++;`);
  assert.deepEqual(
    found.map((row) => row.replace(/^\S+ /, "")),
    [
      "new db: new Mutex(1)",
      "read db: db.isPoisoned",
      "read h: h.isFinished",
      "call db: db.clearPoison()",
      "call db: db.lock()",
      "release -: ;",
    ],
  );
});

test("looping over a receiver and spreading it are sites, arrays and strings are not", () => {
  const found =
    rows(`const [tx, rx] = channel<number>(); for (const m of rx) m; [...rx]; for (const c of "abc") c;
const [first] = rx; function* all() { yield* rx; } all(); Array.from(rx); const [p] = [1]; p; first; tx;
for (const x of [1, 2]) x; for (const [k] of new Map([[1, 2]])) k; Math.max(...[1]);`);
  assert.deepEqual(found.map((row) => row.replace(/^\S+ /, "")).slice(1), [
    ...Array<string>(4).fill("iterate rx: rx"),
    "call -: all()",
    "call Array: Array.from(rx)",
  ]);
});

test("long text is cut, and its white space is made plain", () => {
  const [site] = compiled(`console.log("${"x".repeat(90)}",\n  1);`).sites.slice(1);
  assert.equal(site?.text?.length, 80);
  assert.equal(site?.text?.at(-1), "…");
});

test("whatever the form of a call, its own site is set when it begins", async () => {
  const text = `${STD}
const o = { m(...a: unknown[]) { probe; return o; }, o: undefined as never };
const key = () => (probe, "m" as const); let opt: typeof o | undefined = o; const none: typeof o | undefined = undefined;
class K { static s = 1; constructor(...a: unknown[]) { probe; } } class L extends K { constructor() { super(); } }
function f(...a: unknown[]) { probe; return o; } let boxed = f; const use = () => boxed; boxed = f;
f(); f(1, 2); f(...[1]); o.m(); o.m(1); o[key()](); o[key()](f()); opt?.m(); opt?.m().m(); none?.m(f()); (f)(); (o.m)(1);
new K(); new K(1); new K; new L(); boxed(); boxed(5); f\`a\`; f\`\${1}\`; o.m\`x\`; use()();
(f as () => void)(); o!.m(f(f()));`;
  const program = compiled(text);
  const engine = makeEngine(program);
  const calls: string[] = [];
  // To read the global is no operation and sets no site: what is seen is the call's own.
  Object.defineProperty(globalThis, "probe", {
    configurable: true,
    get: () => calls.push(program.sites[engine.runtime.site]?.text ?? "none"),
  });
  try {
    await engine.run();
  } finally {
    delete (globalThis as { probe?: unknown }).probe;
  }
  assert.deepEqual(calls, [
    "f()",
    "f(1, 2)",
    "f(...[1])",
    "o.m()",
    "o.m(1)",
    "key()",
    "o[key()]()",
    "key()",
    "f()",
    "o[key()](f())",
    "opt?.m()",
    "opt?.m()",
    "opt?.m().m()",
    "(f)()",
    "(o.m)(1)",
    "new K()",
    "new K(1)",
    "new K",
    "super()",
    "boxed()",
    "boxed(5)",
    "f`a`",
    "f`${1}`",
    "o.m`x`",
    "use()()",
    "(f as () => void)()",
    "f()",
    "f(f())",
    "o!.m(f(f()))",
  ]);
});
