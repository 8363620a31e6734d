import assert from "node:assert/strict";
import { test } from "node:test";
import { GRAVITY, byGravity, verdictOf } from "../../src/analysis/verdict.ts";
import type { Finding, FindingKind } from "../../src/trace/finding.ts";
import type { Ending } from "../../src/trace/tables.ts";

const finding = (kind: FindingKind, severity: Finding["severity"] = "error"): Finding => ({
  kind,
  severity,
  code: "TL0000",
  message: "",
  sites: [],
});

const CASES: readonly [readonly Finding[], Ending | undefined, string][] = [
  [[], { kind: "finished" }, "ok"],
  [[], { kind: "exited", code: 3 }, "ok"],
  [[finding("contention", "warning")], { kind: "finished" }, "ok"],
  [[finding("leak"), finding("deadlock")], { kind: "stuck" }, "deadlock"],
  [[finding("race"), finding("assertion"), finding("panic")], { kind: "finished" }, "assertion"],
  [[finding("lost-wakeup", "warning"), finding("leak")], { kind: "stuck" }, "leak"],
  [[], { kind: "time-limit", limitMs: 1 }, "limit"],
  [[finding("panic")], { kind: "time-limit", limitMs: 1 }, "panic"],
  [[], undefined, "limit"],
];

for (const [findings, ending, verdict] of CASES) {
  const told = findings.map(({ kind }) => kind).join(", ") || "nothing";
  test(`${told} found in a run that ${ending?.kind ?? "has no end"}: ${verdict}`, () => {
    assert.equal(verdictOf(findings, ending), verdict);
  });
}

test("findings are ordered by gravity, errors first, then by time", () => {
  const all = GRAVITY.map((kind) => finding(kind));
  assert.deepEqual([...all].reverse().sort(byGravity), all);
  const warning = finding("deadlock", "warning");
  const late = { ...finding("contention"), time: 9 };
  const early = { ...finding("contention"), time: 3 };
  assert.deepEqual([warning, late, early].sort(byGravity), [early, late, warning]);
});
