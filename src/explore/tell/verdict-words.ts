/** What a program came to beside what was expected of it, in words: `deadlock, where ok was expected`. */
import type { Finding } from "../../trace/finding.ts";
import { isExpected } from "../expectation.ts";
import type { Verdict } from "../../analysis/verdict.ts";

export function verdictWords(
  verdict: Verdict,
  findings: readonly Finding[],
  expected: string,
): string {
  if (verdict === expected) return expected === "ok" ? "ok" : `${verdict}, as expected`;
  return isExpected(verdict, findings, expected)
    ? `${verdict}, with ${expected} as expected`
    : `${verdict}, where ${expected} was expected`;
}
