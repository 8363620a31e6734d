/** Where the model engine cannot follow a program, its session goes on on real threads by itself, and says so. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { BreakpointState, MomentId } from "../../../src/protocol/step.ts";
import { Programs } from "../native/fixture.ts";
import { Stepped } from "./stepped.ts";

const programs = new Programs();
const folder = path.join(programs.folder, "node_modules", "callbacks");
mkdirSync(folder, { recursive: true });
writeFileSync(
  path.join(folder, "package.json"),
  JSON.stringify({ name: "callbacks", version: "1.0.0", type: "module", exports: "./index.js" }),
);
writeFileSync(
  path.join(folder, "index.js"),
  "export function each(list, call) { for (const one of list) call(one); }\n",
);

/** The thread locks in a callback of the package, while main has the lock. */
const IN_A_PACKAGE = `import { Mutex, spawn } from "threadloom:std";
import { each } from "callbacks";
const m = new Mutex(0);
const held = m.lock();
const worker = spawn(() => {
  each([1, 2], () => {
    const guard = m.lock();
    guard.value++;
    guard.unlock();
  });
});
held.unlock();
worker.join();
console.log(m.lock().value);`;

let count = 0;
async function session(text: string, withNative = true): Promise<[Stepped, string]> {
  const name = `switching-${++count}.ts`;
  const program = await programs.compileAs(text, "debug", name);
  const native = await programs.compileAs(text, "native", name);
  const stepped = await Stepped.begun({ program, ...(withNative ? { native } : {}) });
  return [stepped, program.entry];
}

test("a lock in a package's callback is stepped on real threads, from the same operation on", async () => {
  const [stepped] = await session(IN_A_PACKAGE);
  assert.equal(stepped.state.engine, "model");
  await stepped.step("main");
  await stepped.step("main"); // locks
  await stepped.step("main"); // starts the worker
  const before = await stepped.history();
  const moment = stepped.state.moment;
  const stopped = await stepped.step("worker-1"); // comes to the callback, where the model cannot leave it
  assert.equal(stepped.state.engine, "native");
  assert.match(stepped.state.note!, /^TL7116 .*worker-1 must wait at switching-1\.ts:7/);
  assert.equal(stopped.text, stepped.state.note);
  assert.deepEqual(await stepped.history(), [...before, "worker-1 begins"]);
  assert.equal(stepped.state.moment, moment + 1);
  assert.equal(stepped.thread("worker-1").why, "blocked: `m` is held by main since line 4");
  await stepped.step("main");
  assert.equal(stepped.object["m"], "free");
  assert.equal(stepped.thread("worker-1").next?.text, "lock `m`");
  assert.deepEqual(
    (await stepped.frames("worker-1")).map(({ name, place }) => `${name}:${place?.line}`),
    ["anonymous function:7", "thread body:6"],
  );
  assert.equal((await stepped.continue()).why, "over");
  assert.deepEqual(stepped.state.over?.findings, []);
  assert.deepEqual(stepped.state.over?.output, ["2"]);
});

test("a session whose program starts processes stays on the model, which alone plays them, and says so", async () => {
  const text = `import { Process } from "threadloom:std";\n${IN_A_PACKAGE}\nProcess.spawn(() => {}).wait();`;
  const [stepped] = await session(text);
  for (const name of ["main", "main", "main"]) await stepped.step(name);
  assert.equal((await stepped.step("worker-1")).why, "over");
  assert.equal(stepped.state.engine, "model");
  assert.match(stepped.state.note!, /^TL2404 /);
});

test("a session whose program cannot go on on real threads ends where the model ends, and says why", async () => {
  const [stepped] = await session(IN_A_PACKAGE, false);
  for (const name of ["main", "main", "main"]) await stepped.step(name);
  assert.equal((await stepped.step("worker-1")).why, "over");
  assert.equal(stepped.state.engine, "model");
  assert.equal(stepped.state.note, undefined);
  assert.equal(stepped.state.over?.ending, "unmodelled");
  assert.match(stepped.state.over?.findings[0].message ?? "", /worker-1 must wait at/);
});

test("going on over the place where the engine changes keeps breakpoints, the tree and the way back", async () => {
  const [stepped, file] = await session(IN_A_PACKAGE);
  const lines = [{ file, line: 8 }];
  const [armed] = await stepped.ask<BreakpointState[]>({ kind: "breakpoints", lines, events: [] });
  assert.equal(armed.verified, true);
  for (let steps = 0; steps < 3; steps++) await stepped.step("main");
  const fork = stepped.state.moment;
  // By hand into a branch of its own, on the model still.
  await stepped.step("main");
  const branch = stepped.state.moment;
  assert.equal(stepped.state.engine, "model");
  await stepped.ask({ kind: "goTo", moment: fork });
  await stepped.step("worker-1");
  assert.equal(stepped.state.engine, "native");
  const stopped = await stepped.continue();
  assert.deepEqual([stopped.why, stopped.breakpoints], ["breakpoint", [0]]);
  assert.equal(stepped.thread("worker-1").next?.text, "unlock `m`"); // the first operation from line 8 on
  const way = await stepped.history();
  await stepped.ask({ kind: "goTo", moment: branch });
  assert.deepEqual((await stepped.history()).at(-1), "main unlocks `m`");
  assert.deepEqual(stepped.object, { m: "free" });
  await stepped.ask({ kind: "goTo", moment: 0 as MomentId });
  assert.equal(stepped.thread("main").next?.text, "begin");
  await stepped.ask({ kind: "goTo", moment: fork });
  await stepped.step("worker-1");
  await stepped.continue();
  assert.deepEqual(await stepped.history(), way);
});

test("a promise from outside is awaited on real threads, and the steps around it are made there", async () => {
  const [stepped] = await session(`import { readFile } from "node:fs/promises";
import { Mutex } from "threadloom:std";
const m = new Mutex("");
m.lock().unlock();
const text = await readFile(${JSON.stringify(path.join(folder, "package.json"))}, "utf8");
const guard = m.lock();
guard.value = text.slice(0, 7);
guard.unlock();
console.log(guard === undefined);`);
  await stepped.step("main");
  await stepped.step("main");
  await stepped.step("main");
  assert.equal(stepped.state.engine, "native");
  assert.match(
    stepped.state.note!,
    /awaits a promise that is none of the program's own, at switching-\d+\.ts:5/,
  );
  assert.equal(stepped.thread("main").next?.text, "lock `m`");
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.findings, []);
  await stepped.ask({ kind: "undo" });
  assert.equal(await stepped.evaluate("m.value", "main"), '"{\\"name\\""');
});

test("a schedule into a package's callback is followed on real threads to its end", async () => {
  const [first] = await session(IN_A_PACKAGE);
  for (const name of ["main", "main", "main", "worker-1", "main"]) await first.step(name);
  await first.continue();
  const [history, schedule] = [
    await first.history(),
    await first.ask<string>({ kind: "schedule" }),
  ];
  const name = `switching-${count}.ts`;
  const program = await programs.compileAs(IN_A_PACKAGE, "debug", name);
  const native = await programs.compileAs(IN_A_PACKAGE, "native", name);
  const again = await Stepped.begun({ program, native, schedule });
  assert.equal(again.state.engine, "native");
  assert.deepEqual(await again.history(), history);
  assert.deepEqual(again.state.over?.output, ["2"]);
});

test("a recorded run into a package's callback is followed on real threads to where it ended", async () => {
  const name = `switching-${++count}.ts`;
  const program = await programs.compileAs(IN_A_PACKAGE, "debug", name);
  const native = await programs.compileAs(IN_A_PACKAGE, "native", name);
  const { ran, tracePath } = programs.start(native);
  assert.deepEqual((await ran).output, ["2"]);
  const trace = new Uint8Array(readFileSync(tracePath));
  const stepped = await Stepped.begun({ program, native, trace });
  assert.deepEqual(stepped.state.over?.output, ["2"]);
  await stepped.ask({ kind: "undo" });
  assert.equal(stepped.thread("main").next?.text, "end");
});

test("a value set by hand is not set again on real threads, which is said where it was set", async () => {
  const [stepped] = await session(`import { Mutex, spawn } from "threadloom:std";
import { each } from "callbacks";
const m = new Mutex(0);
let kept = 1;
function keep() { kept = m.lock().value; }
const held = m.lock();
const worker = spawn(() => { each([1], () => { m.lock().unlock(); }); });
held.unlock();
worker.join();
keep();`);
  await stepped.step("main");
  await stepped.step("main");
  const rows = await stepped.scopes("main");
  const module = rows.find(({ kind }) => kind === "module")!;
  await stepped.ask({ kind: "set", of: module.reference, name: "kept", expression: "5" });
  const way = await stepped.history();
  assert.equal(way.at(-1), "main sets `kept` to 5");
  await stepped.step("main");
  const thread = stepped.thread("worker-1").id;
  const going = { kind: "operation", thread, timesOut: false } as const;
  const refused = await stepped.refusal({ kind: "go", how: going });
  assert.match(refused, /^TL7120 .*sets `kept` to 5/);
  assert.equal(stepped.state.engine, "native");
  assert.deepEqual(await stepped.history(), way.slice(0, -1));
  assert.equal((await stepped.continue()).why, "over");
});

test("a run that nobody stops within a package's callback stays on the model engine", async () => {
  const [stepped] = await session(IN_A_PACKAGE.replace("[1, 2]", "Array.from({ length: 20000 })"));
  assert.equal((await stepped.continue()).why, "over");
  assert.equal(stepped.state.engine, "model");
  assert.deepEqual(stepped.state.over?.output, ["20000"]);
});
