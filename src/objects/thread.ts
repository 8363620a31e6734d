/**
 * A thread as others see it: it starts, it ends with a result or a panic, it can be joined any number of times.
 * The result is a block of the heap that stays until the run is over, since `join` may be called again.
 *
 * Beside that the thread itself parks here until another one unparks it, and makes its choices here, which concern
 * nobody else.
 */
import type { ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step } from "./object.ts";

export const ThreadWord = {
  THREAD: Head.OWN,
  /** 0 runs, 1 returned, 2 panicked. */
  OUTCOME: Head.OWN + 1,
  /** The encoded result or exception. */
  RESULT: Head.OWN + 2,
  /** 1 once a join has delivered a panic: then it is handled there. */
  DELIVERED: Head.OWN + 3,
  /** 1 once it was unparked, until it parks. */
  TOKEN: Head.OWN + 4,
} as const;

export const ThreadOperation = {
  SPAWN: 0,
  START: 1,
  END: 2,
  JOIN: 3,
  IS_FINISHED: 4,
  PARK: 5,
  UNPARK: 6,
  /** a = among how many; b = the one that is taken where nobody decides. */
  CHOOSE: 7,
} as const;

export const ThreadOutcome = { RUNNING: 0, RETURNED: 1, PANICKED: 2 } as const;

/** JOIN takes a = 1 to wait for the end without taking the panic upon itself: main's join of `@thread` functions. */
export const ONLY_WAIT = 1;

/** Results of PARK. */
export const ParkResult = { TIMED_OUT: 0, UNPARKED: 1, SPURIOUS: 2 } as const;

export const thread: ObjectKind = {
  name: "thread",
  words: 5,
  operations: [
    { name: "spawn" },
    { name: "start" },
    { name: "end" },
    { name: "join", waiting: "waits for the end of" },
    { name: "isFinished" },
    { name: "park", waiting: "waits for somebody to unpark", spurious: true },
    { name: "unpark" },
    { name: "choose" },
  ],
  /** a = the `ThreadId`. */
  create(words, at, a) {
    words[at + ThreadWord.THREAD] = a;
  },
  /** START: a = the parent. END: a = outcome, b = the result's block. */
  step(turn, at, operation, _thread, a, b) {
    const { words } = turn;
    switch (operation) {
      case ThreadOperation.SPAWN:
        turn.event = EventKind.spawn;
        turn.argument = words[at + ThreadWord.THREAD]!;
        return 0;
      case ThreadOperation.START:
        turn.event = EventKind.threadStart;
        turn.argument = a;
        return 0;
      case ThreadOperation.END:
        words[at + ThreadWord.OUTCOME] = a;
        words[at + ThreadWord.RESULT] = b;
        turn.event = EventKind.threadEnd;
        turn.argument = a === ThreadOutcome.PANICKED ? 1 : 0;
        turn.retryAll(at, 1 << ThreadOperation.JOIN);
        return 0;
      case ThreadOperation.JOIN: {
        const outcome = words[at + ThreadWord.OUTCOME];
        if (outcome === ThreadOutcome.RUNNING) {
          turn.argument = words[at + ThreadWord.THREAD]!;
          return BLOCKED;
        }
        if (outcome === ThreadOutcome.PANICKED && a !== ONLY_WAIT) {
          words[at + ThreadWord.DELIVERED] = 1;
        }
        turn.event = EventKind.join;
        turn.argument = words[at + ThreadWord.THREAD]!;
        turn.low = words[at + ThreadWord.RESULT]!;
        return outcome;
      }
      case ThreadOperation.IS_FINISHED:
        turn.event = EventKind.query;
        return (turn.argument = words[at + ThreadWord.OUTCOME] === ThreadOutcome.RUNNING ? 0 : 1);
      case ThreadOperation.PARK:
        if (words[at + ThreadWord.TOKEN] === 0) {
          turn.argument = -1;
          return BLOCKED;
        }
        words[at + ThreadWord.TOKEN] = 0;
        turn.event = EventKind.park;
        return (turn.argument = ParkResult.UNPARKED);
      case ThreadOperation.UNPARK:
        words[at + ThreadWord.TOKEN] = 1;
        turn.event = EventKind.unpark;
        turn.argument = words[at + ThreadWord.THREAD]!;
        turn.retryOne(at, 1 << ThreadOperation.PARK);
        return 0;
      case ThreadOperation.CHOOSE:
        turn.event = EventKind.choice;
        return (turn.argument = turn.choose(a, b));
      default:
        throw new RangeError(`thread has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const waits =
      operation === ThreadOperation.JOIN
        ? words[at + ThreadWord.OUTCOME] === ThreadOutcome.RUNNING
        : operation === ThreadOperation.PARK && words[at + ThreadWord.TOKEN] === 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn, _at, operation) {
    const parks = operation === ThreadOperation.PARK;
    turn.event = parks ? EventKind.park : EventKind.query;
    turn.argument = 0;
    return parks ? ParkResult.TIMED_OUT : ThreadOutcome.RUNNING;
  },
  wake(turn) {
    turn.event = EventKind.park;
    return (turn.argument = ParkResult.SPURIOUS);
  },
  /**
   * Spawn, start, end and join add no choice (SEMANTICS, Dependence); only asking whether it is over, and giving up waiting
   * for that, races with its end. Unparking races with parking and with other unparking, as there is one token.
   */
  commutes(_words, _at, first, second) {
    if (tokens(first) && tokens(second)) return false;
    const asks = ({ operation, result }: Step): boolean =>
      operation === ThreadOperation.IS_FINISHED ||
      (operation === ThreadOperation.JOIN && result === ThreadOutcome.RUNNING);
    const ends = ({ operation }: Step): boolean => operation === ThreadOperation.END;
    return !((asks(first) && ends(second)) || (ends(first) && asks(second)));
  },
  /** Whoever parks waits for nobody in particular. */
  waitsFor(words, at, operation) {
    return operation === ThreadOperation.JOIN &&
      words[at + ThreadWord.OUTCOME] === ThreadOutcome.RUNNING
      ? [words[at + ThreadWord.THREAD] as ThreadId]
      : [];
  },
};

const tokens = ({ operation }: Step): boolean =>
  operation === ThreadOperation.PARK || operation === ThreadOperation.UNPARK;
