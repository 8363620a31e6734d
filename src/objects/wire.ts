/**
 * A wire: bytes in order, from one writing end to one reading end. A pipe is one; a TCP connection is two, one each way.
 *
 * The bytes stand in a ring that whoever makes the wire brings. What was written has *arrived* as soon as the reader may have
 * it. In a pipe that is at once; between sockets there is a network, which may take its time and cut anywhere. `Carried`
 * says who decides: the operating system (the native engine tells the wire what has come, `ARRIVE`), or, on the model
 * engine, a choice of the reader's own step, as nobody but the reader could tell when something came. So a network adds no
 * thread to explore; that it may be late once before each arrival, and cut once in each wire, keeps executions few while code that
 * takes a message for a `read` is still found out.
 *
 * Deliberately absent: loss and reordering (TCP has none that a program could see), and lingering after `close`: that a reader has
 * gone is known to the writer at once.
 */
import type { Address } from "../base/brand.ts";
import { EventKind, type ObjectKindName } from "../trace/event.ts";
import { EndSide, ownersOf, unlinkEnd } from "./ends.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";

/** Who decides what has arrived. */
export const Carried = {
  /** Nobody: what is written is there. */
  AT_ONCE: 0,
  /** A choice of the reader's step, among few. */
  CHOSEN: 1,
  /** Somebody outside, who says so. */
  TOLD: 2,
  /** A choice among all that there are: for a run that follows a recorded one. */
  FOLLOWED: 3,
} as const;
export type Carried = (typeof Carried)[keyof typeof Carried];

/** How the writing end was closed. */
export const Closing = { OPEN: 0, ENDED: 1, RESET: 2 } as const;

export const WireWord = {
  /** Bytes of the ring: a power of two. */
  CAPACITY: Head.OWN,
  /** Address of the ring. */
  RING: Head.OWN + 1,
  CARRIED: Head.OWN + 2,
  /** How many bytes, modulo 2^32. */
  WRITTEN: Head.OWN + 3,
  ARRIVED: Head.OWN + 4,
  READ: Head.OWN + 5,
  /** One of `Closing`; and whether that has arrived. */
  CLOSING: Head.OWN + 6,
  CLOSED: Head.OWN + 7,
  /** 1 once the reading end is closed. */
  DEAF: Head.OWN + 8,
  /** 1: the reader has been told that nothing is there, though something was under way. */
  LATE: Head.OWN + 9,
  /** 1: the network has cut once. */
  CUT: Head.OWN + 10,
  /** The ends that are not closed, linked (`ends.ts`). */
  ENDS: Head.OWN + 11,
  /** For who carries: how many bytes it has taken. */
  TAKEN: Head.OWN + 12,
  /** For who carries: 1 while it is among those that have changed, and the next of these. */
  CHANGED: Head.OWN + 13,
  NEXT_CHANGED: Head.OWN + 14,
  /** 1 once an end of it has gone into another process, which learns of all that is done to it. */
  PARTED: Head.OWN + 15,
} as const;
const OWN_WORDS = 16;

export const WireOperation = {
  WRITE: 0,
  TRY_WRITE: 1,
  READ: 2,
  TRY_READ: 3,
  /** Whether a read would come to something; the second never says that it is still under way. */
  READABLE: 4,
  SURELY_READABLE: 5,
  /** Whether a write would. */
  WRITABLE: 6,
  CLOSE_WRITER: 7,
  CLOSE_READER: 8,
  /** a = how many bytes have come, b = 1: and the end. */
  ARRIVE: 9,
} as const;

/** Results of reading and writing that are no number of bytes. */
export const WireResult = { WOULD_BLOCK: -1, RESET: -2, GONE: -3 } as const;

/** What a readiness is made of: the results of `READABLE` and `WRITABLE`. */
export const Ready = { NOTHING: 0, READABLE: 1, WRITABLE: 2, CLOSED: 4 } as const;

const READS =
  (1 << WireOperation.READ) | (1 << WireOperation.READABLE) | (1 << WireOperation.SURELY_READABLE);
const WRITES = (1 << WireOperation.WRITE) | (1 << WireOperation.WRITABLE);

const underWay = (words: Int32Array, at: Address): number =>
  (words[at + WireWord.WRITTEN] - words[at + WireWord.ARRIVED]) | 0;
const there = (words: Int32Array, at: Address): number =>
  (words[at + WireWord.ARRIVED] - words[at + WireWord.READ]) | 0;
const unread = (words: Int32Array, at: Address): number =>
  (words[at + WireWord.WRITTEN] - words[at + WireWord.READ]) | 0;
const room = (words: Int32Array, at: Address): number =>
  words[at + WireWord.CAPACITY] - unread(words, at);

/** How many bytes its reader could have now, and how many are on their way to it: for who looks. */
export function bytesIn(
  words: Int32Array,
  at: Address,
): { readonly there: number; readonly underWay: number } {
  return { there: there(words, at), underWay: underWay(words, at) };
}

/** Copies bytes into the ring, or out of it, from the byte with this number on. */
export function copyBytes(
  words: Int32Array,
  at: Address,
  position: number,
  bytes: Uint8Array,
  into: boolean,
): void {
  const ring = bytesAt(words, words[at + WireWord.RING] as Address, words[at + WireWord.CAPACITY]);
  for (let done = 0; done < bytes.length;) {
    const from = (position + done) & (ring.length - 1);
    const part = Math.min(bytes.length - done, ring.length - from);
    if (into) ring.set(bytes.subarray(done, done + part), from);
    else bytes.set(ring.subarray(from, from + part), done);
    done += part;
  }
}

/** The bytes that stand in a block. */
export function bytesAt(words: Int32Array, block: Address, count: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset + block * 4, count);
}

function write(turn: Turn, at: Address, operation: number, block: Address, length: number): number {
  const { words } = turn;
  const follows = words[at + WireWord.CARRIED] === Carried.FOLLOWED;
  if (words[at + WireWord.DEAF] === 1) return writeForNobody(turn, at, follows ? length : 0);
  const most = Math.min(length, room(words, at));
  const count = follows && most > 0 ? Math.max(turn.choose(most + 1, most), 1) : most;
  if (count === 0 && length > 0) {
    if (operation === WireOperation.TRY_WRITE) return refuse(turn, EventKind.writeRefused);
    turn.argument = -1;
    return BLOCKED;
  }
  copyBytes(words, at, words[at + WireWord.WRITTEN], bytesAt(words, block, count), true);
  words[at + WireWord.WRITTEN] = (words[at + WireWord.WRITTEN] + count) | 0;
  if (words[at + WireWord.CARRIED] === Carried.AT_ONCE) {
    words[at + WireWord.ARRIVED] = words[at + WireWord.WRITTEN];
  }
  turn.retryAll(at, READS);
  turn.event = EventKind.bytesWritten;
  turn.argument = words[at + WireWord.WRITTEN];
  return count;
}

/** The reader is gone. A writer in another process may not have known it yet, in a recording: then it wrote `most` at most. */
function writeForNobody(turn: Turn, at: Address, most: number): number {
  const { words } = turn;
  const count = most > 0 ? turn.choose(most + 1, 0) : 0;
  turn.event = count > 0 ? EventKind.bytesWritten : EventKind.writeRefused;
  if (count === 0) {
    turn.argument = 1;
    return WireResult.GONE;
  }
  for (const word of [WireWord.WRITTEN, WireWord.ARRIVED, WireWord.READ]) {
    words[at + word] = (words[at + word] + count) | 0;
  }
  turn.argument = words[at + WireWord.WRITTEN];
  return count;
}

function refuse(turn: Turn, event: EventKind): number {
  turn.event = event;
  turn.argument = 0;
  return WireResult.WOULD_BLOCK;
}

/**
 * Has something of what is under way arrive, as whoever chooses says: everything unless somebody decides otherwise. Whether
 * anything is there now. `mayWait`: the network may not be done yet.
 */
function letArrive(turn: Turn, at: Address, mayWait: boolean): boolean {
  const { words } = turn;
  const carried = words[at + WireWord.CARRIED];
  const ends = words[at + WireWord.CLOSING] !== Closing.OPEN && words[at + WireWord.CLOSED] === 0;
  if (underWay(words, at) > 0 || ends) {
    if (carried === Carried.CHOSEN) choose(turn, at, ends, mayWait);
    else if (carried === Carried.FOLLOWED) follow(turn, at, ends, mayWait);
  }
  return there(words, at) > 0 || words[at + WireWord.CLOSED] === 1;
}

const LATE = -1;
const RESET_TOO = -2;

/**
 * How much of what is under way may arrive before an operation of the reader: all of it first, then what makes a difference.
 * `LATE`: nothing yet. `RESET_TOO`: all, and the reset after it, by which it is lost.
 */
function arrivals(words: Int32Array, at: Address, mayWait: boolean): number[] {
  const flight = underWay(words, at);
  const have = there(words, at);
  const resets =
    words[at + WireWord.CLOSED] === 0 && words[at + WireWord.CLOSING] === Closing.RESET;
  // A reset that stands alone comes, or is late.
  const options = resets && flight === 0 && have === 0 ? [] : [flight];
  if (resets) options.push(RESET_TOO);
  if (have > 0) {
    if (flight > 0) options.push(0);
    return options;
  }
  const cuts = words[at + WireWord.CUT] === 0 && flight > 1;
  if (cuts) options.push(1);
  if (cuts && flight > 2) options.push(flight - 1);
  if (mayWait && words[at + WireWord.LATE] === 0) options.push(LATE);
  return options;
}

function choose(turn: Turn, at: Address, ends: boolean, mayWait: boolean): void {
  const { words } = turn;
  const options = arrivals(words, at, mayWait);
  const taken = options[turn.choose(options.length)];
  const flight = underWay(words, at);
  if (taken === LATE) {
    words[at + WireWord.LATE] = 1;
    return;
  }
  if (taken === RESET_TOO) return arrive(words, at, flight, true);
  if (taken < flight && there(words, at) === 0) words[at + WireWord.CUT] = 1;
  const resets = words[at + WireWord.CLOSING] === Closing.RESET;
  arrive(words, at, taken, ends && !resets && taken === flight);
}

/** What the network does where a step of the reader has this choice, in words; undefined where it does nothing of note. */
export function arrivalTold(
  words: Int32Array,
  at: Address,
  operation: number,
  option: number,
): string | undefined {
  const mayWait = operation === WireOperation.TRY_READ || operation === WireOperation.READABLE;
  const flight = underWay(words, at);
  const all = flight === 1 ? "the byte" : `the ${flight} bytes`;
  switch (arrivals(words, at, mayWait)[option]) {
    case undefined:
    case flight:
      return undefined;
    case LATE:
      return flight === 0 ? "its end has not arrived yet" : `${all} have not arrived yet`;
    case RESET_TOO:
      return "the reset has arrived";
    case 0:
      return `${all} behind have not arrived yet`;
    case 1:
      return `1 of ${all} has arrived`;
    default:
      return `${flight - 1} of ${all} have arrived`;
  }
}

/** As many bytes as the recorded run's reader had then, and the end if that is more than all. */
function follow(turn: Turn, at: Address, ends: boolean, mayWait: boolean): void {
  const { words } = turn;
  const flight = underWay(words, at);
  const have = there(words, at);
  const all = have + flight;
  const options = all + (ends ? 2 : 1);
  const wanted = Math.max(turn.choose(options, options - 1), mayWait ? 0 : 1);
  arrive(words, at, Math.min(Math.max(wanted - have, 0), flight), wanted > all);
}

function arrive(words: Int32Array, at: Address, count: number, ends: boolean): void {
  words[at + WireWord.ARRIVED] = (words[at + WireWord.ARRIVED] + count) | 0;
  if (count > 0) words[at + WireWord.LATE] = 0;
  if (ends) words[at + WireWord.CLOSED] = 1;
}

/** A connection that was reset is no more than that, whatever has come before. */
const isReset = (words: Int32Array, at: Address): boolean =>
  words[at + WireWord.CLOSED] === 1 && words[at + WireWord.CLOSING] === Closing.RESET;

function read(turn: Turn, at: Address, operation: number, block: Address, most: number): number {
  const { words } = turn;
  const tries = operation === WireOperation.TRY_READ;
  if (mayCome(words, at) === 0) {
    if (tries) return refuse(turn, EventKind.readRefused);
    turn.argument = -1;
    return BLOCKED;
  }
  if (!letArrive(turn, at, tries)) return refuse(turn, EventKind.late);
  if (isReset(words, at)) {
    turn.event = EventKind.readRefused;
    turn.argument = 1;
    return WireResult.RESET;
  }
  const count = Math.min(most, there(words, at));
  copyBytes(words, at, words[at + WireWord.READ], bytesAt(words, block, count), false);
  words[at + WireWord.READ] = (words[at + WireWord.READ] + count) | 0;
  if (count > 0) turn.retryAll(at, WRITES);
  turn.event = EventKind.bytesRead;
  turn.argument = words[at + WireWord.READ];
  return count;
}

/** Whether there is anything that a reader could get, now or when it has arrived. */
function mayCome(words: Int32Array, at: Address): 0 | 1 {
  const told = words[at + WireWord.CARRIED] === Carried.TOLD;
  const bytes = told ? there(words, at) : unread(words, at);
  const closed = words[at + (told ? WireWord.CLOSED : WireWord.CLOSING)] !== 0;
  return bytes > 0 || closed ? 1 : 0;
}

function readable(turn: Turn, at: Address, operation: number, place: number): number {
  const { words } = turn;
  if (mayCome(words, at) === 0) {
    turn.argument = -1;
    return BLOCKED;
  }
  const isThere = there(words, at) > 0 || words[at + WireWord.CLOSED] === 1;
  if (!isThere && !letArrive(turn, at, operation === WireOperation.READABLE)) {
    refuse(turn, EventKind.late);
    return Ready.NOTHING;
  }
  const ended = words[at + WireWord.CLOSED] === 1 && (there(words, at) === 0 || isReset(words, at));
  return isReady(turn, Ready.READABLE | (ended ? Ready.CLOSED : 0), place);
}

/** `place`: which of those that are polled it is. */
export function isReady(turn: Turn, ready: number, place: number): number {
  turn.event = EventKind.ready;
  turn.argument = ready | (place * READY_PLACE);
  return ready;
}

/** What a place counts in the argument of a `ready` event. */
export const READY_PLACE = 8;

function writable(turn: Turn, at: Address, place: number): number {
  const { words } = turn;
  const gone = words[at + WireWord.DEAF] === 1;
  if (!gone && room(words, at) === 0) {
    turn.argument = -1;
    return BLOCKED;
  }
  return isReady(turn, Ready.WRITABLE | (gone ? Ready.CLOSED : 0), place);
}

/** Answers 1 if both ends are closed now: then nobody needs the ring any more. */
function closeWriter(turn: Turn, at: Address, end: Address, reset: number): number {
  const { words } = turn;
  unlinkEnd(words, at + WireWord.ENDS, end);
  words[at + WireWord.CLOSING] = reset === 1 ? Closing.RESET : Closing.ENDED;
  if (words[at + WireWord.CARRIED] === Carried.AT_ONCE) words[at + WireWord.CLOSED] = 1;
  turn.retryAll(at, READS);
  turn.event = EventKind.writerClosed;
  turn.argument = reset;
  return words[at + WireWord.DEAF];
}

/** Answers 1 if both ends are closed now, and 2 besides if something was left that nobody will read. */
function closeReader(turn: Turn, at: Address, end: Address): number {
  const { words } = turn;
  unlinkEnd(words, at + WireWord.ENDS, end);
  words[at + WireWord.DEAF] = 1;
  turn.retryAll(at, WRITES);
  turn.event = EventKind.readerClosed;
  turn.argument = unread(words, at);
  const both = words[at + WireWord.CLOSING] !== Closing.OPEN ? 1 : 0;
  return both | (turn.argument > 0 ? 2 : 0);
}

const writes = ({ operation, event }: Step): boolean =>
  (operation === WireOperation.WRITE || operation === WireOperation.TRY_WRITE) &&
  event === EventKind.bytesWritten;

const reads = ({ event }: Step): boolean => event === EventKind.bytesRead;

/** What has changed nothing: nobody can tell that it was made. */
function isLook({ operation, result, event }: Step, isPipe: boolean): boolean {
  if (operation === WireOperation.WRITABLE) return true;
  if (event === EventKind.ready) return isPipe;
  const refused = event === EventKind.readRefused || event === EventKind.writeRefused;
  return refused && result === WireResult.WOULD_BLOCK;
}

/** A read that was filled does not tell whether the end comes next. */
function isEndUnseen(close: Step, read: Step): boolean {
  return (
    close.operation === WireOperation.CLOSE_WRITER &&
    reads(read) &&
    read.result > 0 &&
    read.result === read.b
  );
}

/**
 * In a pipe, a write and a read depend only through the bytes that one gives to the other, and through the room: a read that
 * was filled by what had been there before, and a write that had room enough without it, know nothing of each other. Where a
 * network may cut, what can be chosen is another number.
 */
function passEachOther(capacity: number, write: Step, read: Step): boolean {
  const from = (write.argument - write.result) | 0;
  const isBehind = ((from - read.argument) | 0) >= 0;
  const isFilled = read.result === read.b;
  const oldest = (read.argument - read.result) | 0;
  const hadRoom = write.result === write.b && ((write.argument - oldest) | 0) <= capacity;
  return isBehind && isFilled && hadRoom;
}

function wireKind(name: ObjectKindName): ObjectKind {
  return {
    name,
    words: OWN_WORDS,
    operations: [
      { name: "write", waiting: "waits for room in" },
      { name: "tryWrite" },
      { name: "read", waiting: "waits for bytes from" },
      { name: "tryRead" },
      { name: "is readable", waiting: "waits for bytes from" },
      { name: "is readable", waiting: "waits for bytes from" },
      { name: "is writable", waiting: "waits for room in" },
      { name: "close the writing end of" },
      { name: "close the reading end of" },
      { name: "arrive" },
    ],
    /** a = its capacity, b = who decides what has arrived. */
    create(words, at, a, b) {
      words[at + WireWord.CAPACITY] = a;
      words[at + WireWord.CARRIED] = b;
    },
    /** WRITE: a = where the bytes are, b = how many. READ: a = where they go, b = how many at most. CLOSE: a = the end. Readiness: a = `place`. */
    step(turn, at, operation, _thread, a, b) {
      switch (operation) {
        case WireOperation.WRITE:
        case WireOperation.TRY_WRITE:
          return write(turn, at, operation, a as Address, b);
        case WireOperation.READ:
        case WireOperation.TRY_READ:
          return read(turn, at, operation, a as Address, b);
        case WireOperation.READABLE:
        case WireOperation.SURELY_READABLE:
          return readable(turn, at, operation, a);
        case WireOperation.WRITABLE:
          return writable(turn, at, a);
        case WireOperation.CLOSE_WRITER:
          return closeWriter(turn, at, a as Address, b);
        case WireOperation.CLOSE_READER:
          return closeReader(turn, at, a as Address);
        case WireOperation.ARRIVE:
          arrive(turn.words, at, a, b === 1);
          turn.retryAll(at, READS);
          turn.event = EventKind.query;
          return (turn.argument = a);
        default:
          throw new RangeError(`${name} has no operation ${operation}`);
      }
    },
    outlook(words, at, operation, _a, b) {
      switch (operation) {
        case WireOperation.READ:
        case WireOperation.READABLE:
        case WireOperation.SURELY_READABLE:
          return mayCome(words, at) === 1 ? Outlook.GOES : Outlook.WAITS;
        case WireOperation.WRITE:
        case WireOperation.WRITABLE: {
          const isNothing = operation === WireOperation.WRITE && b === 0;
          const goes = isNothing || words[at + WireWord.DEAF] === 1 || room(words, at) > 0;
          return goes ? Outlook.GOES : Outlook.WAITS;
        }
        default:
          return Outlook.GOES;
      }
    },
    cancel(turn, _at, operation) {
      const writes = operation === WireOperation.WRITE || operation === WireOperation.WRITABLE;
      const result = refuse(turn, writes ? EventKind.writeRefused : EventKind.readRefused);
      const looks =
        operation === WireOperation.READABLE ||
        operation === WireOperation.SURELY_READABLE ||
        operation === WireOperation.WRITABLE;
      return looks ? Ready.NOTHING : result;
    },
    commutes(words, at, first, second) {
      const isPipe = words[at + WireWord.CARRIED] === Carried.AT_ONCE;
      if (isLook(first, isPipe) && isLook(second, isPipe)) return true;
      if (!isPipe) return false;
      const capacity = words[at + WireWord.CAPACITY];
      if (isEndUnseen(first, second) || isEndUnseen(second, first)) return true;
      if (writes(first) && reads(second)) return passEachOther(capacity, first, second);
      return writes(second) && reads(first) && passEachOther(capacity, second, first);
    },
    waitsFor(words, at, operation) {
      const writes = operation === WireOperation.WRITE || operation === WireOperation.WRITABLE;
      return ownersOf(words, at + WireWord.ENDS, writes ? EndSide.RECEIVER : EndSide.SENDER);
    },
  };
}

export const pipe = wireKind("pipe");
export const connection = wireKind("connection");
