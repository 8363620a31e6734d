/** A recording of processes of the system drives the model engine through the very same run: same output, same findings. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PROCESS_FILES } from "../../examples/programs.ts";
import { outcomeOf } from "../outcome.ts";
import { Stepped } from "../stepping/stepped.ts";
import { Programs, type Ran } from "./fixture.ts";

const programs = new Programs("native");
const LIMIT = { timeLimitMs: 60_000 };

/** Runs it on real processes, then along that recording; answers the first run. */
async function replayed(
  compile: (form: "native" | "model") => ReturnType<typeof programs.compileAs>,
): Promise<Ran & { readonly tracePath: string }> {
  const started = programs.start(await compile("native"), LIMIT);
  const ran = await started.ran;
  const control = { kind: "trace", path: started.tracePath } as const;
  const again = await programs.start(await compile("model"), { ...LIMIT, control }).ran;
  assert.deepEqual(again.scheduleProblems, [], again.schedule);
  assert.deepEqual(outcomeOf(again).outcome, outcomeOf(ran).outcome);
  assert.deepEqual(again.kinds, ran.kinds);
  assert.equal(again.trace.threads.size, ran.trace.threads.size);
  return Object.assign(ran, { tracePath: started.tracePath });
}

const replayedText = (text: string) => replayed((form) => programs.compileAs(text, form));

for (const [name, file] of PROCESS_FILES) {
  test(`${name} is replayed on the model engine as it was`, async () => {
    await replayed((form) => programs.compileFile(file, form));
  });
}

test("a message that had not come when somebody tried comes as late again", async () => {
  const { output } = await replayedText(`
    const child = std.Process.spawn<string, number>((parent) => {
      let tries = 0;
      let sum = 0;
      while (sum < 6) {
        const come = parent.tryRecv();
        if (come.kind === "value") sum += come.value;
        else tries++;
      }
      parent.send(\`\${tries} tries\`);
    });
    for (const n of [1, 2, 3]) child.send(n);
    console.log("sent");
    let tries = 0;
    for (let come = child.tryRecv(); ; come = child.tryRecv()) {
      if (come.kind === "value") { console.log(come.value, tries); break; }
      tries++;
      std.yieldNow();
    }
    child.wait();
  `);
  assert.match(output[1], /^\d+ tries \d+$/);
});

test("a process that is killed in its work is killed there again", async () => {
  await replayedText(`
    const child = std.Process.spawn<number>((parent) => { for (let n = 0; ; n++) { parent.send(n); console.log("sent", n); } });
    for (let n = 0; n < 20; n++) child.recv();
    child.kill();
    let more = 0;
    while (child.tryRecv().kind === "value") more++;
    console.log(more, child.wait().signal);
  `);
});

test("bytes by pipes come in the same pieces again, as late, and into the same hands", async () => {
  const { output } = await replayedText(`
    const [writer, out] = std.pipe();
    const [back, reader] = std.pipe();
    const child = std.Process.spawn<number, number>((parent) => {
      const bytes = new Uint8Array(1000);
      out.setBlocking(false);
      let tries = 0;
      for (let n; (n = out.read(bytes)) !== 0; ) {
        if (n === undefined) tries++;
        else back.write(bytes.subarray(0, n));
      }
      parent.send(tries);
      back.write(new Uint8Array(150_000));
    });
    const bytes = new Uint8Array(700);
    for (let round = 0; round < 5; round++) {
      writer.write(new Uint8Array(1500));
      console.log(reader.read(bytes));
    }
    writer.close();
    let sum = 0;
    for (let n; (n = reader.read(bytes)!) !== 0; ) sum += n;
    console.log(sum > 150_000, child.recv() >= 0, child.wait().code);
  `);
  assert.equal(output.at(-1), "true true 0");
});

test("a process is killed again while it holds the ends of pipes, and they are closed as they were", async () => {
  await replayedText(`
    const [writer, reader] = std.pipe();
    const [out, back] = std.pipe();
    const child = std.Process.spawn(() => {
      for (;;) { writer.write(new Uint8Array(100)); back.read(new Uint8Array(10)); }
    });
    const bytes = new Uint8Array(64);
    out.write(new Uint8Array(50));
    for (let n = 0; n < 4; n++) reader.read(bytes);
    child.kill();
    let sum = 0;
    for (let n; (n = reader.read(bytes)!) !== 0; ) sum += n;
    try { out.write(bytes); } catch (error) { console.log((error as Error).name); }
    console.log(sum, child.wait().signal);
  `);
});

test("whoever writes to a process that reads no more learns of it when it did", async () => {
  await replayedText(`
    const [writer, reader] = std.pipe();
    const child = std.Process.spawn(() => {
      for (let n = 0; ; n++) {
        try { writer.write(new Uint8Array(10)); } catch (error) { console.log((error as Error).name); return; }
      }
    });
    reader.read(new Uint8Array(10));
    reader.close();
    console.log(child.wait().code);
  `);
});

test("exit statuses, failures, and processes of processes are had again, under the same pids", async () => {
  const { output, trace } = await replayedText(`
    const outer = std.Process.spawn<number, number>((parent) => {
      const inner = std.Process.spawn<number>((up) => { std.spawn(() => up.send(7)).join(); process.exit(3); });
      parent.send(inner.recv());
      parent.send(inner.wait().code!);
      throw new RangeError(\`no more, \${Math.random() < 2}\`);
    });
    console.log(outer.pid, outer.recv(), outer.recv(), outer.wait().code);
  `);
  const [pid] = [...trace.processes.values()].map((row) => row.pid);
  assert.equal(output[0], `${pid} 7 3 1`);
});

test("what a process draws of chance and of the clock is given to it again", async () => {
  await replayedText(`
    const draw = (parent: std.Port<string>) => parent.send(\`\${Math.random()} \${Date.now()}\`);
    const children = [std.Process.spawn(draw), std.Process.spawn(draw)];
    const thread = std.spawn(() => Math.random());
    for (const child of children) console.log(child.recv(), child.wait().code);
    console.log(thread.join());
  `);
});

test("a process that outlives the one that spoke with it is told so at the same moment", async () => {
  await replayedText(`
    const child = std.Process.spawn<number, number>((parent) => {
      try { for (;;) parent.send(parent.recv()); } catch (error) { console.log((error as Error).name); }
    });
    child.send(1);
    console.log(child.recv());
  `);
});

test("a recording of processes is stepped through, back and forth", async () => {
  const text = `
    const child = std.Process.spawn<number, number>((parent) => parent.send(parent.recv() * 2), { name: "twice" });
    child.send(21);
    console.log(child.recv(), child.wait().code);
  `;
  const { output, tracePath } = await replayedText(text);
  const whole = `import * as std from "threadloom:std";\n${text}`;
  const stepped = await Stepped.of(whole, { trace: readFileSync(tracePath) });
  assert.deepEqual(stepped.state.over?.output, output);
  const { depth } = stepped.state;
  for (let step = 0; step < 5; step++) await stepped.ask({ kind: "undo" });
  assert.equal(stepped.state.depth, depth - 5);
  for (let step = 0; step < 5; step++) await stepped.ask({ kind: "redo" });
  assert.deepEqual(stepped.state.over?.output, output);
});
