/**
 * A process as others see it: it runs until its main thread ends it, somebody within exits, it is killed or it crashes; from
 * then on none of its threads makes a step. What it came to stays, since `wait` may be called again.
 *
 * Its messages go by two channels (`channel.ts`), whose addresses stand here with those of their ends: who has the process has
 * the sender of one and the receiver of the other, the process itself has the opposite two. Left out: stopping threads, which
 * is the engine's; it looks at `OUTCOME` after a step that may have changed it.
 */
import type { ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step } from "./object.ts";

export const ProcessWord = {
  /** Its main thread. */
  THREAD: Head.OWN,
  PID: Head.OWN + 1,
  OUTCOME: Head.OWN + 2,
  /** The exit code, or the number of the signal that ended it. */
  CODE: Head.OWN + 3,
  /** 1: its threads are those of another process of the system, and end only when that has ended. */
  REMOTE: Head.OWN + 4,
  /** 1: somebody wants it killed, and waits until it is gone. */
  KILL_ASKED: Head.OWN + 5,
  /** 1 once somebody has waited for it, or killed it. */
  SEEN: Head.OWN + 6,
  /** The channels to it and from it, and their ends. */
  DOWN: Head.OWN + 7,
  DOWN_SENDER: Head.OWN + 8,
  DOWN_RECEIVER: Head.OWN + 9,
  UP: Head.OWN + 10,
  UP_SENDER: Head.OWN + 11,
  UP_RECEIVER: Head.OWN + 12,
  /** An encoded text: what it is called. */
  NAME: Head.OWN + 13,
  /** The process that was started before it in the same run; the native engine's. */
  BEFORE: Head.OWN + 14,
  /** The first of the ends of pipes that went into it (`given-pipes.ts`). */
  PIPES: Head.OWN + 15,
} as const;

export const ProcessOperation = {
  /** a = outcome, b = code or signal. By a thread of its own, or by who sees that the system's process has ended. */
  END: 0,
  /** a = 1 to wait for the end without having seen it: a process waits for those that it has started. */
  WAIT: 1,
  KILL: 2,
} as const;

export const ProcessOutcome = { RUNNING: 0, EXITED: 1, SIGNALLED: 2 } as const;

/** The number of SIGKILL, on every system. */
export const SIGKILL = 9;

/** See `WAIT`. */
export const ONLY_AWAIT = 1;

const AWAITS = (1 << ProcessOperation.WAIT) | (1 << ProcessOperation.KILL);

/** What traces are told: the exit code, or less than zero, the signal. */
function told(words: Int32Array, at: number): number {
  const code = words[at + ProcessWord.CODE];
  return words[at + ProcessWord.OUTCOME] === ProcessOutcome.SIGNALLED ? -code : code;
}

export const process_: ObjectKind = {
  name: "process",
  words: 16,
  operations: [
    { name: "exit" },
    { name: "wait", waiting: "waits for the end of the process" },
    { name: "kill", waiting: "waits for the end of the process" },
  ],
  /** a = 1: it is another process of the system. */
  create(words, at, a) {
    words[at + ProcessWord.REMOTE] = a;
    words[at + ProcessWord.THREAD] = -1;
  },
  /** WAIT and KILL answer the outcome, with the code or signal as the further word. */
  step(turn, at, operation, _thread, a, b) {
    const { words } = turn;
    const runs = words[at + ProcessWord.OUTCOME] === ProcessOutcome.RUNNING;
    switch (operation) {
      case ProcessOperation.END:
        if (runs) {
          words[at + ProcessWord.OUTCOME] = a;
          words[at + ProcessWord.CODE] = b;
          turn.retryAll(at, AWAITS);
        }
        turn.event = EventKind.processEnd;
        turn.argument = told(words, at);
        return words[at + ProcessWord.OUTCOME];
      case ProcessOperation.WAIT:
      case ProcessOperation.KILL:
        if (runs && (operation === ProcessOperation.WAIT || words[at + ProcessWord.REMOTE] === 1)) {
          if (operation === ProcessOperation.KILL) words[at + ProcessWord.KILL_ASKED] = 1;
          turn.argument = words[at + ProcessWord.THREAD]!;
          return BLOCKED;
        }
        if (runs) {
          words[at + ProcessWord.OUTCOME] = ProcessOutcome.SIGNALLED;
          words[at + ProcessWord.CODE] = SIGKILL;
          turn.retryAll(at, AWAITS);
        }
        if (operation === ProcessOperation.KILL || a !== ONLY_AWAIT)
          words[at + ProcessWord.SEEN] = 1;
        turn.event =
          operation === ProcessOperation.WAIT ? EventKind.processWait : EventKind.processKill;
        turn.argument = told(words, at);
        turn.low = words[at + ProcessWord.CODE]!;
        return words[at + ProcessWord.OUTCOME];
      default:
        throw new RangeError(`process has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const runs = words[at + ProcessWord.OUTCOME] === ProcessOutcome.RUNNING;
    if (!runs || operation === ProcessOperation.END) return Outlook.GOES;
    if (operation === ProcessOperation.WAIT) return Outlook.WAITS;
    return words[at + ProcessWord.REMOTE] === 1 ? Outlook.NOTES : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("what waits for a process takes no time-out");
  },
  /** Only those who see it ended do: what it came to is settled by who was first. */
  commutes(_words, _at, first, second) {
    return isLook(first) && isLook(second);
  },
  waitsFor(words, at) {
    const main = words[at + ProcessWord.THREAD];
    const runs = words[at + ProcessWord.OUTCOME] === ProcessOutcome.RUNNING;
    return runs && main >= 0 ? [main as ThreadId] : [];
  },
};

const isLook = ({ operation }: Step): boolean => operation === ProcessOperation.WAIT;
