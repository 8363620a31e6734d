/** How a program is explored: what the command line says, then what the program's head says, then what is usual. */
import type { ExploreOptions } from "../../protocol/explore.ts";
import type { ProgramOptions } from "../../protocol/program.ts";
import { defined } from "../words.ts";
import type { SearchRequest } from "./request.ts";

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
