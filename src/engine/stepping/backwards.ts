/**
 * Where going back leads: the run is made once more, and what is passed on the way is looked at; the last place that is wanted is
 * the one to go to. Left out: going there, which is the session's.
 */
import type { ThreadId } from "../../base/brand.ts";
import type { Probe } from "../../protocol/twins.ts";
import type { Candidate } from "../scheduler.ts";
import type { Move, Passed } from "./move.ts";

/** What going back must know of the run that is made again. */
export interface BackView {
  readonly moves: readonly Move[];
  /** Of the thread's innermost frame of the person's, where it stands now; Infinity while it has none. */
  depthOf(thread: ThreadId): number;
  /** Everything that could happen next. */
  readonly offered: readonly Candidate[];
  /** A place to pause that breakpoints stop at. */
  stopsAt(passed: Passed, probe: Probe | undefined): boolean;
  /** Runs again from the beginning to here, and tells of every place to pause on the way. */
  retrace(passed: (passed: Passed, probe: Probe | undefined) => void): void;
  /** The same of every operation, before it is made, and of how many moves came before. */
  retraceMoves(making: (candidate: Candidate, before: number) => void): void;
}

/** After so many moves, the n-th place to pause; 0 for none. */
export type Place = Pick<Passed, "moves" | "count">;

/** The thread's last statement that is not within calls, or the last place at which breakpoints stop. */
export function placeBefore(
  view: BackView,
  thread: ThreadId,
  to: "statement" | "breakpoint",
): Place | undefined {
  const now = view.depthOf(thread);
  const here = hereIn(view, thread);
  let found: Passed | undefined;
  view.retrace((passed, probe) => {
    if (here !== undefined && passed.moves === here.moves && passed.count === here.count) return;
    const isThere =
      to === "statement"
        ? passed.thread === thread && passed.depth <= now
        : view.stopsAt(passed, probe);
    if (isThere) found = passed;
  });
  return found;
}

/** Where this frame of the thread began. */
export function beginningOf(view: BackView, thread: ThreadId, depth: number): Place | undefined {
  let first: Passed | undefined;
  view.retrace((passed) => {
    if (passed.thread !== thread) return;
    if (passed.depth < depth) first = undefined;
    else if (passed.depth === depth) first ??= passed;
  });
  return first;
}

/** Before the thread's last operation. */
export function lastOperationOf({ moves }: BackView, thread: ThreadId): Place | undefined {
  const index = moves.findLastIndex((move) => move.thread === thread && !move.resumes);
  return index < 0 ? undefined : { moves: index, count: 0 };
}

/** Before the last operation of which it holds, just before it is made. */
export function lastWhere(
  view: BackView,
  isThere: (candidate: Candidate) => boolean,
): Place | undefined {
  let found: Place | undefined;
  view.retraceMoves((candidate, before) => {
    if (isThere(candidate)) found = { moves: before, count: 0 };
  });
  return found;
}

/** Where the thread stands within its code, if it is paused there. */
function hereIn({ moves, offered }: BackView, thread: ThreadId): Place | undefined {
  const isPaused = offered.some((one) => one.thread === thread && one.object === 0);
  const last = moves.at(-1);
  if (!isPaused || last === undefined || last.stops.length === 0) return undefined;
  return { moves: moves.length, count: last.stops.at(-1)! };
}
