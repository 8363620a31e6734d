/** What `explore` returns of all that is known of a search. */
import { defined } from "../base/defined.ts";
import type { ExploreResult } from "../protocol/explore.ts";
import type { Explored } from "./types/testing.d.ts";

export function exploredOf(result: ExploreResult): Explored {
  const { verdict, executions, complete, outcomes, findings, linearizability } = result;
  return {
    ...{ verdict, executions, complete, outcomes, findings },
    ...defined({ linearizability }),
  };
}
