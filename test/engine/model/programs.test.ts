/** Programs compiled for the model and run in the runner, as the command line does: verdicts, limits, time, output. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "../native/fixture.ts";

const programs = new Programs("model");

test("the same program gives the same bytes, prints and clocks included", async () => {
  const text = `
    const lock = new std.Mutex<number[]>([]);
    const threads = [1, 2, 3].map((n) => std.spawn(() => {
      for (let i = 0; i < 5; i++) { using guard = lock.lock(); guard.value.push(n); }
      console.log(n, Math.random(), Date.now(), performance.now(), new Date());
    }));
    for (const thread of threads) thread.join();
    using guard = lock.lock();
    console.log(guard.value.join(""));`;
  const program = await programs.compile(text);
  const [one, other] = [await programs.start(program).ran, await programs.start(program).ran];
  assert.equal(one.ending.kind, "finished");
  assert.deepEqual(other.output, one.output);
  assert.deepEqual(other.trace.events, one.trace.events);
});

test("cooperative threads switch where they wait or yield, and nowhere else", async () => {
  const text = (model: string) => `// @threadloom model=${model}
    import { spawn, yieldNow } from "threadloom:std";
    const body = (name: string) => spawn(() => {
      for (let i = 0; i < 3; i++) { console.log(name + i); if (i === 1) yieldNow(); }
    });
    const [a, b] = [body("a"), body("b")];
    a.join(); b.join();`;
  const { output } = await programs.run(text("cooperative"));
  assert.deepEqual(output, ["a0", "a1", "b0", "b1", "a2", "b2"]);
  const sliced = await programs.run(text("timesliced quantum=1"));
  assert.notDeepEqual(sliced.output, output);
  assert.deepEqual(sliced.output.toSorted(), output.toSorted());
});

test("a thread that never yields under cooperative keeps the core for itself: the run ends at its limit, told by its line", async () => {
  const { ending, findings, output } = await programs.run(
    `// @threadloom model=cooperative
    import { spawn } from "threadloom:std";
    /** @shared */ let ready = false;
    const waiting = spawn(() => { while (!ready); }, { name: "waiting" });
    const setting = spawn(() => { ready = true; console.log("set"); });
    waiting.join(); setting.join();`,
    { timeLimitMs: 1500 },
  );
  assert.deepEqual(output, []); // nobody else came to the core
  assert.deepEqual(ending, { kind: "time-limit", limitMs: 1500 });
  assert.match(findings[0].message, /waiting went last/);
});

test("ten thousand threads run on the model engine, each on one core when its turn comes", async () => {
  const { ending, output, threads } = await programs.run(`
    const sum = new std.Mutex(0);
    const all = Array.from({ length: 10_000 }, (_, n) => std.spawn(() => {
      using held = sum.lock();
      held.value += n;
    }));
    for (const one of all) one.join();
    using held = sum.lock();
    console.log(held.value);`);
  assert.deepEqual([ending.kind, output, threads], ["finished", ["49995000"], 10_001]);
});

test("sleeping takes no time", async () => {
  const began = performance.now();
  const { output } = await programs.run(`
    const threads = [3, 1, 2].map((n) => std.spawn(() => { std.sleep(n * 3_600_000); console.log(n); }));
    for (const thread of threads) thread.join();`);
  assert.deepEqual(output, ["1", "2", "3"]);
  assert.ok(performance.now() - began < 60_000);
});

test("a panic, an assertion and a condition that fails are told with their places", async () => {
  const panic = await programs.run(`std.spawn(() => { throw new RangeError("full"); });`);
  assert.deepEqual(panic.kinds, ["panic"]);
  assert.match(panic.findings[0].message, /worker-1 panicked: RangeError: full/);
  assert.equal(panic.findings[0].sites[0]?.line, 3);
  const assertion = await programs.run(`std.assert(1 + 1 === 3);`);
  assert.deepEqual(assertion.kinds, ["assertion"]);
  const final = await programs.run(`
    /** @shared */ let count = 0;
    /** @thread x2 */ function add() { count++; }
    // @final count === 3`);
  assert.deepEqual(final.kinds, ["assertion"]);
});

test("an invariant is broken by the very step that breaks it", async () => {
  const { findings, kinds } = await programs.run(`
    /** @shared */ let level = 0;
    /** @thread */ function raise() { level = 1; level = 2; level = 3; }
    // @invariant level < 2`);
  assert.deepEqual(kinds, ["assertion"]);
  assert.match(findings[0].message, /@invariant level < 2.*after raise/);
});

test("process.exit in a thread ends the run at once", async () => {
  const { ending, output } = await programs.run(`
    const thread = std.spawn(() => { console.log("out"); process.exit(3); });
    thread.join();
    console.log("never");`);
  assert.deepEqual(ending, { kind: "exited", code: 3 });
  assert.deepEqual(output, ["out"]);
});

test("what is written without an end of line is printed with the next, or at the thread's end", async () => {
  const { output } = await programs.run(`
    process.stdout.write("a");
    process.stdout.write("b\\nc");
    console.log("d");`);
  assert.deepEqual(output, ["ab", "d", "c"]);
});

test("an endless loop ends at the time limit, with what was printed before", async () => {
  const program = await programs.compile(`console.log("on"); for (;;);`);
  const { ending, kinds, output } = await programs.start(program, { timeLimitMs: 1000 }).ran;
  assert.deepEqual(ending, { kind: "time-limit", limitMs: 1000 });
  assert.deepEqual([kinds, output], [["limit"], ["on"]]);
});

test("code that never looks up is ended from outside", async () => {
  const program = await programs.compile(`/^(a+)+$/.test("a".repeat(60) + "b");`);
  const { ending } = await programs.start(program, { timeLimitMs: 500 }).ran;
  assert.deepEqual(ending, { kind: "time-limit", limitMs: 500 });
});

test("a run goes on after one that was ended", async () => {
  await programs.prints(`console.log("well");`, ["well"]);
});

test("a wait in the middle of the language's own code is said with its place", async () => {
  const { ending, findings } = await programs.run(`
    const lock = new std.Mutex(0);
    const held = lock.lock();
    const thread = std.spawn(() => { const text = { toString() { using g = lock.lock(); return "x"; } }; return \`\${text}\`; });
    std.sleep(1);
    held.unlock();
    thread.join();`);
  assert.equal(ending.kind, "unmodelled");
  assert.match(findings[0].message, /must wait at .*:6/);
});

test("methods of shared arrays and paths into shared objects stop at each access", async () => {
  const text = `
    /** @shared */ const state = { list: [1, 2, 3], deep: { on: false, big: 10n } };
    /** @thread */ function change() {
      state.deep.big += 1n; state.deep.on = true; state.list.push(9);
      console.log(state.list.map((x) => x * 2).length > 2, state.list.includes(2));
      for (const x of state.list) if (x === 2) console.log("two");
    }
    // @final state.list.length === 4 && state.deep.on`;
  const { output, kinds } = await programs.run(text);
  assert.deepEqual(kinds, []);
  assert.deepEqual(output, ["true true", "two"]);
});

test("callbacks that std calls may wait", async () => {
  const { output, kinds } = await programs.run(`
    const lock = new std.Mutex(0), ready = new std.Condvar();
    const total = std.scope((s) => {
      const one = s.spawn(() => { using guard = lock.lock(); guard.value = 1; ready.notifyAll(); return 20; });
      using guard = lock.lock();
      ready.waitWhile(guard, (value) => { console.log("looks"); return value === 0; });
      guard.unlock();
      return one.join() + 1;
    });
    console.log(total);`);
  assert.deepEqual(kinds, []);
  assert.equal(output.at(-1), "21");
});

test("what is called may wait where it could have been something else than a function", async () => {
  const { output, kinds } = await programs.run(`
    const lock = new std.Mutex(0);
    const give = (what: number | (() => number)) => (typeof what === "function" ? what() : what);
    const hs = [1, 2].map((n) => std.spawn(() => give(() => { using guard = lock.lock(); std.yieldNow(); return (guard.value += n); })));
    console.log(hs.map((h) => h.join() > 0).join(), give(3), lock.lock().value);`);
  assert.deepEqual(kinds, []);
  assert.deepEqual(output, ["true,true 3 3"]);
});

test("whoever waits within a channel is let try again although a thread with a lower number has yet to begin", async () => {
  // Both are about to spawn: who came first to it has the lower number, and goes second.
  const text = `
    const [tx, rx] = std.syncChannel<number>(0);
    const own = tx.clone();
    const first = std.spawn(() => { std.spawn(() => {}, { name: "late" }).join(); }, { name: "first" });
    const second = std.spawn(() => { std.spawn(() => { own.drop(); }, { name: "early" }).join(); }, { name: "second" });
    tx.drop();
    try { rx.recv(); } catch (error) { console.log((error as Error).name); }
    first.join(); second.join();`;
  const program = await programs.compile(text, "holes.ts");
  const schedule = `threadloom schedule 1
main: 6 steps, then waits
first: 1 step, then before "std.spawn(() => {}, { name: \\"late\\" })" (spawn, holes.ts:6)
second: 2 steps, then waits
early: 3 steps, then ends
`;
  const control = { kind: "schedule", text: schedule } as const;
  const { output, ending, scheduleProblems } = await programs.start(program, { control }).ran;
  assert.equal(ending.kind, "finished");
  assert.deepEqual(output, ["ChannelClosedError"]);
  // Only that it is over: each turn has come about.
  assert.deepEqual(
    scheduleProblems?.map(({ code }) => code),
    ["TL4104"],
  );
});
