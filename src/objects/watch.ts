/**
 * A watch: the newest value alone, read by any number of receivers. Each remembers which it has seen last (`EndWord.SEEN`);
 * the one that was there from the beginning counts as seen.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import {
  EndSide,
  EndWord,
  linkEnd,
  ownersOf,
  ReceiveResult,
  SendResult,
  unlinkEnd,
} from "./ends.ts";
import { hold } from "./held.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";

export const WatchWord = {
  /** The newest value, a block that is held (`held.ts`). */
  VALUE: Head.OWN,
  /** Its number: 0 for the first, then that of the message. */
  NUMBER: Head.OWN + 1,
  SENDERS: Head.OWN + 2,
  RECEIVERS: Head.OWN + 3,
  /** The ends that are not dropped, linked (`ends.ts`). */
  ENDS: Head.OWN + 4,
} as const;

export const WatchOperation = {
  SEND: 0,
  GET: 1,
  CHANGED: 2,
  CLONE_RECEIVER: 3,
  DROP_SENDER: 4,
  DROP_RECEIVER: 5,
} as const;

const CHANGES = 1 << WatchOperation.CHANGED;

/** `turn.low`: the value that was replaced, for the sender to let go. */
function send(turn: Turn, at: Address, value: Address): number {
  const { words } = turn;
  if (words[at + WatchWord.RECEIVERS] === 0) {
    turn.event = EventKind.sendRefused;
    turn.argument = 1;
    return SendResult.CLOSED;
  }
  turn.low = words[at + WatchWord.VALUE];
  words[at + WatchWord.VALUE] = value;
  turn.event = EventKind.send;
  turn.argument = ++words[at + WatchWord.NUMBER];
  turn.retryAll(at, CHANGES);
  return SendResult.SENT;
}

/** The newest value, held for the reader. The first one was never sent. */
function read(turn: Turn, at: Address): number {
  const { words } = turn;
  const value = words[at + WatchWord.VALUE] as Address;
  hold(words, value);
  const number = words[at + WatchWord.NUMBER];
  turn.event = number === 0 ? EventKind.query : EventKind.receive;
  turn.argument = number;
  return value;
}

function changed(turn: Turn, at: Address, end: Address, seen: number): number {
  const { words } = turn;
  if (words[at + WatchWord.NUMBER] > seen) {
    words[end + EndWord.SEEN] = words[at + WatchWord.NUMBER];
    return read(turn, at);
  }
  if (words[at + WatchWord.SENDERS] > 0) {
    turn.argument = -1;
    return BLOCKED;
  }
  turn.event = EventKind.closed;
  turn.argument = 0;
  return ReceiveResult.CLOSED;
}

/** `turn.low`: with the last end of both sides, the value, to be let go; else 0. */
function drop(turn: Turn, at: Address, side: number, end: Address): number {
  const { words } = turn;
  unlinkEnd(words, at + WatchWord.ENDS, end);
  const isSender = side === EndSide.SENDER;
  const left = --words[at + (isSender ? WatchWord.SENDERS : WatchWord.RECEIVERS)];
  if (isSender) turn.retryAll(at, CHANGES);
  const others = words[at + (isSender ? WatchWord.RECEIVERS : WatchWord.SENDERS)];
  turn.low = left + others === 0 ? words[at + WatchWord.VALUE] : 0;
  turn.event = isSender ? EventKind.dropSender : EventKind.dropReceiver;
  return (turn.argument = left);
}

function cloneReceiver(
  turn: Turn,
  at: Address,
  end: Address,
  seen: number,
  thread: ThreadId,
): number {
  const { words } = turn;
  linkEnd(words, at + WatchWord.ENDS, end, EndSide.RECEIVER, thread);
  words[end + EndWord.SEEN] = seen;
  turn.event = EventKind.cloneReceiver;
  return (turn.argument = ++words[at + WatchWord.RECEIVERS]);
}

export const watch: ObjectKind = {
  name: "watch",
  words: 5,
  operations: [
    { name: "send" },
    { name: "get" },
    { name: "changed", waiting: "waits for a change of" },
    { name: "clone receiver" },
    { name: "drop sender" },
    { name: "drop receiver" },
  ],
  /** a = the first value, held by the watch. One sender and one receiver. */
  create(words, at, a) {
    words[at + WatchWord.VALUE] = a;
    words[at + WatchWord.SENDERS] = 1;
    words[at + WatchWord.RECEIVERS] = 1;
  },
  /** SEND: a = the value. CHANGED and CLONE_RECEIVER: a = the end, b = what it has seen, or its origin. DROP: a = the end. */
  step(turn, at, operation, thread, a, b) {
    const end = a as Address;
    switch (operation) {
      case WatchOperation.SEND:
        return send(turn, at, end);
      case WatchOperation.GET:
        return read(turn, at);
      case WatchOperation.CHANGED:
        return changed(turn, at, end, b);
      case WatchOperation.CLONE_RECEIVER:
        return cloneReceiver(turn, at, end, b, thread);
      case WatchOperation.DROP_SENDER:
        return drop(turn, at, EndSide.SENDER, end);
      case WatchOperation.DROP_RECEIVER:
        return drop(turn, at, EndSide.RECEIVER, end);
      default:
        throw new RangeError(`watch has no operation ${operation}`);
    }
  },
  outlook(words, at, operation, _a, b) {
    const waits =
      operation === WatchOperation.CHANGED &&
      words[at + WatchWord.NUMBER] <= b &&
      words[at + WatchWord.SENDERS] > 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("waiting for a change is never given up");
  },
  /** Receivers see nothing of each other. What is sent is seen by all, and they are seen by who sends to nobody. */
  commutes(_words, _at, first, second) {
    if (first.operation === WatchOperation.SEND || second.operation === WatchOperation.SEND) {
      return false;
    }
    return !(sawTheEnd(first, second) || sawTheEnd(second, first));
  },
  waitsFor(words, at) {
    return ownersOf(words, at + WatchWord.ENDS, EndSide.SENDER);
  },
};

function sawTheEnd(one: Step, other: Step): boolean {
  return one.event === EventKind.closed && other.operation === WatchOperation.DROP_SENDER;
}
