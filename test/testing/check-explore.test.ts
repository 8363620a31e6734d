/** `explore` of `threadloom:check`: what `threadloom/testing` has in a test's own process, a clear error within a program. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ExplorationError, explore as exploreFile } from "../../src/testing/index.ts";

// As people have it: the package's own files, under the names that it exports.
await import(new URL("../../dist/register.mjs", import.meta.url).href);
const { ofFile, ofFunction } = await import("./fixtures/check-explore.ts");

const folder = mkdtempSync(path.join(tmpdir(), "threadloom-check-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): URL {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return pathToFileURL(file);
}

test("a program's file is explored", () => {
  const { executions, complete, outcomes } = ofFile(
    program(
      "orders.ts",
      `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const last = new Mutex("");
const threads = ["a", "b"].map((name) => spawn(() => { using guard = last.lock(); guard.value = name; }));
for (const thread of threads) thread.join();
using guard = last.lock();
console.log(guard.value);
`,
    ),
  );
  assert.deepEqual([executions, complete], [2, true]);
  assert.deepEqual(outcomes.map(({ output }) => output).sort(), ["a", "b"]);
});

test("a function of a prepared file is explored", () => {
  const { executions, complete } = ofFunction();
  assert.deepEqual([executions, complete], [2, true]);
});

test("a program that Threadloom runs is told where exploring works", () => {
  const within = program(
    "within.ts",
    `// @threadloom
import { explore } from "threadloom:check";
explore(() => {});
`,
  );
  const said = (error: unknown): boolean =>
    error instanceof ExplorationError &&
    /`explore` was asked for.*threadloom\/testing/s.test(error.message);
  assert.throws(() => exploreFile(within), said);
});
