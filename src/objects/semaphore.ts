/**
 * A counting semaphore. It barges, as the mutex does: permits that come back go to whoever steps next, waiter or not
 * (SEMANTICS, Primitives). Nobody owns a permit: any thread may give some back, so nobody can be named who waits.
 *
 * Whoever wants one permit and whoever wants several wait in operations of their own: a permit that comes back lets one of
 * the former try, and all of the latter, of whom one may be content with what the first in the queue is not.
 */
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step } from "./object.ts";

export const SemaphoreWord = { AVAILABLE: Head.OWN } as const;

/** a = how many permits. */
export const SemaphoreOperation = {
  ACQUIRE: 0,
  /** For more than one. */
  ACQUIRE_MANY: 1,
  TRY_ACQUIRE: 2,
  RELEASE: 3,
  AVAILABLE: 4,
} as const;

/** Results of the operations that acquire, and of RELEASE. */
export const PermitResult = {
  REFUSED: 0,
  DONE: 1,
  /** There would be more than can be counted. */
  TOO_MANY: 2,
} as const;

export const MOST_PERMITS = 2 ** 31 - 1;

export const semaphore: ObjectKind = {
  name: "semaphore",
  words: 1,
  operations: [
    { name: "acquire", waiting: "waits for a permit of" },
    { name: "acquire", waiting: "waits for permits of" },
    { name: "tryAcquire" },
    { name: "release" },
    { name: "available" },
  ],
  /** a = permits. */
  create(words, at, a) {
    words[at + SemaphoreWord.AVAILABLE] = a;
  },
  step(turn, at, operation, _thread, a) {
    const { words } = turn;
    const available = words[at + SemaphoreWord.AVAILABLE];
    switch (operation) {
      case SemaphoreOperation.ACQUIRE:
      case SemaphoreOperation.ACQUIRE_MANY:
      case SemaphoreOperation.TRY_ACQUIRE:
        if (available >= a) {
          words[at + SemaphoreWord.AVAILABLE] = available - a;
          turn.event = EventKind.acquire;
          turn.argument = available - a;
          return PermitResult.DONE;
        }
        if (operation !== SemaphoreOperation.TRY_ACQUIRE) {
          turn.argument = -1;
          return BLOCKED;
        }
        turn.event = EventKind.acquireRefused;
        turn.argument = available;
        return PermitResult.REFUSED;
      case SemaphoreOperation.RELEASE:
        turn.event = EventKind.release;
        turn.argument = available;
        if (a > MOST_PERMITS - available) return PermitResult.TOO_MANY;
        words[at + SemaphoreWord.AVAILABLE] = turn.argument = available + a;
        if (a === 1) turn.retryOne(at, 1 << SemaphoreOperation.ACQUIRE);
        else turn.retryAll(at, 1 << SemaphoreOperation.ACQUIRE);
        turn.retryAll(at, 1 << SemaphoreOperation.ACQUIRE_MANY);
        return PermitResult.DONE;
      case SemaphoreOperation.AVAILABLE:
        turn.event = EventKind.query;
        return (turn.argument = available);
      default:
        throw new RangeError(`semaphore has no operation ${operation}`);
    }
  },
  outlook(words, at, operation, a) {
    const waits =
      operation <= SemaphoreOperation.ACQUIRE_MANY && words[at + SemaphoreWord.AVAILABLE] < a;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn, at) {
    turn.event = EventKind.acquireRefused;
    turn.argument = turn.words[at + SemaphoreWord.AVAILABLE]!;
    return PermitResult.REFUSED;
  },
  commutes(_words, _at, first, second) {
    return isRead(first) && isRead(second);
  },
  waitsFor() {
    return [];
  },
};

/** What was refused, and questions. */
function isRead({ operation, result }: Step): boolean {
  switch (operation) {
    case SemaphoreOperation.AVAILABLE:
      return true;
    case SemaphoreOperation.RELEASE:
      return result === PermitResult.TOO_MANY;
    default:
      return result === PermitResult.REFUSED;
  }
}
