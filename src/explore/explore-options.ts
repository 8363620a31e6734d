/** How a program is explored: what somebody asks for, then what the program's head says, then what is usual. */
import { defined } from "../base/defined.ts";
import type { ExploreOptions, Shard, StrategyName } from "../protocol/explore.ts";
import type { ProgramOptions } from "../protocol/program.ts";

/** How programs are explored. What is absent is as the program's head says, or the explorer's own default. */
export interface SearchRequest {
  readonly strategy: StrategyName;
  readonly maxExecutions?: number;
  readonly maxSeconds?: number;
  readonly seed?: number;
  readonly spurious?: number;
  readonly perThreadOutput: boolean;
  readonly keepGoing: boolean;
  readonly preemptions?: number;
  readonly depth?: number;
  readonly shard?: Shard;
}

/** Where nobody says how much is enough. */
const USUAL_SECONDS = 60;

export function exploreOptions(
  search: SearchRequest,
  program: ProgramOptions,
  schedules: readonly string[],
): ExploreOptions {
  const { strategy, maxExecutions, maxSeconds, perThreadOutput, keepGoing } = search;
  return {
    strategy,
    seed: seedOf(search, program),
    perThreadOutput,
    keepGoing,
    ...defined({
      maxExecutions,
      // So many executions are asked for as there are to be, however long they take.
      maxSeconds: maxSeconds ?? (maxExecutions === undefined ? USUAL_SECONDS : Infinity),
      spurious: search.spurious ?? program.spurious,
      preemptions: search.preemptions ?? program.preemptions,
      depth: search.depth,
      shard: search.shard,
      schedules: schedules.length > 0 ? schedules : undefined,
    }),
  };
}

export function seedOf({ seed }: SearchRequest, program?: ProgramOptions): number {
  return seed ?? program?.seed ?? 0;
}
