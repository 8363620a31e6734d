/**
 * A lock that one writer or any number of readers hold, with poisoning by writers.
 *
 * A request that cannot be granted at once is an event of its own (SEMANTICS, Primitives): `READ` and `WRITE` always go
 * through, and answer `WAITING` after they have put the thread into the line; the grant is another operation, which waits. Nothing
 * is handed over: a grant goes through as soon as the line and the preference allow it. So a read-lock and a read-unlock make
 * the same whichever comes first, whatever is preferred, and commute.
 *
 * | prefers   | a new reader waits if         | a new writer waits if         | whose turn it is in the line                   |
 * |-----------|-------------------------------|-------------------------------|------------------------------------------------|
 * | `fair`    | a writer holds it or waits    | it is held, or anybody waits  | the first, and readers before the first writer |
 * | `writers` | a writer holds it or waits    | it is held, or a writer waits | the first writer, readers if there is none     |
 * | `readers` | a writer holds it             | it is held, or anybody waits  | all readers, the first writer if there is none |
 *
 * A node is brought by each request; a reader's stays with the lock until it is given back, so that it can be told who reads.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { appendNode, NodeWord, unlinkNode } from "./waiters.ts";

export const RwLockWord = {
  /** The writer that holds it: thread + 1, else 0. */
  WRITER: Head.OWN,
  /** Nodes of the readers that hold it. */
  READERS_FIRST: Head.OWN + 1,
  READERS_LAST: Head.OWN + 2,
  /** Nodes of those in line; `STATE` is `Wanted`. */
  LINE_FIRST: Head.OWN + 3,
  LINE_LAST: Head.OWN + 4,
  /** 0, or 1 + the site of the block through which an exception passed. */
  POISONED: Head.OWN + 5,
  PREFER: Head.OWN + 6,
  /** Where the writer took it (`SiteId`). */
  SINCE: Head.OWN + 7,
  /** The protected value, as in a mutex. */
  VALUE_TAG: Head.OWN + 8,
  VALUE_LOW: Head.OWN + 9,
  VALUE_HIGH: Head.OWN + 10,
  VALUE_VERSION: Head.OWN + 11,
} as const;

export const Prefer = { FAIR: 0, READERS: 1, WRITERS: 2 } as const;

const Wanted = { READ: 1, WRITE: 2 } as const;

/** a = the node; b = `IGNORE_POISON` or 0. WRITE_UNLOCK: a = 0, or 1 + the site where an exception passes. */
export const RwLockOperation = {
  READ: 0,
  WRITE: 1,
  GRANT_READ: 2,
  GRANT_WRITE: 3,
  TRY_READ: 4,
  TRY_WRITE: 5,
  READ_UNLOCK: 6,
  WRITE_UNLOCK: 7,
  IS_POISONED: 8,
  CLEAR_POISON: 9,
} as const;

/** Results of requests, grants and tries. */
export const RwLockResult = { HELD: 0, POISONED: 1, REFUSED: 2, WAITING: 3 } as const;

export const IGNORE_POISON = 1;

const isGrant = (operation: number): boolean =>
  operation === RwLockOperation.GRANT_READ || operation === RwLockOperation.GRANT_WRITE;

/** Whether somebody who wants `wanted` waits, before `node` (0: at all). */
function waits(words: Int32Array, at: Address, wanted: number, node: number): boolean {
  let here = words[at + RwLockWord.LINE_FIRST];
  for (; here !== 0 && here !== node; here = words[here + NodeWord.NEXT]) {
    if (words[here + NodeWord.STATE] === wanted) return true;
  }
  return false;
}

/** Whether it can be had now, by the node in line, or by a newcomer (0). */
function readable(words: Int32Array, at: Address, node: number): boolean {
  if (words[at + RwLockWord.WRITER] !== 0) return false;
  switch (words[at + RwLockWord.PREFER]) {
    case Prefer.READERS:
      return true;
    case Prefer.WRITERS:
      return !waits(words, at, Wanted.WRITE, 0);
    default:
      return !waits(words, at, Wanted.WRITE, node);
  }
}

function writable(words: Int32Array, at: Address, node: number): boolean {
  if (words[at + RwLockWord.WRITER] !== 0 || words[at + RwLockWord.READERS_FIRST] !== 0)
    return false;
  if (waits(words, at, Wanted.WRITE, node)) return false;
  switch (words[at + RwLockWord.PREFER]) {
    case Prefer.READERS:
      return !waits(words, at, Wanted.READ, 0);
    case Prefer.WRITERS:
      return true;
    default:
      return !waits(words, at, Wanted.READ, node);
  }
}

/** Lets those in line try whose turn it is now. */
function letTry(turn: Turn, at: Address): void {
  const { words } = turn;
  let here = words[at + RwLockWord.LINE_FIRST];
  for (; here !== 0; here = words[here + NodeWord.NEXT]) {
    const reads = words[here + NodeWord.STATE] === Wanted.READ;
    if (reads ? readable(words, at, here) : writable(words, at, here))
      turn.retryThread(at, (words[here + NodeWord.THREAD] - 1) as ThreadId);
  }
}

/** It can be had: takes it, unless it is poisoned. */
function take(
  turn: Turn,
  at: Address,
  thread: ThreadId,
  reads: boolean,
  node: Address,
  ignorePoison: number,
): number {
  const { words } = turn;
  turn.event = reads ? EventKind.readLock : EventKind.writeLock;
  turn.argument = 0;
  if (words[at + RwLockWord.POISONED] !== 0 && ignorePoison !== IGNORE_POISON) {
    turn.argument = 1;
    return RwLockResult.POISONED;
  }
  if (reads) {
    appendNode(words, at + RwLockWord.READERS_FIRST, node, thread);
    words[node + NodeWord.LOAD] = turn.site;
  } else {
    words[at + RwLockWord.WRITER] = thread + 1;
    words[at + RwLockWord.SINCE] = turn.site;
  }
  return RwLockResult.HELD;
}

/** It cannot be had: a request joins the line. */
function join(turn: Turn, at: Address, thread: ThreadId, reads: boolean, node: Address): number {
  appendNode(turn.words, at + RwLockWord.LINE_FIRST, node, thread);
  turn.words[node + NodeWord.STATE] = reads ? Wanted.READ : Wanted.WRITE;
  turn.event = EventKind.lockRequest;
  turn.argument = reads ? 0 : 1;
  return RwLockResult.WAITING;
}

function grant(
  turn: Turn,
  at: Address,
  thread: ThreadId,
  reads: boolean,
  node: Address,
  ignorePoison: number,
): number {
  const { words } = turn;
  if (!(reads ? readable(words, at, node) : writable(words, at, node))) {
    turn.argument = holders(words, at)[0] ?? -1;
    return BLOCKED;
  }
  unlinkNode(words, at + RwLockWord.LINE_FIRST, node);
  const result = take(turn, at, thread, reads, node, ignorePoison);
  // It stood in the others' way and does not hold it now.
  if (result === RwLockResult.POISONED) letTry(turn, at);
  return result;
}

function refuse(turn: Turn, at: Address): number {
  turn.event = EventKind.lockRefused;
  turn.argument = holders(turn.words, at)[0] ?? -1;
  return RwLockResult.REFUSED;
}

function unlock(turn: Turn, at: Address, event: EventKind, poisons: boolean): number {
  turn.event = event;
  turn.argument = poisons ? 1 : 0;
  letTry(turn, at);
  return 0;
}

/** Who holds it, each thread once. */
function holders(words: Int32Array, at: Address): ThreadId[] {
  const writer = words[at + RwLockWord.WRITER];
  if (writer !== 0) return [(writer - 1) as ThreadId];
  const threads = new Set<ThreadId>();
  let here = words[at + RwLockWord.READERS_FIRST];
  for (; here !== 0; here = words[here + NodeWord.NEXT])
    threads.add((words[here + NodeWord.THREAD] - 1) as ThreadId);
  return [...threads];
}

/** Where the thread took it that `operation` waits for (`SiteId`); 0 where it waits for others in line. */
export function rwlockHeldSince(words: Int32Array, at: Address, operation: number): number {
  if (words[at + RwLockWord.WRITER] !== 0) return words[at + RwLockWord.SINCE];
  const reader = words[at + RwLockWord.READERS_FIRST];
  return operation === RwLockOperation.GRANT_WRITE && reader !== 0
    ? words[reader + NodeWord.LOAD]
    : 0;
}

/** Writers in line that a waiting reader has to let go first. A thread stands there once. */
function writersBefore(words: Int32Array, at: Address, reader: ThreadId): ThreadId[] {
  const threads: ThreadId[] = [];
  const isFair = words[at + RwLockWord.PREFER] === Prefer.FAIR;
  let here = words[at + RwLockWord.LINE_FIRST];
  for (; here !== 0; here = words[here + NodeWord.NEXT]) {
    if (isFair && words[here + NodeWord.THREAD] === reader + 1) break;
    if (words[here + NodeWord.STATE] === Wanted.WRITE)
      threads.push((words[here + NodeWord.THREAD] - 1) as ThreadId);
  }
  return threads;
}

export const rwlock: ObjectKind = {
  name: "rwlock",
  words: 12,
  operations: [
    { name: "read" },
    { name: "write" },
    { name: "read", waiting: "waits to read" },
    { name: "write", waiting: "waits to write" },
    { name: "tryRead" },
    { name: "tryWrite" },
    { name: "unlock" },
    { name: "unlock" },
    { name: "isPoisoned" },
    { name: "clearPoison" },
  ],
  /** a = `Prefer`. */
  create(words, at, a) {
    words[at + RwLockWord.PREFER] = a;
  },
  step(turn, at, operation, thread, a, b) {
    const { words } = turn;
    const node = a as Address;
    switch (operation) {
      case RwLockOperation.READ:
        if (!readable(words, at, 0)) return join(turn, at, thread, true, node);
        return take(turn, at, thread, true, node, b);
      case RwLockOperation.WRITE:
        if (!writable(words, at, 0)) return join(turn, at, thread, false, node);
        return take(turn, at, thread, false, node, b);
      case RwLockOperation.GRANT_READ:
        return grant(turn, at, thread, true, node, b);
      case RwLockOperation.GRANT_WRITE:
        return grant(turn, at, thread, false, node, b);
      case RwLockOperation.TRY_READ:
        if (!readable(words, at, 0)) return refuse(turn, at);
        return take(turn, at, thread, true, node, b);
      case RwLockOperation.TRY_WRITE:
        if (!writable(words, at, 0)) return refuse(turn, at);
        return take(turn, at, thread, false, node, b);
      case RwLockOperation.READ_UNLOCK:
        unlinkNode(words, at + RwLockWord.READERS_FIRST, node);
        return unlock(turn, at, EventKind.readUnlock, false);
      case RwLockOperation.WRITE_UNLOCK:
        words[at + RwLockWord.WRITER] = 0;
        if (a !== 0) words[at + RwLockWord.POISONED] = a;
        return unlock(turn, at, EventKind.writeUnlock, a !== 0);
      case RwLockOperation.IS_POISONED:
        turn.event = EventKind.query;
        return (turn.argument = words[at + RwLockWord.POISONED] === 0 ? 0 : 1);
      case RwLockOperation.CLEAR_POISON:
        words[at + RwLockWord.POISONED] = 0;
        turn.event = EventKind.clearPoison;
        turn.argument = 0;
        return 0;
      default:
        throw new RangeError(`rwlock has no operation ${operation}`);
    }
  },
  outlook(words, at, operation, a) {
    if (!isGrant(operation)) return Outlook.GOES;
    const mayGo =
      operation === RwLockOperation.GRANT_READ ? readable(words, at, a) : writable(words, at, a);
    return mayGo ? Outlook.GOES : Outlook.WAITS;
  },
  /** The time is up: leaves the line, in which it may have held others up. */
  cancel(turn, at, operation, _thread, a) {
    if (!isGrant(operation)) throw new RangeError("a request is made at once");
    unlinkNode(turn.words, at + RwLockWord.LINE_FIRST, a as Address);
    letTry(turn, at);
    return refuse(turn, at);
  },
  commutes(_words, _at, first, second) {
    return (
      (isRead(first) && isRead(second)) ||
      (isReaders(first) && isReaders(second)) ||
      (gaveUp(first) && asks(second)) ||
      (asks(first) && gaveUp(second))
    );
  },
  /** Whoever stands in line is let go by others; if it could have gone before, it could ever since. */
  couldPrecede() {
    return false;
  },
  /** Its holders; a reader that is held up by writers in line, these. */
  waitsFor(words, at, operation, thread) {
    const isHeldUp =
      operation === RwLockOperation.GRANT_READ && words[at + RwLockWord.WRITER] === 0;
    return isHeldUp ? writersBefore(words, at, thread) : holders(words, at);
  },
};

const asks = ({ operation }: Step): boolean => operation === RwLockOperation.IS_POISONED;

/** Nothing changed, and nothing stood in line. */
function isRead(step: Step): boolean {
  const { operation, result } = step;
  if (asks(step)) return true;
  if (isGrant(operation) || operation > RwLockOperation.TRY_WRITE) return false;
  return result === RwLockResult.REFUSED || result === RwLockResult.POISONED;
}

/** What readers do while no writer comes in between. One that finds it poisoned is one of them. */
function isReaders(step: Step): boolean {
  const { operation, result } = step;
  switch (operation) {
    case RwLockOperation.READ:
    case RwLockOperation.TRY_READ:
    case RwLockOperation.GRANT_READ:
      return result === RwLockResult.HELD || result === RwLockResult.POISONED;
    default:
      return operation === RwLockOperation.READ_UNLOCK || asks(step);
  }
}

/** Leaving the line lets others come forward, who then need not give up. */
function gaveUp({ operation, result }: Step): boolean {
  return isGrant(operation) && result === RwLockResult.REFUSED;
}
