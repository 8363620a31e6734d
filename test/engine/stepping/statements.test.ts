/** Stepping by statements: into, over, out, back, breakpoints, frames and scopes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Place } from "../../../src/trace/finding.ts";
import { Stepped } from "./stepped.ts";

const CALLS = `import { Mutex } from "threadloom:std";
const lock = new Mutex({ sum: 0 });
function add(n: number): number {
  using held = lock.lock();
  held.value.sum += n;
  return held.value.sum;
}
function twice(n: number): number {
  const first = add(n);
  const second = add(n);
  return first + second;
}
const a = twice(1);
const b = twice(2);
console.log(a, b);`;

const line = (stepped: Stepped, name = "main"): number | undefined =>
  stepped.thread(name).place?.line;

test("a thread goes over calls, into them and out of them, statement by statement", async () => {
  const stepped = await Stepped.of(CALLS);
  const lines: (number | undefined)[] = [];
  for (const kind of [
    "into",
    "over",
    "into",
    "into",
    "over",
    "out",
    "over",
    "out",
    "over",
  ] as const) {
    await stepped.statement(kind, "main");
    lines.push(line(stepped));
  }
  // 3: line 1 is `// @threadloom`
  assert.deepEqual(lines, [3, 14, 10, 5, 6, 11, 12, 15, 16]);
});

test("a thread goes back over its statements, not into calls, and comes to the beginning", async () => {
  const stepped = await Stepped.of(CALLS);
  await stepped.breakAt(16);
  await stepped.continue();
  assert.equal(line(stepped), 16);
  const lines: (number | undefined)[] = [];
  for (let i = 0; i < 4; i++) {
    lines.push((await stepped.back("main")) ? line(stepped) : undefined);
  }
  assert.deepEqual(lines, [15, 14, 3, undefined]);
  assert.equal(stepped.state.depth, 0);
});

test("beneath a task's own frames are the async functions that wait for it, and nothing is in scope there", async () => {
  const stepped = await Stepped.of(`import "threadloom:std";
async function inner(n: number) {
  await null;
  return n + 1;
}
async function outer() {
  return 1 + (await inner(1));
}
console.log(await outer());`);
  await stepped.breakAt(5);
  await stepped.continue();
  const frames = await stepped.frames("main");
  assert.deepEqual(
    frames.map(({ name, place, isAsync }) => [name, place?.line, isAsync]),
    [
      ["inner", 5, undefined],
      ["await", undefined, "label"],
      ["async outer", 8, "caller"],
      ["await", undefined, "label"],
      ["async top level", 10, "caller"],
    ],
  );
  assert.deepEqual(await stepped.variables("main", "local"), ["n = 1"]);
  assert.deepEqual(await stepped.variables("main", "local", 2), []);
});

test("going back past a variable that was set comes to the same statements as without, with its value until before it was set", async () => {
  const stepped = await Stepped.of(`import { Mutex } from "threadloom:std";
const lock = new Mutex(0);
let n = 1;
lock.lock().unlock();
n += 1;
lock.lock().unlock();
n += 1;
lock.lock().unlock();
console.log(n);`);
  await stepped.breakAt(6);
  await stepped.continue();
  const scopes = await stepped.scopes("main");
  const of = scopes.find(({ kind }) => kind === "module")!.reference;
  await stepped.ask({ kind: "set", of, name: "n", expression: "10" });
  await stepped.breakAt(10);
  await stepped.continue();
  const went: string[] = [];
  for (let back = 0; back < 6; back++) {
    went.push(`${line(stepped)}: ${await stepped.evaluate("n", "main")}`);
    await stepped.back("main");
  }
  assert.deepEqual(went, ["10: 12", "9: 12", "8: 11", "7: 11", "6: 1", "5: 1"]);
});

test("going back within a call stays there, then goes to its caller", async () => {
  const stepped = await Stepped.of(CALLS);
  await stepped.breakAt({ line: 12, condition: "n === 2" });
  await stepped.continue();
  const lines: (number | undefined)[] = [];
  for (let i = 0; i < 4; i++) {
    await stepped.back("main");
    lines.push(line(stepped));
  }
  assert.deepEqual(lines, [11, 10, 15, 14]);
});

test("a run goes back to the breakpoint that it passed last", async () => {
  const stepped = await Stepped.of(CALLS);
  await stepped.breakAt(6);
  await stepped.continue();
  const first = await stepped.evaluate("n", "main");
  await stepped.continue();
  await stepped.continue();
  assert.equal(await stepped.evaluate("n", "main"), "2");
  await stepped.back("main", "breakpoint");
  assert.deepEqual([line(stepped), await stepped.evaluate("n", "main")], [6, "1"]);
  await stepped.back("main", "breakpoint");
  assert.deepEqual([line(stepped), first], [6, "1"]);
  assert.equal(await stepped.back("main", "breakpoint"), false);
  assert.equal(stepped.state.depth, 0);
});

test("a frame is begun again, and the run with it", async () => {
  const stepped = await Stepped.of(CALLS);
  await stepped.breakAt(12);
  await stepped.continue();
  assert.equal(await stepped.evaluate("lock.value.sum", "main"), "2");
  await stepped.ask({ kind: "restartFrame", thread: stepped.thread("main").id, frame: 0 });
  assert.equal(line(stepped), 10);
  assert.equal(await stepped.evaluate("lock.value.sum", "main"), "0");
});

test("breakpoints stop where a statement begins; conditions, counts and words are kept to", async () => {
  const stepped = await Stepped.of(`import { spawn } from "threadloom:std";
const work = (n: number): number => {
  let sum = 0;
  for (let i = 0; i < 5; i++) {
    sum += i * n;
  }
  return sum;
};
const all = [1, 2].map((n) => spawn(() => work(n)));
for (const one of all) console.log(one.join());`);
  const states = await stepped.breakAt(
    { line: 6, condition: "i === 3 && n === 2" },
    { line: 7 },
    { line: 8, log: "sum is {sum} of {n}" },
    { line: 6, hits: 2, condition: "n === 1" },
    { line: 6, condition: "i ===" },
  );
  assert.deepEqual(
    states.map(({ verified, line: at }) => [verified, at]),
    [
      [true, 6],
      [true, 8],
      [true, 8],
      [true, 6],
      [false, 6],
    ],
  );
  await stepped.breakAt(
    { line: 6, condition: "i === 3 && n === 2" },
    { line: 8, log: "sum is {sum} of {n}" },
  );
  const { why, thread, breakpoints } = await stepped.continue();
  assert.deepEqual([why, breakpoints], ["breakpoint", [0]]);
  const { name } = stepped.state.threads[thread!];
  assert.equal(await stepped.evaluate("`${i} ${n} ${sum}`", name), '"3 2 6"');
  assert.equal((await stepped.continue()).why, "over");
  const logged = stepped.events.flatMap((one) => (one.kind === "logged" ? [one.text] : []));
  assert.deepEqual(logged.sort(), ["sum is 10 of 1", "sum is 20 of 2"]);
});

test("a breakpoint in a callback and in a method is met", async () => {
  const stepped = await Stepped.of(`class Box { #n = 1; get twice() { return this.#n * 2; }
  grow(by: number): this {
    this.#n += by;
    return this;
  } }
const box = new Box();
[1, 2].forEach((n) => {
  box.grow(n);
});
console.log(box.twice);`);
  await stepped.breakAt(4, 9);
  const stops: string[] = [];
  for (;;) {
    const { why } = await stepped.continue();
    if (why === "over") break;
    const [{ name }] = await stepped.frames("main");
    stops.push(`${line(stepped)} ${name}`);
    if (stops.length === 2) assert.equal(await stepped.evaluate("this", "main"), "Box {#n: 1}");
  }
  assert.deepEqual(stops, ["9 anonymous function", "4 grow", "9 anonymous function", "4 grow"]);
  assert.deepEqual(stepped.state.over?.output, ["8"]);
});

test("frames are the person's own, and each shows what is in scope there", async () => {
  const stepped = await Stepped.of(CALLS);
  await stepped.breakAt(6);
  await stepped.continue();
  assert.deepEqual(
    (await stepped.frames("main")).map(({ name, place }) => `${name}:${(place as Place).line}`),
    ["add:6", "twice:10", "top level:14"],
  );
  assert.deepEqual(await stepped.variables("main", "local"), [
    "n = 1",
    "held = MutexGuard of lock (held by main since line 5)",
  ]);
  assert.deepEqual(await stepped.variables("main", "local", 1), [
    "n = 1",
    "first = not initialised yet",
    "second = not initialised yet",
  ]);
  assert.deepEqual(await stepped.variables("main", "shared"), ["lock = held by main since line 5"]);
});

test("a loop's variables are seen in a body without a block", async () => {
  const stepped = await Stepped.of(`let sum = 0;
for (let i = 0; i < 3; i++)
  sum += i;
for (const [index, name] of ["a", "b"].entries())
  console.log(index, name, sum);`);
  await stepped.breakAt({ line: 4, condition: "i === 2" }, { line: 6, condition: "name === 'b'" });
  await stepped.continue();
  assert.equal(await stepped.evaluate("i + sum", "main"), "3");
  assert.deepEqual(
    [stepped.thread("main").place?.line, stepped.thread("main").next?.place?.line],
    [4, 4],
  );
  await stepped.continue();
  assert.equal(await stepped.evaluate("name + index", "main"), '"b1"');
});

test("one thread is stepped while the others stand, or run", async () => {
  const program = `import { Mutex, spawn } from "threadloom:std";
const lock = new Mutex(0);
const body = () => {
  for (let i = 0; i < 2; i++) {
    using held = lock.lock();
    held.value++;
  }
};
const threads = [spawn(body), spawn(body)];
for (const one of threads) one.join();`;
  const stepped = await Stepped.of(program);
  await stepped.breakAt({ line: 7 });
  await stepped.continue();
  const there = stepped.state.threads.find(({ holds }) => holds.length > 0)!;
  const other = stepped.state.threads.find(({ id }) => id !== 0 && id !== there.id)!;
  const stopped = await stepped.statement("over", other.name, "frozen");
  const again = await stepped.statement("over", other.name, "frozen");
  const third = await stepped.statement("over", other.name, "frozen");
  const whys = [stopped, again, third].map(({ why }) => why);
  assert.equal(whys.at(-1), "blocked");
  assert.match(third.text!, new RegExp(`held by ${there.name} since line 6`));
  assert.equal(stepped.thread(there.name).place?.line, 7);
  await stepped.breakAt();
  await stepped.statement("over", other.name, "running");
  assert.deepEqual(stepped.thread(other.name).holds, ["lock"]);
});

test("breakpoints on events stop before the operation, of an object or a thread", async () => {
  const stepped = await Stepped.of(CALLS);
  await stepped.ask({
    kind: "breakpoints",
    lines: [],
    events: [
      { on: "unlock", object: "lock" },
      { on: "lock", thread: "nobody" },
    ],
  });
  const { why, breakpoints } = await stepped.continue();
  assert.deepEqual([why, breakpoints], ["event", [0]]);
  assert.equal(stepped.thread("main").next?.text, "unlock `lock`");
  const once = stepped.state.moment;
  await stepped.continue();
  assert.notEqual(stepped.state.moment, once);
});

test("a pause within code is no step: the trace is the same to the byte", async () => {
  const trace = async (stops: boolean): Promise<string> => {
    const stepped = await Stepped.of(CALLS);
    if (stops) {
      await stepped.breakAt(6, 10);
      for (let i = 0; i < 6; i++) await stepped.continue();
      await stepped.back("main");
      await stepped.breakAt();
    }
    await stepped.continue();
    await stepped.ask({ kind: "goTo", moment: stepped.state.moment });
    await stepped.ask({ kind: "watch", trace: true });
    const bytes = stepped.events.flatMap((one) => (one.kind === "trace" ? [one.bytes] : []));
    return Buffer.concat(bytes).toString("base64");
  };
  const [paused, plain] = [await trace(true), await trace(false)];
  assert.ok(plain.length > 1000);
  assert.equal(paused, plain);
});
