/**
 * Something that is done once: whoever comes first does it, the others wait until it is done. If it fails the next one tries
 * (an exception poisons nothing but locks: SEMANTICS, Values). What came of it may be a value, kept as cells keep theirs; it never
 * changes again.
 */
import type { ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step } from "./object.ts";

export const OnceWord = {
  STATE: Head.OWN,
  /** Who does it: thread + 1. */
  RUNNER: Head.OWN + 1,
  VALUE_TAG: Head.OWN + 2,
  VALUE_LOW: Head.OWN + 3,
  VALUE_HIGH: Head.OWN + 4,
} as const;

export const OnceState = { NEW: 0, RUNNING: 1, DONE: 2 } as const;

/** The value of END and SET: a = its tag, its words in `turn.low` and `turn.high`. */
export const OnceOperation = {
  BEGIN: 0,
  /** b = 1: it is done; 0: it failed. */
  END: 1,
  SET: 2,
  IS_COMPLETED: 3,
} as const;

/** Results of BEGIN: do it, or it is done. Of SET: it was set, or there was a value already. */
export const OnceResult = { DO: 0, DONE: 1, SET: 2 } as const;

const BLOCKING = (1 << OnceOperation.BEGIN) | (1 << OnceOperation.SET);

export const once: ObjectKind = {
  name: "once",
  words: 5,
  operations: [
    { name: "begin", waiting: "waits for the end of" },
    { name: "end" },
    { name: "set", waiting: "waits for the end of" },
    { name: "isCompleted" },
  ],
  create() {
    // Not done: all words are 0 as they come.
  },
  step(turn, at, operation, thread, a, b) {
    const { words } = turn;
    const state = words[at + OnceWord.STATE];
    switch (operation) {
      case OnceOperation.BEGIN:
      case OnceOperation.SET:
        if (state === OnceState.RUNNING) {
          turn.argument = words[at + OnceWord.RUNNER] - 1;
          return BLOCKED;
        }
        turn.event = EventKind.onceSeen;
        turn.argument = 0;
        if (state === OnceState.DONE) return OnceResult.DONE;
        if (operation === OnceOperation.BEGIN) {
          turn.event = EventKind.onceBegin;
          words[at + OnceWord.STATE] = OnceState.RUNNING;
          words[at + OnceWord.RUNNER] = thread + 1;
          return OnceResult.DO;
        }
        turn.event = EventKind.onceEnd;
        turn.argument = 1;
        break;
      case OnceOperation.END:
        turn.event = EventKind.onceEnd;
        turn.argument = b;
        turn.retryAll(at, BLOCKING);
        if (b === 0) {
          words[at + OnceWord.STATE] = OnceState.NEW;
          return 0;
        }
        break;
      case OnceOperation.IS_COMPLETED:
        turn.event = EventKind.query;
        return (turn.argument = state === OnceState.DONE ? 1 : 0);
      default:
        throw new RangeError(`once has no operation ${operation}`);
    }
    words[at + OnceWord.VALUE_TAG] = a;
    words[at + OnceWord.VALUE_LOW] = turn.low;
    words[at + OnceWord.VALUE_HIGH] = turn.high;
    words[at + OnceWord.STATE] = OnceState.DONE;
    return OnceResult.SET;
  },
  outlook(words, at, operation) {
    const waits =
      (BLOCKING & (1 << operation)) !== 0 && words[at + OnceWord.STATE] === OnceState.RUNNING;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody gives up waiting for what is done once");
  },
  commutes(_words, _at, first, second) {
    return isRead(first) && isRead(second);
  },
  waitsFor(words, at) {
    return words[at + OnceWord.STATE] === OnceState.RUNNING
      ? [(words[at + OnceWord.RUNNER] - 1) as ThreadId]
      : [];
  },
};

/** It was done already, and is seen to be. */
function isRead({ operation, result }: Step): boolean {
  if (operation === OnceOperation.IS_COMPLETED) return true;
  return operation !== OnceOperation.END && result === OnceResult.DONE;
}
