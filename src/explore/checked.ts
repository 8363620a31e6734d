/**
 * What came of checking a program, as all reports take it: the terminal's, JSON, JUnit, SARIF, the result file, and
 * what coding agents are told.
 */
import { GRAVITY } from "../analysis/verdict.ts";
import type { ExploreResult, Shard } from "../protocol/explore.ts";
import type { Diagnostic } from "../protocol/program.ts";
import { isExpected } from "./expectation.ts";

export interface Checked {
  /** As the person named it. */
  readonly file: string;
  /** What `@expect` says, or `ok`. */
  readonly expected: string;
  /** Of the texts of all its files: two results with the same are of the same program. Absent for one that does not compile. */
  readonly hash?: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Absent for a program that does not compile. */
  readonly result?: ExploreResult;
  /** The part of the whole that was explored, where it was one. */
  readonly shard?: Shard;
  /** Somebody stopped it before its end. */
  readonly interrupted?: true;
  /** Milliseconds, compiling included. */
  readonly durationMs: number;
}

export type CheckVerdict = ExploreResult["verdict"] | "error";

export function verdictOf({ result }: Checked): CheckVerdict {
  return result?.verdict ?? "error";
}

/** Whether it is a part of a whole that nothing fell to: small programs have fewer beginnings than there are shards. */
export function isEmptyShard({ result, shard }: Checked): boolean {
  return shard !== undefined && shard.of > 1 && hasNothing(result);
}

/** Whether a search came to its end without an execution: of a part, that is no fault. */
export function hasNothing(result: ExploreResult | undefined): boolean {
  return result !== undefined && result.complete && result.executions === 0;
}

/**
 * Whether it is as the file says. A shard speaks for its part: that what is expected was not found there says nothing, as long
 * as nothing else was.
 */
export function isAsExpected(checked: Checked): boolean {
  const { result, expected, shard } = checked;
  if (result === undefined) return false;
  if (isEmptyShard(checked)) return true;
  if (shard !== undefined && shard.of > 1 && result.verdict === "ok") return true;
  return isExpected(result.verdict, result.findings, expected);
}

/** The findings of one, the gravest first; those that say so last. */
export function findingsOf({ result }: Checked): ExploreResult["findings"] {
  const rank = ({ kind, severity }: ExploreResult["findings"][number]) =>
    GRAVITY.indexOf(kind) + (severity === "error" ? 0 : GRAVITY.length);
  return (result?.findings ?? []).toSorted((one, other) => rank(one) - rank(other));
}
