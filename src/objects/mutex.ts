/**
 * A mutual-exclusion lock with poisoning. It barges: a freed lock goes to whoever steps next, waiter or not
 * (SEMANTICS, Primitives). Its value is a block of the heap; the holder alone reads and replaces it, so the value's words
 * need no step of their own.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";

export const MutexWord = {
  /** Holder's thread + 1, 0 while free. */
  HOLDER: Head.OWN,
  /** 0, or 1 + the site of the block through which an exception passed. */
  POISONED: Head.OWN + 1,
  /** The protected value, as `std/cargo.ts` lays it out: a tag and two words. The holder's. */
  VALUE_TAG: Head.OWN + 2,
  VALUE_LOW: Head.OWN + 3,
  VALUE_HIGH: Head.OWN + 4,
  /** Counts replacements of the value, so that a thread knows whether its live copy is still the newest. */
  VALUE_VERSION: Head.OWN + 5,
  /** Where the holder took it (`SiteId`). */
  SINCE: Head.OWN + 6,
} as const;

export const MutexOperation = {
  LOCK: 0,
  TRY_LOCK: 1,
  UNLOCK: 2,
  IS_POISONED: 3,
  CLEAR_POISON: 4,
} as const;

/** Results of LOCK and TRY_LOCK. */
export const LockResult = { HELD: 0, POISONED: 1, REFUSED: 2 } as const;

/** `LOCK` takes a = 1 to lock it although it is poisoned. */
export const IGNORE_POISON = 1;

const BLOCKING = 1 << MutexOperation.LOCK;

function take(turn: Turn, at: Address, thread: ThreadId, ignorePoison: number): number {
  const { words } = turn;
  turn.event = EventKind.lock;
  if (words[at + MutexWord.POISONED] !== 0 && ignorePoison !== IGNORE_POISON) {
    turn.argument = 1;
    // It was let out to take the lock and does not: the next one shall learn of it too.
    turn.retryOne(at, BLOCKING);
    return LockResult.POISONED;
  }
  words[at + MutexWord.HOLDER] = thread + 1;
  words[at + MutexWord.SINCE] = turn.site;
  turn.argument = 0;
  return LockResult.HELD;
}

/** Releases the lock within another object's step too (a condition's wait). */
export function releaseMutex(turn: Turn, at: Address): void {
  turn.words[at + MutexWord.HOLDER] = 0;
  turn.retryOne(at, BLOCKING);
}

export const mutex: ObjectKind = {
  name: "mutex",
  words: 7,
  operations: [
    { name: "lock", waiting: "waits for" },
    { name: "tryLock" },
    { name: "unlock" },
    { name: "isPoisoned" },
    { name: "clearPoison" },
  ],
  create() {
    // Free, not poisoned, without a value: all words are 0 as they come.
  },
  step(turn, at, operation, thread, a) {
    const { words } = turn;
    const holder = words[at + MutexWord.HOLDER];
    switch (operation) {
      case MutexOperation.LOCK:
        if (holder !== 0) {
          turn.argument = holder - 1;
          return BLOCKED;
        }
        return take(turn, at, thread, a);
      case MutexOperation.TRY_LOCK:
        if (holder !== 0) {
          turn.event = EventKind.lockRefused;
          turn.argument = holder - 1;
          return LockResult.REFUSED;
        }
        return take(turn, at, thread, a);
      case MutexOperation.UNLOCK:
        // a: 0, or 1 + the site where an exception passes through the guard's `using`.
        if (a !== 0) words[at + MutexWord.POISONED] = a;
        turn.event = EventKind.unlock;
        turn.argument = a === 0 ? 0 : 1;
        releaseMutex(turn, at);
        return 0;
      case MutexOperation.IS_POISONED:
        turn.event = EventKind.query;
        return (turn.argument = words[at + MutexWord.POISONED] === 0 ? 0 : 1);
      case MutexOperation.CLEAR_POISON:
        words[at + MutexWord.POISONED] = 0;
        turn.event = EventKind.clearPoison;
        turn.argument = 0;
        return 0;
      default:
        throw new RangeError(`mutex has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const waits = operation === MutexOperation.LOCK && words[at + MutexWord.HOLDER] !== 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn, at) {
    turn.event = EventKind.lockRefused;
    turn.argument = turn.words[at + MutexWord.HOLDER] - 1;
    return LockResult.REFUSED;
  },
  commutes(_words, _at, first, second) {
    return isRead(first) && isRead(second);
  },
  waitsFor(words, at) {
    const holder = words[at + MutexWord.HOLDER];
    return holder === 0 ? [] : [(holder - 1) as ThreadId];
  },
};

/** A refused try changes nothing, so it is a read (SEMANTICS, Dependence). */
function isRead(step: Step): boolean {
  return (
    step.operation === MutexOperation.IS_POISONED ||
    (step.operation <= MutexOperation.TRY_LOCK && step.result === LockResult.REFUSED)
  );
}
