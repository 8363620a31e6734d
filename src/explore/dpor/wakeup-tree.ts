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

/** Steps of which some have been taken out. */
type Sequence = readonly (ExploredStep | undefined)[];

const CONFLICT = -2;
const ABSENT = -1;

/**
 * Where `first`, a step that could be made now, stands in `sequence`, if it could as well come before all of it; -1 if it could
 * though it is not in it; undefined if it could not.
 */
export function placeIn(
  dependence: Dependence,
  first: ExploredStep,
  sequence: Sequence,
): number | undefined {
  const place = placeOf(dependence, first, sequence);
  return place === CONFLICT ? undefined : place;
}

/** Where the step stands in the sequence, if nothing before it depends on it; whether it is merely independent of all. */
function placeOf(dependence: Dependence, first: ExploredStep, sequence: Sequence): number {
  for (let index = 0; index < sequence.length; index++) {
    const step = sequence[index];
    if (step === undefined) continue;
    if (step.lane === first.lane) return isSameStep(step, first) ? index : CONFLICT;
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

/**
 * Adds a sequence, unless a branch is there already that leads to all it leads to; answers whether it did. The sequence is
 * used up.
 */
export function insert(
  dependence: Dependence,
  tree: Branch[],
  sequence: (ExploredStep | undefined)[],
): boolean {
  let branches = tree;
  descend: for (;;) {
    for (const branch of branches) {
      const place = placeOf(dependence, branch.step, sequence);
      if (place === CONFLICT) continue;
      if (branch.then.length === 0) return false;
      if (place >= 0) sequence[place] = undefined;
      branches = branch.then;
      continue descend;
    }
    let added = false;
    for (const step of sequence) {
      if (step === undefined) continue;
      const branch: Branch = { step, then: [] };
      branches.push(branch);
      branches = branch.then;
      added = true;
    }
    return added;
  }
}
