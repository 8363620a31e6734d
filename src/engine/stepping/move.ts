/**
 * How a stepped run got where it is: the decisions of a scheduler, and where threads were stopped within their code. The same
 * moves give the same run. Operations alone are what a run is; that somebody paused on the way changes nothing of it.
 */
import type { ThreadId } from "../../base/brand.ts";
import { Pause } from "../model/thread.ts";
import type { Candidate } from "../scheduler.ts";

export interface Move {
  readonly thread: ThreadId;
  /** Not the operation happened, but the end of its patience. */
  readonly timesOut: boolean;
  /** Besides, without a reason: its time is not up. */
  readonly wakes?: boolean;
  /** Choices within the operation, in order. */
  readonly choices: readonly number[];
  /** No operation: the thread was paused within its code, and goes on. */
  readonly resumes: boolean;
  /** No operation either, but the edge of a loop: on real threads there is nothing of it. */
  readonly isEdge?: boolean;
  /** What was done, as far as real threads can be known again by it: there a program may go another way. */
  readonly deed?: string;
  /** At which of the places to pause that were passed after it, counted from 1 over all threads, a thread was stopped. */
  readonly stops: readonly number[];
  /** No operation either: somebody has given a variable another value. */
  readonly edit?: PlacedEdit;
}

/** A change from outside, made again whenever the run comes by. */
export interface Edit {
  /** "sets `n` to 3" */
  readonly text: string;
  /** On the run that stands where the change was made. */
  apply(): void;
}

/** With how the run got there: a change is made where threads stand within their code. */
export interface PlacedEdit extends Edit {
  readonly after: readonly Move[];
}

/** Whether a candidate would only go on within its code. */
export function resumes({ object, operation }: Candidate): boolean {
  return object === 0 && operation === Pause.POINT;
}

/** Whether a candidate would only go round a loop. */
export function isEdge({ object, operation }: Candidate): boolean {
  return object === 0 && operation === Pause.EDGE;
}

/** The same for the same operation in the same place. */
export const deedOn = ({ site, operation, timesOut, wakes }: Candidate): string =>
  wakes === true ? "wakes" : timesOut ? "times out" : `${site}:${operation}`;

/** A place of a run on which somebody may want to come back: so many moves, the last of them as far as one of its places to pause. */
export interface Passed {
  readonly thread: ThreadId;
  readonly point: number;
  /** How deep the thread's calls were nested. */
  readonly depth: number;
  /** After so many moves … */
  readonly moves: number;
  /** … the n-th place to pause. */
  readonly count: number;
}
