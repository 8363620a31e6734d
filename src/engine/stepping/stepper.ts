/**
 * The scheduler of somebody who steps: follows moves that were made before, then a drive, which says who goes on and where to
 * stop; then picks nobody until it is told what next. Writes down what it was driven to.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Probe } from "../../protocol/twins.ts";
import { type Candidate, copyOf, type Scheduler } from "../scheduler.ts";
import { deedOn, isEdge, type Move, type Passed, resumes } from "./move.ts";

/** A place to pause, as it is passed. */
export interface Passing {
  readonly thread: ThreadId;
  readonly point: number;
  readonly probe: Probe | undefined;
  readonly depth: number;
}

/** Decides for a while. */
export interface Drive {
  /** As a scheduler's. -1: stop here. */
  pick(candidates: readonly Candidate[], count: number): number;
  choose: Scheduler["choose"];
  /** As a scheduler's. */
  completed?(thread: ThreadId): void;
  /** Whether the thread shall be stopped before this statement. */
  stopsAt(passing: Passing): boolean;
}

interface Making extends Move {
  readonly choices: number[];
  readonly stops: number[];
}

const NOTHING: readonly Move[] = [];

export class Stepper implements Scheduler {
  /** What was offered when it picked nobody. Copies: the engine uses its own again. */
  offered: readonly Candidate[] = [];
  /** Told of every place to pause that is passed, where somebody asks how the run got here. */
  passed: ((passed: Passed, probe: Probe | undefined) => void) | undefined;
  /** Counts, by place, how often it was passed. */
  visits: Uint32Array | undefined;
  /** Told of every move before it is made; `isNew`: the drive decided it. `before`: how many moves were begun before. */
  entering: ((candidate: Candidate, isNew: boolean, before: number) => void) | undefined;
  /** The run is on an engine that knows operations alone: moves within code, and round loops, are none there. */
  onOperationsOnly = false;
  /** The run did not offer what the next move says: it is another run than the one that the moves were made in. */
  isLost = false;
  #plan: readonly Move[] = NOTHING;
  #at = 0;
  #drive: Drive | undefined;
  #made: Making[] = [];
  /** The move under way. */
  #move: Move | undefined;
  #making: Making | undefined;
  #choices = 0;
  /** Moves begun so far, changes from outside among them, and places passed since the last. */
  #moves = 0;
  #count = 0;

  /** Goes on by these moves, the next time that the run does. */
  plan(moves: readonly Move[]): void {
    this.#plan = moves;
    this.#at = 0;
    this.isLost = false;
    this.#drive = undefined;
  }

  /** Goes on as `drive` says, the next time that the run does. */
  drive(drive: Drive): void {
    this.plan(NOTHING);
    this.#drive = drive;
    this.#made = [];
  }

  /** What the drive has come to. */
  get made(): readonly Move[] {
    return this.#made;
  }

  pick(candidates: readonly Candidate[], count: number): number {
    this.#skip();
    if (this.isFollowing) return this.#follow(candidates, count);
    const picked = this.#drive?.pick(candidates, count) ?? -1;
    if (picked < 0) return this.#stand(candidates, count);
    const candidate = candidates[picked];
    const { thread, timesOut, wakes } = candidate;
    this.#making = {
      ...{ thread, timesOut, resumes: resumes(candidate), choices: [], stops: [] },
      ...(wakes === true ? { wakes } : {}),
      ...(isEdge(candidate) ? { isEdge: true } : {}),
      ...(this.onOperationsOnly ? { deed: deedOn(candidate) } : {}),
    };
    this.#made.push(this.#making);
    this.#begin(this.#making);
    this.entering?.(candidate, true, this.#moves - 1);
    return picked;
  }

  choose(...[n, thread, otherwise, caseOf]: Parameters<Scheduler["choose"]>): number {
    const at = this.#choices++;
    if (this.#making === undefined) return Math.min(this.#move?.choices[at] ?? otherwise, n - 1);
    const choice = Math.min(this.#drive?.choose(n, thread, otherwise, caseOf) ?? otherwise, n - 1);
    this.#making.choices.push(choice);
    return choice;
  }

  completed(thread: ThreadId): void {
    this.#drive?.completed?.(thread);
  }

  /** A change from outside was made: a move, though the run knows nothing of it. */
  changed(): void {
    this.#moves++;
  }

  /** Moves of the plan that were begun. */
  get followed(): number {
    return this.#at;
  }

  get isFollowing(): boolean {
    return this.#at < this.#plan.length;
  }

  /** `RunChoices.stopsAt` */
  readonly stopsAt = (
    thread: ThreadId,
    point: number,
    probe: Probe | undefined,
    depth: number,
  ): boolean => {
    const count = ++this.#count;
    if (this.visits !== undefined) this.visits[point]++;
    this.passed?.({ thread, point, depth, moves: this.#moves, count }, probe);
    if (this.#making === undefined) {
      const { stops } = this.#move!;
      return stops.length > 0 && stops.includes(count);
    }
    if (this.#drive?.stopsAt({ thread, point, probe, depth }) !== true) return false;
    this.#making.stops.push(count);
    return true;
  };

  #follow(candidates: readonly Candidate[], count: number): number {
    const move = this.#plan[this.#at];
    for (let index = 0; index < count; index++) {
      const candidate = candidates[index];
      const { thread, timesOut } = candidate;
      if (thread !== move.thread || timesOut !== move.timesOut) continue;
      if ((candidate.wakes ?? false) !== (move.wakes ?? false)) continue;
      if (resumes(candidate) !== move.resumes) continue;
      if (this.onOperationsOnly && (move.deed ?? deedOn(candidate)) !== deedOn(candidate)) break;
      this.#at++;
      this.#making = undefined;
      this.#begin(move);
      this.entering?.(candidate, false, this.#moves - 1);
      return index;
    }
    this.isLost = true;
    return this.#stand(candidates, count);
  }

  #skip(): void {
    if (!this.onOperationsOnly) return;
    for (; this.isFollowing; this.#at++) {
      const move = this.#plan[this.#at];
      if (!move.resumes && move.isEdge !== true) return;
      this.#begin(move);
    }
  }

  #stand(candidates: readonly Candidate[], count: number): -1 {
    this.offered = candidates.slice(0, count).map(copyOf);
    return -1;
  }

  #begin(move: Move): void {
    this.#move = move;
    this.#moves++;
    this.#count = 0;
    this.#choices = 0;
  }
}
