/** The ports of the machine, as far as a program has them: which of its listeners has which. One object for each run. */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { ListenerWord } from "./listener.ts";
import { Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";

export const PortsWord = {
  /** Listeners that have a port, linked. */
  FIRST: Head.OWN,
  /** The port that was given last to somebody who would have any. */
  LAST_GIVEN: Head.OWN + 1,
} as const;

export const PortsOperation = {
  /** a = the listener, b = the port, 0 for any. Answers the port, or `PORT_IN_USE`. */
  BIND: 0,
  /** a = the port. Answers who listens there, 0 for nobody. */
  FIND: 1,
  /** a = the listener. */
  FREE: 2,
} as const;

export const PORT_IN_USE = -1;
export const MOST_PORTS = 0xffff;
/** Where ports begin that are given to whoever would have any (RFC 6335). */
const FIRST_EPHEMERAL = 49152;

function listenerAt(words: Int32Array, at: Address, port: number): Address {
  let one = words[at + PortsWord.FIRST];
  while (one !== 0 && words[one + ListenerWord.PORT] !== port) {
    one = words[one + ListenerWord.NEXT];
  }
  return one as Address;
}

/** The next that nobody has, 0 when all are taken. */
function anyPort(words: Int32Array, at: Address): number {
  const given = words[at + PortsWord.LAST_GIVEN];
  for (let tried = 0; tried <= MOST_PORTS - FIRST_EPHEMERAL; tried++) {
    const span = MOST_PORTS - FIRST_EPHEMERAL + 1;
    const port = FIRST_EPHEMERAL + ((Math.max(given + 1 - FIRST_EPHEMERAL, 0) + tried) % span);
    if (listenerAt(words, at, port) === 0) return port;
  }
  return 0;
}

function bind(turn: Turn, at: Address, listener: Address, wanted: number): number {
  const { words } = turn;
  const port = wanted === 0 ? anyPort(words, at) : wanted;
  if (port === 0 || listenerAt(words, at, port) !== 0) {
    turn.event = EventKind.portRefused;
    turn.argument = wanted;
    return PORT_IN_USE;
  }
  if (wanted === 0) words[at + PortsWord.LAST_GIVEN] = port;
  words[listener + ListenerWord.PORT] = port;
  words[listener + ListenerWord.NEXT] = words[at + PortsWord.FIRST];
  words[at + PortsWord.FIRST] = listener;
  turn.event = EventKind.portBound;
  return (turn.argument = port);
}

function free(turn: Turn, at: Address, listener: Address): number {
  const { words } = turn;
  let link = at + PortsWord.FIRST;
  while (words[link] !== 0 && words[link] !== listener) link = words[link] + ListenerWord.NEXT;
  if (words[link] === listener) words[link] = words[listener + ListenerWord.NEXT];
  turn.event = EventKind.portFreed;
  return (turn.argument = words[listener + ListenerWord.PORT]);
}

const isLook = ({ operation, result }: Step): boolean =>
  operation === PortsOperation.FIND || result === PORT_IN_USE;

/** The port that a step is about, where that is known. */
const portOf = ({ operation, a, argument }: Step): number =>
  operation === PortsOperation.FIND ? a : argument;

export const ports: ObjectKind = {
  name: "ports",
  words: 2,
  operations: [{ name: "bind" }, { name: "find" }, { name: "free" }],
  create() {
    // Nobody has any.
  },
  step(turn, at, operation, _thread, a, b) {
    switch (operation) {
      case PortsOperation.BIND:
        return bind(turn, at, a as Address, b);
      case PortsOperation.FIND: {
        const found = listenerAt(turn.words, at, a);
        turn.event = EventKind.portFound;
        turn.argument = found === 0 ? -a : a;
        return found;
      }
      case PortsOperation.FREE:
        return free(turn, at, a as Address);
      default:
        throw new RangeError(`ports has no operation ${operation}`);
    }
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("no operation on ports waits");
  },
  /** A look at one port knows nothing of another. Which ports others got, those who would have any can tell. */
  commutes(_words, _at, first, second) {
    if (isLook(first) && isLook(second)) return true;
    const looks = isLook(first) || isLook(second);
    return looks && portOf(first) !== portOf(second);
  },
  waitsFor() {
    return [];
  },
};
