/** One program's search in parts: by several explorers, and gone on with after it was killed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { CheckJson } from "../../src/explore/check-json.ts";
import type { ResultFile } from "../../src/protocol/result-file.ts";
import { folderWith, outcomeOf, start, threadloom } from "./command.ts";
import { descendants, isAlive, until } from "./processes.ts";

/** Two threads with six and seven additions, in any order: 13 over 6 traces. */
const ADDITIONS = `// @threadloom
import { AtomicI32, spawn } from "threadloom:std";
const total = new AtomicI32(1);
const threads = [1, 2].map((by) => spawn(() => { for (let i = 0; i < 5 + by; i++) total.fetchAdd(by); }));
for (const thread of threads) thread.join();
console.log(total.load());
`;
const TRACES = 1716;

/** Wrong only where the second thread has made one addition before the first begins: not among the first orders to be tried. */
const LATE = ADDITIONS.replace("AtomicI32, spawn", "assert, AtomicI32, spawn").replace(
  "total.fetchAdd(by);",
  "{ const seen = total.fetchAdd(by); assert(by !== 1 || i > 0 || seen !== 3); }",
);

const DPOR = ["check", "many.ts", "--strategy", "dpor", "--max-seconds", "500"];

async function checked(cwd: string, ...words: string[]): Promise<Omit<CheckJson, "durationMs">> {
  const { stdout, stderr } = await threadloom([...DPOR, "--json", ...words], { cwd });
  assert.equal(stderr, "");
  const { durationMs, ...check } = JSON.parse(stdout) as CheckJson;
  assert.ok(durationMs > 0);
  return check;
}

function resultIn(folder: string): ResultFile | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, "result.json"), "utf8")) as ResultFile;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

test("several explorers share one program: what comes of it is the same as with one", async () => {
  using made = folderWith({ "many.ts": ADDITIONS });
  const one = await checked(made.folder, "--jobs", "1");
  assert.deepEqual([one.verdict, one.complete, one.executions], ["ok", true, TRACES]);
  assert.deepEqual(one.phases, [{ strategy: "dpor", executions: TRACES, complete: true }]);
  assert.deepEqual(await checked(made.folder, "--jobs", "3"), one);
});

test("of failures the first part's counts, however many explorers there are", async () => {
  using made = folderWith({ "many.ts": LATE });
  const one = await checked(made.folder, "--jobs", "1");
  assert.deepEqual([one.verdict, one.complete], ["assertion", false]);
  assert.deepEqual(await checked(made.folder, "--jobs", "3"), one);
});

test("a search that is killed leaves a whole file, and another one goes on from there", async () => {
  using made = folderWith({ "many.ts": ADDITIONS });
  const cwd = made.folder;
  const doneParts = () => resultIn(cwd)?.programs[0]?.parts?.done ?? [];
  const child = start([...DPOR, "-o", "result.json"], { cwd });
  const ended = outcomeOf(child);
  await until("some parts are done", () => doneParts().length >= 2);
  const started = descendants(child.pid!);
  child.kill("SIGKILL");
  await ended;
  await until("its explorers are gone", () => !started.some(isAlive));
  const left = resultIn(cwd)!;
  const { result, interrupted } = left.programs[0];
  assert.deepEqual([left.finished, interrupted, result?.complete], [false, true, false]);
  assert.equal(result?.verdict, "limit", "what is not explored says nothing");
  const before = doneParts();
  assert.ok(before.length < 16, "it was killed half-way");

  const { verdict, complete, executions } = await checked(cwd, "--resume", "result.json");
  assert.deepEqual([verdict, complete, executions], ["ok", true, TRACES]);
  const whole = resultIn(cwd)!;
  assert.deepEqual([whole.finished, whole.programs[0].parts], [true, undefined]);
});

test("Ctrl-C stops all explorers of a program, and leaves none", async () => {
  using made = folderWith({ "many.ts": ADDITIONS.replace("5 + by", "40") });
  const child = start([...DPOR, "-o", "result.json", "--jobs", "2"], { cwd: made.folder });
  const ended = outcomeOf(child);
  await until("two explorers work", () => descendants(child.pid!).length >= 2);
  const started = descendants(child.pid!);
  child.kill("SIGINT");
  assert.equal((await ended).status, 130);
  await until("they are gone", () => !started.some(isAlive));
});
