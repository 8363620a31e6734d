/** What threads were given from outside is recorded, and given again by a replay, on both engines. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Control, RunOptions } from "../../src/protocol/run.ts";
import { CHUNK_HEADER_BYTES, ChunkKind, FILE_HEADER_BYTES, padded } from "../../src/trace/file.ts";
import { Programs } from "./native/fixture.ts";

process.env["LOOM_NOTE"] = "as it was, too";
const programs = new Programs();
let count = 0;

/** The program, run free on real threads; and a way to have that run again on each engine. */
async function recorded(text: string, options: Partial<RunOptions> = {}) {
  const name = `asks-${++count}.ts`;
  const native = await programs.compileAs(text, "native", name);
  const model = await programs.compileAs(text, "model", name);
  const started = programs.start(native, options);
  const ran = await started.ran;
  const control: Control = { kind: "trace", path: started.tracePath };
  const again = (on: "native" | "model", changed = options) =>
    programs.start(on === "native" ? native : model, { ...changed, control }).ran;
  return { ran, again, tracePath: started.tracePath, name };
}

const ASKS = `// @threadloom
  import { randomBytes, randomInt, randomUUID } from "node:crypto";
  import os from "node:os";
  import { hrtime } from "node:process";
  import { spawn, availableParallelism } from "threadloom:std";
  const asks = (name: string): void => {
    for (let round = 0; round < 3; round++) {
      console.log(name, Date.now(), new Date().toISOString(), Date(), performance.now(), Math.random());
      console.log(name, process.hrtime.bigint(), process.hrtime().join());
      console.log(name, crypto.randomUUID(), crypto.getRandomValues(new Uint16Array(3)).join());
      console.log(name, randomUUID(), randomBytes(5).toString("hex"), randomInt(1000), randomInt(5, 9));
    }
  };
  const threads = ["a", "b", "c"].map((name) => spawn(() => {
    asks(name);
    spawn(() => { asks(name + name); }).join();
  }));
  asks("main");
  console.log(availableParallelism(), os.availableParallelism(), process.argv.slice(2).join());
  for (const thread of threads) thread.join();
`;

test("clocks, random numbers and bytes, cores and arguments are given again, to each thread its own", async () => {
  const { ran, again } = await recorded(ASKS, { argv: ["one", "two"] });
  assert.equal(ran.output.length, 7 * 12 + 1);
  for (const engine of ["native", "model"] as const) {
    const replayed = await again(engine);
    assert.deepEqual(replayed.scheduleProblems, [], engine);
    assert.deepEqual(replayed.output, ran.output, engine);
    assert.deepEqual(replayed.trace.facts, ran.trace.facts, engine);
  }
});

test("files that were read and the environment are given again, whatever they have become since", async () => {
  const text = `// @threadloom
    import fs, { readFileSync } from "node:fs";
    import { spawn } from "threadloom:std";
    const asks = (name: string): void => {
      console.log(name, readFileSync("note.txt", "utf8"), fs.existsSync("note.txt"), fs.readdirSync("folder").join());
      console.log(name, readFileSync("note.txt").length, process.env["LOOM_NOTE"], process.env["LOOM_NONE"], Date.now());
      try { readFileSync("nowhere.txt"); } catch (error: any) { console.log(error.code, error.message, error instanceof Error); }
      process.env["LOOM_OWN"] = name;
      console.log(process.env["LOOM_OWN"], "LOOM_NOTE" in process.env);
    };
    const thread = spawn(() => asks("worker"));
    thread.join();
    asks("main");
    console.log(readFileSync("large.txt").toString("latin1").length);`;
  const file = (name: string): string => path.join(programs.folder, name);
  mkdirSync(file("folder"));
  writeFileSync(file("folder/a"), "");
  writeFileSync(file("note.txt"), "as it was");
  writeFileSync(file("large.txt"), "x".repeat(1_000_000));
  const { ran, tracePath, name } = await recorded(text);
  assert.deepEqual(
    ran.output.slice(1, 5).map((line) => line.replace(/\d{5,}/, "")),
    [
      "worker 9 as it was, too undefined ",
      "ENOENT ENOENT: no such file or directory, open 'nowhere.txt' true",
      "worker true",
      "main as it was true a",
    ],
  );
  for (const one of ["note.txt", "large.txt", "folder"]) rmSync(file(one), { recursive: true });
  process.env["LOOM_NOTE"] = "as it is";
  const later = new Programs();
  const control = { kind: "trace", path: tracePath } as const;
  for (const engine of ["native", "model"] as const) {
    const program = await programs.compileAs(text, engine, name);
    const replayed = await later.start(program, { control, cwd: programs.folder }).ran;
    assert.deepEqual(replayed.scheduleProblems, [], engine);
    assert.deepEqual(replayed.output, ran.output, engine);
  }
});

test("a thread that was given something and then waits for ever is replayed as well", async () => {
  const { ran, again } = await recorded(`// @threadloom
    import { Mutex } from "threadloom:std";
    const lock = new Mutex(0);
    for (let i = 0; i < 20_000; i++) Date.now();
    console.log(Date.now(), performance.now());
    const guard = lock.lock();
    Date.now();
    lock.lock();
    guard.unlock();`);
  assert.equal(ran.ending.kind, "stuck");
  for (const engine of ["native", "model"] as const) {
    const { output, kinds, scheduleProblems } = await again(engine);
    assert.deepEqual([output, kinds, scheduleProblems], [ran.output, ran.kinds, []], engine);
  }
});

test("a clock that is asked more often than a ring can hold loses no answer", async () => {
  const { ran, again } = await recorded(`// @threadloom
    import "threadloom:std";
    let sum = 0;
    for (let i = 0; i < 200_000; i++) sum = (sum * 31 + Math.round(performance.now() * 1e6)) % 1_000_003;
    console.log(sum);`);
  const { output, scheduleProblems } = await again("model");
  assert.deepEqual([output, scheduleProblems], [ran.output, []]);
});

test("who asks for more than was recorded, or for something else, is told with its line, and goes on", async () => {
  const text = (asked: string) => `// @threadloom
    import { spawn } from "threadloom:std";
    spawn(() => {
      console.log("asks");
      ${asked}
      console.log("went on");
    }).join();`;
  for (const [then, now, code] of [
    ["Date.now();", "Date.now(); Date.now();", "TL4106"],
    ["Date.now();", "performance.now();", "TL4107"],
    ["crypto.randomUUID();", "crypto.getRandomValues(new Uint8Array(8));", "TL4107"],
  ]) {
    const { tracePath } = await recorded(text(then));
    const control = { kind: "trace", path: tracePath } as const;
    for (const form of ["native", "model"] as const) {
      const changed = await programs.compileAs(text(now), form, `asks-${++count}.ts`);
      const { output, scheduleProblems } = await programs.start(changed, { control }).ran;
      assert.deepEqual(output, ["asks", "went on"]);
      assert.deepEqual(
        scheduleProblems?.map((problem) => problem.code),
        [code],
      );
      assert.match(scheduleProblems[0].message, /worker-1 asks for .* at .*asks-\d+\.ts:\d/);
    }
  }
});

/** Of main's two timers the first set is due first only if enough time has passed before the second was set. */
const TIMERS = `// @threadloom
  import { channel } from "threadloom:async";
  import { spawn } from "threadloom:std";
  const [go, going] = channel<string>(1);
  const [tx, rx] = channel<string>(1);
  spawn(async () => {
    await going.recv();
    const until = performance.now() + 60;
    while (performance.now() < until);
    await tx.send("done");
  });
  const after = (name: string, ms: number) =>
    new Promise<void>((done) => setTimeout(() => { console.log(name); done(); }, ms));
  const first = after("first", 100);
  await go.send("go");
  await rx.recv();
  await Promise.all([first, after("second", 50)]);
`;

test("of two timers the same comes first, however much time had passed before the second was set", async () => {
  const { ran, again } = await recorded(TIMERS);
  assert.deepEqual(ran.output, ["first", "second"]);
  for (const engine of ["native", "model"] as const) {
    const { output, scheduleProblems } = await again(engine);
    assert.deepEqual([output, scheduleProblems], [ran.output, []], engine);
  }
});

test("callbacks of setImmediate, timers and messages come in the order in which they came", async () => {
  const { ran, again } = await recorded(`// @threadloom
    import { channel } from "threadloom:async";
    import { spawn } from "threadloom:std";
    const [tx, rx] = channel<number>(1);
    spawn(async () => { for (let i = 0; i < 5; i++) await tx.send(i); tx.drop(); });
    let rounds = 0;
    let over = false;
    const round = () => { rounds++; if (!over) setImmediate(round); };
    setImmediate(round);
    setTimeout(() => { console.log("timer"); over = true; }, 5);
    for (;;) {
      const message = await rx.recv().catch(() => undefined);
      if (message === undefined) break;
      console.log("message", message, "timer", over);
    }
    while (!over) await new Promise<void>((done) => setTimeout(done, 1));
    console.log(rounds > 0, rounds);`);
  assert.equal(ran.ending.kind, "finished");
  for (const engine of ["native", "model"] as const) {
    const { output, scheduleProblems } = await again(engine);
    assert.deepEqual([output, scheduleProblems], [ran.output, []], engine);
  }
});

test("tasks on the threads of a runtime that sleep for random times are replayed", async () => {
  const { ran, again } = await recorded(`// @threadloom
    import { Runtime, sleep } from "threadloom:async";
    import { random } from "threadloom:std";
    using runtime = new Runtime({ threads: 2 });
    const tasks = Array.from({ length: 12 }, (_, index) => runtime.spawn(async () => {
      for (let i = 0; i < 3; i++) {
        await sleep(1 + 2 * random());
        console.log("task", index, i);
      }
    }));
    runtime.blockOn(Promise.all(tasks));`);
  assert.equal(ran.output.length, 36);
  for (const engine of ["native", "model"] as const) {
    const { output, scheduleProblems } = await again(engine);
    assert.deepEqual([output, scheduleProblems], [ran.output, []], engine);
  }
});

test("a trace without anything from outside is followed as ever", async () => {
  const text = `// @threadloom
    /** @shared */ let n = 0;
    /** @thread x2 */ function add() { n++; console.log(n, availableParallelism() > 0); }
    import { availableParallelism } from "threadloom:std";`;
  const { ran, again, tracePath } = await recorded(text);
  writeFileSync(tracePath, withoutInputs(readFileSync(tracePath)));
  for (const engine of ["native", "model"] as const) {
    const { output, scheduleProblems } = await again(engine);
    assert.deepEqual([output, scheduleProblems], [ran.output, []], engine);
  }
});

/** The file as format 1.0 would have it. */
function withoutInputs(file: Buffer): Buffer {
  const kept = [file.subarray(0, FILE_HEADER_BYTES)];
  for (let at = FILE_HEADER_BYTES; at < file.length;) {
    const end = at + CHUNK_HEADER_BYTES + padded(file.readUInt32LE(at + 4));
    const kind = file.readInt32LE(at);
    if (kind !== ChunkKind.facts && kind !== ChunkKind.inputs) kept.push(file.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
