/**
 * Wakeup trees (Abdulla, Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction",
 * JACM 2017, section 7): the beginnings of executions that are still to be explored from one state, none of which leads to
 * what another one leads to. Branches stand in the order in which they will be explored.
 */
import type { Dependence } from "../dependence.ts";
import { beginsWith, type ExploredStep, isSameMove } from "../step.ts";

export interface Branch {
  readonly step: ExploredStep;
  /** What is to follow; none: whatever. */
  readonly then: Branch[];
}

/** Whether `first`, a step that could be made now, could as well come before all of `sequence`, being in it or not. */
export function isWeakInitial(
  dependence: Dependence,
  first: ExploredStep,
  sequence: readonly ExploredStep[],
): boolean {
  return placeOf(dependence, first, sequence) !== CONFLICT;
}

const CONFLICT = -2;
const ABSENT = -1;

/** Where the step stands in the sequence, if nothing before it depends on it; whether it is merely independent of all. */
function placeOf(
  dependence: Dependence,
  first: ExploredStep,
  sequence: readonly ExploredStep[],
): number {
  for (let index = 0; index < sequence.length; index++) {
    const step = sequence[index];
    if (step.thread === first.thread) return isSameStep(step, first) ? index : CONFLICT;
    if (dependence.between(first, step)) return CONFLICT;
  }
  return ABSENT;
}

/** Of a step that was not made so yet only the first choices are decided, and it may turn out to be any that has these. */
function isSameStep(step: ExploredStep, first: ExploredStep): boolean {
  if (!step.open && !first.open) return isSameMove(step, first);
  if (step.timesOut !== first.timesOut) return false;
  return beginsWith(step.chosen, first.chosen) || beginsWith(first.chosen, step.chosen);
}

/** Adds a sequence, unless a branch is there already that leads to all it leads to. */
export function insert(
  dependence: Dependence,
  tree: Branch[],
  sequence: readonly ExploredStep[],
): boolean {
  let branches = tree;
  let rest = sequence;
  descend: for (;;) {
    for (const branch of branches) {
      const place = placeOf(dependence, branch.step, rest);
      if (place === CONFLICT) continue;
      if (place >= 0) rest = [...rest.slice(0, place), ...rest.slice(place + 1)];
      if (branch.then.length === 0) return false;
      branches = branch.then;
      continue descend;
    }
    for (const step of rest) {
      const branch: Branch = { step, then: [] };
      branches.push(branch);
      branches = branch.then;
    }
    return rest.length > 0;
  }
}
