import assert from "node:assert/strict";
import { test } from "node:test";
import { checkJson } from "../../src/explore/check-json.ts";
import { type Checked, findingsOf } from "../../src/explore/checked.ts";
import { statusOf, statusOfAll } from "../../src/cli/check/status.ts";
import { exploreOptions } from "../../src/explore/explore-options.ts";
import { junitReport } from "../../src/cli/check/junit.ts";
import { sarifReport } from "../../src/cli/check/sarif.ts";
import { broken, checked, failure, SCHEDULE } from "./checks.ts";

const failed = { verdict: "assertion", findings: [failure()], complete: false } as const;
const race = failure({ kind: "race", code: "TL8101" });
const limit = failure({ kind: "limit", code: "TL8103", sites: [] });
const cut = { verdict: "limit", findings: [limit], complete: false } as const;

const STATUSES: readonly (readonly [what: string, program: Checked, status: number])[] = [
  ["a proof", checked(), 0],
  ["a search that ended without one", checked({ complete: false }), 0],
  ["a failure", checked(failed), 1],
  ["a failure that is expected", checked(failed, { expected: "assertion" }), 0],
  [
    "a finding that is expected beside a graver one",
    checked({ ...failed, findings: [failure(), race] }, { expected: "race" }),
    0,
  ],
  ["another failure than is expected", checked(failed, { expected: "deadlock" }), 1],
  ["no failure where one is expected", checked({}, { expected: "deadlock" }), 1],
  ["a program that does not compile", broken(), 2],
  ["a search that was cut short", checked(cut), 3],
  ["one that was cut short before what is expected", checked(cut, { expected: "race" }), 3],
  [
    "a shard in which nothing is, of a whole in which something is expected",
    checked({}, { expected: "deadlock", shard: { index: 2, of: 3 } }),
    0,
  ],
  [
    "a shard to which nothing fell",
    checked({ verdict: "limit", executions: 0 }, { shard: { index: 2, of: 3 } }),
    0,
  ],
  ["a whole in which nothing was explored", checked({ verdict: "limit", executions: 0 }), 3],
  ["a shard in which something is", checked(failed, { shard: { index: 2, of: 3 } }), 1],
];

for (const [what, program, status] of STATUSES) {
  test(`exit status ${status}: ${what}`, () => assert.equal(statusOf(program), status));
}

test("of several, interruption comes first, then what does not compile, failures, limits", () => {
  const [fine, wrong, limited] = [checked(), checked(failed), checked(cut)];
  assert.equal(statusOfAll([fine, wrong, limited, broken()], true), 130);
  assert.equal(statusOfAll([fine, wrong, limited, broken()], false), 2);
  assert.equal(statusOfAll([fine, limited, wrong], false), 1);
  assert.equal(statusOfAll([fine, limited], false), 3);
  assert.equal(statusOfAll([fine, fine], false), 0);
});

test("findings come by gravity, warnings last", () => {
  const warning = failure({ kind: "lost-wakeup", severity: "warning" });
  const findings = [warning, race, failure()];
  const kinds = findingsOf(checked({ findings })).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["assertion", "race", "lost-wakeup"]);
});

test("JSON has the story as one text, and null where a finding is about all runs", () => {
  const { schedule: _schedule, story: _story, ...plain } = failure();
  const { findings } = checkJson(checked({ ...failed, findings: [failure(), plain] }), {
    strategy: "auto",
    seed: 0,
  });
  assert.deepEqual(
    findings.map(({ schedule, story }) => [schedule, story]),
    [
      [SCHEDULE, "alice reads counter = 0 (lost.ts:3)\nbob writes counter = 1 (lost.ts:4)"],
      [null, null],
    ],
  );
});

test("the command line decides before the program's head, and that before what is usual", () => {
  const search = { strategy: "auto", perThreadOutput: false, keepGoing: false } as const;
  const usual = exploreOptions(search, {}, []);
  assert.deepEqual([usual.seed, usual.maxSeconds, usual.spurious], [0, 60, undefined]);
  const head = { seed: 5, spurious: 1, preemptions: 4 };
  const byHead = exploreOptions(search, head, [SCHEDULE]);
  assert.deepEqual(
    [byHead.seed, byHead.spurious, byHead.preemptions, byHead.schedules],
    [5, 1, 4, [SCHEDULE]],
  );
  const said = { seed: 6, spurious: 0, preemptions: 1, maxExecutions: 9 };
  const asked = exploreOptions({ ...search, ...said }, head, []);
  assert.deepEqual(
    [asked.seed, asked.spurious, asked.preemptions, asked.maxSeconds],
    [6, 0, 1, Infinity],
  );
});

test("JUnit: a case a program, failures apart from errors, with counts; texts harm nothing", () => {
  const odd = failure({ message: 'a < b && "c"\u0007', sites: [] });
  const report = junitReport([
    checked(),
    checked({ ...failed, findings: [odd] }, { file: "deep/a&b.ts" }),
    checked(cut, { file: "deep/cut.ts" }),
    broken(),
  ]);
  assert.match(
    report,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="threadloom" tests="4" failures="1" errors="2" /,
  );
  assert.match(report, /<testsuite name="deep" tests="2" failures="1" errors="1" /);
  assert.match(
    report,
    /<testcase name="a&amp;b\.ts" classname="deep" time="0\.012">\n {6}<failure type="assertion" message="assertion, where ok was expected">/,
  );
  assert.match(report, /a &lt; b &amp;&amp; "c"\ufffd/);
  assert.match(
    report,
    /<error type="error" message="it does not compile">.*Expression &lt;expected&gt;/,
  );
  const opened = [...report.matchAll(/<(\w[\w-]*)[ >]/g)].map(([, name]) => name).sort();
  const closed = [...report.matchAll(/<\/(\w[\w-]*)>/g)].map(([, name]) => name).sort();
  assert.deepEqual(opened, closed);
});

test("SARIF: rules from the catalogue, places relative to the folder, the story as a code flow", () => {
  const programs = [
    checked({ ...failed, findings: [failure(), race] }, { expected: "race" }),
    broken(),
  ];
  const log = sarifReport(programs, { version: "1.2.3", status: 2, folder: "/work" });
  const [{ tool, results = [], invocations }] = log.runs;
  assert.equal(log.version, "2.1.0");
  const rules = tool.driver.rules ?? [];
  assert.deepEqual(
    rules.map(({ id }) => id),
    ["TL2154", "TL8101", "TS1109"],
  );
  assert.match(rules[0].fullDescription?.text ?? "", /@final/);
  assert.equal(invocations?.[0].executionSuccessful, false);
  for (const { ruleId, ruleIndex } of results) assert.equal(rules[ruleIndex!].id, ruleId);
  const [first, expected, diagnostic] = results;
  const { physicalLocation } = first.locations![0];
  assert.deepEqual(physicalLocation?.artifactLocation, { uri: "lost.ts", uriBaseId: "SRCROOT" });
  assert.deepEqual(physicalLocation.region, { startLine: 5, startColumn: 11 });
  assert.deepEqual(
    first.codeFlows![0].threadFlows[0].locations.map(({ location }) => location?.message?.text),
    ["alice reads counter = 0", "bob writes counter = 1 (lost.ts:4)"],
  );
  assert.equal(first.suppressions, undefined);
  assert.deepEqual(
    expected.suppressions?.map(({ kind }) => kind),
    ["inSource"],
  );
  assert.deepEqual(
    [
      diagnostic.ruleId,
      diagnostic.level,
      diagnostic.locations![0].physicalLocation?.region?.endColumn,
    ],
    ["TS1109", "error", 10],
  );
});
