/** Bad input and faults: said, and nothing is harmed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NativeStepChannel } from "../../../src/engine/native/stepped/channel.ts";
import { STEP_PROTOCOL, type MomentId, type StepRequest } from "../../../src/protocol/step.ts";
import { Stepped } from "./stepped.ts";

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("an endless loop is paused, looked at, and gone back from", async () => {
  const stepped = await Stepped.of(`let turns = 0;
for (;;) {
  turns++;
}`);
  const going = stepped.continue();
  setTimeout(() => void stepped.ask({ kind: "pause" }), 200);
  assert.equal((await going).why, "pause");
  assert.ok(Number(await stepped.evaluate("turns", "main")) > 1000);
  await stepped.ask({ kind: "goTo", moment: 0 as MomentId });
  assert.equal(stepped.state.depth, 0);
});

test("a thread that never yields under cooperative is paused, which says why nobody else goes; another is stepped by hand", async () => {
  const text = (model: string): string => `// @threadloom model=${model}
/** @shared */ let ready = false;
/** @thread */ function waiting() { while (!ready); }
/** @thread */ function setting() { ready = true; }`;
  for (const model of ["cooperative", "green"]) {
    const stepped = await Stepped.of({ "main.ts": text(model) });
    await stepped.go({ kind: "until", what: "switch" });
    const going = stepped.continue();
    setTimeout(() => void stepped.ask({ kind: "pause" }), 300);
    const paused = await going;
    assert.equal(paused.why, "pause");
    assert.equal(paused.thread, stepped.thread("waiting").id);
    assert.match(paused.text!, /TL7121 Only `waiting` goes: .* `model=.*though `setting` could go/);
    while (stepped.thread("setting").state !== "ended") await stepped.step("setting");
    assert.equal((await stepped.continue()).why, "over");
    assert.deepEqual(
      stepped.state.over?.findings.map(({ kind }) => kind).filter((kind) => kind !== "race"),
      [],
    );
  }
  // Where others take their turns, there is nothing to be said.
  const parallel = await Stepped.of({
    "main.ts": text("parallel").replace("ready = true", "while (!ready);"),
  });
  const going = parallel.continue();
  setTimeout(() => void parallel.ask({ kind: "pause" }), 300);
  const { why, text: said } = await going;
  assert.deepEqual([why, said], ["pause", undefined]);
});

test("threads that spin for each other are paused, too", async () => {
  const stepped = await Stepped.of(`import { yieldNow } from "threadloom:std";
/** @shared */ let flag = false;
/** @thread */ function one() { while (!flag) yieldNow(); }
/** @thread */ function two() { while (!flag); }`);
  const going = stepped.continue();
  setTimeout(() => void stepped.ask({ kind: "pause" }), 200);
  assert.equal((await going).why, "pause");
  assert.ok(stepped.state.depth > 100);
});

test("a program that never comes back is ended when it cannot be paused", async () => {
  const stepped = await Stepped.of(`JSON.stringify({ toJSON() { for (;;); } });`);
  const going = stepped.continue().then(
    () => "stopped",
    (error: Error) => error.message,
  );
  setTimeout(() => void stepped.ask({ kind: "pause" }).catch(() => undefined), 100);
  assert.match(await going, /never comes back/);
  assert.ok(stepped.events.some((event) => event.kind === "failed"));
});

test("recursion to the end of the stack is the RangeError that programs know, and can be looked at", async () => {
  const stepped = await Stepped.of(`const deep = (n: number): number =>
  n === 9_000 ? n : deep(n + 1);
const end = (n: number): number => end(n + 1) + 1;
console.log(deep(0));
try { end(0); } catch (error) { console.log((error as Error).name); }`);
  await stepped.breakAt({ line: 3, condition: "n === 8999" });
  await stepped.continue();
  assert.equal((await stepped.frames("main")).length, 9_001);
  await stepped.breakAt();
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["9000", "RangeError"]);
});

test("a session that is dropped half-way leaves no process", async () => {
  const stepped = await Stepped.of("for (;;);");
  const { pid } = stepped.channel;
  const going = stepped.continue().then(
    ({ why }) => why as string,
    (error: Error) => error.message,
  );
  stepped.channel.dispose();
  assert.match(await going, /ended/);
  for (let i = 0; i < 100 && alive(pid!); i++) await new Promise((done) => setTimeout(done, 20));
  assert.equal(alive(pid!), false);
  assert.match(await stepped.refusal({ kind: "undo" }), /TL7111/);
});

test("what cannot be is refused with a reason, and the session goes on", async () => {
  const stepped = await Stepped.of("console.log(1);");
  for (const [request, expected] of [
    [{ kind: "goTo", moment: 99 as MomentId }, /TL7101/],
    [{ kind: "compare", one: 0 as MomentId, other: -1 as MomentId }, /TL7101/],
    [{ kind: "restartFrame", thread: 0 as never, frame: 5 }, /TL7109/],
    [{ kind: "begin", protocol: 99 } as unknown as StepRequest, /TL7110/],
  ] as const) {
    assert.match(await stepped.refusal(request), expected);
  }
  assert.deepEqual(await stepped.ask({ kind: "frames", thread: 77 as never }), []);
  const [nowhere] = await stepped.ask<{ message: string }[]>({
    kind: "breakpoints",
    lines: [{ file: "/elsewhere/notes.ts", line: 3 }],
    events: [],
  });
  assert.match(nowhere.message, /not part of the program/);
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["1"]);
});

test("a session that has not begun says so", async () => {
  using channel = Object.assign(
    new NativeStepChannel({
      runnerPath: new URL("../../../dist/runner.mjs", import.meta.url).pathname,
    }),
    {
      [Symbol.dispose]() {
        channel.dispose();
      },
    },
  );
  await assert.rejects(channel.request({ kind: "undo" }), /has not begun/);
});

test("a schedule that does not fit is followed as far as it does, and the rest is told", async () => {
  const text = `threadloom schedule 1
main: 3 steps, then waits
carol: 1 step, then ends
bob: 2 steps`;
  const stepped = await Stepped.of(
    `/** @shared */ let n = 0;
/** @thread */ function alice() { n++; }
/** @thread */ function bob() { n++; }`,
    { schedule: text },
  );
  assert.deepEqual((await stepped.history()).slice(-2), ["bob begins", "bob reads `n` → 0"]);
  const nonsense = await Stepped.of("console.log(1);", { schedule: "not a schedule" });
  assert.equal(nonsense.state.depth, 0);
  assert.equal(STEP_PROTOCOL, 1);
});

test("two thousand threads are stepped", async () => {
  const stepped = await Stepped.of(`import { spawn } from "threadloom:std";
const all = Array.from({ length: 2_000 }, (_, i) => spawn(() => i));
console.log(all.length);`);
  await stepped.continue();
  assert.deepEqual(stepped.state.over?.output, ["2000"]);
  assert.equal(stepped.state.threads.length, 2_001);
});

test("of ten thousand threads that have not begun any can be stepped, looked at and undone", async () => {
  const stepped = await Stepped.of(`import { spawn } from "threadloom:std";
const all = Array.from({ length: 10_000 }, (_, i) => spawn(() => i));
for (const one of all) one.join();`);
  await stepped.go({ kind: "continue", only: stepped.thread("main").id });
  assert.equal(stepped.state.threads.length, 10_001);
  const { moment } = stepped.state;
  const before = stepped.thread("worker-5000");
  await stepped.step("worker-5000");
  assert.notDeepEqual(stepped.thread("worker-5000").next, before.next);
  assert.equal((await stepped.frames("main"))[0].place?.line, 4);
  await stepped.ask({ kind: "undo" });
  assert.equal(stepped.state.moment, moment);
  assert.deepEqual(stepped.thread("worker-5000").next, before.next);
});
