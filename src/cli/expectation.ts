/** The exit status that tells a script whether a run ended as its file says (`@expect`). */
import type { Verdict } from "../analysis/verdict.ts";
import { isExpected } from "../explore/expectation.ts";
import type { Finding } from "../trace/finding.ts";
import { Exit } from "./exit.ts";

export function exitOf(
  verdict: Verdict,
  findings: readonly Finding[],
  expected: string | undefined,
): Exit {
  if (isExpected(verdict, findings, expected)) return Exit.AS_EXPECTED;
  return verdict === "limit" ? Exit.STOPPED_AT_LIMIT : Exit.NOT_AS_EXPECTED;
}
