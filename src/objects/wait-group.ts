/** A wait group: counts what was begun and what is done, and lets threads wait until all is. As Go's, it can be used again. */
import { EventKind } from "../trace/event.ts";
import {
  awaitCount,
  countDown,
  countDownsCommute,
  CountWord,
  MOST_COUNT,
  OUT_OF_RANGE,
  outlookOfCount,
} from "./count.ts";
import { type ObjectKind, Outlook, type Step } from "./object.ts";

export const WaitGroupOperation = {
  /** a = how many more. */
  ADD: 0,
  DONE: 1,
  WAIT: 2,
} as const;

export const waitGroup: ObjectKind = {
  name: "waitgroup",
  words: 1,
  operations: [
    { name: "add" },
    { name: "done" },
    { name: "wait", waiting: "waits for the end of" },
  ],
  create() {
    // Nothing was begun: all words are 0 as they come.
  },
  step(turn, at, operation, _thread, a) {
    const { words } = turn;
    switch (operation) {
      case WaitGroupOperation.ADD: {
        const count = words[at + CountWord.COUNT];
        turn.event = EventKind.countUp;
        turn.argument = count;
        if (a > MOST_COUNT - count) return OUT_OF_RANGE;
        words[at + CountWord.COUNT] = turn.argument = count + a;
        return 0;
      }
      case WaitGroupOperation.DONE:
        return countDown(turn, at, 1, WaitGroupOperation.WAIT);
      case WaitGroupOperation.WAIT:
        return awaitCount(turn, at);
      default:
        throw new RangeError(`waitgroup has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    return operation === WaitGroupOperation.WAIT ? outlookOfCount(words, at) : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("a wait group is never given up");
  },
  commutes(_words, _at, first, second) {
    const done = WaitGroupOperation.DONE;
    if (first.operation === done && second.operation === done)
      return countDownsCommute(first, 1, second, 1);
    return isRead(first) && isRead(second);
  },
  waitsFor() {
    return [];
  },
};

const isRead = ({ operation, result }: Step): boolean =>
  operation === WaitGroupOperation.WAIT || result === OUT_OF_RANGE;
