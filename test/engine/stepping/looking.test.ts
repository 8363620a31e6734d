/** Looking never changes a run; what would is refused, but for setting a variable. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../../../src/protocol/step.ts";
import { Stepped } from "./stepped.ts";

const PROGRAM = `import { Mutex } from "threadloom:std";
let calls = 0;
class Point { x = 1; y = 2; get sum(): number { calls++; return this.x + this.y; }
  move(): void { this.x++; } toString(): string { calls++; return "p"; } }
const lock = new Mutex({ items: ["a", "b"] });
function look(n: number, text: string): number {
  const point = new Point();
  const list = [3, 1, 2];
  const map = new Map([["k", point]]);
  let local = n;
  local += list.length + map.size + text.length;
  return local;
}
console.log(look(2, "hello"), calls, lock.isPoisoned);`;

const inside = async (): Promise<Stepped> => {
  const stepped = await Stepped.of(PROGRAM);
  await stepped.breakAt(12);
  await stepped.continue();
  return stepped;
};

const evaluating = (stepped: Stepped, expression: string) => ({
  kind: "evaluate" as const,
  expression,
  thread: stepped.thread("main").id,
  frame: 0,
});

test("expressions are evaluated on values where they are", async () => {
  const stepped = await inside();
  for (const [expression, expected] of [
    ["n", "2"],
    ["local + n * 3", "8"],
    ["text.length > 3 && text.startsWith('he')", "true"],
    ["`${text}!`", '"hello!"'],
    ["list", "(3) [3, 1, 2]"],
    ["list.map((x) => x * n).filter((x) => x > 2)", "(2) [6, 4]"],
    ["list[list.length - 1]", "2"],
    ["map.get('k').y", "2"],
    ["map.has('q') ? 1 : typeof nothing", '"undefined"'],
    ["point", "Point {x: 1, y: 2}"],
    ["point?.z?.w", "undefined"],
    ["Math.max(n, 9)", "9"],
    ["lock.value.items[1]", '"b"'],
    ["lock.value.items.includes('a')", "true"],
    ["{ a: n }.a", undefined],
    ["[n, text, null]", '(3) [2, "hello", null]'],
    ["point instanceof Point", undefined],
    ["-0", "-0"],
    ["10n ** 20n", "100000000000000000000n"],
  ] as const) {
    if (expected === undefined) continue;
    assert.equal(await stepped.evaluate(expression, "main"), expected, expression);
  }
});

test("what would change something, run code, block or throw is refused, and nothing has changed", async () => {
  const stepped = await inside();
  const before = JSON.stringify([stepped.state.moment, await stepped.variables("main", "local")]);
  for (const [expression, expected] of [
    ["local = 5", /TL7105 .*would change `local`/],
    ["n++", /TL7105/],
    ["delete point.x", /TL7105/],
    ["list.push(1)", /TL7104 .*`list.push\(…\)` would run code/],
    ["list.sort()", /TL7104/],
    ["point.move()", /TL7104/],
    ["point.sum", /TL7104 .*getter `sum`/],
    ["point + ''", /TL7104 .*converting an object/],
    ["`${point}`", /TL7104/],
    ["look(1, '')", /TL7104/],
    ["lock.lock()", /TL7104/],
    ["new Point()", /TL7104/],
    ["eval('1')", /TL7104|TL7106/],
    ["(() => { for (;;); })()", /TL7104/],
    ["nothing.x", /TL7106 .*`nothing` is not known/],
    ["map.get('q').y", /TL7107 .*throws.*undefined has no "y"/],
    ["n +", /TL7103/],
    ["", /TL7103/],
    ["n; 1", /TL7103/],
  ] as const) {
    assert.match(await stepped.refusal(evaluating(stepped, expression)), expected, expression);
  }
  const after = JSON.stringify([stepped.state.moment, await stepped.variables("main", "local")]);
  assert.equal(after, before);
  await stepped.breakAt();
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["11 0 false"]);
});

test("a getter is shown as one, and not asked", async () => {
  const stepped =
    await Stepped.of(`const o = { get asked() { console.log("asked"); return 1; }, v: 2 };
console.log(o.v);`);
  await stepped.breakAt(3);
  await stepped.continue();
  const [module] = (await stepped.scopes("main")).filter(({ kind }) => kind === "module");
  const [o] = await stepped.ask<Value[]>({ kind: "children", of: module.reference });
  assert.equal(o.text, "{asked: (…), v: 2}");
  const fields = await stepped.ask<Value[]>({ kind: "children", of: o.reference });
  assert.deepEqual(
    fields.map(({ name, text }) => [name, text]),
    [
      ["asked", "(a getter: not asked)"],
      ["v", "2"],
    ],
  );
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["2"]);
});

test("setting a variable makes a branch of its own, which is reached again like any other", async () => {
  const stepped = await inside();
  const before = stepped.state.moment;
  const [local] = await stepped.scopes("main");
  const set = { kind: "set" as const, of: local.reference, name: "local", expression: "n * 50" };
  const value = await stepped.ask<Value>(set);
  assert.equal(value.text, "100");
  assert.notEqual(stepped.state.moment, before);
  assert.equal(stepped.state.last?.text, "sets `local` to n * 50");
  const changed = stepped.state.moment;
  await stepped.breakAt();
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["109 0 false"]);
  await stepped.ask({ kind: "goTo", moment: before });
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["11 0 false"]);
  await stepped.ask({ kind: "goTo", moment: changed });
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["109 0 false"]);
});

test("fields of the thread's own values can be set; copies, constants and getters cannot", async () => {
  const stepped = await inside();
  const [local] = await stepped.scopes("main");
  const values = await stepped.ask<Value[]>({ kind: "children", of: local.reference });
  const point = values.find(({ name }) => name === "point")!;
  assert.equal(point.canSet, false);
  await stepped.ask({ kind: "set", of: point.reference, name: "x", expression: "[7]" });
  assert.equal(await stepped.evaluate("point.x[0]", "main"), "7");
  const [here] = await stepped.scopes("main");
  const locals = await stepped.ask<Value[]>({ kind: "children", of: here.reference });
  const list = locals.find(({ name }) => name === "list")!;
  const set = { kind: "set" as const, of: list.reference, name: "1", expression: "n * 4" };
  assert.equal((await stepped.ask<Value>(set)).text, "8");
  assert.equal(stepped.state.last?.text, "sets `list[1]` to n * 4");
  const [again, , shared] = await stepped.scopes("main");
  for (const [of, name] of [
    [again.reference, "point"],
    [again.reference, "nothing"],
    [shared.reference, "lock"],
  ] as const) {
    const refused = await stepped.refusal({ kind: "set", of, name, expression: "1" });
    assert.match(refused, /TL7108|TL7106/);
  }
});

test("large values come in pages", async () => {
  const stepped = await Stepped.of(`const many = Array.from({ length: 10_000 }, (_, i) => i);
console.log(many.length);`);
  await stepped.breakAt(3);
  await stepped.continue();
  const [module] = (await stepped.scopes("main")).filter(({ kind }) => kind === "module");
  const [many] = await stepped.ask<Value[]>({ kind: "children", of: module.reference });
  assert.equal(many.indexed, 10_000);
  const page = { kind: "children" as const, of: many.reference, start: 9_990, count: 5 };
  const values = await stepped.ask<Value[]>(page);
  assert.deepEqual(
    values.map(({ name, text }) => `${name}:${text}`),
    ["9990:9990", "9991:9991", "9992:9992", "9993:9993", "9994:9994"],
  );
});
