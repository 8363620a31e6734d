/** What `explore` starts: once for a process, and gone with it, however it goes. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { descendants, isAlive, until } from "../cli/processes.ts";
import { projectWith } from "./project.ts";

const FILES = {
  "package.json": '{ "type": "module" }',
  "one.ts": `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const m = new Mutex(0);
spawn(() => { using guard = m.lock(); }).join();
`,
  // By both doors of the package, as a project has it whose files are of both kinds.
  "twice.mjs": `import { createRequire } from "node:module";
import { explore } from "threadloom/testing";
const url = new URL("./one.ts", import.meta.url);
const began = performance.now();
explore(url);
const first = performance.now() - began;
createRequire(import.meta.url)("threadloom/testing").explore(url);
console.log(JSON.stringify({ first, second: performance.now() - began - first }));
process.stdin.on("data", () => process.stdin.destroy());
`,
};

/** One that ends before it says anything says why on standard error. */
async function saidBy(child: ChildProcess): Promise<[Buffer]> {
  const ended = once(child, "exit").then(() => assert.fail("it ended before it said anything"));
  return Promise.race([once(child.stdout!, "data") as Promise<[Buffer]>, ended]);
}

async function started(folder: string) {
  const child = spawn(process.execPath, ["twice.mjs"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await saidBy(child);
  return { child, times: JSON.parse(line.toString()) as { first: number; second: number } };
}

test("one process explores for all calls, is warm for the second, and keeps nobody from ending", async () => {
  using project = projectWith(FILES);
  const { child, times } = await started(project.folder);
  const explorers = descendants(child.pid!);
  assert.equal(explorers.length, 1);
  assert.ok(times.second < times.first / 2, JSON.stringify(times));
  child.stdin.end("that is all");
  const [status] = (await once(child, "exit")) as [number];
  assert.equal(status, 0);
  await until("the explorer has ended", () => !explorers.some(isAlive));
});

test("a process of tests that is killed leaves nobody behind", async () => {
  using project = projectWith(FILES);
  const { child } = await started(project.folder);
  const explorers = descendants(child.pid!);
  child.kill("SIGKILL");
  await until("the explorer has ended", () => !explorers.some(isAlive));
});

/** One that has ended and that nobody has waited for, since who started it is gone, is on the list of processes, and runs no more. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

test("a worker of a runner's that is ended leaves nobody behind", async () => {
  using project = projectWith({
    ...FILES,
    "worker.mjs": `import { Worker } from "node:worker_threads";
const worker = new Worker(new URL("./twice.mjs", import.meta.url), { stdin: true });
process.stdin.on("data", async () => { await worker.terminate(); console.log("ended"); });
`,
  });
  const child = spawn(process.execPath, ["worker.mjs"], {
    cwd: project.folder,
    stdio: ["pipe", "pipe", "inherit"],
  });
  await saidBy(child);
  const explorers = descendants(child.pid!);
  assert.equal(explorers.length, 1);
  child.stdin.write("end it");
  await until("the explorer has ended", () => !explorers.some(isRunning));
  child.kill();
  await once(child, "exit");
});
