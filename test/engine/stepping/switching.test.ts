/** Where the model engine cannot follow a program, its session goes on on real threads by itself, and says so. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
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
