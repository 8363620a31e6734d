import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { CheckJson } from "../../src/explore/check-json.ts";
import { folderWith, outcomeOf, start, threadloom } from "./command.ts";
import { descendants, isAlive, until } from "./processes.ts";

/** One increment may be lost. */
const LOST = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;

/** Two orders, none of them wrong. */
const FINE = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const last = new Mutex("");
const threads = ["a", "b"].map((name) => spawn(() => { using guard = last.lock(); guard.value = name; }));
for (const thread of threads) thread.join();
using guard = last.lock();
console.log(guard.value);
`;

/** Nobody waits for all of its interleavings. */
const ENDLESS = `// @threadloom
import { AtomicI32, spawn } from "threadloom:std";
const total = new AtomicI32(0);
for (let i = 0; i < 6; i++) spawn(() => { for (let j = 0; j < 8; j++) total.fetchAdd(1); });
`;

const BROKEN = "// @threadloom\nconst x = ;\n";

function resultIn(folder: string) {
  return JSON.parse(readFileSync(path.join(folder, "result.json"), "utf8")) as {
    finished: boolean;
    programs: { durationMs: number }[];
  };
}

async function checkJson(
  words: readonly string[],
  cwd: string,
): Promise<{ readonly status: number | null; readonly checks: readonly CheckJson[] }> {
  const { status, stdout, stderr } = await threadloom(["check", "--json", ...words], { cwd });
  assert.equal(stderr, "", "JSON alone, and nothing beside it");
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { status, checks: lines.map((line) => JSON.parse(line) as CheckJson) };
}

test("--json has every promised key, and no other", async () => {
  using made = folderWith({ "lost.ts": LOST });
  const { status, checks } = await checkJson(["lost.ts", "--strategy", "dpor"], made.folder);
  assert.equal(status, 1);
  const [check] = checks;
  assert.deepEqual(Object.keys(check), [
    ...["file", "verdict", "expected", "executions", "complete", "strategy", "phases", "seed"],
    ...["steps", "outcomes", "findings", "durationMs"],
  ]);
  assert.equal(check.file, "lost.ts");
  assert.deepEqual([check.verdict, check.expected, check.strategy], ["assertion", "ok", "dpor"]);
  for (const outcome of check.outcomes) {
    assert.deepEqual(Object.keys(outcome), ["output", "shared", "count", "schedule"]);
    assert.match(outcome.schedule, /^threadloom schedule 1\n/);
  }
  assert.ok(check.outcomes.some(({ shared }) => shared["counter"] === 1));
  for (const finding of check.findings) {
    assert.deepEqual(Object.keys(finding), [
      ...["kind", "code", "severity", "message", "sites", "schedule", "story"],
    ]);
  }
  const [failure] = check.findings;
  assert.deepEqual([failure.kind, failure.severity], ["assertion", "error"]);
  assert.match(failure.schedule ?? "", /^threadloom schedule 1\n/);
  assert.ok(failure.sites.every(({ file, line, column }) => file && line > 0 && column > 0));
});

test("a failure that is saved is had again by the line that is printed, and saved as the same file", async () => {
  using made = folderWith({ "lost.ts": LOST });
  const cwd = made.folder;
  const words = ["check", "lost.ts", "--save"];
  const { stdout, status } = await threadloom(words, { cwd });
  assert.equal(status, 1);
  const line = /threadloom (replay .*)$/m.exec(stdout)?.[1];
  assert.equal(line, "replay lost.schedule lost.ts");
  const replayed = await threadloom([...line.split(" "), "--json"], { cwd });
  const run = JSON.parse(replayed.stdout) as { verdict: string; scheduleProblems: unknown[] };
  assert.deepEqual([run.verdict, run.scheduleProblems], ["assertion", []]);
  const saved = readFileSync(path.join(cwd, "lost.schedule"), "utf8");
  assert.match(saved, /^threadloom schedule 1\n# lost\.ts: assertion \(TL2154\)\n/);
  await threadloom(words, { cwd });
  assert.equal(readFileSync(path.join(cwd, "lost.schedule"), "utf8"), saved);
});

test("without being asked, check writes nothing", async () => {
  using made = folderWith({ "lost.ts": LOST });
  await threadloom(["check", "lost.ts"], { cwd: made.folder });
  assert.deepEqual(readdirSync(made.folder), ["lost.ts"]);
});

test("executions that were asked for are enough, a search that was cut short is not", async () => {
  using made = folderWith({ "endless.ts": ENDLESS });
  for (const [strategy, status] of [
    ["random", 0],
    ["dpor", 3],
  ] as const) {
    const words = ["check", "endless.ts", "--strategy", strategy, "--max-executions", "50"];
    assert.equal((await threadloom(words, { cwd: made.folder })).status, status);
  }
});

test("a program that does not compile has the verdict error, with its diagnostics", async () => {
  using made = folderWith({ "broken.ts": BROKEN });
  const { checks } = await checkJson(["broken.ts"], made.folder);
  const [{ verdict, executions, complete, outcomes, findings, diagnostics }] = checks;
  assert.deepEqual(
    [verdict, executions, complete, outcomes, findings],
    ["error", 0, false, [], []],
  );
  assert.deepEqual(
    diagnostics?.map(({ code, line }) => [code, line]),
    [["TS1109", 2]],
  );
});

test("of a folder, all programs are checked, however deep, and nothing else; the gravest status counts", async () => {
  using made = folderWith({ "lost.ts": LOST, "fine.ts": FINE, "none.ts": "export const x = 1;\n" });
  const { folder } = made;
  for (const [name, text] of [
    ["deep/er/fine.ts", FINE],
    ["deep/types.d.ts", FINE],
    ["deep/late.ts", `export const x = 1;\n${FINE}`],
    ["node_modules/package/fine.ts", BROKEN],
    [".hidden/fine.ts", BROKEN],
  ] as const) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  symlinkSync(folder, path.join(folder, "deep/loop"), "junction");
  const { status, checks } = await checkJson([".", "fine.ts", "--jobs", "2"], folder);
  assert.deepEqual(
    checks.map(({ file, verdict }) => [file.replaceAll("\\", "/"), verdict]),
    [
      ["deep/er/fine.ts", "ok"],
      ["fine.ts", "ok"],
      ["lost.ts", "assertion"],
    ],
  );
  assert.equal(status, 1);
});

test("a folder without programs, and a file that is not there, are refused", async () => {
  using made = folderWith({ "none.ts": "export const x = 1;\n" });
  for (const [words, code] of [
    [["."], "TL8011"],
    [["gone.ts"], "TL5007"],
    [["none.ts", "-o", "nowhere/result.json"], "TL5008"],
    [["none.ts", "--junit", "nowhere/report.xml"], "TL5008"],
    [["none.ts", "--resume", "gone.json"], "TL5007"],
    [["none.ts", "--resume", "none.ts"], "TL8020"],
  ] as const) {
    const { status, stderr } = await threadloom(["check", ...words], { cwd: made.folder });
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`error\\[${code}\\]`));
  }
});

test("Ctrl-C tells what was found until then, keeps it, and leaves no process behind", async () => {
  using made = folderWith({ "1-fine.ts": FINE, "2-endless.ts": ENDLESS, "3-later.ts": FINE });
  const child = start(["check", ".", "--strategy", "dpor", "--json", "-o", "result.json"], {
    cwd: made.folder,
  });
  const ended = outcomeOf(child);
  await once(child.stdout!, "data");
  await pause(1500);
  const started = descendants(child.pid!);
  child.kill("SIGINT");
  const { status, stdout } = await ended;
  assert.equal(status, 130);
  const checks = stdout.trim().split("\n");
  assert.equal(checks.length, 2, "what has not begun is not told");
  const { file, verdict, executions, complete } = JSON.parse(checks[1]) as CheckJson;
  assert.deepEqual([file, verdict, complete], ["2-endless.ts", "limit", false]);
  assert.ok(executions > 0);
  assert.equal(resultIn(made.folder).finished, false);
  await until("the explorer is gone", () => !started.some(isAlive));
});

test("a check that is killed leaves a whole result, from which another one goes on", async () => {
  using made = folderWith({ "1-fine.ts": FINE, "2-endless.ts": ENDLESS });
  const cwd = made.folder;
  const words = ["--strategy", "dpor"];
  const child = start(["check", ".", ...words, "--json", "-o", "result.json"], { cwd });
  const ended = outcomeOf(child);
  await once(child.stdout!, "data");
  await until("it is kept", () => resultIn(cwd).programs.length > 0 || child.exitCode !== null);
  const started = descendants(child.pid!);
  child.kill("SIGKILL");
  await ended;
  await until("the explorer is gone", () => !started.some(isAlive));
  const [before] = resultIn(cwd).programs;
  writeFileSync(path.join(cwd, "2-endless.ts"), FINE);
  const { status, checks } = await checkJson([".", ...words, "--resume", "result.json"], cwd);
  assert.equal(status, 0);
  assert.deepEqual(
    checks.map(({ verdict }) => verdict),
    ["ok", "ok"],
  );
  assert.equal(checks[0].durationMs, before.durationMs, "it was not explored again");
  const { finished, programs } = resultIn(cwd);
  assert.deepEqual([finished, programs.length], [true, 2]);
});

test("a saved schedule that cannot be read is told, and the program is explored all the same", async () => {
  using made = folderWith({ "fine.ts": FINE, "fine.schedule": "alice: 1 step\n" });
  const { status, stderr } = await threadloom(["check", "fine.ts"], { cwd: made.folder });
  assert.equal(status, 0);
  assert.match(stderr, /warning\[TL8012\]: .*fine\.schedule/);
});

test("the report says what was proved, what was explored, and how it can end", async () => {
  using made = folderWith({ "fine.ts": FINE });
  const { stdout } = await threadloom(["check", "fine.ts", "--strategy", "dpor"], {
    cwd: made.folder,
  });
  assert.match(stdout, /^fine\.ts {2}ok · 2 executions · complete · 2 outcomes · /);
  assert.match(stdout, /Proved: every interleaving was explored, none of them fails/);
  assert.match(stdout, /^ {2}1 × {2}│ a$/m);
  assert.match(stdout, /^ {2}1 × {2}│ b$/m);
});
