/** What may be concluded from a search, in a sentence, and what may not. */
import { counted } from "../../analysis/words.ts";
import type { ExploreResult, LinearizabilityExtent, Shard } from "../../protocol/explore.ts";
import { phaseName } from "./progress.ts";

export interface ProofAbout {
  readonly shard?: Shard | undefined;
  /** What whoever asked would say to have a search go on after a failure. */
  readonly more: string;
}

export function proofOf(
  { verdict, complete, phases, outcomes, linearizability }: ExploreResult,
  { shard, more }: ProofAbout,
): string {
  const last = phases.at(-1);
  if (last === undefined || last.executions === 0) return "Nothing was explored.";
  if (verdict !== "ok") {
    return complete
      ? "Every interleaving was explored."
      : `The search stopped at what it found; ${more} looks for more.`;
  }
  if (linearizability !== undefined) return linearizableText(linearizability);
  if (complete && shard !== undefined && shard.of > 1) {
    return "Every interleaving of this part was explored, and none fails: merge tells of the whole.";
  }
  if (complete) {
    const ends = outcomes.length === 1 ? "all end alike" : `they end in ${outcomes.length} ways`;
    return `Proved: every interleaving was explored, none of them fails, and ${ends}.`;
  }
  if (last.strategy === "bounded" && last.complete) {
    return `No interleaving with ${phaseName(last)} fails. That is no proof of more.`;
  }
  return "None of those explored fails. That is no proof of the others.";
}

/** Scenarios are some of those that there are: what is proved is proved of them. */
function linearizableText({ scenarios, whole, histories }: LinearizabilityExtent): string {
  const all = counted(scenarios, "scenario");
  const explored =
    whole === scenarios
      ? `Every interleaving of ${all} was explored`
      : `${all} were explored, every interleaving of ${whole} of them`;
  return `${explored}: some order of its calls explains each of ${counted(histories, "history", "histories")}.`;
}
