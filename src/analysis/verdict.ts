/** What a run amounts to: the gravest of what was found (SEMANTICS, Verdicts). */
import type { Finding, FindingKind } from "../trace/finding.ts";
import type { Ending } from "../trace/tables.ts";

/** The gravest first; warnings after what can be a verdict. */
export const GRAVITY = [
  "assertion",
  "panic",
  "deadlock",
  "leak",
  "livelock",
  "race",
  "limit",
  "lost-wakeup",
  "leaked-guard",
  "leaked-process",
  "failed-process",
  "lock-order",
  "large-value",
  "never-closed",
  "unmodelled-call",
  "nothing-concurrent",
  "poisoned-lock",
  "starvation",
  "send-to-nobody",
  "await-under-lock",
  "contention",
  "nondeterministic-output",
] as const satisfies readonly FindingKind[];

const VERDICTS = GRAVITY.slice(0, 7);
export type Verdict =
  "assertion" | "panic" | "deadlock" | "leak" | "livelock" | "race" | "limit" | "ok";

/** Errors before warnings, then by gravity, then by time; a kind that is not known comes last. */
export function byGravity(one: Finding, other: Finding): number {
  const rank = ({ kind, severity }: Finding): number => {
    const index = (GRAVITY as readonly string[]).indexOf(kind);
    return (severity === "error" ? 0 : GRAVITY.length + 1) + (index < 0 ? GRAVITY.length : index);
  };
  return rank(one) - rank(other) || (one.time ?? 0) - (other.time ?? 0);
}

/** Warnings never change it. A run that was cut short, or whose recorder was, is `limit` unless something graver was found. */
export function verdictOf(findings: readonly Finding[], ending: Ending | undefined): Verdict {
  const errors = findings.filter(({ severity }) => severity === "error").sort(byGravity);
  const gravest = VERDICTS.find((verdict) => errors.some(({ kind }) => kind === verdict));
  if (gravest !== undefined) return gravest as Verdict;
  const whole = ending?.kind === "finished" || ending?.kind === "exited";
  return whole ? "ok" : "limit";
}
