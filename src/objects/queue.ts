/**
 * A queue that many threads put into and many take out of, none of whom ever waits: who finds it full or empty is told so.
 * Messages are blocks, linked by their first words.
 */
import { EventKind } from "../trace/event.ts";
import { Head, type ObjectKind, Outlook, type Step } from "./object.ts";
import { NodeWord } from "./waiters.ts";

export const QueueWord = {
  FIRST: Head.OWN,
  LAST: Head.OWN + 1,
  SIZE: Head.OWN + 2,
  /** -1: without a limit. */
  CAPACITY: Head.OWN + 3,
  /** How many were put in so far. */
  NUMBER: Head.OWN + 4,
} as const;

/** PUSH takes the message as `a` and answers 1, or 0 where it is full. POP answers the message, or 0 where there is none. */
export const QueueOperation = { PUSH: 0, POP: 1, SIZE: 2 } as const;

/** Where a queued message keeps its number, from 1. */
const NUMBER = NodeWord.STATE;

export const queue: ObjectKind = {
  name: "queue",
  words: 5,
  operations: [{ name: "push" }, { name: "pop" }, { name: "size" }],
  /** a = its capacity. */
  create(words, at, a) {
    words[at + QueueWord.CAPACITY] = a;
  },
  step(turn, at, operation, _thread, a) {
    const { words } = turn;
    const size = words[at + QueueWord.SIZE];
    switch (operation) {
      case QueueOperation.PUSH: {
        turn.event = EventKind.insertRefused;
        turn.argument = 0;
        if (size === words[at + QueueWord.CAPACITY]) return 0;
        const last = words[at + QueueWord.LAST];
        words[a + NodeWord.NEXT] = 0;
        turn.argument = words[a + NUMBER] = ++words[at + QueueWord.NUMBER];
        words[size === 0 ? at + QueueWord.FIRST : last + NodeWord.NEXT] = a;
        words[at + QueueWord.LAST] = a;
        words[at + QueueWord.SIZE] = size + 1;
        turn.event = EventKind.insert;
        return 1;
      }
      case QueueOperation.POP: {
        turn.event = EventKind.findNothing;
        turn.argument = 0;
        if (size === 0) return 0;
        const first = words[at + QueueWord.FIRST];
        words[at + QueueWord.FIRST] = words[first + NodeWord.NEXT]!;
        words[at + QueueWord.SIZE] = size - 1;
        turn.event = EventKind.remove;
        turn.argument = words[first + NUMBER]!;
        return first;
      }
      case QueueOperation.SIZE:
        turn.event = EventKind.query;
        return (turn.argument = size);
      default:
        throw new RangeError(`queue has no operation ${operation}`);
    }
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody waits for a queue that refuses");
  },
  commutes(words, at, first, second) {
    if (isRead(first) && isRead(second)) return true;
    const push = first.event === EventKind.insert ? first : second;
    const pop = push === first ? second : first;
    if (push.event !== EventKind.insert || pop.event !== EventKind.remove) return false;
    // They depend through the message, and through the room that it leaves.
    const capacity = words[at + QueueWord.CAPACITY];
    const waitedFor = capacity >= 0 && push.argument === pop.argument + capacity;
    return push.argument !== pop.argument && !waitedFor;
  },
  waitsFor() {
    return [];
  },
};

/** Questions, and tries that were refused. */
function isRead({ event }: Step): boolean {
  return event !== EventKind.insert && event !== EventKind.remove;
}
