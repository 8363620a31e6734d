/**
 * A broadcast: every subscriber receives every message that is sent after it subscribed. The last few messages are kept in a
 * ring; a subscriber that falls further behind has missed some, and is told so once.
 *
 * A subscriber knows the number of the message that it will receive next (`EndWord.SEEN`). A message is a block that is held
 * (`held.ts`), as several read it; nothing in it moves.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { EndSide, EndWord, linkEnd, ownersOf, ReceiveResult, unlinkEnd } from "./ends.ts";
import { hold } from "./held.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { NodeWord } from "./waiters.ts";

export const BroadcastWord = {
  /** How many messages the ring keeps. */
  CAPACITY: Head.OWN,
  /** The ring, a block of as many words: the message with number n stands at n modulo the capacity. */
  RING: Head.OWN + 1,
  /** How many of them stand there. */
  COUNT: Head.OWN + 2,
  /** The number of the last message. */
  SENT: Head.OWN + 3,
  SENDERS: Head.OWN + 4,
  RECEIVERS: Head.OWN + 5,
  /** The ends that are not dropped, linked (`ends.ts`). */
  ENDS: Head.OWN + 6,
} as const;

export const BroadcastOperation = {
  SEND: 0,
  RECEIVE: 1,
  TRY_RECEIVE: 2,
  SUBSCRIBE: 3,
  CLONE_SENDER: 4,
  CLONE_RECEIVER: 5,
  DROP_SENDER: 6,
  DROP_RECEIVER: 7,
} as const;

/** What receiving answers where messages were missed: how many stands in `turn.low`. */
export const LAGGED = -2;

const RECEIVES = 1 << BroadcastOperation.RECEIVE;

/** Answers how many will receive it. `turn.low`: a message that nobody can receive any more, for the sender to let go. */
function send(turn: Turn, at: Address, message: Address): number {
  const { words } = turn;
  const number = ++words[at + BroadcastWord.SENT];
  const receivers = words[at + BroadcastWord.RECEIVERS];
  turn.event = EventKind.send;
  turn.argument = number;
  turn.low = message;
  if (receivers === 0) return 0;
  const capacity = words[at + BroadcastWord.CAPACITY];
  const slot = words[at + BroadcastWord.RING] + (number % capacity);
  const isFull = words[at + BroadcastWord.COUNT] === capacity;
  turn.low = isFull ? words[slot] : 0;
  if (!isFull) words[at + BroadcastWord.COUNT]++;
  words[slot] = message;
  turn.retryAll(at, RECEIVES);
  return receivers;
}

function receive(turn: Turn, at: Address, operation: number, end: Address, next: number): number {
  const { words } = turn;
  const sent = words[at + BroadcastWord.SENT];
  if (next > sent) return nothing(turn, at, operation);
  const oldest = sent - words[at + BroadcastWord.COUNT] + 1;
  if (next < oldest) {
    words[end + EndWord.SEEN] = oldest;
    turn.event = EventKind.lagged;
    turn.argument = turn.low = oldest - next;
    return LAGGED;
  }
  const capacity = words[at + BroadcastWord.CAPACITY];
  const message = words[words[at + BroadcastWord.RING] + (next % capacity)] as Address;
  hold(words, message);
  words[end + EndWord.SEEN] = next + 1;
  turn.event = EventKind.receive;
  turn.argument = next;
  return message;
}

function nothing(turn: Turn, at: Address, operation: number): number {
  const blocks = operation === BroadcastOperation.RECEIVE;
  if (turn.words[at + BroadcastWord.SENDERS] === 0) {
    turn.event = blocks ? EventKind.closed : EventKind.receiveRefused;
    turn.argument = blocks ? 0 : 1;
    return ReceiveResult.CLOSED;
  }
  if (!blocks) return refuse(turn);
  turn.argument = -1;
  return BLOCKED;
}

function refuse(turn: Turn): number {
  turn.event = EventKind.receiveRefused;
  turn.argument = 0;
  return ReceiveResult.EMPTY;
}

function join(turn: Turn, at: Address, end: Address, next: number, thread: ThreadId): number {
  const { words } = turn;
  linkEnd(words, at + BroadcastWord.ENDS, end, EndSide.RECEIVER, thread);
  words[end + EndWord.SEEN] = next;
  turn.event = EventKind.cloneReceiver;
  return (turn.argument = ++words[at + BroadcastWord.RECEIVERS]);
}

/** `turn.low`: with the last subscriber, what it leaves unread: the first of a chain of messages to let go. */
function dropReceiver(turn: Turn, at: Address, end: Address): number {
  const { words } = turn;
  unlinkEnd(words, at + BroadcastWord.ENDS, end);
  const left = --words[at + BroadcastWord.RECEIVERS];
  turn.low = 0;
  while (left === 0 && words[at + BroadcastWord.COUNT] > 0) {
    const number = words[at + BroadcastWord.SENT] - --words[at + BroadcastWord.COUNT];
    const capacity = words[at + BroadcastWord.CAPACITY];
    const message = words[words[at + BroadcastWord.RING] + (number % capacity)];
    words[message + NodeWord.NEXT] = turn.low;
    turn.low = message;
  }
  turn.event = EventKind.dropReceiver;
  return (turn.argument = left);
}

export const broadcast: ObjectKind = {
  name: "broadcast",
  words: 7,
  operations: [
    { name: "send" },
    { name: "recv", waiting: "waits for a message from" },
    { name: "tryRecv" },
    { name: "subscribe" },
    { name: "clone sender" },
    { name: "clone receiver" },
    { name: "drop sender" },
    { name: "drop receiver" },
  ],
  /** a = the capacity, b = the ring. One sender. */
  create(words, at, a, b) {
    words[at + BroadcastWord.CAPACITY] = a;
    words[at + BroadcastWord.RING] = b;
    words[at + BroadcastWord.SENDERS] = 1;
  },
  /** SEND: a = the message, held. The others: a = the end; RECEIVE and CLONE_RECEIVER: b = the number it stands at. */
  step(turn, at, operation, thread, a, b) {
    const { words } = turn;
    const end = a as Address;
    switch (operation) {
      case BroadcastOperation.SEND:
        return send(turn, at, end);
      case BroadcastOperation.RECEIVE:
      case BroadcastOperation.TRY_RECEIVE:
        return receive(turn, at, operation, end, b);
      case BroadcastOperation.SUBSCRIBE:
        return join(turn, at, end, words[at + BroadcastWord.SENT] + 1, thread);
      case BroadcastOperation.CLONE_RECEIVER:
        return join(turn, at, end, b, thread);
      case BroadcastOperation.CLONE_SENDER:
        linkEnd(words, at + BroadcastWord.ENDS, end, EndSide.SENDER, thread);
        turn.event = EventKind.cloneSender;
        return (turn.argument = ++words[at + BroadcastWord.SENDERS]);
      case BroadcastOperation.DROP_SENDER:
        unlinkEnd(words, at + BroadcastWord.ENDS, end);
        turn.event = EventKind.dropSender;
        turn.argument = --words[at + BroadcastWord.SENDERS];
        if (turn.argument === 0) turn.retryAll(at, RECEIVES);
        return turn.argument;
      case BroadcastOperation.DROP_RECEIVER:
        return dropReceiver(turn, at, end);
      default:
        throw new RangeError(`broadcast has no operation ${operation}`);
    }
  },
  outlook(words, at, operation, _a, b) {
    const waits =
      operation === BroadcastOperation.RECEIVE &&
      words[at + BroadcastWord.SENT] < b &&
      words[at + BroadcastWord.SENDERS] > 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn) {
    return refuse(turn);
  },
  commutes(words, at, first, second) {
    const capacity = words[at + BroadcastWord.CAPACITY];
    return !(isTold(capacity, first, second) || isTold(capacity, second, first));
  },
  waitsFor(words, at) {
    return ownersOf(words, at + BroadcastWord.ENDS, EndSide.SENDER);
  },
};

/**
 * Whether `other` may be told something of `one`: a send of another send, of who subscribes, and of receives that found nothing
 * or had missed messages; one that got its message depends on that message and on the send that pushes it out. Who found
 * nothing depends on the drops of senders as well. Subscribers see nothing of each other.
 */
function isTold(capacity: number, one: Step, other: Step): boolean {
  switch (one.operation) {
    case BroadcastOperation.SEND:
      switch (other.operation) {
        case BroadcastOperation.RECEIVE:
        case BroadcastOperation.TRY_RECEIVE: {
          const ahead = one.argument - other.argument;
          return other.event !== EventKind.receive || ahead === 0 || ahead === capacity;
        }
        case BroadcastOperation.CLONE_SENDER:
        case BroadcastOperation.DROP_SENDER:
          return false;
        default:
          return true;
      }
    case BroadcastOperation.DROP_SENDER:
      return other.event === EventKind.closed || other.event === EventKind.receiveRefused;
    default:
      return false;
  }
}
