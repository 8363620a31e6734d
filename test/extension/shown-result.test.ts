import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wrongField } from "../../src/base/shape.ts";
import { shownResult } from "../../src/extension/shown-result.ts";
import type { ExploreResult } from "../../src/protocol/explore.ts";
import { TO_EXPLORATION } from "../../src/protocol/explore-view.ts";

const place = fc.record({
  file: fc.string(),
  line: fc.nat(),
  column: fc.nat(),
});
const result: fc.Arbitrary<ExploreResult> = fc.record({
  verdict: fc.constantFrom("ok", "race", "limit"),
  executions: fc.nat(),
  complete: fc.boolean(),
  strategy: fc.constant("auto"),
  phases: fc.array(
    fc.record({
      strategy: fc.constantFrom("bounded", "dpor", "random"),
      executions: fc.nat(),
      complete: fc.boolean(),
    }),
  ),
  seed: fc.integer(),
  steps: fc.nat(),
  outcomes: fc.array(
    fc.record({
      output: fc.string(),
      shared: fc.dictionary(fc.string(), fc.jsonValue()),
      count: fc.integer({ min: 1, max: 5 }),
      schedule: fc.string().map((text) => `threadloom schedule 1\n${text}`),
    }),
    { maxLength: 300 },
  ),
  findings: fc.array(
    fc.record(
      {
        kind: fc.constantFrom("race", "deadlock"),
        code: fc.constant("TL8101"),
        severity: fc.constantFrom("error", "warning"),
        message: fc.string(),
        sites: fc.array(place),
        schedule: fc.constant("threadloom schedule 1\n"),
        story: fc.array(fc.record({ text: fc.string(), site: place })),
        nearest: fc.record({
          schedule: fc.constant("threadloom schedule 1\n"),
          swap: fc.string(),
          sites: fc.array(place),
        }),
      },
      { requiredKeys: ["kind", "code", "severity", "message", "sites"] },
    ),
  ),
  pairs: fc.array(
    fc.record({ first: place, second: place, object: fc.string(), bothOrders: fc.boolean() }),
  ),
  unmodelled: fc.array(fc.string()),
  pruned: fc.nat(),
  durationMs: fc.nat(),
});

test("whatever comes of exploring, the page takes it", () => {
  fc.assert(
    fc.property(result, (explored) => {
      const { shown } = shownResult(explored, "ok", false);
      const message = { type: "result", result: shown, edited: false };
      assert.equal(wrongField(message, TO_EXPLORATION.result), undefined);
    }),
  );
});

test("outcomes come by how frequent they are, and each is found again by its place", () => {
  fc.assert(
    fc.property(result, (explored) => {
      const { shown, order } = shownResult(explored, "ok", false);
      assert.equal(shown.outcomeCount, explored.outcomes.length);
      shown.outcomes.forEach(({ count, output }, index) => {
        assert.ok(index === 0 || count <= shown.outcomes[index - 1].count);
        const { count: itsCount, output: itsOutput } = explored.outcomes[order[index]];
        assert.deepEqual([count, output], [itsCount, itsOutput]);
      });
    }),
  );
});

test("no schedule goes into the page: it cannot be made to step along one of its own", () => {
  fc.assert(
    fc.property(result, (explored) => {
      const { outcomes, findings } = shownResult(explored, "ok", false).shown;
      const parts: object[] = [
        ...outcomes,
        ...findings,
        ...findings.map((one) => one.nearest ?? {}),
      ];
      assert.ok(parts.every((part) => !("schedule" in part)));
    }),
  );
});

test("a finding says whether it can be stepped through, and whether it is expected", () => {
  const base = { code: "TL8101", severity: "error", message: "", sites: [] } as const;
  const explored = {
    ...{ outcomes: [], pairs: [], phases: [], unmodelled: [] },
    findings: [
      { ...base, kind: "race", schedule: "threadloom schedule 1\n" },
      { ...base, kind: "deadlock" },
    ],
  } as unknown as ExploreResult;
  const { findings } = shownResult(explored, "race", true).shown;
  assert.deepEqual(
    findings.map(({ kind, canStep, expected }) => [kind, canStep, expected]),
    [
      ["race", true, true],
      ["deadlock", false, false],
    ],
  );
});
