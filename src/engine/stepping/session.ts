/**
 * A run that a person steps through: forwards by any thread that can go on, back, to any earlier moment, into any branch.
 *
 * There are no snapshots: a place is reached by running again from the beginning with the moves that lead there, which takes
 * as long as the run itself. Threads are suspended code, which cannot be copied; and what cannot be copied cannot be copied
 * wrongly.
 *
 * The tree has moments, between operations; where the run stands may lie within one, with threads paused in their code.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { MomentId } from "../../protocol/step.ts";
import type { Probe } from "../../protocol/twins.ts";
import type { Candidate } from "../scheduler.ts";
import type { Edit, Move, Passed } from "./move.ts";
import { type Drive, Stepper } from "./stepper.ts";
import { type Decision, type Moment, MomentTree } from "./tree.ts";

/** The run cannot make this move: it went another way than when it was made, or cannot be changed. It stands before it. */
export class MovesDoNotFit extends Error {
  override name = "MovesDoNotFit";
  readonly move: Move;

  constructor(move: Move) {
    super(`thread ${move.thread} cannot go on as it did`);
    this.move = move;
  }
}

/** What a session needs of an engine: `ModelRun` is one. */
export interface SteppedRun {
  /** A thread is still on its way to where it would stand. */
  readonly isMoving?: boolean;
  /** Goes on until the run is over, or the scheduler picks nobody: undefined. */
  go(): RunResult | undefined;
}

/** How often a thread that is on its way is waited for: where its operation is wanted, and where the run may stand before it. */
const MOST_WAITS = 40;
const FEW_WAITS = 5;

export class SteppingSession<Run extends SteppedRun> {
  readonly tree = new MomentTree();
  readonly #begin: (stepper: Stepper) => Run;
  #stepper!: Stepper;
  #run!: Run;
  #result: RunResult | undefined;
  /** The moves that lead to where the run stands. */
  #moves: Move[] = [];

  /** `begin` begins the run anew, ending the one before. */
  constructor(begin: (stepper: Stepper) => Run) {
    this.#begin = begin;
    this.#restart([]);
  }

  get run(): Run {
    return this.#run;
  }

  get here(): Moment {
    return this.tree.here;
  }

  /** Everything that could happen next; nothing once the run is over. */
  get offered(): readonly Candidate[] {
    const isStanding = this.#result === undefined && this.#run.isMoving !== true;
    return isStanding ? this.#stepper.offered : [];
  }

  /** How the run ended, if it is over here. */
  get result(): RunResult | undefined {
    return this.#result;
  }

  /** How the run got here. */
  get moves(): readonly Move[] {
    return this.#moves;
  }

  /**
   * Lets a thread make its next step, or its patience end. `choices`: within the step; the first, where none is named.
   * Answers undefined, and does nothing, if that is not offered.
   */
  step(thread: ThreadId, timesOut = false, choices: readonly number[] = []): Moment | undefined {
    const isOffered = this.offered.some(
      (candidate) => candidate.thread === thread && candidate.timesOut === timesOut,
    );
    if (!isOffered) return undefined;
    this.go(onlyOne(thread, timesOut, choices));
    return this.here;
  }

  /** Goes on as the drive says, until it stops or the run is over. Answers the moves that it came to. */
  go(drive: Drive): readonly Move[] {
    if (this.#result !== undefined) return [];
    this.#stepper.drive(drive);
    this.#result = this.#run.go();
    const { made } = this.#stepper;
    for (const move of made) {
      this.#moves.push(move);
      if (!move.resumes) this.tree.step(decisionOf(move));
    }
    return made;
  }

  /** A change from outside, which makes a moment of its own. What `apply` throws is thrown, and nothing has happened. */
  change(thread: ThreadId, edit: Edit): Moment {
    edit.apply();
    const placed = { ...edit, after: [...this.#moves] };
    const plain = { thread, timesOut: false, choices: [], resumes: false, stops: [] };
    const move: Move = { ...plain, edit: placed };
    this.#moves.push(move);
    this.#stepper.changed();
    return this.tree.step(decisionOf(move));
  }

  /** To the moment before, with all threads where they were. */
  undo(): Moment | undefined {
    const { before } = this.here;
    return before === undefined ? undefined : this.goTo(before);
  }

  redo(): Moment | undefined {
    const from = this.here;
    const to = this.tree.redo();
    if (to !== undefined) this.#reach(to, from);
    return to;
  }

  goTo(id: MomentId): Moment {
    const from = this.here;
    const to = this.tree.goTo(id);
    this.#reach(to, from);
    return to;
  }

  /** Back to a place that the run has passed on its way here. */
  backTo({ moves, count }: Pick<Passed, "moves" | "count">): void {
    const path = this.#moves.slice(0, moves);
    const last = path.at(-1);
    if (last !== undefined && count > 0) {
      const stops = [...last.stops.filter((stop) => stop < count), count];
      path[path.length - 1] = { ...last, stops };
    }
    this.tree.goTo(this.tree.ancestor(this.here.id, operationsIn(path)).id);
    this.#restart(path);
  }

  /** Runs again from the beginning to here, and tells of every place to pause on the way, in order. */
  retrace(passed: (passed: Passed, probe: Probe | undefined) => void): void {
    this.#restart(this.#moves, passed);
  }

  /** Runs again from the beginning to here: as it began, or on another engine. */
  again(): void {
    this.#restart(this.#moves);
  }

  #reach(to: Moment, from: Moment): void {
    const path = this.tree.path(to.id);
    const rest = path.slice(from.depth);
    const isAhead = to.id !== from.id && this.tree.isAfter(to.id, from.id);
    // What comes after where the run stands needs no new beginning.
    if (isAhead && rest.every(({ edit }) => edit === undefined)) this.#follow(rest.map(moveOf));
    else if (this.tree.isAfter(from.id, to.id)) this.#restart(this.#upTo(to.depth));
    else this.#restart(wayOf(path));
  }

  /** The moves that lead to the moment after so many operations, which is on the way here. */
  #upTo(operations: number): Move[] {
    let count = 0;
    const end = this.#moves.findIndex((move) => !move.resumes && ++count > operations);
    return end < 0 ? [...this.#moves] : this.#moves.slice(0, end);
  }

  #restart(
    path: readonly Move[],
    passed?: (passed: Passed, probe: Probe | undefined) => void,
  ): void {
    this.#stepper = new Stepper();
    this.#run = this.#begin(this.#stepper);
    this.#stepper.passed = passed;
    this.#moves = [];
    this.#follow(path);
    this.#stepper.passed = undefined;
  }

  /** Until the plan is done, the run over, or a thread does not come to its next operation. */
  #proceed(): void {
    for (let waits = 0; ; waits++) {
      this.#result = this.#run.go();
      if (this.#result !== undefined || this.#run.isMoving !== true) return;
      const isNeeded = this.#stepper.isFollowing || this.#moves.length === 0;
      if (waits >= (isNeeded ? MOST_WAITS : FEW_WAITS)) return;
    }
  }

  #lose(move: Move): never {
    this.tree.goTo(this.tree.ancestor(this.here.id, operationsIn(this.#moves)).id);
    throw new MovesDoNotFit(move);
  }

  #follow(path: readonly Move[]): void {
    for (let from = 0; ;) {
      const next = path.findIndex((move, index) => index >= from && move.edit !== undefined);
      const end = next < 0 ? path.length : next;
      this.#stepper.plan(path.slice(from, end));
      this.#proceed();
      const made = this.#result === undefined ? this.#stepper.followed : end - from;
      for (let index = from; index < from + made; index++) this.#moves.push(path[index]);
      if (from + made < end) return this.#lose(path[from + made]);
      if (next < 0) return;
      if (this.#stepper.onOperationsOnly) return this.#lose(path[next]);
      path[next].edit!.apply();
      this.#moves.push(path[next]);
      this.#stepper.changed();
      from = next + 1;
    }
  }
}

/** Lets one candidate go, and stops. */
export function onlyOne(
  thread: ThreadId,
  timesOut: boolean,
  choices: readonly number[] = [],
): Drive {
  let isDone = false;
  let chosen = 0;
  return {
    pick(candidates, count) {
      if (isDone) return -1;
      isDone = true;
      return indexOf(candidates, count, thread, timesOut);
    },
    choose: (_n, _thread, otherwise) => choices[chosen++] ?? otherwise,
    stopsAt: () => false,
  };
}

/** -1 where it is not offered. */
export function indexOf(
  candidates: readonly Candidate[],
  count: number,
  thread: ThreadId,
  timesOut = false,
  wakes = false,
): number {
  for (let index = 0; index < count; index++) {
    const candidate = candidates[index];
    if (candidate.thread !== thread || candidate.timesOut !== timesOut) continue;
    if ((candidate.wakes ?? false) === wakes) return index;
  }
  return -1;
}

const decisionOf = ({ thread, timesOut, wakes, choices, isEdge, deed, edit }: Move): Decision => ({
  thread,
  timesOut,
  choices: [...choices],
  ...(wakes === undefined ? {} : { wakes }),
  ...(isEdge === undefined ? {} : { isEdge }),
  ...(deed === undefined ? {} : { deed }),
  ...(edit === undefined ? {} : { edit }),
});

/** The moves of a path: up to the last change from outside as they were, since that was made where threads stood then. */
function wayOf(path: readonly Decision[]): Move[] {
  const last = path.findLastIndex(({ edit }) => edit !== undefined);
  if (last < 0) return path.map(moveOf);
  return [...path[last].edit!.after, ...path.slice(last).map(moveOf)];
}

const moveOf = (decision: Decision): Move => ({ ...decision, resumes: false, stops: [] });

const operationsIn = (moves: readonly Move[]): number =>
  moves.filter((move) => !move.resumes).length;
