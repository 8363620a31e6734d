/** Stepping on real threads: by operations, back by running again, and told in the same words as on the model engine. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { TraceReader } from "../../../src/trace/reader.ts";
import { Stepped } from "./stepped.ts";

const COUNTER = `/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2`;

test("on real threads a lost update is made by hand, told, and undone", async () => {
  const stepped = await Stepped.of(COUNTER, { form: "native" });
  assert.equal(stepped.state.engine, "native");
  assert.equal(stepped.state.depth, 0);
  assert.equal(stepped.thread("main").next?.text, "begin");
  await stepped.go({ kind: "until", what: "switch" });
  for (const name of ["alice", "bob"]) await stepped.step(name);
  assert.equal(stepped.thread("alice").next?.text, "read `counter` → 0");
  for (const name of ["alice", "bob", "bob"]) await stepped.step(name);
  const { next, place } = stepped.thread("alice");
  assert.equal(next?.text, "write `counter` ← 1");
  assert.equal(next?.effect, "overwrites what bob wrote since it was read");
  assert.equal(place?.line, 3);
  const before = stepped.state.moment;
  await stepped.step("alice");
  assert.deepEqual(stepped.object, { counter: "1" });
  assert.equal((await stepped.continue()).why, "over");
  assert.deepEqual(
    stepped.state.over?.findings.map(({ kind }) => kind),
    ["assertion"],
  );
  assert.deepEqual(stepped.state.over?.shared, [{ name: "counter", text: "1" }]);
  await stepped.ask({ kind: "goTo", moment: before });
  assert.equal(stepped.state.over, undefined);
  assert.equal(stepped.thread("alice").next?.text, "write `counter` ← 1");
});

const LOCKS = `import { Mutex } from "threadloom:std";
const a = new Mutex(0), b = new Mutex([1]);
/** @thread */ function one() { using x = a.lock(); using y = b.lock(); }
/** @thread */ function two() { using y = b.lock(); using x = a.lock(); }`;

test("on real threads who cannot go on says why, and a deadlock is told where it comes about", async () => {
  const stepped = await Stepped.of(LOCKS, { form: "native" });
  await stepped.go({ kind: "until", what: "switch" });
  for (const name of ["one", "two", "one"]) await stepped.step(name);
  assert.deepEqual(stepped.thread("one").holds, ["a"]);
  assert.deepEqual(stepped.object, { a: "held by one since line 4", b: "free" });
  await stepped.step("two");
  const { why, waitsFor, state, next } = stepped.thread("one");
  assert.equal(why, "blocked: `b` is held by two since line 5");
  assert.deepEqual(
    [state, next?.canStep, waitsFor],
    ["blocked", false, [stepped.thread("two").id]],
  );
  assert.equal(stepped.state.over?.findings[0].kind, "deadlock");
  assert.equal(stepped.state.waits.length, 3); // main waits as well
  await stepped.ask({ kind: "undo" });
  await stepped.ask({ kind: "undo" });
  assert.equal(stepped.thread("one").next?.text, "lock `a`");
  assert.equal(stepped.state.canRedo, true);
  await stepped.ask({ kind: "redo" });
  assert.deepEqual(stepped.thread("one").holds, ["a"]);
});

test("what was stepped on real threads is a schedule, and the model engine follows it", async () => {
  const stepped = await Stepped.of(COUNTER, { form: "native" });
  await stepped.go({ kind: "until", what: "switch" });
  for (const name of ["alice", "bob", "alice", "bob", "bob", "alice"]) await stepped.step(name);
  const history = await stepped.history();
  const schedule = await stepped.ask<string>({ kind: "schedule" });
  for (const form of ["debug", "native"] as const) {
    const again = await Stepped.of(COUNTER, { form, schedule });
    assert.deepEqual(await again.history(), history, form);
    assert.deepEqual(again.object, { counter: "1" });
  }
});

const CALLS = `import { Mutex, channel } from "threadloom:std";
const m = new Mutex(0);
const [tx, rx] = channel<string>();
function add(n: number) {
  const guard = m.lock();
  guard.value += n;
  guard.unlock();
}
add(1);
add(2);
tx.send("hello");
console.log(rx.recv());`;

test("on real threads steps go by operations, over calls, into them and out of them, and say so", async () => {
  const stepped = await Stepped.of(CALLS, { form: "native" });
  const told = await stepped.statement("into", "main"); // begins
  assert.match(told.text!, /^TL7117 The program is on real threads/);
  assert.deepEqual(stepped.lines, ["main:6"]);
  assert.deepEqual(
    (await stepped.frames("main")).map(({ name, place }) => `${name}:${place?.line}`),
    ["add:6", "top level:10"],
  );
  await stepped.statement("over", "main");
  assert.deepEqual(stepped.lines, ["main:8"]);
  await stepped.statement("out", "main");
  assert.deepEqual(stepped.lines, ["main:12"]); // there is no operation on the way out of the second call
  await stepped.back("main");
  assert.deepEqual(stepped.lines, ["main:8"]);
});

test("a line breakpoint on real threads stops before the operation that stands there", async () => {
  const stepped = await Stepped.of(CALLS, { form: "native" });
  const [inAdd, nowhere] = await stepped.breakAt(6, 40);
  assert.deepEqual([inAdd.verified, inAdd.line, nowhere.verified], [true, 6, false]);
  assert.match(inAdd.message!, /on real threads/);
  for (let hit = 1; hit <= 2; hit++) {
    const stopped = await stepped.continue();
    assert.deepEqual([stopped.why, stopped.breakpoints], ["breakpoint", [0]]);
    assert.equal(stepped.thread("main").next?.text, "lock `m`");
  }
  await stepped.step("main");
  assert.equal(await stepped.back("main", "breakpoint"), true);
  assert.equal(await stepped.evaluate("m.value", "main"), "1");
  assert.equal((await stepped.continue()).why, "over");
  assert.deepEqual(stepped.state.over?.output, ["hello"]);
});

test("on real threads what is shared is shown, and what is not to be had is refused with words", async () => {
  const stepped = await Stepped.of(CALLS, { form: "native" });
  await stepped.go({ kind: "until", what: "message" });
  assert.equal(stepped.thread("main").next?.text, 'receive from `tx` → "hello"');
  assert.deepEqual(await stepped.variables("main", "shared"), ["m = free", "tx = 1 queued"]);
  assert.deepEqual(
    (await stepped.scopes("main")).map(({ kind }) => kind),
    ["shared"],
  );
  const thread = stepped.thread("main").id;
  for (const request of [
    { kind: "evaluate", expression: "n", thread },
    { kind: "restartFrame", thread, frame: 0 },
  ] as const) {
    assert.match(await stepped.refusal(request), /^TL7117 /, request.kind);
  }
});

test("code of a real thread that never comes back is paused, looked at and left", async () => {
  const stepped = await Stepped.of(
    `import { spawn, Mutex } from "threadloom:std";
const m = new Mutex(0);
const looping = spawn(() => { m.lock().unlock(); while (true); });
looping.join();`,
    { form: "native" },
  );
  const going = stepped.continue();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await stepped.ask({ kind: "pause" });
  assert.equal((await going).why, "pause");
  assert.equal(stepped.thread("worker-1").next?.text, "run on to its next operation");
  assert.equal(stepped.thread("worker-1").next?.canStep, false);
  await stepped.ask({ kind: "undo" });
  assert.equal(stepped.thread("worker-1").next?.text, "unlock `m`");
});

test("a program that goes another way the second time is told, and the session stands where it left the first", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "threadloom-test-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "written");
  const stepped = await Stepped.of(
    `import { existsSync } from "node:fs";
import { Mutex, spawn } from "threadloom:std";
const m = new Mutex(0);
if (existsSync(${JSON.stringify(file)})) spawn(() => {}).join();
else m.lock().unlock();
console.log("end");`,
    { form: "native" },
  );
  await stepped.continue();
  assert.deepEqual(await stepped.history(), [
    "main begins",
    "main locks `m`",
    "main unlocks `m`",
    "main prints a line",
    "main ends",
  ]);
  writeFileSync(file, "");
  assert.match(await stepped.refusal({ kind: "undo" }), /^TL7118 .* main cannot go on as it did/);
  assert.deepEqual(await stepped.history(), ["main begins"]);
  assert.equal(stepped.thread("main").next?.text, "start worker-1");
  assert.equal((await stepped.continue()).why, "over");
  assert.equal((await stepped.history())[1], "main starts worker-1");
});

test("the trace of a run on real threads is whole where it stands, and begins anew with it", async () => {
  const stepped = await Stepped.of(COUNTER, { form: "native" });
  await stepped.ask({ kind: "watch", trace: true });
  await stepped.continue();
  const pieces = stepped.events.filter((event) => event.kind === "trace");
  const reader = new TraceReader();
  for (const { bytes } of pieces) reader.push(bytes);
  assert.equal(reader.trace.end?.ending.kind, "finished");
  assert.ok(reader.trace.events.count > 10);
  await stepped.ask({ kind: "undo" });
  const last = stepped.events.findLast((event) => event.kind === "trace");
  assert.equal(last?.offset, 0);
});

test("a session on real threads that is dropped half-way leaves no process behind", async () => {
  const stepped = await Stepped.of(LOCKS, { form: "native" });
  await stepped.go({ kind: "until", what: "switch" });
  const { pid } = stepped.channel;
  stepped.channel.dispose();
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid!, 0);
    } catch {
      return; // it is gone
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail("the process is still there");
});
