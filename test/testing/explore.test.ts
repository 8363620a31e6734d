/** `explore` as a unit test calls it, for programs in files of their own. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ExplorationError, explore } from "../../src/testing/index.ts";
import type { ExploreOptions } from "../../src/testing/types/testing.d.ts";

const folder = mkdtempSync(path.join(tmpdir(), "threadloom übung & co "));
after(() => rmSync(folder, { recursive: true, force: true }));

const LOST = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;
const PROVED = `// @threadloom
import { assert, Mutex, spawn } from "threadloom:std";
const total = new Mutex(0);
const threads = [1, 2].map((n) => spawn(() => { using guard = total.lock(); guard.value += n; }));
for (const thread of threads) thread.join();
using guard = total.lock();
assert(guard.value === 3);
console.log(guard.value);
`;
/** More orders than anybody waits for. */
const LONG = `// @threadloom
import { AtomicI32, spawn } from "threadloom:std";
const n = new AtomicI32(0);
const threads = [1, 2, 3, 4].map(() => spawn(() => { for (let i = 0; i < 9; i++) n.fetchAdd(1); }));
for (const thread of threads) thread.join();
`;

function program(name: string, text: string): URL {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return pathToFileURL(file);
}

function failure(url: URL | string, options?: ExploreOptions): ExplorationError {
  try {
    explore(url, options);
  } catch (error) {
    assert.ok(error instanceof ExplorationError, String(error));
    return error;
  }
  return assert.fail("it passed");
}

test("a pass tells how much was explored, and every way in which the program can end", () => {
  const { verdict, executions, complete, outcomes } = explore(program("proved.ts", PROVED));
  assert.deepEqual([verdict, executions, complete], ["ok", 2, true]);
  assert.deepEqual(
    outcomes.map(({ output, shared }) => ({ output, shared })),
    [{ output: "3", shared: {} }],
  );
  assert.match(outcomes[0].schedule, /^threadloom schedule 1\n/);
});

test("a failure says what, where, how it came about, what decides, and how to have it again", () => {
  const error = failure(program("lost.ts", LOST));
  const { message, verdict, expected, findings, schedule = "", story, result } = error;
  assert.deepEqual([error.name, verdict, expected], ["ExplorationError", "assertion", "ok"]);
  assert.deepEqual(findings[0].sites[0], {
    file: path.join(folder, "lost.ts"),
    line: 5,
    column: 11,
  });
  assert.equal(result?.complete, false);
  assert.match(message, /^.*lost\.ts: assertion, where ok was expected\n/);
  assert.match(message, /`@final counter === 2` does not hold\.\n {2}→ .*lost\.ts:5:11\n/);
  assert.match(message, /What happened\n {3}1\. alice reads `counter` → 0 \(lost\.ts:3\)\n/);
  assert.match(message, /What decides\n {2}It does not fail where /);
  assert.match(
    message,
    /save these lines as lost\.schedule \(`save: true` does\), then: threadloom replay ".*lost\.schedule" ".*lost\.ts"\n/,
  );
  assert.ok(message.includes(schedule.trimEnd().split("\n").join("\n  ")), "the schedule is there");
  assert.equal(story?.split("\n")[0], "alice reads `counter` → 0 (lost.ts:3)");
});

test("the stack begins at the line to blame, and goes on in the test", () => {
  const [first, second] = (failure(program("lost.ts", LOST)).stack ?? "")
    .split("\n")
    .filter((line) => line.startsWith("    at "));
  assert.ok(first.endsWith("lost.ts:5:11"), first);
  assert.match(second, /explore\.test\.ts/);
});

test("@expect decides what a pass is", () => {
  const expecting = (kind: string, text: string) => text.replace("\n", `\n// @expect ${kind}\n`);
  const { verdict, findings } = explore(program("expected.ts", expecting("assertion", LOST)));
  assert.equal(verdict, "assertion");
  assert.equal(findings[0].kind, "assertion");
  const { message } = failure(program("unmet.ts", expecting("deadlock", PROVED)));
  assert.match(
    message,
    /unmet\.ts: ok, where deadlock was expected\n\nExplored every interleaving; none of them shows `deadlock`/,
  );
});

test("a program that does not compile fails with its diagnostics", () => {
  const error = failure(program("broken.ts", "// @threadloom\nconst = 1;\n"));
  assert.deepEqual([error.verdict, error.result], ["error", undefined]);
  assert.deepEqual(
    error.diagnostics.filter(({ stops }) => stops).map(({ line, column }) => [line, column]),
    [
      [2, 7],
      [2, 9],
    ],
  );
  assert.match(error.message, /^TL8201: .*broken\.ts does not compile.*\n.*\n.*broken\.ts:2:7 /);
  const { message } = failure(pathToFileURL(path.join(folder, "none.ts")));
  assert.match(message, /none\.ts:1:1 TL1001: There is no file/);
});

test("a search that is cut short fails, and one by chance that made what was asked for passes", () => {
  const url = program("long.ts", LONG);
  const error = failure(url, { strategy: "dpor", maxExecutions: 5 });
  assert.equal(error.verdict, "limit");
  assert.deepEqual([error.result?.executions, error.result?.complete], [5, false]);
  assert.match(error.message, /limit, where ok was expected/);
  const { executions, complete } = explore(url, { strategy: "random", maxExecutions: 5, seed: 1 });
  assert.deepEqual([executions, complete], [5, false]);
});

test("the schedule of a failure, handed back, fails at the first execution", () => {
  const { schedule } = failure(program("lost.ts", LOST));
  const { result } = failure(program("lost.ts", LOST), {
    schedule,
    strategy: "random",
    maxExecutions: 1,
  });
  assert.equal(result?.executions, 1);
});

test("the schedule of a failure is kept beside the program where that is asked for", () => {
  const { message, schedule = "" } = failure(program("kept.ts", LOST), { save: true });
  assert.match(message, /To have it again: threadloom replay ".*kept\.schedule" ".*kept\.ts"/);
  const kept = readFileSync(path.join(folder, "kept.schedule"), "utf8");
  assert.ok(kept.endsWith(schedule.slice(schedule.indexOf("\n") + 1)), kept);
});

test("a seed makes what is by chance the same again", () => {
  const url = program("long.ts", LONG.replace("n.fetchAdd(1)", "console.log(n.fetchAdd(1))"));
  const outcomes = (seed: number) =>
    explore(url, { strategy: "random", maxExecutions: 3, seed }).outcomes;
  assert.deepEqual(outcomes(1), outcomes(1));
  assert.notDeepEqual(outcomes(1), outcomes(2));
});

test("an entry is a function of the file that is called last", () => {
  const url = program(
    "entries.ts",
    `// @threadloom
/** @shared */ let n = 0;
export function good() { n = 2; }
export function bad() { n = 1; }
// @final n === 2
`,
  );
  assert.deepEqual(explore(url, { entry: "good" }).outcomes[0].shared, { n: 2 });
  const { message } = failure(url, { entry: "bad" });
  assert.match(message, /^bad of .*entries\.ts: assertion, where ok was expected/);
  assert.match(
    message,
    /as the option `schedule`:\n/,
    "a schedule of the file would be another one",
  );
  assert.throws(() => explore(url, { entry: "good()" }), /TL8204: .* `entry`/);
});

test("a program may be named by the text of its URL", () => {
  assert.equal(explore(program("proved.ts", PROVED).href).complete, true);
});

const WRONG: readonly (readonly [what: string, call: () => unknown, told: RegExp])[] = [
  ["a path", () => explore("lost.ts"), /TL8202: .* was given "lost\.ts"/],
  ["another URL", () => explore(new URL("http://a.b/c.ts")), /TL8202: .* http:\/\/a\.b\/c\.ts/],
  ["nothing", () => explore(undefined as unknown as URL), /TL8202: .* `undefined`/],
  [
    "an option that there is not",
    () => explore("file:///a.ts", { maxExecution: 1 } as ExploreOptions),
    /TL8203: .* `maxExecution`\.\nThe options are strategy, maxExecutions/,
  ],
  [
    "a strategy",
    () => explore("file:///a.ts", { strategy: "all" as "auto" }),
    /TL8204: .* `strategy` .* "all"/,
  ],
  [
    "no executions",
    () => explore("file:///a.ts", { maxExecutions: 0 }),
    /TL8204: .* `maxExecutions` .* 0\./,
  ],
  [
    "no schedule",
    () => explore("file:///a.ts", { schedule: "alice first" }),
    /TL8204: .* `schedule`/,
  ],
  [
    "a function that nothing has prepared",
    () => explore(() => {}),
    /TL8205: .*\nStart the tests with `node --import threadloom\/register --test`/,
  ],
];
for (const [what, call, told] of WRONG) {
  test(`${what} is refused in words`, () => assert.throws(call, told));
}
