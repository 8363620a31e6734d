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

/** What `replay --json` says, as far as these tests look. */
interface Replayed {
  readonly verdict: string;
  readonly engine: string;
  readonly schedule: string;
  readonly same?: boolean;
  readonly output: readonly { readonly text: string }[];
}

for (const [engine, other] of [
  ["model", "native"],
  ["native", "model"],
] as const) {
  test(`found, printed, pasted, found again: on the ${engine} engine, and then on the other`, async () => {
    using files = folderWith({ "counter.ts": COUNTER, "lost.schedule": LOST });
    const cwd = files.folder;
    const words = (schedule: string, on: string) =>
      threadloom(["replay", schedule, "counter.ts", "--engine", on, "--json"], { cwd });
    const found = JSON.parse((await words("lost.schedule", engine)).stdout) as Replayed;
    assert.equal(found.verdict, "assertion");
    assert.equal(found.engine, engine);
    writeFileSync(path.join(cwd, "printed.schedule"), found.schedule);
    for (const on of [engine, other]) {
      const { status, stdout } = await words("printed.schedule", on);
      const again = JSON.parse(stdout) as Replayed;
      assert.equal(status, 1, stdout);
      assert.deepEqual([again.verdict, again.engine], ["assertion", on]);
      assert.equal(again.schedule, found.schedule);
    }
  });
}

test("a schedule in words tells which condition it breaks", async () => {
  using files = folderWith({ "counter.ts": COUNTER, "lost.schedule": LOST });
  const words = ["replay", "lost.schedule", "counter.ts"];
  const { status, stdout } = await threadloom(words, { cwd: files.folder });
  assert.equal(status, 1, stdout);
  assert.match(stdout, /counter === 2/);
});

test("a trace is followed: the same output, in the same order", async () => {
  using files = folderWith({ "chat.ts": CHAT });
  const cwd = files.folder;
  const first = await threadloom(["trace", "chat.ts", "-o", "run.tltrace", "--json"], { cwd });
  const texts = ({ stdout }: { stdout: string }) =>
    (JSON.parse(stdout) as Replayed).output.map(({ text }) => text);
  for (const engine of ["", "--engine=native", "--engine=model"]) {
    const words = ["replay", "run.tltrace", "--json", ...(engine === "" ? [] : [engine])];
    const again = await threadloom(words, { cwd });
    assert.deepEqual(texts(again), texts(first));
    assert.equal(again.stderr, "");
    const { same, engine: on } = JSON.parse(again.stdout) as Replayed;
    assert.deepEqual([same, on], [true, engine === "--engine=native" ? "native" : "model"]);
  }
});

test("what a modelled run did, real threads do again", async () => {
  using files = folderWith({
    "chat.ts": CHAT.replace("@threadloom", "@threadloom model=cooperative"),
  });
  const cwd = files.folder;
  await threadloom(["trace", "chat.ts", "-o", "run.tltrace"], { cwd });
  const again = await threadloom(["replay", "run.tltrace", "--engine", "native", "--json"], {
    cwd,
  });
  const { same, engine } = JSON.parse(again.stdout) as Replayed;
  assert.deepEqual([same, engine], [true, "native"], again.stdout);
});

const WAITS_WITHIN = `// @threadloom
import { Mutex, sleep, spawn } from "threadloom:std";
const lock = new Mutex(0);
const held = lock.lock();
const thread = spawn(() => {
  const text = { toString() { using guard = lock.lock(); return "told"; } };
  console.log(\`\${text}\`);
});
sleep(50);
held.unlock();
thread.join();
`;

test("where the model cannot follow, real threads do, and that is said", async () => {
  using files = folderWith({ "within.ts": WAITS_WITHIN });
  const cwd = files.folder;
  await threadloom(["trace", "within.ts", "-o", "run.tltrace"], { cwd });
  const { status, stdout, stderr } = await threadloom(["replay", "run.tltrace"], { cwd });
  assert.equal(status, 0, stdout);
  assert.equal(stdout.match(/^told$/gm)?.length, 1, "it is printed once");
  assert.match(stderr, /warning\[TL5017\]: .*within\.ts:6/s);
  const alone = await threadloom(["replay", "run.tltrace", "--engine", "model"], { cwd });
  assert.notEqual(alone.status, 0);
});

test("a replay that comes to something else says what", async () => {
  const program = `// @threadloom
import { statSync } from "node:fs";
console.log(statSync("input.txt").size);
`;
  using files = folderWith({ "reads.ts": program, "input.txt": "one" });
  const cwd = files.folder;
  await threadloom(["trace", "reads.ts", "-o", "run.tltrace"], { cwd });
  writeFileSync(path.join(cwd, "input.txt"), "three");
  const { stderr } = await threadloom(["replay", "run.tltrace"], { cwd });
  assert.match(stderr, /warning\[TL5018\]: .*line 1 of its output was "3", and\s+is\s+"5"/s);
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

test("a schedule of a race tells the race, though nothing comes of it; on both engines", async () => {
  const program = (order: string) => `// @threadloom
import { spawn } from "threadloom:std";
/** @shared */ let flag = 0;
const thread = spawn(() => { flag = 1; });
${order}
`;
  using files = folderWith({
    "racy.ts": program("flag = 2; thread.join();"),
    "joined.ts": program("thread.join(); flag = 2;"),
  });
  const cwd = files.folder;
  const checked = await threadloom(["check", "racy.ts", "--json"], { cwd });
  const { verdict, findings } = JSON.parse(checked.stdout) as {
    readonly verdict: string;
    readonly findings: readonly { readonly kind: string; readonly schedule: string }[];
  };
  assert.equal(verdict, "race");
  const { schedule } = findings.find(({ kind }) => kind === "race")!;
  writeFileSync(path.join(cwd, "race.schedule"), schedule);
  for (const engine of ["model", "native"]) {
    const words = ["replay", "race.schedule", "racy.ts", "--engine", engine];
    const json = await threadloom([...words, "--json"], { cwd });
    assert.equal((JSON.parse(json.stdout) as Replayed).verdict, "race", json.stdout);
    const { status, stdout } = await threadloom(words, { cwd });
    assert.equal(status, 1);
    assert.match(stdout, /error\[TL8101\] race: `flag` is raced for: .* writes it at racy\.ts:\d/);
  }
  const ordered = await threadloom(["check", "joined.ts", "--json"], { cwd });
  const { outcomes } = JSON.parse(ordered.stdout) as { outcomes: { schedule: string }[] };
  writeFileSync(path.join(cwd, "joined.schedule"), outcomes[0].schedule);
  const joined = await threadloom(["replay", "joined.schedule", "joined.ts", "--json"], { cwd });
  assert.equal((JSON.parse(joined.stdout) as Replayed).verdict, "ok", joined.stdout);
});

const TWICE = `// @threadloom
import { Process } from "threadloom:std";
const child = Process.spawn<number, number>((parent) => parent.send(parent.recv() * 2), { name: "twice" });
child.send(21);
console.log(child.recv(), child.pid > 0, child.wait().code);
`;

test("a recording of processes is replayed on the model, asked for real threads too, which is said", async () => {
  using files = folderWith({ "twice.ts": TWICE });
  const cwd = files.folder;
  const traced = await threadloom(["trace", "twice.ts", "-o", "run.tltrace", "--json"], { cwd });
  assert.equal(traced.status, 0, traced.stdout + traced.stderr);
  for (const asked of [[], ["--engine", "native"]]) {
    const { status, stdout, stderr } = await threadloom(
      ["replay", "run.tltrace", "--json", ...asked],
      { cwd },
    );
    assert.equal(status, 0, stdout + stderr);
    const again = JSON.parse(stdout) as Replayed;
    assert.deepEqual([again.engine, again.same], ["model", true]);
    assert.deepEqual(
      again.output.map(({ text }) => text),
      ["42 true 0"],
    );
    assert.equal(stderr.includes("TL2404"), asked.length > 0);
  }
});
