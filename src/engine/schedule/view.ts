/** What recording and replaying schedules must know of a run beside its candidates; each engine answers from its own state. */
import type { ThreadId } from "../../base/brand.ts";
import type { ThreadName } from "../../trace/schedule.ts";
import type { Candidate } from "../scheduler.ts";
import type { Place } from "./program-view.ts";

export interface RunView {
  /**
   * Which operation it would be, in the person's words; how often it was met is the caller's to count. The same object each time
   * that it is the same operation at the same site.
   */
  anchorOf(candidate: Candidate): Place;
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
  /** Places that read the same are one. */
  readonly #numbers = new Map<string, number>();
  readonly #numberOf = new Map<Place, number>();
  /** By thread, then by the place's number. */
  readonly #counts: number[][] = [];

  /** The thread is about to do this: which time it is. Ask once each time that it has come there. */
  arrive(thread: ThreadId, anchor: Place): number {
    const number = this.#numberOf.get(anchor) ?? this.#numbered(anchor);
    const counts = (this.#counts[thread] ??= []);
    return (counts[number] = (counts[number] ?? 0) + 1);
  }

  #numbered(anchor: Place): number {
    const key = `${anchor.operation} ${anchor.file} ${anchor.text}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    this.#numberOf.set(anchor, number);
    return number;
  }
}
