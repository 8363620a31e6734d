/**
 * A job of a pool as others see it: a thread of the pool takes it up, it ends with a result or a panic, and it can be joined
 * any number of times. Its words and results are a thread's, so that one join handle serves both.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, type ObjectKind, Outlook, type Step } from "./object.ts";
import { poolThreads } from "./pool.ts";
import { ThreadOutcome, ThreadWord } from "./thread.ts";

export const JobWord = {
  /** Who runs it: thread + 1, 0 as long as nobody does. */
  RUNNER: ThreadWord.THREAD,
  OUTCOME: ThreadWord.OUTCOME,
  RESULT: ThreadWord.RESULT,
  DELIVERED: ThreadWord.DELIVERED,
  POOL: ThreadWord.DELIVERED + 1,
} as const;

export const JobOperation = { START: 0, END: 1, JOIN: 2, IS_FINISHED: 3 } as const;

export const job: ObjectKind = {
  name: "job",
  words: 5,
  operations: [
    { name: "start" },
    { name: "end" },
    { name: "join", waiting: "waits for the end of" },
    { name: "isFinished" },
  ],
  /** a = the pool. */
  create(words, at, a) {
    words[at + JobWord.POOL] = a;
  },
  /** END: a = outcome, b = the result's block. */
  step(turn, at, operation, thread, a, b) {
    const { words } = turn;
    switch (operation) {
      case JobOperation.START:
        words[at + JobWord.RUNNER] = thread + 1;
        turn.event = EventKind.jobStart;
        turn.argument = 0;
        return 0;
      case JobOperation.END:
        words[at + JobWord.OUTCOME] = a;
        words[at + JobWord.RESULT] = b;
        turn.event = EventKind.jobEnd;
        turn.argument = a === ThreadOutcome.PANICKED ? 1 : 0;
        turn.retryAll(at, 1 << JobOperation.JOIN);
        return 0;
      case JobOperation.JOIN: {
        const outcome = words[at + JobWord.OUTCOME];
        if (outcome === ThreadOutcome.RUNNING) {
          turn.argument = words[at + JobWord.RUNNER] - 1;
          return BLOCKED;
        }
        if (outcome === ThreadOutcome.PANICKED) words[at + JobWord.DELIVERED] = 1;
        turn.event = EventKind.jobJoin;
        turn.argument = words[at + JobWord.RUNNER] - 1;
        return outcome;
      }
      case JobOperation.IS_FINISHED:
        turn.event = EventKind.query;
        return (turn.argument = words[at + JobWord.OUTCOME] === ThreadOutcome.RUNNING ? 0 : 1);
      default:
        throw new RangeError(`job has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const runs = words[at + JobWord.OUTCOME] === ThreadOutcome.RUNNING;
    return operation === JobOperation.JOIN && runs ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn) {
    turn.event = EventKind.query;
    turn.argument = 0;
    return ThreadOutcome.RUNNING;
  },
  /** As a thread's: starting, ending and joining add no choice, asking whether it is over races with its end. */
  commutes(_words, _at, first, second) {
    const asks = ({ operation, result }: Step): boolean =>
      operation === JobOperation.IS_FINISHED ||
      (operation === JobOperation.JOIN && result === ThreadOutcome.RUNNING);
    const ends = ({ operation }: Step): boolean => operation === JobOperation.END;
    return !((asks(first) && ends(second)) || (ends(first) && asks(second)));
  },
  /** For who runs it; for all threads of the pool, while none of them does. */
  waitsFor(words, at) {
    if (words[at + JobWord.OUTCOME] !== ThreadOutcome.RUNNING) return [];
    const runner = words[at + JobWord.RUNNER];
    if (runner !== 0) return [(runner - 1) as ThreadId];
    return poolThreads(words, words[at + JobWord.POOL] as Address);
  },
};
