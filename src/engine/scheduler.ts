/**
 * Who goes next: the one interface through which both controlled native and the model engine are driven, by a person who
 * steps, by a schedule that is replayed, by an execution model, or by exploration.
 *
 * All threads stand still while it is asked, each before its next operation. Only threads that could go on are offered: a
 * thread whose operation would merely wait is no choice (`Outlook`), and a blocked operation is no event.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";

/** One way to go on. Valid during the call only: engines reuse them. */
export interface Candidate {
  readonly thread: ThreadId;
  /** What it would do next; object 0: it begins, goes round a loop, yields, or wakes from a sleep. */
  readonly object: Address;
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly site: SiteId;
  /** Not the operation would happen, but the end of its patience. */
  readonly timesOut: boolean;
  /** Nor has its patience come to an end: it would wake for no reason at all. Only beside `timesOut`; absent: it would not. */
  readonly wakes?: boolean;
  /** It would not go through, but leave a note that others can see (`Outlook.NOTES`). */
  readonly notes: boolean;
}

/** For who keeps it: what a scheduler is offered is filled in anew before the next step. */
export function copyOf(candidate: Candidate): Candidate {
  const { thread, object, operation, a, b, site, timesOut, wakes, notes } = candidate;
  return {
    thread,
    object,
    operation,
    a,
    b,
    site,
    timesOut,
    notes,
    ...(wakes === true ? { wakes } : {}),
  };
}

/** A step that is known before it is offered. */
export interface Foreseen {
  readonly id: ThreadId;
  readonly timesOut: boolean;
}

export interface Scheduler {
  /**
   * The index of the one that goes on, among the first `count` of `candidates`; operations stand in order of
   * thread, time-outs in order of their time. -1: nobody for now (a person has stopped the run); the engine returns, and can be
   * asked to go on later.
   */
  pick(candidates: readonly Candidate[], count: number): number;
  /**
   * Asked before anybody is offered: whose operation, or end of patience, is to be made, where that is known from an earlier run
   * of the same program, of which this one is the same so far. It counts as picked, and nobody need be looked at.
   */
  again?(): Foreseen | undefined;
  /**
   * A choice among `n` within the step of `thread` (which waiter is notified, what `choose` gives): 0 … n-1. `otherwise` is
   * the one to take for who has no opinion. `n` may be as large as 2³⁰ (`random`): who tries all has to be content with some.
   * `caseOf`: of a select, which of its cases an option is.
   */
  choose(
    n: number,
    thread: ThreadId,
    otherwise: number,
    caseOf?: (option: number) => number,
  ): number;
  /**
   * Told where a step has also completed the operation in which `thread` was blocked, or has let it complete it by itself: it
   * goes on without being picked.
   */
  completed?(thread: ThreadId): void;
}
