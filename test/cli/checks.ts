/** Results of checks, made by hand: what the tests of reports and of merging have in common. */
import type { Checked } from "../../src/explore/checked.ts";
import type { ExploredFinding, ExploreResult } from "../../src/protocol/explore.ts";

export const SCHEDULE =
  "threadloom schedule 1\nmain: 3 steps, then waits\nalice: 2 steps, then ends\n";

export function failure(more: Partial<ExploredFinding> = {}): ExploredFinding {
  return {
    kind: "assertion",
    code: "TL2154",
    severity: "error",
    message: "`@final counter === 2` does not hold.",
    remedy: "Look.",
    sites: [{ file: "/work/lost.ts", line: 5, column: 11 }],
    schedule: SCHEDULE,
    story: [
      { text: "alice reads counter = 0", site: { file: "/work/lost.ts", line: 3, column: 1 } },
      {
        text: "bob writes counter = 1 (lost.ts:4)",
        site: { file: "/work/lost.ts", line: 4, column: 1 },
      },
    ],
    ...more,
  };
}

/** A pass by exhaustion, unless said otherwise. */
export function explored(more: Partial<ExploreResult> = {}): ExploreResult {
  return {
    verdict: "ok",
    executions: 2,
    complete: true,
    strategy: "dpor",
    phases: [{ strategy: "dpor", executions: 2, complete: true }],
    seed: 0,
    steps: 20,
    outcomes: [{ output: "a\nb", shared: { counter: 2 }, count: 2, schedule: SCHEDULE }],
    findings: [],
    pairs: [],
    unmodelled: [],
    pruned: 1,
    durationMs: 10,
    ...more,
  };
}

export function checked(result?: Partial<ExploreResult>, more: Partial<Checked> = {}): Checked {
  return {
    file: "lost.ts",
    expected: "ok",
    hash: "0f",
    diagnostics: [],
    result: explored(result),
    durationMs: 12,
    ...more,
  };
}

/** One that does not compile. */
export function broken(): Checked {
  const place = { file: "/work/broken.ts", line: 2, column: 9, endLine: 2, endColumn: 10 };
  const diagnostic = {
    code: "TS1109",
    severity: "error",
    message: "Expression <expected>.",
    stops: true,
  } as const;
  return {
    file: "broken.ts",
    expected: "ok",
    diagnostics: [{ ...diagnostic, ...place }],
    durationMs: 5,
  };
}
