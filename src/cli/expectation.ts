/** Whether a run ended as its file says (`@expect`), and the exit status that tells a script. */
import type { Verdict } from "../analysis/verdict.ts";
import type { Finding } from "../trace/finding.ts";
import { Exit } from "./exit.ts";

/** `expected` is a verdict or a kind of finding; without it, `ok` is expected. Warnings do not count unless asked for. */
export function isExpected(
  verdict: Verdict,
  findings: readonly Finding[],
  expected = "ok",
): boolean {
  if (expected === "ok") return verdict === "ok";
  return verdict === expected || findings.some((finding) => finding.kind === expected);
}

export function exitOf(
  verdict: Verdict,
  findings: readonly Finding[],
  expected: string | undefined,
): Exit {
  if (isExpected(verdict, findings, expected)) return Exit.AS_EXPECTED;
  return verdict === "limit" ? Exit.STOPPED_AT_LIMIT : Exit.NOT_AS_EXPECTED;
}
