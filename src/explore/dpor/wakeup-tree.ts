/**
 * Wakeup trees (Abdulla, Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction",
 * JACM 2017, section 7): the beginnings of executions that are still to be explored from one state, none of which leads to
 * what another one leads to. Branches stand in the order in which they will be explored.
 */
import type { Dependence } from "../dependence.ts";
import { beginsWith, type ExploredStep, isSameMove, NO_CHOICES } from "../step.ts";
import { areKnown, movesOf } from "./known-moves.ts";

export interface Branch {
  readonly step: ExploredStep;
  /** What is to follow; none: whatever. */
  readonly then: Branch[];
  /** Of the step, here so that a tree can be gone down without a look at steps that were made long ago. */
  readonly facts: number;
  readonly lane: number;
  /** -1: it is on no object. */
  readonly slot: number;
}

/** What a branch knows of its step: nothing but thread and object tells what depends on it; it went through, and chose nothing. */
const Fact = { PLAIN: 1, SIMPLE: 2 } as const;

export function branchOf(step: ExploredStep, then: Branch[] = []): Branch {
  const { lane, thing } = step;
  return { step, then, facts: factsOf(step), lane, slot: thing?.slot ?? -1 };
}

function factsOf({ isPlain, timesOut, chosen }: ExploredStep): number {
  return (isPlain ? Fact.PLAIN : 0) | (!timesOut && chosen.length === 0 ? Fact.SIMPLE : 0);
}

const NONE: readonly ExploredStep[] = [];

const CONFLICT = -2;
const ABSENT = -1;

/** Of a step that was not made so yet only the first choices are decided, and it may turn out to be any that has these. */
function isSameStep(step: ExploredStep, first: ExploredStep): boolean {
  if (!step.open && !first.open) return isSameMove(step, first);
  if (step.timesOut !== first.timesOut) return false;
  return beginsWith(step.chosen, first.chosen) || beginsWith(first.chosen, step.chosen);
}

/**
 * A sequence of steps that is set against what is known or planned; one after another. Where each thread and each object comes
 * first in it is looked up, so that most steps are placed without a look at the sequence.
 */
export class Placing {
  readonly #dependence: Dependence;
  /** Steps of which some have been taken out. */
  #sequence: (ExploredStep | undefined)[] = [];
  #isPlain = true;
  /** Which sequence it is: what was noted for another one is none of its. */
  #number = 0;
  /** By lane: the place of the thread's first step, and in which sequence. */
  readonly #firstOf: number[] = [];
  readonly #firstOfIn: number[] = [];
  /** By slot: the place of the first step on an object. */
  readonly #firstOn: number[] = [];
  readonly #firstOnIn: number[] = [];

  constructor(dependence: Dependence) {
    this.#dependence = dependence;
  }

  /** What is placed from here on. It is used up. O(length). */
  begin(sequence: (ExploredStep | undefined)[]): void {
    this.#sequence = sequence;
    this.#isPlain = true;
    const number = ++this.#number;
    for (let place = sequence.length - 1; place >= 0; place--) {
      const { lane, thing, isPlain } = sequence[place]!;
      this.#isPlain &&= isPlain;
      this.#firstOf[lane] = place;
      this.#firstOfIn[lane] = number;
      if (thing === undefined) continue;
      this.#firstOn[thing.slot] = place;
      this.#firstOnIn[thing.slot] = number;
    }
  }

  /**
   * Where `first`, a step that could be made now, stands in the sequence, if it could as well come before all of it; -1 if it could
   * though it is not in it; undefined if it could not.
   */
  placeOf(first: ExploredStep): number | undefined {
    const place = this.#placeOf(first, factsOf(first), first.lane, first.thing?.slot ?? -1);
    return place === CONFLICT ? undefined : place;
  }

  /**
   * Whether `first`, which stands in the sequence at `place` or could come before all of it, leads to all that the sequence leads to:
   * where its thread may choose otherwise, in the sequence or after it, only all of its choices together do. `known`: moves of
   * the same state.
   */
  covers(first: ExploredStep, place: number, known: readonly ExploredStep[]): boolean {
    const { thread, timesOut, chosen } = first;
    const decided = place < 0 ? NO_CHOICES : this.#sequence[place]!.chosen;
    if (beginsWith(decided, chosen)) return true;
    const moves = movesOf(known, thread, timesOut);
    return areKnown(
      moves.filter((one) => this.placeOf(one) === place),
      decided,
    );
  }

  /**
   * Adds the sequence, unless a branch is there already that leads to all it leads to; answers whether it did. `sleep`: moves that
   * are known where the tree begins.
   */
  addTo(tree: Branch[], sleep: readonly ExploredStep[]): boolean {
    let branches = tree;
    let known = sleep;
    descend: for (;;) {
      for (const branch of branches) {
        const { step: first, facts, lane, slot } = branch;
        const place = this.#placeOf(first, facts, lane, slot);
        if (place === CONFLICT) continue;
        if (first.chosen.length > 0) {
          const planned = branches.map(({ step }) => step);
          if (!this.covers(first, place, [...known, ...planned])) continue;
        }
        if (branch.then.length === 0) return false;
        if (place >= 0) this.#takeOut(place, lane);
        branches = branch.then;
        known = NONE;
        continue descend;
      }
      let added = false;
      for (const step of this.#sequence) {
        if (step === undefined) continue;
        const branch = branchOf(step);
        branches.push(branch);
        branches = branch.then;
        added = true;
      }
      return added;
    }
  }

  /** Where the step stands, if nothing before it depends on it; whether it is merely independent of all. */
  #placeOf(first: ExploredStep, facts: number, lane: number, slot: number): number {
    if (!this.#isPlain || (facts & Fact.PLAIN) === 0) return this.#search(first);
    const sequence = this.#sequence;
    const isIn = this.#firstOfIn[lane] === this.#number;
    const end = isIn ? this.#firstOf[lane] : sequence.length;
    if (slot >= 0 && this.#firstOnIn[slot] === this.#number) {
      for (let place = this.#firstOn[slot]; place < end; place++) {
        const step = sequence[place];
        if (step?.thing?.slot === slot && this.#dependence.between(first, step)) {
          return CONFLICT;
        }
      }
    }
    if (!isIn) return ABSENT;
    const step = sequence[end]!;
    const isSimple = (facts & factsOf(step) & Fact.SIMPLE) !== 0;
    return isSimple || isSameStep(step, first) ? end : CONFLICT;
  }

  #search(first: ExploredStep): number {
    const sequence = this.#sequence;
    for (let place = 0; place < sequence.length; place++) {
      const step = sequence[place];
      if (step === undefined) continue;
      if (step.lane === first.lane) return isSameStep(step, first) ? place : CONFLICT;
      if (this.#dependence.between(first, step)) return CONFLICT;
    }
    return ABSENT;
  }

  #takeOut(place: number, lane: number): void {
    const sequence = this.#sequence;
    sequence[place] = undefined;
    let next = place + 1;
    while (next < sequence.length && sequence[next]?.lane !== lane) next++;
    if (next < sequence.length) this.#firstOf[lane] = next;
    else this.#firstOfIn[lane] = 0;
  }
}
