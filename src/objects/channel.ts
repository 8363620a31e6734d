/**
 * A channel: messages in order, many senders, competing receivers. Unbounded, bounded, or (capacity 0) a rendezvous.
 *
 * A message is a block of the heap whose node words (`waiters.ts`) link it into the queue. With a capacity, blocked
 * threads just try again. At capacity 0 nothing is queued: a blocked sender leaves its message as an *offer*, a blocked
 * receiver leaves its node, and the partner that comes completes both; so a try succeeds only with a partner waiting.
 *
 * Between processes of the system a message is on its way for some time, and so is the news that an end was dropped. Only a try
 * and a send could tell. A run that follows a recording of such processes (`FOLLOWED`) is asked there what they found then;
 * exploring leaves this out, since nothing else could have told the program that the message had been sent.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { EndSide, linkEnd, ownersOf, ReceiveResult, SendResult, unlinkEnd } from "./ends.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { appendNode, NodeWord, othersNode, takeNode, takeOther, unlinkNode } from "./waiters.ts";

export const ChannelWord = {
  /** -1 for unbounded. */
  CAPACITY: Head.OWN,
  COUNT: Head.OWN + 1,
  /** The queue, or at capacity 0 the offers of blocked senders. */
  FIRST: Head.OWN + 2,
  LAST: Head.OWN + 3,
  /** Capacity 0: blocked receivers. */
  WAITING_FIRST: Head.OWN + 4,
  WAITING_LAST: Head.OWN + 5,
  SENDERS: Head.OWN + 6,
  RECEIVERS: Head.OWN + 7,
  /** Messages sent so far: the number of the last one. */
  SENT: Head.OWN + 8,
  /** The ends that are not dropped, linked (`ends.ts`). */
  ENDS: Head.OWN + 9,
  /** 1: what was sent, or dropped, is there when a recording says so. */
  FOLLOWED: Head.OWN + 10,
} as const;

export const ChannelOperation = {
  SEND: 0,
  TRY_SEND: 1,
  RECEIVE: 2,
  TRY_RECEIVE: 3,
  CLONE_SENDER: 4,
  CLONE_RECEIVER: 5,
  DROP_SENDER: 6,
  DROP_RECEIVER: 7,
  LENGTH: 8,
  /** Takes a message that nobody can receive any more, so that what it carries can be dropped. */
  DISCARD: 9,
} as const;

/** What is chosen on a channel that is `FOLLOWED`: whether what the other side did is known by now. */
export const Known = { NOW: 0, LATER: 1 } as const;

/** A message's node word `STATE` holds its number. */
const NUMBER = NodeWord.STATE;
const NOBODY = -1 as ThreadId;
const SENDS = 1 << ChannelOperation.SEND;
const RECEIVES = 1 << ChannelOperation.RECEIVE;

function receives(operation: number): boolean {
  return operation === ChannelOperation.RECEIVE || operation === ChannelOperation.TRY_RECEIVE;
}

function sends(operation: number): boolean {
  return operation === ChannelOperation.SEND || operation === ChannelOperation.TRY_SEND;
}

function send(
  turn: Turn,
  at: Address,
  operation: number,
  thread: ThreadId,
  message: Address,
): number {
  const { words } = turn;
  if (words[at + ChannelWord.RECEIVERS] === 0) {
    if (words[at + ChannelWord.FOLLOWED] === 0 || turn.choose(2, Known.NOW) === Known.NOW) {
      return refuseSend(turn, SendResult.CLOSED);
    }
    number(turn, at, message);
    return SendResult.SENT;
  }
  const capacity = words[at + ChannelWord.CAPACITY];
  if (capacity === 0) return offer(turn, at, operation, thread, message);
  if (capacity > 0 && words[at + ChannelWord.COUNT] >= capacity) {
    if (operation === ChannelOperation.TRY_SEND) return refuseSend(turn, SendResult.FULL);
    turn.argument = -1;
    return BLOCKED;
  }
  appendNode(words, at + ChannelWord.FIRST, message, thread);
  words[at + ChannelWord.COUNT]++;
  number(turn, at, message);
  turn.retryOne(at, RECEIVES);
  return SendResult.SENT;
}

/** Capacity 0: hands over to a waiting receiver, or waits with the message on offer. */
function offer(
  turn: Turn,
  at: Address,
  operation: number,
  thread: ThreadId,
  message: Address,
): number {
  const { words } = turn;
  const receiver = takeOther(words, at + ChannelWord.WAITING_FIRST, thread);
  if (receiver === 0) {
    if (operation === ChannelOperation.TRY_SEND) return refuseSend(turn, SendResult.FULL);
    appendNode(words, at + ChannelWord.FIRST, message, thread);
    turn.argument = -1;
    return BLOCKED;
  }
  const sent = number(turn, at, message);
  turn.comeFirst();
  turn.complete(
    (words[receiver + NodeWord.THREAD] - 1) as ThreadId,
    message,
    EventKind.receive,
    sent,
    receiver,
  );
  return SendResult.SENT;
}

function number(turn: Turn, at: Address, message: Address): number {
  const sent = ++turn.words[at + ChannelWord.SENT];
  turn.words[message + NUMBER] = sent;
  turn.event = EventKind.send;
  turn.argument = sent;
  return sent;
}

function refuseSend(turn: Turn, result: typeof SendResult.FULL | typeof SendResult.CLOSED): number {
  turn.event = EventKind.sendRefused;
  turn.argument = result === SendResult.CLOSED ? 1 : 0;
  return result;
}

/** a = the receiver's node, used at capacity 0. */
function receive(
  turn: Turn,
  at: Address,
  operation: number,
  thread: ThreadId,
  node: Address,
): number {
  const { words } = turn;
  if (operation === ChannelOperation.TRY_RECEIVE && isStillUnderWay(turn, at)) {
    return refuseReceive(turn);
  }
  const rendezvous = words[at + ChannelWord.CAPACITY] === 0;
  const queue = at + ChannelWord.FIRST;
  const message = rendezvous ? takeOther(words, queue, thread) : takeNode(words, queue);
  if (message !== 0) {
    if (rendezvous) {
      const sent = number(turn, at, message);
      turn.complete(
        (words[message + NodeWord.THREAD] - 1) as ThreadId,
        SendResult.SENT,
        EventKind.send,
        sent,
        message,
      );
    } else {
      words[at + ChannelWord.COUNT]--;
      turn.retryOne(at, SENDS);
    }
    turn.event = EventKind.receive;
    turn.argument = words[message + NUMBER]!;
    return message;
  }
  if (words[at + ChannelWord.SENDERS] === 0) {
    turn.event =
      operation === ChannelOperation.RECEIVE ? EventKind.closed : EventKind.receiveRefused;
    turn.argument = operation === ChannelOperation.RECEIVE ? 0 : 1;
    return ReceiveResult.CLOSED;
  }
  if (operation === ChannelOperation.TRY_RECEIVE) return refuseReceive(turn);
  if (rendezvous) appendNode(words, at + ChannelWord.WAITING_FIRST, node, thread);
  turn.argument = -1;
  return BLOCKED;
}

function refuseReceive(turn: Turn): number {
  turn.event = EventKind.receiveRefused;
  turn.argument = 0;
  return ReceiveResult.EMPTY;
}

/** Whether a try finds nothing although something was sent, or the last sender dropped. */
function isStillUnderWay(turn: Turn, at: Address): boolean {
  const { words } = turn;
  if (words[at + ChannelWord.FOLLOWED] === 0) return false;
  const nothing = words[at + ChannelWord.COUNT] === 0 && words[at + ChannelWord.SENDERS] > 0;
  return !nothing && turn.choose(2, Known.NOW) === Known.LATER;
}

/** Completes, in order, the operations of all threads that wait in a list of capacity 0: the other side is gone. */
function completeAll(
  turn: Turn,
  list: number,
  result: number,
  event: EventKind,
  argument: number,
): void {
  const { words } = turn;
  for (let node = takeNode(words, list); node !== 0; node = takeNode(words, list)) {
    const thread = (words[node + NodeWord.THREAD] - 1) as ThreadId;
    turn.complete(thread, result, event, argument, node);
  }
}

function dropSender(turn: Turn, at: Address, end: Address): number {
  const { words } = turn;
  turn.comeFirst();
  unlinkEnd(words, at + ChannelWord.ENDS, end);
  const left = --words[at + ChannelWord.SENDERS];
  if (left === 0) {
    completeAll(turn, at + ChannelWord.WAITING_FIRST, ReceiveResult.CLOSED, EventKind.closed, 0);
    turn.retryAll(at, RECEIVES);
  }
  turn.event = EventKind.dropSender;
  turn.argument = left;
  return left;
}

function dropReceiver(turn: Turn, at: Address, end: Address): number {
  const { words } = turn;
  turn.comeFirst();
  unlinkEnd(words, at + ChannelWord.ENDS, end);
  const left = --words[at + ChannelWord.RECEIVERS];
  if (left === 0) {
    if (words[at + ChannelWord.CAPACITY] === 0) {
      completeAll(turn, at + ChannelWord.FIRST, SendResult.CLOSED, EventKind.sendRefused, 1);
    }
    turn.retryAll(at, SENDS);
  }
  turn.event = EventKind.dropReceiver;
  turn.argument = left;
  return left;
}

export const channel: ObjectKind = {
  name: "channel",
  words: 11,
  operations: [
    { name: "send", waiting: "waits for room in" },
    { name: "trySend" },
    { name: "recv", waiting: "waits for a message from" },
    { name: "tryRecv" },
    { name: "clone sender" },
    { name: "clone receiver" },
    { name: "drop sender" },
    { name: "drop receiver" },
    { name: "length" },
    { name: "discard" },
  ],
  /** a = the capacity, -1 for unbounded; b = `FOLLOWED`. One sender and one receiver. */
  create(words, at, a, b) {
    words[at + ChannelWord.CAPACITY] = a;
    words[at + ChannelWord.FOLLOWED] = b;
    words[at + ChannelWord.SENDERS] = 1;
    words[at + ChannelWord.RECEIVERS] = 1;
  },
  /** SEND: a = the message's node. RECEIVE: a = the receiver's node. CLONE and DROP: a = the end's block. */
  step(turn, at, operation, thread, a) {
    const { words } = turn;
    switch (operation) {
      case ChannelOperation.SEND:
      case ChannelOperation.TRY_SEND:
        return send(turn, at, operation, thread, a as Address);
      case ChannelOperation.RECEIVE:
      case ChannelOperation.TRY_RECEIVE:
        return receive(turn, at, operation, thread, a as Address);
      case ChannelOperation.CLONE_SENDER:
        linkEnd(words, at + ChannelWord.ENDS, a as Address, EndSide.SENDER, thread);
        turn.event = EventKind.cloneSender;
        return (turn.argument = ++words[at + ChannelWord.SENDERS]);
      case ChannelOperation.CLONE_RECEIVER:
        linkEnd(words, at + ChannelWord.ENDS, a as Address, EndSide.RECEIVER, thread);
        turn.event = EventKind.cloneReceiver;
        return (turn.argument = ++words[at + ChannelWord.RECEIVERS]);
      case ChannelOperation.DROP_SENDER:
        return dropSender(turn, at, a as Address);
      case ChannelOperation.DROP_RECEIVER:
        return dropReceiver(turn, at, a as Address);
      case ChannelOperation.LENGTH:
        turn.event = EventKind.query;
        return (turn.argument = words[at + ChannelWord.COUNT]!);
      case ChannelOperation.DISCARD: {
        const message = takeNode(words, at + ChannelWord.FIRST);
        if (message !== 0) words[at + ChannelWord.COUNT]--;
        turn.event = EventKind.query;
        turn.argument = words[at + ChannelWord.COUNT]!;
        return message;
      }
      default:
        throw new RangeError(`channel has no operation ${operation}`);
    }
  },
  outlook(words, at, operation, _a, _b, except = NOBODY) {
    const capacity = words[at + ChannelWord.CAPACITY];
    const waits = capacity === 0 ? Outlook.NOTES : Outlook.WAITS;
    if (operation === ChannelOperation.SEND) {
      if (words[at + ChannelWord.RECEIVERS] === 0) return Outlook.GOES;
      const room =
        capacity === 0
          ? othersNode(words, at + ChannelWord.WAITING_FIRST, except) !== 0
          : capacity < 0 || words[at + ChannelWord.COUNT] < capacity;
      return room ? Outlook.GOES : waits;
    }
    if (operation !== ChannelOperation.RECEIVE) return Outlook.GOES;
    const first = at + ChannelWord.FIRST;
    const found = capacity === 0 ? othersNode(words, first, except) : words[first];
    const ready = found !== 0 || words[at + ChannelWord.SENDERS] === 0;
    return ready ? Outlook.GOES : waits;
  },
  /** The time is up: an offer or a waiting receiver leaves its list. */
  cancel(turn, at, operation, _thread, a) {
    const { words } = turn;
    const rendezvous = words[at + ChannelWord.CAPACITY] === 0;
    if (sends(operation)) {
      if (rendezvous) unlinkNode(words, at + ChannelWord.FIRST, a as Address);
      return refuseSend(turn, SendResult.FULL);
    }
    if (rendezvous) unlinkNode(words, at + ChannelWord.WAITING_FIRST, a as Address);
    return refuseReceive(turn);
  },
  /** SEMANTICS, Dependence. */
  commutes(words, at, first, second) {
    const capacity = words[at + ChannelWord.CAPACITY];
    if (isNote(first)) return noteCommutes(first, second);
    if (isNote(second)) return noteCommutes(second, first);
    if (isRead(first) && isRead(second)) {
      return capacity !== 0 || !(withdrawsFrom(first, second) || withdrawsFrom(second, first));
    }
    return isIndifferent(capacity, first, second) || isIndifferent(capacity, second, first);
  },
  /**
   * Where somebody received, this thread would have had the message; before one was sent there was none. Where somebody sent,
   * there was room, and where the last receiver went, as much as there was. At capacity 0 there is always a note to leave.
   */
  couldPrecede(words, at, first, second) {
    const capacity = words[at + ChannelWord.CAPACITY];
    if (capacity === 0) return true;
    if (receives(second.operation)) return isReceived(first);
    return isSent(first) || capacity < 0 || words[at + ChannelWord.COUNT] < capacity;
  },
  waitsFor(words, at, operation) {
    const awaited = receives(operation) ? EndSide.SENDER : EndSide.RECEIVER;
    return ownersOf(words, at + ChannelWord.ENDS, awaited);
  },
};

/**
 * Sends do not commute, nor do receives. A send and a receive depend only through the message and the capacity: the k-th
 * receive makes room for the k+capacity-th send. How many ends there are matters to closing alone, which follows all
 * drops; whoever drops the last receiver discards what is left, so it matters which drop that is.
 */
function isIndifferent(capacity: number, one: Step, other: Step): boolean {
  if (isSent(one) && isReceived(other)) {
    const ahead = one.argument - other.argument;
    return ahead !== 0 && (capacity <= 0 || ahead !== capacity);
  }
  if (isSent(one)) return isOfSenders(other);
  if (isReceived(one)) return isOfSenders(other) || isOfReceivers(other);
  if (isOfSenders(one)) return isOfSenders(other) || isOfReceivers(other);
  const drops = [one, other].filter((step) => step.operation === ChannelOperation.DROP_RECEIVER);
  return isOfReceivers(one) && isOfReceivers(other) && drops.length < 2;
}

/** At capacity 0, a thread that begins to wait for its partner. */
function isNote({ result }: Step): boolean {
  return result === BLOCKED;
}

/**
 * Of the two sides of a rendezvous, whoever waits for the other, it comes to the same. Those of one side wait in their order;
 * and a try of the other side, or one that gives up, can tell whether somebody waits.
 */
function noteCommutes(note: Step, other: Step): boolean {
  const isSameSide = receives(note.operation) === receives(other.operation);
  const isTry =
    other.operation === ChannelOperation.TRY_SEND ||
    other.operation === ChannelOperation.TRY_RECEIVE;
  if (isNote(other) || isSent(other) || isReceived(other)) return !isSameSide && !isTry;
  switch (other.operation) {
    case ChannelOperation.LENGTH:
    case ChannelOperation.CLONE_SENDER:
    case ChannelOperation.CLONE_RECEIVER:
      return true;
    case ChannelOperation.DROP_SENDER:
      return sends(note.operation);
    case ChannelOperation.DROP_RECEIVER:
      return receives(note.operation);
    case ChannelOperation.DISCARD:
      return false;
    default:
      return isSameSide;
  }
}

/**
 * Whether the time of `one` was up, so that `other`, a try of the other side, found no partner: at capacity 0 such a try can
 * tell whether somebody waits, so this time-out is more than a read.
 */
function withdrawsFrom(one: Step, other: Step): boolean {
  return (
    (one.operation === ChannelOperation.SEND && receives(other.operation)) ||
    (one.operation === ChannelOperation.RECEIVE && sends(other.operation))
  );
}

function isSent(step: Step): boolean {
  return sends(step.operation) && step.result === SendResult.SENT;
}

function isReceived(step: Step): boolean {
  return receives(step.operation) && step.result > 0;
}

function isOfSenders({ operation }: Step): boolean {
  return operation === ChannelOperation.CLONE_SENDER || operation === ChannelOperation.DROP_SENDER;
}

function isOfReceivers({ operation }: Step): boolean {
  return (
    operation === ChannelOperation.CLONE_RECEIVER || operation === ChannelOperation.DROP_RECEIVER
  );
}

/** Tries that were refused, and queries. */
function isRead(step: Step): boolean {
  if (step.operation === ChannelOperation.LENGTH) return true;
  if (sends(step.operation)) return step.result !== SendResult.SENT;
  return receives(step.operation) && step.result <= 0;
}
