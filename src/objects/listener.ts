/**
 * A listener: connections that were made and wait to be accepted, in order. When one has arrived is decided as for the bytes of a
 * wire (`wire.ts`, `Carried`): the network may be late once before each.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { appendNode, NODE_WORDS, takeNode } from "./waiters.ts";
import { Carried, isReady, Ready } from "./wire.ts";

export const ListenerWord = {
  CARRIED: Head.OWN,
  PORT: Head.OWN + 1,
  CLOSED: Head.OWN + 2,
  /** Connections that nobody has accepted. */
  FIRST: Head.OWN + 3,
  LAST: Head.OWN + 4,
  WAITING: Head.OWN + 5,
  /** How many of these have arrived. */
  ARRIVED: Head.OWN + 6,
  /** 1: somebody was told that there are none, though one was under way. */
  LATE: Head.OWN + 7,
  /** Connections so far: the number of the last one. */
  MADE: Head.OWN + 8,
  /** The next of the listeners that have a port. */
  NEXT: Head.OWN + 9,
  /** For who has the sockets: 1 while it is among those that have changed, and the next of these. */
  CHANGED: Head.OWN + 10,
  NEXT_CHANGED: Head.OWN + 11,
} as const;

/** A connection as it waits: a block, after a node's words. */
export const ConnectionWord = {
  /** The wire that the accepting side reads, and its end there. */
  INCOMING: NODE_WORDS,
  READER: NODE_WORDS + 1,
  /** The wire that it writes. */
  OUTGOING: NODE_WORDS + 2,
  WRITER: NODE_WORDS + 3,
  NUMBER: NODE_WORDS + 4,
} as const;
export const CONNECTION_WORDS = NODE_WORDS + 5;

export const ListenerOperation = {
  ACCEPT: 0,
  TRY_ACCEPT: 1,
  /** Whether one could be accepted; the second never says that it is still under way. */
  READABLE: 2,
  SURELY_READABLE: 3,
  /** a = the connection's block. */
  CONNECT: 4,
  CLOSE: 5,
  /** Takes a connection that nobody will accept. */
  DISCARD: 6,
} as const;

/** Results that are no connection's block. */
export const AcceptResult = { WOULD_BLOCK: 0 } as const;
export const ConnectResult = { CONNECTED: 0, REFUSED: 1 } as const;

const ACCEPTS =
  (1 << ListenerOperation.ACCEPT) |
  (1 << ListenerOperation.READABLE) |
  (1 << ListenerOperation.SURELY_READABLE);

/** Whether one has arrived, or is let arrive now. */
function letArrive(turn: Turn, at: Address, mayWait: boolean): boolean {
  const { words } = turn;
  if (words[at + ListenerWord.ARRIVED] > 0) return true;
  const carried = words[at + ListenerWord.CARRIED];
  const isLate =
    mayWait && carried === Carried.FOLLOWED
      ? turn.choose(2, 1) === 0
      : mayWait &&
        carried === Carried.CHOSEN &&
        words[at + ListenerWord.LATE] === 0 &&
        turn.choose(2) === 1;
  words[at + ListenerWord.LATE] = isLate ? 1 : 0;
  if (!isLate) words[at + ListenerWord.ARRIVED]++;
  return !isLate;
}

function refuse(turn: Turn, event: EventKind): number {
  turn.event = event;
  turn.argument = 0;
  return AcceptResult.WOULD_BLOCK;
}

function accept(turn: Turn, at: Address, operation: number): number {
  const { words } = turn;
  const tries = operation === ListenerOperation.TRY_ACCEPT;
  if (words[at + ListenerWord.WAITING] === 0) {
    if (tries) return refuse(turn, EventKind.acceptRefused);
    turn.argument = -1;
    return BLOCKED;
  }
  if (!letArrive(turn, at, tries)) return refuse(turn, EventKind.late);
  const taken = takeNode(words, at + ListenerWord.FIRST);
  words[at + ListenerWord.WAITING]--;
  words[at + ListenerWord.ARRIVED]--;
  turn.event = EventKind.accept;
  turn.argument = words[taken + ConnectionWord.NUMBER];
  return taken;
}

function readable(turn: Turn, at: Address, operation: number, place: number): number {
  if (turn.words[at + ListenerWord.WAITING] === 0) {
    turn.argument = -1;
    return BLOCKED;
  }
  if (!letArrive(turn, at, operation === ListenerOperation.READABLE)) {
    return refuse(turn, EventKind.late);
  }
  return isReady(turn, Ready.READABLE, place);
}

function connect(turn: Turn, at: Address, thread: ThreadId, block: Address): number {
  const { words } = turn;
  if (words[at + ListenerWord.CLOSED] === 1) {
    turn.event = EventKind.connectRefused;
    turn.argument = 0;
    return ConnectResult.REFUSED;
  }
  appendNode(words, at + ListenerWord.FIRST, block, thread);
  words[at + ListenerWord.WAITING]++;
  // By then the operating system has told both sides.
  if (words[at + ListenerWord.CARRIED] === Carried.TOLD) words[at + ListenerWord.ARRIVED]++;
  turn.argument = words[block + ConnectionWord.NUMBER] = ++words[at + ListenerWord.MADE];
  turn.event = EventKind.connect;
  turn.retryAll(at, ACCEPTS);
  return ConnectResult.CONNECTED;
}

const isLook = ({ event }: Step): boolean => event === EventKind.acceptRefused;

export const listener: ObjectKind = {
  name: "listener",
  words: 12,
  operations: [
    { name: "accept", waiting: "waits for a connection at" },
    { name: "tryAccept" },
    { name: "is readable", waiting: "waits for a connection at" },
    { name: "is readable", waiting: "waits for a connection at" },
    { name: "connect to" },
    { name: "close" },
    { name: "discard" },
  ],
  /** a = who decides what has arrived. */
  create(words, at, a) {
    words[at + ListenerWord.CARRIED] = a;
  },
  step(turn, at, operation, thread, a) {
    const { words } = turn;
    switch (operation) {
      case ListenerOperation.ACCEPT:
      case ListenerOperation.TRY_ACCEPT:
        return accept(turn, at, operation);
      case ListenerOperation.READABLE:
      case ListenerOperation.SURELY_READABLE:
        return readable(turn, at, operation, a);
      case ListenerOperation.CONNECT:
        return connect(turn, at, thread, a as Address);
      case ListenerOperation.CLOSE:
        words[at + ListenerWord.CLOSED] = 1;
        turn.event = EventKind.listenerClosed;
        return (turn.argument = words[at + ListenerWord.WAITING]);
      case ListenerOperation.DISCARD: {
        const left = takeNode(words, at + ListenerWord.FIRST);
        if (left !== 0) words[at + ListenerWord.WAITING]--;
        turn.event = EventKind.query;
        turn.argument = words[at + ListenerWord.WAITING];
        return left;
      }
      default:
        throw new RangeError(`listener has no operation ${operation}`);
    }
  },
  outlook(words, at, operation) {
    const waits = (ACCEPTS & (1 << operation)) !== 0 && words[at + ListenerWord.WAITING] === 0;
    return waits ? Outlook.WAITS : Outlook.GOES;
  },
  cancel(turn) {
    return refuse(turn, EventKind.acceptRefused);
  },
  commutes(_words, _at, first, second) {
    return isLook(first) && isLook(second);
  },
  /** Anybody may connect. */
  waitsFor() {
    return [];
  },
};
