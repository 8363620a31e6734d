/** `threadloom replay`: a recorded or written order, again. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { folderWith, threadloom } from "./command.ts";

const COUNTER = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;

const LOST = `threadloom schedule 1
main: 3 steps, then waits
alice: 2 steps, then before "counter++" (write, counter.ts:3)
bob: 4 steps, then ends
alice: 2 steps, then ends
`;

const CHAT = `// @threadloom
import { channel, spawn } from "threadloom:std";
const [tx, rx] = channel<string>();
for (const name of ["a", "b", "c"]) {
  const own = tx.clone();
  spawn(() => { own.send(name); own.send(name + name); });
}
tx.drop();
for (const text of rx) console.log(text);
`;

test("a schedule loses the update each time, and what is printed is the schedule that does so", async () => {
  using files = folderWith({ "counter.ts": COUNTER, "lost.schedule": LOST });
  const cwd = files.folder;
  const { status, stdout } = await threadloom(["replay", "lost.schedule", "counter.ts"], { cwd });
  assert.equal(status, 1, stdout);
  assert.match(stdout, /counter === 2/);
  const told = await threadloom(["replay", "lost.schedule", "counter.ts", "--json"], { cwd });
  const run = JSON.parse(told.stdout) as { verdict: string; schedule: string };
  assert.equal(run.verdict, "assertion");
  writeFileSync(path.join(cwd, "printed.schedule"), run.schedule);
  const again = await threadloom(["replay", "printed.schedule", "counter.ts", "--json"], { cwd });
  const rerun = JSON.parse(again.stdout) as { verdict: string; schedule: string };
  assert.equal(rerun.verdict, "assertion");
  assert.equal(rerun.schedule, run.schedule);
});

test("a trace is followed: the same output, in the same order", async () => {
  using files = folderWith({ "chat.ts": CHAT });
  const cwd = files.folder;
  const first = await threadloom(["trace", "chat.ts", "-o", "run.tltrace", "--json"], { cwd });
  const texts = ({ stdout }: { stdout: string }) =>
    (JSON.parse(stdout) as { output: { text: string }[] }).output.map(({ text }) => text);
  for (let round = 0; round < 3; round++) {
    const again = await threadloom(["replay", "run.tltrace", "--json"], { cwd });
    assert.deepEqual(texts(again), texts(first));
    assert.equal(again.stderr, "");
  }
});

test("where the program was edited, or the schedule does not fit, that is said and the run goes on", async () => {
  using files = folderWith({ "counter.ts": COUNTER, "lost.schedule": LOST });
  const cwd = files.folder;
  await threadloom(["trace", "counter.ts", "-o", "run.tltrace"], { cwd });
  writeFileSync(path.join(cwd, "counter.ts"), COUNTER.replace("bob", "carol"));
  const traced = await threadloom(["replay", "run.tltrace"], { cwd });
  assert.match(traced.stderr, /warning\[TL5015\]: .*counter\.ts is not what it was/);
  const scheduled = await threadloom(["replay", "lost.schedule", "counter.ts"], { cwd });
  assert.match(scheduled.stderr, /warning\[TL4103\]: .*at line 4 any more: there is no thread bob/);
});

test("what is no recording, and a schedule without its program, are refused", async () => {
  using files = folderWith({ "counter.ts": COUNTER, "lost.schedule": LOST, "empty.tltrace": "" });
  const cwd = files.folder;
  const code = async (...words: string[]) => {
    const { status, stderr } = await threadloom(["replay", ...words], { cwd });
    return `${status} ${/TL\d{4}/.exec(stderr)?.[0]}`;
  };
  assert.equal(await code("lost.schedule"), "2 TL5014");
  assert.equal(await code("counter.ts", "counter.ts"), "2 TL4101");
  assert.equal(await code("empty.tltrace"), "2 TL4101");
  assert.equal(await code("missing"), "2 TL5007");
  assert.equal(await code("lost.schedule", "missing.ts"), "2 TL5007");
  assert.equal(await code(), "2 TL5003");
  writeFileSync(path.join(cwd, "bytes"), Buffer.from([1, 0, 2, 0]));
  assert.equal(await code("bytes"), "2 TL4001");
  assert.ok(readFileSync(path.join(cwd, "lost.schedule"), "utf8") === LOST, "nothing was changed");
});
