/** What recording and replaying schedules must know of a run beside its candidates; each engine answers from its own state. */
import type { ThreadId } from "../../base/brand.ts";
import type { Anchor, ThreadName } from "../../trace/schedule.ts";
import type { Candidate } from "../scheduler.ts";

export interface RunView {
  /** Which operation it would be, in the person's words; how often it was met is the caller's to count. */
  anchorOf(candidate: Candidate): Omit<Anchor, "times">;
  nameOf(thread: ThreadId): string;
  /** How many threads there are so far; their ids are below. */
  readonly threads: number;
  hasEnded(thread: ThreadId): boolean;
}

/** What replaying a trace must know: who started whom. */
export interface FamilyView {
  readonly threads: number;
  /** -1 for main. */
  parentOf(thread: ThreadId): ThreadId | -1;
}

/** A thread's name and which of that name it is, in the order in which they began. */
export function threadNameOf(view: RunView, thread: ThreadId): ThreadName {
  const name = view.nameOf(thread);
  let nth = 0;
  for (let id = 0; id <= thread; id++) if (view.nameOf(id as ThreadId) === name) nth++;
  return { name, nth };
}

/** The thread that is called so, if there is one yet. */
export function threadCalled(view: RunView, { name, nth }: ThreadName): ThreadId | undefined {
  let seen = 0;
  for (let id = 0; id < view.threads; id++) {
    if (view.nameOf(id as ThreadId) === name && ++seen === nth) return id as ThreadId;
  }
  return undefined;
}

/** Counts how often each thread was about to make an operation at a place. */
export class Visits {
  readonly #counts = new Map<string, number>();

  /** The thread is about to do this: which time it is. Ask once each time that it has come there. */
  arrive(thread: ThreadId, anchor: Omit<Anchor, "times">): number {
    const key = `${thread} ${anchor.operation} ${anchor.file} ${anchor.text}`;
    const times = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, times);
    return times;
  }
}
