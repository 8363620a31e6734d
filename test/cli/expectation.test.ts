import assert from "node:assert/strict";
import { test } from "node:test";
import type { Verdict } from "../../src/analysis/verdict.ts";
import { exitOf } from "../../src/cli/expectation.ts";
import type { Finding, FindingKind } from "../../src/trace/finding.ts";

function found(...kinds: FindingKind[]): Finding[] {
  return kinds.map((kind) => ({ kind, code: "", severity: "warning", message: "", sites: [] }));
}

for (const [verdict, kinds, expected, status] of [
  ["ok", [], undefined, 0],
  ["ok", ["contention", "nothing-concurrent"], undefined, 0],
  ["ok", [], "ok", 0],
  ["deadlock", ["deadlock"], undefined, 1],
  ["deadlock", ["deadlock"], "ok", 1],
  ["deadlock", ["deadlock"], "deadlock", 0],
  ["ok", [], "deadlock", 1],
  ["panic", ["panic", "deadlock"], "deadlock", 0],
  ["deadlock", ["deadlock", "lost-wakeup"], "lost-wakeup", 0],
  ["limit", [], undefined, 3],
  ["limit", [], "deadlock", 3],
  ["limit", ["race"], "race", 0],
] as [Verdict, FindingKind[], string | undefined, number][]) {
  test(`verdict ${verdict}, found ${kinds.join(" and ") || "nothing"}, expected ${expected ?? "nothing said"}: status ${status}`, () => {
    assert.equal(exitOf(verdict, found(...kinds), expected), status);
  });
}
