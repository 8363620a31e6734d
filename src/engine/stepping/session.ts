/**
 * A run that a person steps through: forwards by any thread that can go on, back, to any earlier moment, into any branch.
 *
 * There are no snapshots: a moment is reached by running again from the beginning with the decisions that lead there, which
 * takes as long as the run itself. Threads are suspended code, which cannot be copied; and what cannot be copied cannot be
 * copied wrongly.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { MomentId } from "../../protocol/step.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";
import { Stepper } from "./stepper.ts";
import { type Decision, type Moment, MomentTree } from "./tree.ts";

/** What a session needs of an engine: `ModelRun` is one. */
export interface SteppedRun {
  /** Goes on until the run is over, or the scheduler picks nobody: undefined. */
  go(): RunResult | undefined;
}

export class SteppingSession<Run extends SteppedRun> {
  readonly tree = new MomentTree();
  readonly #begin: (scheduler: Scheduler) => Run;
  #stepper!: Stepper;
  #run!: Run;
  #result: RunResult | undefined;

  /** `begin` begins the run anew, ending the one before. */
  constructor(begin: (scheduler: Scheduler) => Run) {
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
    return this.#result === undefined ? this.#stepper.offered : [];
  }

  /** How the run ended, if it is over here. */
  get result(): RunResult | undefined {
    return this.#result;
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
    this.#follow([{ thread, timesOut, choices }]);
    return this.tree.step({ thread, timesOut, choices: [...this.#stepper.choicesMade] });
  }

  undo(): Moment | undefined {
    const { before } = this.here;
    return before === undefined ? undefined : this.#moveTo(() => this.tree.undo()!);
  }

  redo(): Moment | undefined {
    const from = this.here;
    const to = this.tree.redo();
    if (to !== undefined) this.#reach(to, from);
    return to;
  }

  goTo(id: MomentId): Moment {
    return this.#moveTo(() => this.tree.goTo(id));
  }

  /**
   * Lets `scheduler` decide until `until` is true of what is offered next, the run is over, or `most` steps were made.
   * Answers how many were.
   */
  advance(
    scheduler: Scheduler,
    until: (offered: readonly Candidate[]) => boolean,
    most: number,
  ): number {
    for (let steps = 0; ; steps++) {
      if (steps === most || this.#result !== undefined) return steps;
      if (steps > 0 && until(this.offered)) return steps;
      const { offered } = this;
      const picked = scheduler.pick(offered, offered.length);
      if (picked < 0) return steps;
      const { thread, timesOut } = offered[picked];
      this.step(thread, timesOut);
    }
  }

  #moveTo(move: () => Moment): Moment {
    const from = this.here;
    const to = move();
    this.#reach(to, from);
    return to;
  }

  #reach(to: Moment, from: Moment): void {
    if (to.id === from.id) return;
    const path = this.tree.path(to.id);
    // What comes after where the run stands needs no new beginning.
    if (this.tree.isAfter(to.id, from.id)) this.#follow(path.slice(from.depth));
    else this.#restart(path);
  }

  #restart(path: readonly Decision[]): void {
    this.#stepper = new Stepper();
    this.#run = this.#begin(this.#stepper);
    this.#follow(path);
  }

  #follow(path: readonly Decision[]): void {
    this.#stepper.plan(path);
    this.#result = this.#run.go();
  }
}
