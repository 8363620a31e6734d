/**
 * A cell for any value, compared by identity: what lock-free structures are made of. Sequentially consistent, as every
 * operation is one step. Strings and the like are counted blocks, since who loads one decodes it after a step in which
 * another may have replaced it.
 */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { hold } from "./held.ts";
import { Head, type ObjectKind, Outlook, type Step } from "./object.ts";
import { blockOf, isSame, shownOf } from "./value-words.ts";

export const AtomicRefWord = { LOW: Head.OWN, HIGH: Head.OWN + 1 } as const;

/**
 * STORE and SWAP take the value's words as `a` and `b`. COMPARE_EXCHANGE takes those of what it expects there, and the
 * replacement's in `turn.low` and `turn.high`. Each answers the value before, the low word as the result, the high one in
 * `turn.high`. A block among them is held for who asked, and to be let go by it: one more time where it stays in the cell,
 * in the cell's place where it was replaced. A block that an exchange did not put into the cell stays the caller's.
 */
export const AtomicRefOperation = { LOAD: 0, STORE: 1, SWAP: 2, COMPARE_EXCHANGE: 3 } as const;

export const atomicRef: ObjectKind = {
  name: "atomicref",
  words: 2,
  operations: [{ name: "load" }, { name: "store" }, { name: "swap" }, { name: "compareExchange" }],
  /** a, b = the value's words. */
  create(words, at, a, b) {
    words[at + AtomicRefWord.LOW] = a;
    words[at + AtomicRefWord.HIGH] = b;
  },
  step(turn, at, operation, _thread, a, b) {
    const { words } = turn;
    const low = words[at + AtomicRefWord.LOW];
    const high = words[at + AtomicRefWord.HIGH];
    let nextLow = a;
    let nextHigh = b;
    switch (operation) {
      case AtomicRefOperation.LOAD:
        turn.event = EventKind.load;
        break;
      case AtomicRefOperation.STORE:
        turn.event = EventKind.store;
        break;
      case AtomicRefOperation.SWAP:
        turn.event = EventKind.update;
        break;
      case AtomicRefOperation.COMPARE_EXCHANGE: {
        const isExpected = isSame(words, low, high, a, b);
        turn.event = isExpected ? EventKind.update : EventKind.compareFailed;
        nextLow = turn.low;
        nextHigh = turn.high;
        break;
      }
      default:
        throw new RangeError(`atomicref has no operation ${operation}`);
    }
    if (turn.event === EventKind.load || turn.event === EventKind.compareFailed) {
      const block = blockOf(low, high);
      if (block !== 0) hold(words, block);
    } else {
      words[at + AtomicRefWord.LOW] = nextLow;
      words[at + AtomicRefWord.HIGH] = nextHigh;
    }
    turn.argument = shownOf(words[at + AtomicRefWord.LOW], words[at + AtomicRefWord.HIGH]);
    turn.high = high;
    return low;
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("an operation on a reference never waits");
  },
  commutes(_words, _at, first, second) {
    return isRead(first) && isRead(second);
  },
  waitsFor() {
    return [];
  },
};

/** Loads, and exchanges that found another value. */
function isRead({ event }: Step): boolean {
  return event === EventKind.load || event === EventKind.compareFailed;
}

/** The words of a reference's value, as they stand there: for who only looks. */
export function referred(words: Int32Array, at: Address): { low: number; high: number } {
  return { low: words[at + AtomicRefWord.LOW], high: words[at + AtomicRefWord.HIGH] };
}
