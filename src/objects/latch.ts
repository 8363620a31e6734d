/** A latch: opens once, for good, when it has been counted down to 0. */
import { EventKind } from "../trace/event.ts";
import {
  awaitCount,
  countDown,
  countDownsCommute,
  CountWord,
  OUT_OF_RANGE,
  outlookOfCount,
} from "./count.ts";
import { type ObjectKind, Outlook, type Step } from "./object.ts";

export const LatchOperation = {
  /** a = by how many. */
  COUNT_DOWN: 0,
  WAIT: 1,
  COUNT: 2,
} as const;

export const latch: ObjectKind = {
  name: "latch",
  words: 1,
  operations: [
    { name: "countDown" },
    { name: "wait", waiting: "waits for the end of" },
    { name: "count" },
  ],
  /** a = the count. */
  create(words, at, a) {
    words[at + CountWord.COUNT] = a;
  },
  step(turn, at, operation, _thread, a) {
    switch (operation) {
      case LatchOperation.COUNT_DOWN:
        return countDown(turn, at, a, LatchOperation.WAIT);
      case LatchOperation.WAIT:
        return awaitCount(turn, at);
      case LatchOperation.COUNT:
        turn.event = EventKind.query;
        return (turn.argument = turn.words[at + CountWord.COUNT]!);
      default:
        throw new RangeError(`latch has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    return operation === LatchOperation.WAIT ? outlookOfCount(words, at) : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("a latch is never given up");
  },
  commutes(_words, _at, first, second) {
    const counts = LatchOperation.COUNT_DOWN;
    if (first.operation === counts && second.operation === counts)
      return countDownsCommute(first, first.a, second, second.a);
    return isRead(first) && isRead(second);
  },
  waitsFor() {
    return [];
  },
};

const isRead = ({ operation, result }: Step): boolean =>
  operation !== LatchOperation.COUNT_DOWN || result === OUT_OF_RANGE;
