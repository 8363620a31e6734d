/**
 * `Notify`, as tokio's: wakes those who have come to wait. Coming and waiting are two operations, since who is to be woken by
 * `notifyAll` is settled when it is called: those who had come by then. A `notifyOne` with nobody there keeps one permit for whoever
 * comes next.
 */
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook } from "./object.ts";

export const NotifyWord = {
  /** 1: whoever comes next need not wait. */
  PERMIT: Head.OWN,
  /** How many have come and not gone on. */
  HERE: Head.OWN + 1,
  /** How many of them may go on. */
  WOKEN: Head.OWN + 2,
} as const;

export const NotifyOperation = {
  /** Answers 1 where there is nothing to wait for. */
  COME: 0,
  AWAIT: 1,
  /** Gives up waiting. */
  LEAVE: 2,
  NOTIFY_ONE: 3,
  NOTIFY_ALL: 4,
} as const;

export const notify: ObjectKind = {
  name: "notify",
  words: 3,
  operations: [
    { name: "notified" },
    { name: "notified", waiting: "waits for a notification of" },
    { name: "give up" },
    { name: "notifyOne" },
    { name: "notifyAll" },
  ],
  create(words, at) {
    words.fill(0, at + NotifyWord.PERMIT, at + NotifyWord.WOKEN + 1);
  },
  step(turn, at, operation) {
    const { words } = turn;
    const present = words[at + NotifyWord.HERE];
    const woken = words[at + NotifyWord.WOKEN];
    switch (operation) {
      case NotifyOperation.COME: {
        const permit = words[at + NotifyWord.PERMIT];
        turn.event = permit === 1 ? EventKind.acquire : EventKind.query;
        turn.argument = permit;
        words[at + NotifyWord.PERMIT] = 0;
        if (permit === 0) words[at + NotifyWord.HERE] = present + 1;
        return permit;
      }
      case NotifyOperation.AWAIT:
        if (woken === 0) {
          turn.argument = -1;
          return BLOCKED;
        }
        words[at + NotifyWord.HERE] = present - 1;
        words[at + NotifyWord.WOKEN] = woken - 1;
        turn.event = EventKind.acquire;
        turn.argument = woken - 1;
        return 1;
      case NotifyOperation.LEAVE:
        turn.event = EventKind.query;
        turn.argument = present - 1;
        words[at + NotifyWord.HERE] = present - 1;
        // It was to be woken: that is not lost, but kept for whoever comes next.
        if (woken > present - 1) {
          words[at + NotifyWord.WOKEN] = woken - 1;
          words[at + NotifyWord.PERMIT] = 1;
        }
        return 0;
      case NotifyOperation.NOTIFY_ONE:
        turn.event = EventKind.release;
        turn.argument = 1;
        if (woken < present) {
          words[at + NotifyWord.WOKEN] = woken + 1;
          turn.retryOne(at, 1 << NotifyOperation.AWAIT);
        } else {
          words[at + NotifyWord.PERMIT] = 1;
        }
        return 0;
      case NotifyOperation.NOTIFY_ALL:
        turn.event = EventKind.release;
        turn.argument = present - woken;
        words[at + NotifyWord.WOKEN] = present;
        turn.retryAll(at, 1 << NotifyOperation.AWAIT);
        return 0;
      default:
        throw new RangeError(`notify has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const waits = operation === NotifyOperation.AWAIT && words[at + NotifyWord.WOKEN] === 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn, at) {
    turn.event = EventKind.acquireRefused;
    turn.argument = turn.words[at + NotifyWord.WOKEN]!;
    return 0;
  },
  /** Only a wait that was given up in the middle of a select changes nothing. */
  commutes(_words, _at, first, second) {
    const refused = NotifyOperation.AWAIT;
    return (
      first.operation === refused &&
      first.result === 0 &&
      second.operation === refused &&
      second.result === 0
    );
  },
  waitsFor() {
    return [];
  },
};
