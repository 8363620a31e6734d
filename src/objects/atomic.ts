/**
 * An atomic word of 64 bits: `AtomicI32` and `AtomicBool` use the low half, `AtomicI64` both. Sequentially consistent, as
 * every operation is one step. `WAIT` and `NOTIFY` work as a futex does and never wake spuriously.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { appendNode, NodeWord, takeNode, unlinkNode } from "./waiters.ts";

export const AtomicWord = {
  LOW: Head.OWN,
  HIGH: Head.OWN + 1,
  WAITING_FIRST: Head.OWN + 2,
  WAITING_LAST: Head.OWN + 3,
  WIDE: Head.OWN + 4,
} as const;

/**
 * The value that an operation takes is `a` (low) and `b` (high); a `COMPARE_EXCHANGE` takes what it expects there and the
 * replacement in `turn.low`, `turn.high`. Each answers the value before: the low half as result, the high in `turn.high`.
 */
export const AtomicOperation = {
  LOAD: 0,
  STORE: 1,
  SWAP: 2,
  ADD: 3,
  SUB: 4,
  AND: 5,
  OR: 6,
  XOR: 7,
  COMPARE_EXCHANGE: 8,
  /** a = expected, b = the waiter's node. */
  WAIT: 9,
  /** a = how many at most. */
  NOTIFY: 10,
} as const;

export const WaitResult = { OK: 0, NOT_EQUAL: 1, TIMED_OUT: 2 } as const;

/** A waiter's node word `STATE`: in the list, or notified. A node not in a list has another value. */
const WAITING = 1;
const NOTIFIED = 2;

function update(turn: Turn, at: Address, operation: number, a: number, b: number): void {
  const { words } = turn;
  const low = words[at + AtomicWord.LOW];
  const high = words[at + AtomicWord.HIGH];
  const wide = words[at + AtomicWord.WIDE] === 1;
  switch (operation) {
    case AtomicOperation.STORE:
    case AtomicOperation.SWAP:
      words[at + AtomicWord.LOW] = a;
      words[at + AtomicWord.HIGH] = b;
      return;
    case AtomicOperation.ADD: {
      const sum = (low >>> 0) + (a >>> 0);
      words[at + AtomicWord.LOW] = sum | 0;
      if (wide) words[at + AtomicWord.HIGH] = (high + b + (sum > 0xffff_ffff ? 1 : 0)) | 0;
      return;
    }
    case AtomicOperation.SUB:
      words[at + AtomicWord.LOW] = (low - a) | 0;
      if (wide) words[at + AtomicWord.HIGH] = (high - b - (low >>> 0 < a >>> 0 ? 1 : 0)) | 0;
      return;
    case AtomicOperation.AND:
      words[at + AtomicWord.LOW] = low & a;
      return;
    case AtomicOperation.OR:
      words[at + AtomicWord.LOW] = low | a;
      return;
    case AtomicOperation.XOR:
      words[at + AtomicWord.LOW] = low ^ a;
      return;
    default:
      throw new RangeError(`atomic has no operation ${operation}`);
  }
}

function wait(turn: Turn, at: Address, thread: ThreadId, expected: number, node: Address): number {
  const { words } = turn;
  const state = words[node + NodeWord.STATE];
  turn.event = EventKind.atomicWait;
  turn.argument = words[at + AtomicWord.LOW]!;
  if (state === NOTIFIED) return WaitResult.OK;
  if (state !== WAITING) {
    if (words[at + AtomicWord.LOW] !== expected) return WaitResult.NOT_EQUAL;
    appendNode(words, at + AtomicWord.WAITING_FIRST, node, thread);
    words[node + NodeWord.STATE] = WAITING;
  }
  turn.argument = -1;
  return BLOCKED;
}

function notify(turn: Turn, at: Address, count: number): number {
  const { words } = turn;
  let woken = 0;
  while (woken < count) {
    const node = takeNode(words, at + AtomicWord.WAITING_FIRST);
    if (node === 0) break;
    words[node + NodeWord.STATE] = NOTIFIED;
    turn.retryThread(at, (words[node + NodeWord.THREAD] - 1) as ThreadId);
    woken++;
  }
  turn.event = EventKind.atomicNotify;
  turn.argument = woken;
  return woken;
}

export const atomic: ObjectKind = {
  name: "atomic",
  words: 5,
  operations: [
    { name: "load" },
    { name: "store" },
    { name: "swap" },
    { name: "fetchAdd" },
    { name: "fetchSub" },
    { name: "fetchAnd" },
    { name: "fetchOr" },
    { name: "fetchXor" },
    { name: "compareExchange" },
    { name: "wait", waiting: "waits for a change of" },
    { name: "notify" },
  ],
  /** a, b = the value's halves; b is ignored by the narrow ones, which never look at it. */
  create(words, at, a, b) {
    words[at + AtomicWord.LOW] = a;
    words[at + AtomicWord.HIGH] = b;
  },
  step(turn, at, operation, thread, a, b) {
    const { words } = turn;
    if (operation === AtomicOperation.WAIT) return wait(turn, at, thread, a, b as Address);
    if (operation === AtomicOperation.NOTIFY) return notify(turn, at, a);
    const low = words[at + AtomicWord.LOW];
    const high = words[at + AtomicWord.HIGH];
    if (operation === AtomicOperation.LOAD) {
      turn.event = EventKind.load;
    } else if (operation === AtomicOperation.COMPARE_EXCHANGE) {
      const equal = low === a && high === b;
      if (equal) {
        words[at + AtomicWord.LOW] = turn.low;
        words[at + AtomicWord.HIGH] = turn.high;
      }
      turn.event = equal ? EventKind.update : EventKind.compareFailed;
    } else {
      update(turn, at, operation, a, b);
      turn.event = operation === AtomicOperation.STORE ? EventKind.store : EventKind.update;
    }
    turn.argument = words[at + AtomicWord.LOW]!;
    turn.high = high;
    return low;
  },
  outlook(words, at, operation, a, b) {
    if (operation !== AtomicOperation.WAIT) return Outlook.GOES;
    const state = words[b + NodeWord.STATE];
    if (state === WAITING) return Outlook.WAITS;
    return state !== NOTIFIED && words[at + AtomicWord.LOW] === a ? Outlook.NOTES : Outlook.GOES;
  },
  cancel(turn, at, _operation, _thread, _a, b) {
    unlinkNode(turn.words, at + AtomicWord.WAITING_FIRST, b as Address);
    turn.event = EventKind.atomicWait;
    turn.argument = turn.words[at + AtomicWord.LOW]!;
    return WaitResult.TIMED_OUT;
  },
  commutes(_words, _at, first, second) {
    return isRead(first) && isRead(second);
  },
  waitsFor() {
    return [];
  },
};

/** Loads, exchanges that failed, waits that found another value or whose time was up. */
function isRead(step: Step): boolean {
  switch (step.operation) {
    case AtomicOperation.LOAD:
      return true;
    case AtomicOperation.COMPARE_EXCHANGE:
      return step.event === EventKind.compareFailed;
    case AtomicOperation.WAIT:
      return step.result !== WaitResult.OK;
    default:
      return false;
  }
}
