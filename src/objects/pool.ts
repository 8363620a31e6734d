/**
 * What the threads of a pool share: a queue of jobs, in order, bounded or not, that can be closed; how many threads there are; and
 * the jobs that panicked. A thread is started with a job as long as there are fewer than wanted: the submission tells.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step } from "./object.ts";
import { appendNode, takeNode } from "./waiters.ts";

export const PoolWord = {
  /** Jobs that nobody has taken: nodes. */
  FIRST: Head.OWN,
  LAST: Head.OWN + 1,
  QUEUED: Head.OWN + 2,
  /** -1: no limit. */
  CAPACITY: Head.OWN + 3,
  CLOSED: Head.OWN + 4,
  /** How many threads are wanted, were started, and have ended. */
  THREADS: Head.OWN + 5,
  STARTED: Head.OWN + 6,
  ENDED: Head.OWN + 7,
  /** A block with a word for each of them: its thread + 1, once it has come. */
  ROSTER: Head.OWN + 8,
  /** Nodes of jobs that panicked; `LOAD` is the job. */
  PANICKED_FIRST: Head.OWN + 9,
  PANICKED_LAST: Head.OWN + 10,
  /** The encoded name. */
  NAME: Head.OWN + 11,
} as const;

export const PoolOperation = {
  /** a = the job's node. Answers `SubmitResult`, or which thread has to be started for it, from 1. */
  SUBMIT: 0,
  /** a = which of the threads asks, from 0. Answers a node, 0 once the pool is closed and nothing is left. */
  TAKE: 1,
  /** a = the node of the job that panicked. */
  PANICKED: 2,
  /** One of its threads is done. */
  LEAVE: 3,
  CLOSE: 4,
  /** Waits until all threads are done. */
  AWAIT_END: 5,
} as const;

export const SubmitResult = { QUEUED: 0, CLOSED: -1 } as const;

/** The threads of the pool at `at` that have come so far. */
export function poolThreads(words: Int32Array, at: Address): ThreadId[] {
  const threads: ThreadId[] = [];
  const roster = words[at + PoolWord.ROSTER];
  for (let index = 0; index < words[at + PoolWord.THREADS]; index++) {
    const thread = words[roster + index];
    if (thread !== 0) threads.push((thread - 1) as ThreadId);
  }
  return threads;
}

const isFull = (words: Int32Array, at: Address): boolean =>
  words[at + PoolWord.CAPACITY] >= 0 &&
  words[at + PoolWord.QUEUED] >= words[at + PoolWord.CAPACITY];

export const pool: ObjectKind = {
  name: "pool",
  words: 12,
  operations: [
    { name: "submit", waiting: "waits for room in" },
    { name: "take", waiting: "waits for a job of" },
    { name: "panicked" },
    { name: "leave" },
    { name: "shutdown" },
    { name: "shutdown", waiting: "waits for the threads of" },
  ],
  /** a = threads, b = capacity; the creator fills in the roster and the name. */
  create(words, at, a, b) {
    words[at + PoolWord.THREADS] = a;
    words[at + PoolWord.CAPACITY] = b;
  },
  step(turn, at, operation, thread, a) {
    const { words } = turn;
    turn.event = EventKind.query;
    turn.argument = 0;
    switch (operation) {
      case PoolOperation.SUBMIT:
        if (words[at + PoolWord.CLOSED] !== 0) return SubmitResult.CLOSED;
        if (isFull(words, at)) {
          turn.argument = -1;
          return BLOCKED;
        }
        appendNode(words, at + PoolWord.FIRST, a as Address, thread);
        turn.event = EventKind.jobSubmit;
        turn.argument = ++words[at + PoolWord.QUEUED];
        turn.retryOne(at, 1 << PoolOperation.TAKE);
        return words[at + PoolWord.STARTED] < words[at + PoolWord.THREADS]
          ? ++words[at + PoolWord.STARTED]
          : SubmitResult.QUEUED;
      case PoolOperation.TAKE: {
        if (words[at + PoolWord.FIRST] === 0 && words[at + PoolWord.CLOSED] === 0) {
          turn.argument = -1;
          return BLOCKED;
        }
        words[words[at + PoolWord.ROSTER] + a] = thread + 1;
        const node = takeNode(words, at + PoolWord.FIRST);
        // Seen to be closed.
        turn.argument = 1;
        if (node === 0) return 0;
        turn.event = EventKind.jobTake;
        turn.argument = --words[at + PoolWord.QUEUED];
        turn.retryOne(at, 1 << PoolOperation.SUBMIT);
        return node;
      }
      case PoolOperation.PANICKED:
        appendNode(words, at + PoolWord.PANICKED_FIRST, a as Address, thread);
        return 0;
      case PoolOperation.LEAVE:
        words[at + PoolWord.ENDED]++;
        if (hasEnded(words, at)) turn.retryAll(at, 1 << PoolOperation.AWAIT_END);
        return 0;
      case PoolOperation.CLOSE:
        words[at + PoolWord.CLOSED] = 1;
        turn.event = EventKind.poolClose;
        turn.retryAll(at, (1 << PoolOperation.TAKE) | (1 << PoolOperation.SUBMIT));
        if (hasEnded(words, at)) turn.retryAll(at, 1 << PoolOperation.AWAIT_END);
        return 0;
      case PoolOperation.AWAIT_END:
        if (!hasEnded(words, at)) {
          turn.argument = -1;
          return BLOCKED;
        }
        turn.event = EventKind.poolEnd;
        return 0;
      default:
        throw new RangeError(`pool has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const waits =
      operation === PoolOperation.SUBMIT
        ? words[at + PoolWord.CLOSED] === 0 && isFull(words, at)
        : operation === PoolOperation.TAKE
          ? words[at + PoolWord.CLOSED] === 0 && words[at + PoolWord.FIRST] === 0
          : operation === PoolOperation.AWAIT_END && !hasEnded(words, at);
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody gives up a pool");
  },
  /** Its queue is one object; seeing that it is over or closed is a read. */
  commutes(_words, _at, first, second) {
    return isRead(first) && isRead(second);
  },
  waitsFor(words, at, operation) {
    return operation === PoolOperation.TAKE ? [] : poolThreads(words, at);
  },
};

function hasEnded(words: Int32Array, at: Address): boolean {
  return (
    words[at + PoolWord.CLOSED] !== 0 && words[at + PoolWord.ENDED] === words[at + PoolWord.STARTED]
  );
}

function isRead({ operation, result }: Step): boolean {
  return (
    operation === PoolOperation.AWAIT_END ||
    (operation === PoolOperation.SUBMIT && result === SubmitResult.CLOSED)
  );
}
