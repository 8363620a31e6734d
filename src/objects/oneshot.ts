/**
 * A one-shot: a channel for one message. Sending uses the sender up and receiving the receiver, in the same step, so that no
 * drop of theirs follows.
 */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { EndSide, ownersOf, ReceiveResult, SendResult, unlinkEnd } from "./ends.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";

export const OneshotWord = {
  /** Sent and not received, 0 for none. */
  MESSAGE: Head.OWN,
  /** 1 while there is one. */
  SENDERS: Head.OWN + 1,
  RECEIVERS: Head.OWN + 2,
  /** The ends that are left, linked (`ends.ts`). */
  ENDS: Head.OWN + 3,
} as const;

export const OneshotOperation = {
  SEND: 0,
  RECEIVE: 1,
  TRY_RECEIVE: 2,
  DROP_SENDER: 3,
  /** Answers the message that nobody will receive, 0 for none. */
  DROP_RECEIVER: 4,
} as const;

const RECEIVES = 1 << OneshotOperation.RECEIVE;
/** The number of its only message. */
const FIRST = 1;

function send(turn: Turn, at: Address, message: Address, end: Address): number {
  const { words } = turn;
  unlinkEnd(words, at + OneshotWord.ENDS, end);
  words[at + OneshotWord.SENDERS] = 0;
  if (words[at + OneshotWord.RECEIVERS] === 0) {
    turn.event = EventKind.sendRefused;
    turn.argument = 1;
    return SendResult.CLOSED;
  }
  words[at + OneshotWord.MESSAGE] = message;
  turn.retryAll(at, RECEIVES);
  turn.event = EventKind.send;
  turn.argument = FIRST;
  return SendResult.SENT;
}

function receive(turn: Turn, at: Address, operation: number, end: Address): number {
  const { words } = turn;
  const message = words[at + OneshotWord.MESSAGE];
  const blocks = operation === OneshotOperation.RECEIVE;
  if (message !== 0) {
    words[at + OneshotWord.MESSAGE] = 0;
    words[at + OneshotWord.RECEIVERS] = 0;
    unlinkEnd(words, at + OneshotWord.ENDS, end);
    turn.event = EventKind.receive;
    turn.argument = FIRST;
    return message;
  }
  if (words[at + OneshotWord.SENDERS] === 0) {
    turn.event = blocks ? EventKind.closed : EventKind.receiveRefused;
    turn.argument = blocks ? 0 : 1;
    return ReceiveResult.CLOSED;
  }
  if (blocks) {
    turn.argument = -1;
    return BLOCKED;
  }
  return refuse(turn);
}

function refuse(turn: Turn): number {
  turn.event = EventKind.receiveRefused;
  turn.argument = 0;
  return ReceiveResult.EMPTY;
}

export const oneshot: ObjectKind = {
  name: "oneshot",
  words: 4,
  operations: [
    { name: "send" },
    { name: "recv", waiting: "waits for the message of" },
    { name: "tryRecv" },
    { name: "drop sender" },
    { name: "drop receiver" },
  ],
  create(words, at) {
    words[at + OneshotWord.SENDERS] = 1;
    words[at + OneshotWord.RECEIVERS] = 1;
  },
  /** SEND: a = the message, b = the sender's end. The others: a = the end. */
  step(turn, at, operation, _thread, a, b) {
    const { words } = turn;
    switch (operation) {
      case OneshotOperation.SEND:
        return send(turn, at, a as Address, b as Address);
      case OneshotOperation.RECEIVE:
      case OneshotOperation.TRY_RECEIVE:
        return receive(turn, at, operation, a as Address);
      case OneshotOperation.DROP_SENDER:
        unlinkEnd(words, at + OneshotWord.ENDS, a as Address);
        words[at + OneshotWord.SENDERS] = 0;
        turn.retryAll(at, RECEIVES);
        turn.event = EventKind.dropSender;
        return (turn.argument = 0);
      case OneshotOperation.DROP_RECEIVER: {
        unlinkEnd(words, at + OneshotWord.ENDS, a as Address);
        words[at + OneshotWord.RECEIVERS] = 0;
        const message = words[at + OneshotWord.MESSAGE];
        words[at + OneshotWord.MESSAGE] = 0;
        turn.event = EventKind.dropReceiver;
        turn.argument = 0;
        return message;
      }
      default:
        throw new RangeError(`oneshot has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const waits =
      operation === OneshotOperation.RECEIVE &&
      words[at + OneshotWord.MESSAGE] === 0 &&
      words[at + OneshotWord.SENDERS] === 1;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn) {
    return refuse(turn);
  },
  /** Each side has one end, so that two operations of one side are one thread's. The drops see nothing of each other. */
  commutes(_words, _at, first, second) {
    return (isRead(first) && isRead(second)) || (isDrop(first) && isDrop(second));
  },
  waitsFor(words, at) {
    return ownersOf(words, at + OneshotWord.ENDS, EndSide.SENDER);
  },
};

/** What was refused, found nothing, or found it closed. */
function isRead({ operation, result }: Step): boolean {
  const receives =
    operation === OneshotOperation.RECEIVE || operation === OneshotOperation.TRY_RECEIVE;
  return receives && result <= 0;
}

function isDrop({ operation }: Step): boolean {
  return operation === OneshotOperation.DROP_SENDER || operation === OneshotOperation.DROP_RECEIVER;
}
