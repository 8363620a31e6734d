/**
 * A sum that threads add to, 64 bits wide. An addition does not tell what the sum is, and that is the point: additions commute,
 * whereas each `fetchAdd` of an atomic sees those before it.
 *
 * Left out: cells for several threads to add to at a time (as in Java's `LongAdder`). One step is one word-lock, held for two
 * additions; and the sum is exact, as it is read at one moment.
 */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { Head, type ObjectKind, Outlook } from "./object.ts";

export const CounterWord = { LOW: Head.OWN, HIGH: Head.OWN + 1 } as const;

/** ADD takes the halves of a number as `a` and `b`. SUM answers the low half, the high one in `turn.high`. */
export const CounterOperation = { ADD: 0, SUM: 1 } as const;

export const counter: ObjectKind = {
  name: "counter",
  words: 2,
  operations: [{ name: "add" }, { name: "sum" }],
  create() {
    // 0: all words are as they come.
  },
  step(turn, at, operation, _thread, a, b) {
    const { words } = turn;
    const low = words[at + CounterWord.LOW];
    const high = words[at + CounterWord.HIGH];
    switch (operation) {
      case CounterOperation.ADD: {
        const sum = (low >>> 0) + (a >>> 0);
        words[at + CounterWord.LOW] = sum | 0;
        words[at + CounterWord.HIGH] = (high + b + (sum > 0xffff_ffff ? 1 : 0)) | 0;
        turn.event = EventKind.countAdd;
        turn.argument = a;
        return 0;
      }
      case CounterOperation.SUM:
        turn.event = EventKind.load;
        turn.argument = low;
        turn.high = high;
        return low;
      default:
        throw new RangeError(`counter has no operation ${operation}`);
    }
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody waits for a sum");
  },
  commutes(_words, _at, first, second) {
    return first.operation === second.operation;
  },
  waitsFor() {
    return [];
  },
};

/** The sum as a number; exact up to 2^53. */
export function summed(words: Int32Array, at: Address): number {
  return words[at + CounterWord.HIGH] * 2 ** 32 + (words[at + CounterWord.LOW] >>> 0);
}
