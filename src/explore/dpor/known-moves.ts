/** Which of the moves that a thread could make at a state are known: a step that chooses is several, which exclude each other. */
import { beginsWith, type ExploredStep, type Key } from "../step.ts";

/** Moves of one thread among these: by its operation, or by the end of its patience. */
export function movesOf(
  steps: readonly ExploredStep[],
  thread: Key,
  timesOut: boolean,
): readonly ExploredStep[] {
  return steps.filter((step) => step.thread === thread && step.timesOut === timesOut);
}

/** Whether all moves that begin with these choices are among the known ones: what can be chosen next hangs on what was chosen. */
export function areKnown(known: readonly ExploredStep[], chosen: readonly number[]): boolean {
  const step = known.find((one) => beginsWith(one.chosen, chosen));
  if (step === undefined) return false;
  const next = step.options[chosen.length];
  return next === undefined || next.every((option) => areKnown(known, [...chosen, option]));
}
