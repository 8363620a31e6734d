/** What only processes of the system can be asked: that they are there, that they go, and that nobody is left behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs("native");

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
    return false;
  }
}

/** Waits until the system has taken it away. */
async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 500 && isAlive(pid); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return !isAlive(pid);
}

test("a process has a pid of the system's, and a memory of its own", async () => {
  const { output, trace } = await programs.run(`
    const child = std.Process.spawn<number>((parent) => { parent.send(process.pid); });
    console.log(child.pid, child.recv(), process.pid, child.wait().code);
  `);
  const [told, seen, own, code] = output[0].split(" ").map(Number);
  assert.equal(told, seen);
  assert.notEqual(told, own);
  assert.equal(code, 0);
  const [row] = trace.processes.values();
  assert.deepEqual([row.pid, row.name], [told, "process-1"]);
  assert.ok(await isGone(told));
});

test("a process that crashes leaves its parent standing, with what it had sent and the signal that ended it", async () => {
  const { output, ending, trace } = await programs.run(`
    const child = std.Process.spawn<string>((parent) => { parent.send("alive"); for (;;) std.sleep(1); });
    console.log(child.recv());
    process.kill(child.pid, "SIGSEGV");
    console.log(child.wait());
    try { child.send(1); } catch (error) { console.log((error as Error).name); }
  `);
  assert.deepEqual(output, ["alive", "{ code: null, signal: 'SIGSEGV' }", "ChannelClosedError"]);
  assert.equal(ending.kind, "finished");
  assert.equal(trace.threads.get(trace.processes.get(1)!.thread)?.process, 1);
});

test("all that processes print is the program's output, told by their threads", async () => {
  const { lines, trace } = await programs.run(`
    const child = std.Process.spawn((parent) => { console.log("one"); parent.send(0); }, { name: "printer" });
    child.recv();
    child.wait();
    console.log("two");
  `);
  const told = lines.map(({ thread, text, sequence }) => [
    trace.threadName(thread),
    text,
    sequence,
  ]);
  assert.deepEqual(told, [
    ["printer", "one", 0],
    ["main", "two", 1],
  ]);
});

test("a run that is cancelled, and one that meets its limit, leave no process behind", async () => {
  const text = `
    const child = std.Process.spawn<number>((parent) => {
      const inner = std.Process.spawn<number>((up) => { up.send(process.pid); for (;;) std.sleep(1); });
      parent.send(inner.recv());
      for (;;) std.sleep(1);
    });
    console.log(child.pid, child.recv());
    for (;;) std.sleep(1);
  `;
  const program = await programs.compile(text);
  const limited = await programs.start(program, { timeLimitMs: 5000 }).ran;
  assert.equal(limited.ending.kind, "time-limit");
  const { run, ran } = programs.start(program);
  const printed = new Promise<void>((resolve) => void run.on({ output: () => resolve() }));
  await printed;
  run.cancel();
  const cancelled = await ran;
  assert.equal(cancelled.ending.kind, "cancelled");
  const pids = [...limited.output, ...cancelled.output].flatMap((line) =>
    line.split(" ").map(Number),
  );
  assert.equal(pids.length, 4);
  for (const pid of pids) assert.ok(await isGone(pid), `process ${pid} is still there`);
});

test("two processes that each wait for the other's message are a deadlock, not a run without end", async () => {
  const { findings, ending } = await programs.run(`
    const child = std.Process.spawn<string, string>((parent) => { parent.recv(); parent.send("pong"); });
    child.recv();
    child.send("ping");
  `);
  assert.equal(ending.kind, "stuck");
  assert.equal(findings[0].kind, "deadlock");
  assert.match(findings[0].message, /main waits for a message from `child`/);
});

test("a runner that is killed leaves none of its processes behind, nor theirs", async () => {
  const program = await programs.compile(`
    const child = std.Process.spawn<number>((parent) => {
      const inner = std.Process.spawn<number>((up) => { up.send(process.pid); for (;;) std.sleep(1); });
      parent.send(inner.recv());
      for (;;) std.sleep(1);
    });
    console.log(process.pid, child.pid, child.recv());
    child.wait();
  `);
  const { run, ran } = programs.start(program);
  const [runner, ...others] = await new Promise<number[]>((resolve) => {
    run.on({ output: ([line]) => resolve(line.text.split(" ").map(Number)) });
  });
  process.kill(runner, "SIGKILL");
  const { ending } = await ran;
  assert.equal(ending.kind, "crashed");
  assert.equal(others.length, 2);
  for (const pid of others) assert.ok(await isGone(pid), `process ${pid} is still there`);
});

test("a process that somebody else kills while it waits for a message is told by its signal, and its channels are closed", async () => {
  const { output, ending, kinds } = await programs.run(`
    const child = std.Process.spawn<string, string>((parent) => { parent.send("ready"); parent.send(parent.recv()); });
    console.log(child.recv());
    process.kill(child.pid, "SIGKILL");
    try { child.recv(); } catch (error) { console.log((error as Error).name); }
    try { child.send("late"); } catch (error) { console.log((error as Error).name); }
    console.log(child.wait().signal, child.tryRecv().kind);
    child.kill();
  `);
  assert.deepEqual(output, ["ready", "ChannelClosedError", "ChannelClosedError", "SIGKILL closed"]);
  assert.deepEqual([ending.kind, kinds], ["finished", []]);
});
