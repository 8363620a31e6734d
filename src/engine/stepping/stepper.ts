/** The scheduler of somebody who steps: follows a plan, then picks nobody until it is told what next. */
import type { Candidate, Scheduler } from "../scheduler.ts";
import type { ThreadId } from "../../base/brand.ts";
import type { Decision } from "./tree.ts";

/** The run does not offer what the plan says: another run than the one that the plan was made from. */
export class PlanDoesNotFit extends Error {
  override name = "PlanDoesNotFit";
}

export class Stepper implements Scheduler {
  /** What was offered when the plan came to its end. Copies: the engine uses its own again. */
  offered: readonly Candidate[] = [];
  #plan: readonly Decision[] = [];
  #at = 0;
  /** Choices left of the decision under way, and those that were made in it. */
  #choices: readonly number[] = [];
  #made: number[] = [];

  /** Goes on by these decisions, the next time that the run does. */
  plan(decisions: readonly Decision[]): void {
    this.#plan = decisions;
    this.#at = 0;
  }

  /** The choices that the last decision of the plan came to: those it named, and the first wherever it named none. */
  get choicesMade(): readonly number[] {
    return this.#made;
  }

  pick(candidates: readonly Candidate[], count: number): number {
    if (this.#at >= this.#plan.length) {
      this.offered = candidates.slice(0, count).map(copyOf);
      return -1;
    }
    const { thread, timesOut, choices } = this.#plan[this.#at++];
    this.#choices = choices;
    this.#made = [];
    for (let index = 0; index < count; index++) {
      const candidate = candidates[index];
      if (candidate.thread === thread && candidate.timesOut === timesOut) return index;
    }
    throw new PlanDoesNotFit(`thread ${thread} cannot go on at step ${this.#at}`);
  }

  choose(n: number, _thread: ThreadId): number {
    const asked = this.#choices[this.#made.length] ?? 0;
    const choice = Math.min(asked, n - 1);
    this.#made.push(choice);
    return choice;
  }
}

function copyOf(candidate: Candidate): Candidate {
  const { thread, object, operation, a, b, site, timesOut, notes } = candidate;
  return { thread, object, operation, a, b, site, timesOut, notes };
}
