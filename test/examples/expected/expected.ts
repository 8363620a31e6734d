/** What a run of an example must come to, on either engine, whatever the timing. */
import type { FindingKind } from "../../../src/trace/finding.ts";
import type { RunJson } from "../../../src/analysis/run-json.ts";

export interface Expected {
  /** One of these: `lost-update` may be lucky, and races all the same. */
  readonly verdict: string | readonly string[];
  readonly threads: readonly string[];
  /** Must be found; others may be (contention comes and goes). */
  readonly findings?: readonly FindingKind[];
  /** Kinds of object that the picture shows, with their names. */
  readonly objects: Readonly<Record<string, readonly string[]>>;
  readonly output?: (lines: readonly string[]) => void;
  readonly run?: (run: RunJson) => void;
  /** What exploring it comes to; absent where there are more orders than a test has time for. */
  readonly explored?: Explored;
}

export interface Explored {
  readonly verdict: string;
  /** How many executions prove it; absent for a failure, where the search stops. */
  readonly executions?: number;
}

/** By the program's name. */
export type Expectations = Readonly<Record<string, Expected>>;

export const workers = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `worker-${i + 1}`);
