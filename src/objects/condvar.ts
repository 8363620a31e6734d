/**
 * A condition: a list of waiting threads beside a mutex. Waiting is two operations, so that giving up the lock is an
 * event and being blocked is not one: `WAIT` leaves the mutex and joins the list, `AWAIT` goes through once the thread
 * was notified. Taking the mutex again is the mutex's own `LOCK`, which follows.
 *
 * A waiter is a node of three words that the thread brings: next, thread + 1, whether it was notified.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { releaseMutex } from "./mutex.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { appendNode, nodeAt, NodeWord, unlinkNode } from "./waiters.ts";

export const CondvarWord = { FIRST: Head.OWN, LAST: Head.OWN + 1, COUNT: Head.OWN + 2 } as const;

export const CondvarOperation = { WAIT: 0, AWAIT: 1, NOTIFY_ONE: 2, NOTIFY_ALL: 3 } as const;

/** What AWAIT comes to. */
export const Woken = { TIMED_OUT: 0, NOTIFIED: 1, SPURIOUSLY: 2 } as const;
export type Woken = (typeof Woken)[keyof typeof Woken];

export const condvar: ObjectKind = {
  name: "condvar",
  words: 3,
  operations: [
    { name: "wait" },
    { name: "await", waiting: "waits to be notified by", spurious: true },
    { name: "notifyOne" },
    { name: "notifyAll" },
  ],
  create() {
    // Nobody waits: all words are 0 as they come.
  },
  /** WAIT: a = the mutex, b = the waiter's node. AWAIT: a = the node. */
  partner(operation, a) {
    return (operation === CondvarOperation.WAIT ? a : 0) as Address;
  },
  step(turn, at, operation, thread, a, b) {
    const { words } = turn;
    switch (operation) {
      case CondvarOperation.WAIT:
        appendNode(words, at + CondvarWord.FIRST, b as Address, thread);
        words[at + CondvarWord.COUNT]++;
        turn.event = EventKind.conditionWait;
        turn.argument = words[a + Head.ID]!;
        releaseMutex(turn, a as Address);
        return 0;
      case CondvarOperation.AWAIT:
        if (words[a + NodeWord.STATE] === 0) {
          turn.argument = -1;
          return BLOCKED;
        }
        turn.event = EventKind.conditionWoken;
        return (turn.argument = Woken.NOTIFIED);
      case CondvarOperation.NOTIFY_ONE: {
        turn.event = EventKind.notifyOne;
        const count = words[at + CondvarWord.COUNT];
        turn.argument = count === 0 ? -1 : wake(turn.choose(count));
        return count === 0 ? 0 : 1;
      }
      case CondvarOperation.NOTIFY_ALL: {
        const count = words[at + CondvarWord.COUNT];
        for (let i = 0; i < count; i++) wake(0);
        turn.event = EventKind.notifyAll;
        turn.argument = count;
        return count;
      }
      default:
        throw new RangeError(`condvar has no operation ${operation}`);
    }

    function wake(index: number): number {
      const node = nodeAt(words, at + CondvarWord.FIRST, index);
      const waiter = (words[node + NodeWord.THREAD] - 1) as ThreadId;
      unlinkNode(words, at + CondvarWord.FIRST, node);
      words[at + CondvarWord.COUNT]--;
      words[node + NodeWord.STATE] = 1;
      turn.retryThread(at, waiter);
      return waiter;
    }
  },
  outlook(words, _at, operation, a) {
    const waits = operation === CondvarOperation.AWAIT && words[a + NodeWord.STATE] === 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  /** The time is up before a notification: leaves the list. */
  cancel(turn, at, _operation, _thread, a) {
    return leave(turn, at, a as Address, Woken.TIMED_OUT);
  },
  wake(turn, at, _operation, _thread, a) {
    return leave(turn, at, a as Address, Woken.SPURIOUSLY);
  },
  /**
   * Waits append to a list whose order a later notification may see, notifications take from it. Being woken touches only
   * the waiter's own node, which a notification has set; the time being up takes it out of the list.
   */
  commutes(_words, _at, first, second) {
    const [one, other] = first.operation < second.operation ? [first, second] : [second, first];
    const woken = (step: Step): boolean =>
      step.operation === CondvarOperation.AWAIT && step.result === Woken.NOTIFIED;
    if (one.operation === CondvarOperation.WAIT) return woken(other);
    if (one.operation !== CondvarOperation.AWAIT) return false;
    // A notification that found nobody has woken nobody.
    return other.operation === CondvarOperation.AWAIT || (woken(one) && other.result === 0);
  },
  /** What a notification has set is set for that thread: before it there was nothing to go on. */
  couldPrecede() {
    return false;
  },
  waitsFor() {
    return [];
  },
};

/** Takes a waiter out of the list that nobody has notified. */
function leave(turn: Turn, at: Address, node: Address, woken: Woken): Woken {
  unlinkNode(turn.words, at + CondvarWord.FIRST, node);
  turn.words[at + CondvarWord.COUNT]--;
  turn.event = EventKind.conditionWoken;
  return (turn.argument = woken);
}
