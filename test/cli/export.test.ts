import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { RunJson } from "../../src/analysis/run-json.ts";
import { fileOf } from "../trace/told.ts";
import { folderWith, threadloom } from "./command.ts";

const TOLD = `
  0   main  threadStart
  1   main  create mutex db    bank.ts:3
  9   main  lock db            bank.ts:14
  60  main  unlock db          bank.ts:16
  99  main  threadEnd
  100 ends  finished
`;

/** A folder with the trace, whole or cut. */
function traceIn(bytes = Buffer.concat(fileOf(TOLD))) {
  const made = folderWith({});
  writeFileSync(path.join(made.folder, "run.tltrace"), bytes);
  return made;
}

test("chrome: JSON that the viewers read, to a file or to standard output", async () => {
  using made = traceIn();
  const words = ["export", "run.tltrace", "--format", "chrome"];
  const { status, stdout, stderr } = await threadloom(words, { cwd: made.folder });
  assert.deepEqual([status, stderr], [0, ""]);
  const { traceEvents } = JSON.parse(stdout) as { traceEvents: { name: string; ph: string }[] };
  assert.ok(traceEvents.some(({ ph }) => ph === "X" || ph === "B"));
  const toFile = await threadloom([...words, "-o", "out.json"], { cwd: made.folder });
  assert.deepEqual([toFile.status, toFile.stdout], [0, ""]);
  assert.equal(readFileSync(path.join(made.folder, "out.json"), "utf8"), stdout);
});

test("json: what trace --json prints", async () => {
  using made = traceIn();
  const { status, stdout } = await threadloom(["export", "run.tltrace", "--format", "json"], {
    cwd: made.folder,
  });
  const run = JSON.parse(stdout) as RunJson;
  assert.equal(status, 0);
  assert.deepEqual(
    [run.ok, run.verdict, run.file, run.events, run.durationNs],
    [true, "ok", "bank.ts", 5, 100_000],
  );
  assert.deepEqual(
    run.objects.map(({ kind, name, operations }) => [kind, name, operations]),
    [["mutex", "db", 2]],
  );
});

test("html: a page with the trace in it", async () => {
  using made = traceIn();
  const { status, stdout } = await threadloom(["export", "run.tltrace", "--format", "html"], {
    cwd: made.folder,
  });
  assert.equal(status, 0);
  assert.match(stdout, /^<!doctype html>/);
  assert.ok(stdout.includes(Buffer.concat(fileOf(TOLD)).toString("base64")));
});

test("a trace that stops in the middle is exported as far as it goes, and it is said", async () => {
  const whole = Buffer.concat(fileOf(TOLD));
  using made = traceIn(whole.subarray(0, -20));
  const words = ["export", "run.tltrace", "--format", "json"];
  const { status, stdout, stderr } = await threadloom(words, { cwd: made.folder });
  assert.equal(status, 0);
  assert.match(stderr, /^warning\[TL4\d{3}\]: /);
  assert.equal((JSON.parse(stdout) as RunJson).events, 5);
});

for (const [what, words, code] of [
  ["a file that is no trace", ["other.txt", "--format", "chrome"], "TL4001"],
  ["an empty file", ["empty.txt", "--format", "chrome"], "TL400[14]"],
  ["a file that is not there", ["gone.tltrace", "--format", "chrome"], "TL5007"],
  ["a folder that is not there", ["run.tltrace", "--format", "chrome", "-o", "no/x"], "TL5008"],
  ["no format", ["run.tltrace"], "TL5003"],
  ["a format that is not there yet", ["run.tltrace", "--format", "perfetto"], "TL5006"],
] as const) {
  test(`refused with exit status 2: ${what}`, async () => {
    using made = traceIn();
    writeFileSync(path.join(made.folder, "other.txt"), "something else altogether\n".repeat(10));
    writeFileSync(path.join(made.folder, "empty.txt"), "");
    const { status, stdout, stderr } = await threadloom(["export", ...words], { cwd: made.folder });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, new RegExp(`^error\\[${code}\\]: `));
  });
}
