/**
 * The scheduler of somebody who steps: follows moves that were made before, then a drive, which says who goes on and where to
 * stop; then picks nobody until it is told what next. Writes down what it was driven to.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Probe } from "../../protocol/twins.ts";
import type { Candidate, Scheduler } from "../scheduler.ts";
import { type Move, type Passed, resumes } from "./move.ts";

/** The run does not offer what the moves say: another run than the one that they were made in. */
export class MovesDoNotFit extends Error {
  override name = "MovesDoNotFit";
}

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
  choose(n: number, thread: ThreadId): number;
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
  /** Told of every move before it is made; `isNew`: the drive decided it. */
  entering: ((candidate: Candidate, isNew: boolean) => void) | undefined;
  #plan: readonly Move[] = NOTHING;
  #at = 0;
  #drive: Drive | undefined;
  #made: Making[] = [];
  /** The move under way. */
  #move: Move | undefined;
  #making: Making | undefined;
  #choices = 0;
  /** Moves begun so far, and places passed since the last. */
  #moves = 0;
  #count = 0;

  /** Goes on by these moves, the next time that the run does. */
  plan(moves: readonly Move[]): void {
    this.#plan = moves;
    this.#at = 0;
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
    if (this.#at < this.#plan.length) return this.#follow(candidates, count);
    const picked = this.#drive?.pick(candidates, count) ?? -1;
    if (picked < 0) {
      this.offered = candidates.slice(0, count).map(copyOf);
      return -1;
    }
    const { thread, timesOut } = candidates[picked];
    const isResuming = resumes(candidates[picked]);
    this.#making = { thread, timesOut, resumes: isResuming, choices: [], stops: [] };
    this.#made.push(this.#making);
    this.#begin(this.#making);
    this.entering?.(candidates[picked], true);
    return picked;
  }

  choose(n: number, thread: ThreadId): number {
    const at = this.#choices++;
    if (this.#making === undefined) return Math.min(this.#move?.choices[at] ?? 0, n - 1);
    const choice = Math.min(this.#drive?.choose(n, thread) ?? 0, n - 1);
    this.#making.choices.push(choice);
    return choice;
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
    const move = this.#plan[this.#at++];
    this.#making = undefined;
    this.#begin(move);
    for (let index = 0; index < count; index++) {
      const candidate = candidates[index];
      const { thread, timesOut } = candidate;
      if (thread !== move.thread || timesOut !== move.timesOut) continue;
      if (resumes(candidate) !== move.resumes) continue;
      this.entering?.(candidate, false);
      return index;
    }
    throw new MovesDoNotFit(`thread ${move.thread} cannot go on at move ${this.#moves}`);
  }

  #begin(move: Move): void {
    this.#move = move;
    this.#moves++;
    this.#count = 0;
    this.#choices = 0;
  }
}

function copyOf(candidate: Candidate): Candidate {
  const { thread, object, operation, a, b, site, timesOut, notes } = candidate;
  return { thread, object, operation, a, b, site, timesOut, notes };
}
