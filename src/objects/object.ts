/**
 * What a primitive is: a pure state machine over a few 32-bit words.
 *
 * One file per primitive in this folder, and no second definition anywhere: the native engine runs `step` over shared
 * memory while it holds the object's word-lock, the model engine runs the same `step` over ordinary memory. So a kind
 * knows no clock, no thread of the operating system, no randomness and no I/O; all that it may do beside changing
 * words is in `Turn`. It never allocates: what it chains (message blocks, waiter nodes) is brought by the operation.
 *
 * Deliberately absent: writing records, parking, time-outs and values. The engine does the first three; a value is a block of
 * encoded words in the heap whose address travels through an operation's arguments and result.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import type { EventKind } from "../trace/event.ts";

/** The head that every object begins with; a kind's own words follow it. */
export const Head = {
  /** 0 free, else thread + 1. The engine's; a kind never reads it. */
  WORD_LOCK: 0,
  /** `ObjectId`. */
  ID: 1,
  /** Index of the kind in `KINDS`. */
  KIND: 2,
  /** Counts the operations that were performed; the order of operations per object that a recording holds. */
  VERSION: 3,
  /** First and last blocked thread (thread + 1, linked through the threads' own words). The engine's. */
  QUEUE_FIRST: 4,
  QUEUE_LAST: 5,
  /** Where the object was made (`SiteId`). */
  SITE: 6,
  /** The last operation's time, so that no clock's skew between threads contradicts the order of versions. The engine's. */
  TIME_LOW: 7,
  TIME_HIGH: 8,
  /** The object that was made before it, where somebody wants to find them all (a controlled run). The engine's. */
  MADE_BEFORE: 9,
  /** The first of the selects' cases that wait here, each linked to the next one. The native engine's. */
  WATCHERS: 10,
  /** Which it is of the objects of its name, in the order in which they were made, from 1; 0: it is not counted. The engine's. */
  NTH: 11,
  /** Number of the first own word. */
  OWN: 12,
} as const;

/** What `step` answers when the operation cannot go through yet: no word of 32 bits, so it is nobody's value. */
export const BLOCKED = 2 ** 31;

/**
 * What a step would come to if it were made now. A scheduler asks before it lets a thread step: a thread that would only
 * wait is no choice, one that leaves a note first is (the note makes a difference to others).
 */
export const Outlook = {
  /** `BLOCKED`, and nothing would change. */
  WAITS: 0,
  /** It goes through. */
  GOES: 1,
  /** `BLOCKED`, but others could see that the thread waits. */
  NOTES: 2,
} as const;
export type Outlook = (typeof Outlook)[keyof typeof Outlook];

/** What a step may do to the world outside its own words. Implemented once by each engine; valid during the step only. */
export interface Turn {
  /** The run's memory. Fresh in every step: it is replaced when memory has grown. */
  readonly words: Int32Array;
  /** Where the operation stands in the person's text. */
  readonly site: SiteId;
  /** Further words of an operation's arguments (set before the step) and of its result (set by it). */
  low: number;
  high: number;
  /**
   * What the trace is told of this operation: set by every step that goes through. A step that answers `BLOCKED` sets
   * `argument` alone: the thread it waits for, -1 for nobody in particular.
   */
  event: EventKind;
  argument: number;
  /**
   * Completes the operation in which `thread` is blocked on an object of this step, with this result and event; the
   * thread does not step again. The engine takes it out of the queue, and the thread itself records the event. In the object's order of operations the completed one comes before the
   * step's own, unless the step called `comeFirst` before. `node`: what
   * the thread has left as its note, for one that waits in several places.
   */
  complete(
    thread: ThreadId,
    result: number,
    event: EventKind,
    argument: number,
    node?: Address,
  ): void;
  /**
   * For a step that is made of several operations (a select's): each begins with `actOn` and ends with `acted`, when its
   * event and argument are set. Each counts as an operation of its object, and is recorded as one; but for those that are
   * `BLOCKED`, which have left their notes.
   */
  actOn(object: Address): void;
  acted(operation: number, a: number, b: number, result: number): void;
  /**
   * Such a step went another way because this operation could not go through: no operation, though whatever would have let it
   * go through does not commute with the step.
   */
  looked(object: Address, operation: number, a: number, b: number): void;
  /** This step's own operation comes before those that it completes from here on. */
  comeFirst(): void;
  /**
   * Threads blocked on `object` in one of `operations` (a bit set, `-1`: in any) may try their step again, as nothing
   * was handed to them: the engine lets one of them do so (which one is the scheduler's business), or all. A select may go
   * another way meanwhile, so all that wait there may try besides.
   */
  retryOne(object: Address, operations: number): void;
  retryAll(object: Address, operations: number): void;
  /** `thread` may try its step again, if it is blocked on `object`; nothing happens if it is not (yet). */
  retryThread(object: Address, thread: ThreadId): void;
  /**
   * A choice among `n` (which waiter to wake): 0 … n-1. Recorded, explored, replayed. Where nobody decides, it is
   * `otherwise`, 0 if that is left out.
   */
  choose(n: number, otherwise?: number): number;
}

/**
 * One kind of primitive. Operations are small integers, named in `operations`; each takes at most two 32-bit arguments.
 */
export interface ObjectKind {
  readonly name: string;
  /** How many words of its own an object of this kind has, after the head. */
  readonly words: number;
  /** Names of the operations, by number: what traces, stories and `explain` call them. */
  readonly operations: readonly OperationInfo[];
  /** Sets up the own words of a new object. */
  create(words: Int32Array, at: Address, a: number, b: number): void;
  /**
   * Performs `operation` of `thread` on the object at `at`, or answers `BLOCKED`. A blocked step may note in the words
   * that the thread waits (a rendezvous partner must see it) but is no event. A thread that was allowed to retry steps
   * again with the same arguments; one that was completed does not.
   */
  readonly step: (
    turn: Turn,
    at: Address,
    operation: number,
    thread: ThreadId,
    a: number,
    b: number,
  ) => number;
  /**
   * What `step` would come to now. Reads words, changes nothing. What `except` itself has left as notes counts for nothing:
   * nobody meets itself.
   */
  outlook(
    words: Int32Array,
    at: Address,
    operation: number,
    a: number,
    b: number,
    except?: ThreadId,
  ): Outlook;
  /** Takes back what a blocked step noted, because the time is up. Answers the operation's result for a time-out. */
  cancel(
    turn: Turn,
    at: Address,
    operation: number,
    thread: ThreadId,
    a: number,
    b: number,
  ): number;
  /**
   * Ends a wait for no reason at all, as operations that are marked `spurious` may: like `cancel`, but the operation's
   * result is that of having been woken.
   */
  readonly wake?: (
    turn: Turn,
    at: Address,
    operation: number,
    thread: ThreadId,
    a: number,
    b: number,
  ) => number;
  /**
   * The other object that this operation touches (a condition's mutex), 0 for none. The engine takes both word-locks,
   * in order of address, before the step.
   */
  readonly partner?: (operation: number, a: number, b: number) => Address;
  /**
   * For an operation about any number of objects, and on none of its own (a select): the one at `index` from 0, 0 past the last.
   * The engine takes their word-locks, rather than that of `at`; all that is done is told by `acted`.
   */
  readonly objectAt?: (words: Int32Array, at: Address, index: number) => Address;
  /**
   * Whether two operations on one object may be swapped wherever both can go through, without any difference that a
   * program could see (SEMANTICS, Dependence). What partial-order reduction asks; checked by brute force. Of the words it
   * reads only what never changes (a capacity): the steps may be long past.
   */
  commutes(words: Int32Array, at: Address, first: Step, second: Step): boolean;
  /**
   * Whether `second`, which may wait, would go through (or leave a note) just where `first` did, on which it depends; `words`
   * are as they were before `first`, as far as the object's own go. For kinds whose own words do not tell; absent: `outlook`.
   */
  readonly couldPrecede?: (words: Int32Array, at: Address, first: Step, second: Step) => boolean;
  /** Which threads `thread`, blocked in `operation`, waits for; empty when it is nobody in particular. */
  waitsFor(words: Int32Array, at: Address, operation: number, thread: ThreadId): ThreadId[];
}

/**
 * An operation as it went through: with its result, since a refused try is a read and a successful one a write, and with
 * what the trace was told, which tells a failed exchange of 64 bits from another and numbers messages.
 */
export interface Step {
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly result: number;
  readonly event: EventKind;
  readonly argument: number;
}

export interface OperationInfo {
  readonly name: string;
  /** What a timeline says while a thread is blocked in it: "waits for", "waits for room in", … */
  readonly waiting?: string;
  /** Who waits in it may wake without a reason (`ObjectKind.wake`), where a run's budget allows that. */
  readonly spurious?: true;
}
