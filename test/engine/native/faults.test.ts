/** What a program may do wrong, and what the native engine then does: it says so, ends, and harms nothing. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { RunnerHost } from "../../../src/engine/native/host.ts";
import type { CompiledProgram } from "../../../src/protocol/program.ts";
import { Programs, type Ran, RUNNER } from "./fixture.ts";

const HOST = new URL("../../../src/engine/native/host.ts", import.meta.url).href;

const programs = new Programs();

function messages(ran: Ran): string {
  return ran.findings.map(({ message }) => message).join("\n");
}

/** Whether a process still is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH: there is none
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let i = 0; i < 200 && isAlive(pid); i++) await delay(25);
  assert.equal(isAlive(pid), false, `process ${pid} is still there`);
}

/** A process that hosts a runner with this program in it, and prints the runner's number once the program runs. */
function spawnHost(program: CompiledProgram): ChildProcess {
  const source = `
    import { RunnerHost } from ${JSON.stringify(HOST)};
    const host = new RunnerHost({ runnerPath: ${JSON.stringify(RUNNER)} });
    const run = host.run(${JSON.stringify(program)}, {
      timeLimitMs: 60000, memoryLimitBytes: 1e9, outputLimitLines: 10, argv: [], cwd: process.cwd(),
    });
    run.on({ output: () => console.log(host.pid) });`;
  return spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("a deadlock by lock order ends the run and names the circle", async () => {
  const ran = await programs.run(`
    const a = new std.Mutex(0), b = new std.Mutex(0);
    const [ready, isReady] = std.syncChannel<number>(0), [go, mayGo] = std.syncChannel<number>(0);
    const one = std.spawn(() => { using x = a.lock(); ready.send(1); mayGo.recv(); using y = b.lock(); }, { name: "one" });
    const two = std.spawn(() => { using y = b.lock(); isReady.recv(); go.send(1); using x = a.lock(); }, { name: "two" });
    one.join(); two.join();`);
  assert.equal(ran.ending.kind, "stuck");
  assert.deepEqual(ran.kinds, ["deadlock"]);
  assert.match(
    messages(ran),
    /one waits for `b` at .*held by two since .*two waits for `a`.*held by one/,
  );
});

test("locking a mutex twice on one thread is a deadlock with itself", async () => {
  const ran = await programs.run(`const m = new std.Mutex(0); m.lock(); m.lock();`);
  assert.deepEqual(ran.kinds, ["deadlock"]);
  assert.match(messages(ran), /main waits for `m`.*held by itself/);
});

test("a thread that waits for ever after main has ended is a leak", async () => {
  const ran = await programs.run(`
    const c = new std.Condvar(), m = new std.Mutex(0);
    std.spawn(() => { using g = m.lock(); c.wait(g); });`);
  assert.deepEqual(ran.kinds, ["leak"]);
});

test("a lock that its holder left held is said to be so", async () => {
  const ran = await programs.run(`
    const m = new std.Mutex(0);
    std.spawn(() => { m.lock(); }, { name: "careless" }).join();
    m.lock();`);
  assert.deepEqual(ran.kinds, ["deadlock"]);
  assert.match(messages(ran), /held since .* by careless, which has ended/);
});

test("an exception that nobody joins for is the finding panic, at the person's line", async () => {
  const ran = await programs.run(`const boom = () => { throw new TypeError("boom"); };
std.spawn(() => { boom(); }, { name: "worker" });`);
  assert.deepEqual(ran.kinds, ["panic"]);
  assert.match(messages(ran), /worker panicked: TypeError: boom/);
  assert.equal(ran.findings[0].sites[0].line, 3);
});

test("a panic that a join delivers is handled there, with its cause", async () => {
  const ran = await programs.run(`
    const h = std.spawn(() => { throw new RangeError("x"); });
    try { h.join(); } catch (error: any) { console.log(error.name, error.cause.name, error.thread.id); }
    try { h.join(); } catch (error: any) { console.log(error.cause.message); }`);
  assert.deepEqual(ran.output, ["PanicError RangeError 1", "x"]);
  assert.deepEqual(ran.kinds, []);
});

test("a failed assert is the finding assertion wherever it is caught", async () => {
  const ran = await programs.run(`try { std.assert(1 > 2); } catch { console.log("caught"); }`);
  assert.deepEqual(ran.output, ["caught"]);
  assert.deepEqual(ran.kinds, ["assertion"]);
  assert.match(messages(ran), /1 > 2/);
});

test("an exception that passes through using poisons; unlock does not", async () => {
  const ran = await programs.run(`
    const m = new std.Mutex(1);
    const h = std.spawn(() => { using g = m.lock(); throw new Error("half-made"); });
    try { h.join(); } catch { /* expected */ }
    console.log(m.isPoisoned);
    try { m.lock(); } catch (error: any) {
      const g = error.recover(); g.value = 2; g.unlock(); m.clearPoison();
    }
    console.log(m.lock().value, m.isPoisoned);`);
  assert.deepEqual(ran.output, ["true", "2 false"]);
});

test("a condition that does not hold at the end fails, with its place", async () => {
  const ran = await programs.run(`/** @shared */ let n = 0;
/** @thread */ function one() { n = n + 1; }
// @final n === 2`);
  assert.deepEqual(ran.kinds, ["assertion"]);
  assert.equal(ran.findings[0].sites[0].line, 5);
});

test("process.exit in a thread ends the program at once", async () => {
  const ran = await programs.run(`
    std.spawn(() => { console.log("bye"); process.exit(3); });
    for (;;) std.sleep(5);`);
  assert.deepEqual(ran.ending, { kind: "exited", code: 3 });
  assert.deepEqual(ran.output, ["bye"]);
});

test("an endless loop ends at the time limit, and what was recorded is kept", async () => {
  const ran = await programs.run(`console.log("in"); for (;;) { /* for ever */ }`, {
    timeLimitMs: 700,
  });
  assert.equal(ran.ending.kind, "time-limit");
  assert.deepEqual(ran.kinds, ["limit"]);
  assert.deepEqual(ran.output, ["in"]);
  assert.equal(ran.trace.end?.ending.kind, "time-limit");
});

for (const [what, text] of [
  [
    "ArrayBuffers",
    "const kept: unknown[] = []; for (;;) kept.push(new Uint8Array(1 << 22).fill(1));",
  ],
  [
    "shared memory",
    "const [tx, rx] = std.channel<string>(); for (;;) tx.send('x'.repeat(1 << 18));",
  ],
] as const) {
  test(`allocating ${what} without end stops at the memory limit`, async () => {
    const ran = await programs.run(text, { memoryLimitBytes: 200 << 20, timeLimitMs: 60_000 });
    assert.deepEqual([ran.ending.kind, ran.kinds], ["memory-limit", ["limit"]], messages(ran));
  });
}

test("a thread that fills its JavaScript heap does not harm the host", async () => {
  using host = new RunnerHost({ runnerPath: RUNNER, workerHeapMb: 64 });
  const program = await programs.compile(
    "const kept: unknown[] = []; for (;;) kept.push({ at: kept.length, more: [1, 2, 3] });",
  );
  const { ending } = await host.run(program, {
    timeLimitMs: 60_000,
    memoryLimitBytes: 1 << 30,
    outputLimitLines: 10,
    argv: [],
    cwd: programs.folder,
  }).ended;
  assert.ok(ending.kind === "memory-limit" || ending.kind === "crashed", ending.kind);
});

test("a runner that is killed from outside is an ending, and the next run works", async () => {
  const program = await programs.compile("console.log('up'); for (;;) std.sleep(5);");
  const { run, ran } = programs.start(program);
  await new Promise<void>((resolve) => run.on({ output: () => resolve() }));
  process.kill(programs.host.pid!, "SIGKILL");
  const { ending } = await run.ended;
  assert.equal(ending.kind, "crashed");
  assert.ok((await ran).trace.events.count > 0, "what was recorded until then can be read");
  assert.deepEqual((await programs.run("console.log('again');")).output, ["again"]);
});

test("cancel ends a run at once and leaves no process", async () => {
  const program = await programs.compile("console.log('up'); for (;;) { /* for ever */ }");
  const { run } = programs.start(program);
  await new Promise<void>((resolve) => run.on({ output: () => resolve() }));
  const pid = programs.host.pid!;
  run.cancel();
  assert.equal((await run.ended).ending.kind, "cancelled");
  await untilGone(pid);
});

test("cancel before the run began ends it too", async () => {
  const program = await programs.compile("console.log('never');");
  const first = programs.start(program);
  const second = programs.start(program);
  second.run.cancel();
  assert.equal((await second.run.ended).ending.kind, "cancelled");
  assert.equal((await first.ran).ending.kind, "finished");
});

test("a hundred threads run", async () => {
  const ran = await programs.run(`
    const n = new std.AtomicI32(0);
    const hs = Array.from({ length: 100 }, () => std.spawn(() => n.fetchAdd(1)));
    for (const h of hs) h.join();
    console.log(n.load());`);
  assert.deepEqual(ran.output, ["100"]);
  assert.equal(ran.threads, 101);
});

test("the 257th thread is refused with an error in words, and the others go on", async () => {
  const ran = await programs.run(
    `const gate = new std.AtomicI32(0);
     const hs: any[] = [];
     try { for (let i = 0; i < 257; i++) hs.push(std.spawn(() => { gate.wait(0); })); }
     catch (error: any) { console.log(hs.length, error.name, error.message.includes("256")); }
     gate.store(1); gate.notify();
     for (const h of hs) h.join();
     console.log("all joined");`,
    { timeLimitMs: 120_000, memoryLimitBytes: 6 * 2 ** 30 },
  );
  assert.deepEqual(ran.output, ["256 RangeError true", "all joined"], messages(ran));
});

test("threads that come one after another give their workers back", async () => {
  const ran = await programs.run(
    `for (let i = 0; i < 40; i++) std.spawn(() => i).join();
     console.log("done");`,
    { memoryLimitBytes: 200 << 20, timeLimitMs: 120_000 },
  );
  assert.deepEqual(ran.output, ["done"], messages(ran));
});

test("ten million events are recorded in bounded memory", async () => {
  const ran = await programs.run(
    `const n = new std.AtomicI32(0);
     for (let i = 0; i < 10_000_000; i++) n.fetchAdd(1);
     console.log(n.load());`,
    { memoryLimitBytes: 300 << 20, timeLimitMs: 300_000 },
  );
  assert.deepEqual(ran.output, ["10000000"], messages(ran));
  assert.ok(ran.events > 10_000_000);
});

test("a host that is killed leaves no runner behind", async () => {
  const program = await programs.compile("console.log('up'); for (;;) { /* for ever */ }");
  const host = spawnHost(program);
  const pid = await new Promise<number>((resolve) => {
    host.stdout!.on("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  assert.equal(isAlive(pid), true);
  host.kill("SIGKILL");
  await untilGone(pid);
});

test("the program's file may be deleted while it runs", async () => {
  const program = await programs.compile("std.sleep(200); console.log('done');", "gone.ts");
  const { ran } = programs.start(program);
  rmSync(path.join(programs.folder, "gone.ts"), { force: true });
  assert.deepEqual((await ran).output, ["done"]);
});

test("a promise that nothing settles is said to be so", async () => {
  const ran = await programs.run(
    "std.spawn(async () => { await new Promise(() => {}); }, { name: 'waiting' });",
  );
  assert.deepEqual(ran.kinds, ["leak"]);
  assert.match(messages(ran), /waiting waits for a promise that nothing settles/);
});

test("an async body is awaited, and join gives the awaited value", async () => {
  const ran = await programs.run(`
    const h = std.spawn(async () => { await new Promise((done) => setTimeout(done, 10)); return 5; });
    console.log(h.join());`);
  assert.deepEqual(ran.output, ["5"]);
});

test("a thread ends when its timers and callbacks are done", async () => {
  const ran = await programs.run(`
    std.spawn(() => { setTimeout(() => console.log("late"), 20); }).join();
    console.log("joined");`);
  assert.deepEqual(ran.output, ["late", "joined"]);
});

test("printing without end is held back and cut off, never lost in silence", async () => {
  const ran = await programs.run("for (let i = 0; i < 30000; i++) console.log(i);", {
    outputLimitLines: 5000,
  });
  assert.equal(ran.ending.kind, "finished");
  assert.equal(ran.output.length, 5001);
  assert.match(ran.output.at(-1)!, /more lines/);
});

test("each line of output knows its thread and its line", async () => {
  const ran = await programs.run(`
    console.log("main");
    std.spawn(() => console.error("other")).join();`);
  const told = ran.lines.map(({ thread, stream, site, text }) => [
    text,
    thread,
    stream,
    ran.trace.place(site)?.line,
  ]);
  assert.deepEqual(told, [
    ["main", 0, "log", 4],
    ["other", 1, "error", 5],
  ]);
});

test("threads that come one after another take no more shared memory than a few at once", async () => {
  const ran = await programs.run(
    `const m = new std.Mutex({ log: [] as string[] });
     for (let i = 0; i < 80; i++) std.spawn(() => { using g = m.lock(); g.value.log = ["from " + i]; return "x".repeat(100); }).join();
     console.log(m.lock().value.log[0]);`,
    { memoryLimitBytes: 16 << 20 },
  );
  assert.deepEqual(ran.output, ["from 79"], messages(ran));
});
