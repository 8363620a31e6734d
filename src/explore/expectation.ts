/** Whether a program came to what its file says (`@expect`). */
import type { Verdict } from "../analysis/verdict.ts";
import type { Finding } from "../trace/finding.ts";

/** `expected` is a verdict or a kind of finding; without it, `ok` is expected. Warnings do not count unless asked for. */
export function isExpected(
  verdict: Verdict,
  findings: readonly Finding[],
  expected = "ok",
): boolean {
  if (expected === "ok") return verdict === "ok";
  return verdict === expected || findings.some((finding) => finding.kind === expected);
}
