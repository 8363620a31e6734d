import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { folderWith, outcomeOf, start } from "./command.ts";
import { descendants, isAlive, until } from "./processes.ts";

function saying(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes(words)) resolve();
    });
  });
}

for (const [what, body] of [
  ["computes without end", "for (;;);"],
  [
    "is blocked",
    "const lock = new Mutex(); lock.lock(); spawn(() => { for (;;) sleep(1000); }); lock.lock();",
  ],
] as const) {
  test(`Ctrl-C ends a program that ${what}: status 130, no process and no file is left`, async () => {
    using made = folderWith({
      "endless.ts": `// @threadloom\nimport { Mutex, sleep, spawn } from "threadloom:std";\nconsole.log("here");\n${body}\n`,
    });
    using temporary = folderWith({});
    const child = start(["trace", "endless.ts"], {
      cwd: made.folder,
      environment: { TMPDIR: temporary.folder, TEMP: temporary.folder },
    });
    const ended = outcomeOf(child);
    await saying(child, "here");
    const started = descendants(child.pid!);
    assert.ok(started.length > 0, "the program runs in a process of its own");
    child.kill("SIGINT");
    const { status, stdout, stderr } = await ended;
    assert.deepEqual([status, stdout, stderr], [130, "here\n", ""]);
    await until("the runner is gone", () => !started.some(isAlive));
    const left = readdirSync(temporary.folder).filter((name) => name.startsWith("threadloom-"));
    assert.deepEqual(left, []);
  });
}

test("Ctrl-C while it still compiles ends it as well", async () => {
  using made = folderWith({ "quick.ts": `// @threadloom\nconsole.log("never");\n` });
  const child = start(["trace", "quick.ts"], { cwd: made.folder });
  const ended = outcomeOf(child);
  await until("the runner was started", () => descendants(child.pid!).length > 0);
  const started = descendants(child.pid!);
  child.kill("SIGINT");
  const { status, stdout } = await ended;
  assert.deepEqual([status, stdout], [130, ""]);
  await until("the runner is gone", () => !started.some(isAlive));
});

test("a reader that has had enough ends the command without complaint", async () => {
  using made = folderWith({
    "chatty.ts": `// @threadloom\nimport { spawn } from "threadloom:std";\nspawn(() => {});\nfor (let i = 0; i < 20000; i++) console.log("line " + i);\n`,
  });
  const child = start(["trace", "chatty.ts"], { cwd: made.folder });
  const ended = outcomeOf(child);
  await saying(child, "line 0");
  const started = descendants(child.pid!);
  child.stdout?.destroy();
  const { stderr } = await ended;
  assert.equal(stderr, "");
  await until("the runner is gone", () => !started.some(isAlive));
});
