import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { RunJson } from "../../src/analysis/run-json.ts";
import { folderWith, threadloom } from "./command.ts";

const HELLO = `// @threadloom
import { spawn, Mutex } from "threadloom:std";
const total = new Mutex(0);
const worker = spawn(() => { using guard = total.lock(); guard.value += 1; return "hello"; }, { name: "alice" });
using guard = total.lock();
guard.unlock();
console.log(worker.join());
console.error("complaint");
`;

test("what the program prints comes plain and first, each line on its own stream; then the summary", async () => {
  using made = folderWith({ "hello.ts": HELLO });
  const { status, stdout, stderr } = await threadloom(["trace", "hello.ts"], { cwd: made.folder });
  assert.equal(status, 0);
  assert.equal(stderr, "complaint\n", "no progress, no colours where there is no terminal");
  assert.match(stdout, /^hello\n\n\S/);
  assert.match(stdout, /^ok · 2 threads · \d+ events · .+ · real threads$/m);
  assert.match(stdout, /^ {2}main {2,}[█▒·╌◦ ]+$/m);
  assert.match(stdout, /^ {2}alice {2,}[█▒·╌◦ ]+$/m);
});

test("--json is one object of the promised shape, and nothing else", async () => {
  using made = folderWith({ "hello.ts": HELLO });
  const { status, stdout, stderr } = await threadloom(["trace", "hello.ts", "--json"], {
    cwd: made.folder,
  });
  assert.equal(status, 0);
  assert.equal(stderr, "");
  const run = JSON.parse(stdout) as RunJson;
  assert.equal(run.ok, true);
  assert.equal(run.engine, "native");
  assert.equal(run.verdict, "ok");
  assert.deepEqual(run.ending, { kind: "finished" });
  assert.deepEqual(
    run.threads.map(({ id, name }) => [id, name]),
    [
      [0, "main"],
      [1, "alice"],
    ],
  );
  for (const thread of run.threads) {
    assert.ok(thread.events > 0 && thread.runningNs > 0 && thread.blockedNs >= 0);
  }
  const [mutex] = run.objects.filter(({ kind }) => kind === "mutex");
  assert.deepEqual([mutex.name, mutex.operations], ["total", 4]);
  assert.equal(
    run.events,
    run.threads.reduce((sum, { events }) => sum + events, 0),
  );
  assert.deepEqual(
    run.output.map(({ thread, text, file, line }) => [thread, text, path.basename(file!), line]),
    [
      [0, "hello", "hello.ts", 7],
      [0, "complaint", "hello.ts", 8],
    ],
  );
  assert.deepEqual([run.messages, run.findings, run.diagnostics], [[], [], []]);
  assert.ok(run.durationNs > 0);
});

test("messages are counted by channel and ends", async () => {
  const { stdout } = await threadloom(["trace", "examples/3-message-passing/mpsc.ts", "--json"]);
  const run = JSON.parse(stdout) as RunJson;
  const [channel] = run.objects.filter(({ kind }) => kind === "channel");
  assert.deepEqual(
    run.messages.toSorted((a, b) => a.from! - b.from!),
    [1, 2, 3].map((from) => ({ channel: channel.id, from, to: 0, count: 1 })),
  );
});

test("a deadlock is told with who waits for whom, and where", async () => {
  const { status, stdout } = await threadloom(["trace", "examples/1-why/deadlock.ts"]);
  assert.equal(status, 0, "it is what the file expects");
  assert.match(stdout, /^deadlock, as expected · 3 threads/m);
  assert.match(stdout, /^ {2}error\[TL\d{4}\] deadlock: /m);
  assert.match(stdout, /^ {4}→ examples\/1-why\/deadlock\.ts:\d+:\d+$/m);
  assert.match(stdout, /alice waits for `savings`/);
  assert.match(stdout, /^ {4}help: /m);
});

for (const [what, program, status, verdict] of [
  ["a failed assertion", `import { assert } from "threadloom:std"; assert(1 > 2);`, 1, "assertion"],
  ["an exception that leaves main", `throw new Error("no");`, 1, "panic"],
  [
    "a deadlock that should not be",
    `import { Mutex } from "threadloom:std"; const m = new Mutex(); m.lock(); m.lock();`,
    1,
    "deadlock",
  ],
  ["a good run where a deadlock is expected", `// @expect deadlock\nconsole.log(1);`, 1, "ok"],
  ["an endless loop", `for (;;);`, 3, "limit"],
] as const) {
  test(`exit status ${status}: ${what}`, async () => {
    using made = folderWith({ "program.ts": `// @threadloom\n${program}\n` });
    const ran = await threadloom(["trace", "program.ts", "--json", "--time-limit", "4"], {
      cwd: made.folder,
    });
    const run = JSON.parse(ran.stdout) as RunJson;
    assert.deepEqual([ran.status, run.verdict], [status, verdict], ran.stderr);
    assert.equal(run.ok, verdict === "ok");
  });
}

const BROKEN = `// @threadloom
import { spawn } from "threadloom:std";
function* count() { yield 1; }
const numbers = count();
spawn(() => numbers.next());
// @sharde
let total = 0;
`;

test("exit status 2, and every diagnostic at once with its line: a program that does not compile", async () => {
  using made = folderWith({ "broken.ts": BROKEN });
  const { status, stdout, stderr } = await threadloom(["trace", "broken.ts"], { cwd: made.folder });
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /^ {2}→ broken\.ts:5:13$/m);
  assert.match(stderr, /^ 5 │ spawn\(\(\) => numbers\.next\(\)\);$/m);
  assert.match(stderr, /^ {3}│ {13}\^+$/m);
  assert.match(stderr, /^ {2}→ broken\.ts:6:4$/m);
  assert.match(stderr, /^ {2}= help: /m);
  assert.match(stderr, /^2 errors/m);
});

test("the same as JSON", async () => {
  using made = folderWith({ "broken.ts": BROKEN });
  const ran = await threadloom(["trace", "broken.ts", "--json"], { cwd: made.folder });
  const told = JSON.parse(ran.stdout) as {
    ok: boolean;
    verdict: string;
    diagnostics: { code: string; line: number; remedy?: string }[];
  };
  assert.deepEqual([ran.status, told.ok, told.verdict, ran.stderr], [2, false, "error", ""]);
  assert.deepEqual(told.diagnostics.map(({ line }) => line).toSorted(), [5, 6]);
  for (const { code, remedy } of told.diagnostics) assert.ok(/^TL1\d{3}$/.test(code) && remedy);
});

test("type errors are shown, and do not stop a run", async () => {
  using made = folderWith({
    "loose.ts": `// @threadloom\nconst n: string = 1;\nconsole.log(n);\n`,
  });
  const { status, stdout, stderr } = await threadloom(["trace", "loose.ts"], { cwd: made.folder });
  assert.equal(status, 0);
  assert.match(stderr, /TS2322/);
  assert.match(stdout, /^1\n/);
});

test("words behind -- are the program's arguments", async () => {
  using made = folderWith({
    "args.ts": `// @threadloom\nconsole.log(process.argv.slice(2).join());\n`,
  });
  const { stdout } = await threadloom(["trace", "args.ts", "--", "-o", "--json"], {
    cwd: made.folder,
  });
  assert.match(stdout, /^-o,--json\n/);
});

for (const [what, words, code] of [
  ["a file that is not there", ["nowhere.ts"], "TL5007"],
  ["a folder", ["."], "TL5007"],
  [
    "an execution model that real threads cannot play",
    ["sliced.ts", "--engine", "native"],
    "TL5010",
  ],
  ["a trace into a folder that is not there", ["side.ts", "-o", "no/where.tltrace"], "TL5008"],
  ["a report over a folder", ["side.ts", "--html", "."], "TL5008"],
  ["an option that nobody knows", ["side.ts", "--jsno"], "TL5002"],
] as const) {
  test(`refused before anything runs, with exit status 2: ${what}`, async () => {
    using made = folderWith({
      "side.ts": `// @threadloom\nimport { writeFileSync } from "node:fs";\nwriteFileSync("ran", "");\n`,
      "sliced.ts": `// @threadloom model=timesliced\nimport { writeFileSync } from "node:fs";\nwriteFileSync("ran", "");\n`,
    });
    const { status, stdout, stderr } = await threadloom(["trace", ...words], { cwd: made.folder });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, new RegExp(`^error\\[${code}\\]: `, "m"));
    assert.match(stderr, /^help: /m);
    assert.ok(!existsSync(path.join(made.folder, "ran")), "it was run all the same");
  });
}

test("a refusal is JSON where JSON was asked for", async () => {
  const { status, stdout } = await threadloom(["trace", "nowhere.ts", "--json"]);
  const told = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(
    [status, told["ok"], told["verdict"], told["code"]],
    [2, false, "error", "TL5007"],
  );
});

test("-o keeps the trace and --html writes a page that needs nothing else", async () => {
  using made = folderWith({ "hello.ts": HELLO });
  const { status, stdout } = await threadloom(
    ["trace", "hello.ts", "-o", "a b.tltrace", "--html", "ü.html"],
    { cwd: made.folder },
  );
  assert.equal(status, 0);
  assert.match(stdout, /^Trace: {2}a b\.tltrace\nReport: ü\.html$/m);
  assert.ok(existsSync(path.join(made.folder, "a b.tltrace")));
  const page = readFileSync(path.join(made.folder, "ü.html"), "utf8");
  assert.match(page, /^<!doctype html>/);
  assert.match(page, /default-src 'none'/);
  assert.doesNotMatch(page, /<(?:script|link|img)[^>]+(?:src|href)=/, "a second file");
});

test("FORCE_COLOR colours, NO_COLOR wins over it", async () => {
  const words = ["explain", "TL2003"];
  const coloured = await threadloom(words, { environment: { FORCE_COLOR: "1" } });
  assert.ok(coloured.stdout.includes("\u001b["));
  const plain = await threadloom(words, { environment: { FORCE_COLOR: "1", NO_COLOR: "1" } });
  assert.ok(!plain.stdout.includes("\u001b["));
});
