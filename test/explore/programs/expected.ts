/** A small whole program, and what exploring all its interleavings must come to. */
import type { ExploreOptions, StrategyName, Verdict } from "../../../src/protocol/explore.ts";
import type { FindingKind } from "../../../src/trace/finding.ts";

export interface ExpectedProgram {
  /** `std` is imported for those that do not import it themselves. */
  readonly text: string;
  readonly verdict: Verdict | "ok";
  /** All kinds of findings there are, in any order; absent: those of the verdict alone. That nobody met counts for a pass. */
  readonly findings?: readonly FindingKind[];
  /** All that it can print, of the runs that come to their end; absent where that is of no interest. */
  readonly outputs?: readonly string[];
  /** Executions, where they can be counted by hand. */
  readonly executions?: number;
  readonly options?: Partial<ExploreOptions>;
  /** Absent: `dpor` and `auto`, which then come to the same. */
  readonly strategies?: readonly StrategyName[];
}
