/**
 * A map that threads share: every operation is one step, and two on different keys have nothing to do with each other, which is
 * what exploring needs to know of it. Entries form a digital search tree over their keys' hashes (Knuth, "The Art of Computer
 * Programming", vol. 3, 6.3, with four branches a level): it grows by the entry that an insertion brings, so that a step
 * allocates nothing, and a look-up takes O(log n) on average. Keys with one hash form a list.
 */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { hold } from "./held.ts";
import { Head, type ObjectKind, Outlook, type Step, type Turn } from "./object.ts";
import { blockOf, High, holdSame } from "./value-words.ts";

export const MapWord = {
  ROOT: Head.OWN,
  SIZE: Head.OWN + 1,
  /** How many keys were inserted so far: the number of the newest entry. */
  NUMBER: Head.OWN + 2,
} as const;

/** An entry, or what a look-up brings to be compared: then its value is not looked at. */
export const EntryWord = {
  CHILDREN: 0,
  HASH: 4,
  KEY_LOW: 5,
  KEY_HIGH: 6,
  VALUE_LOW: 7,
  VALUE_HIGH: 8,
  NUMBER: 9,
} as const;
export const ENTRY_WORDS = 10;

/**
 * a = a number that is the same for the same key in all executions, b = an entry with the key. SET and INSERT bring the value in
 * it. Each answers the low word of the value that it found, the high one in `turn.high`, and in `turn.low`:
 * - GET: 1 if there is one. A block in it is held once more, for who asked.
 * - SET: the entry that was brought, if the key has one already: then it holds the value before, and is to be given back; else 0.
 * - INSERT: the same, but what is there stays, and is held once more.
 * DELETE answers the entry that it took out, 0 if there is none.
 */
export const MapOperation = { GET: 0, SET: 1, DELETE: 2, INSERT: 3, SIZE: 4 } as const;

const BRANCHES = 4;
const BITS = 2;
const LEVELS = 32 / BITS;

/** The word that refers to the key's entry, or that would if there were one. */
function linkOf(words: Int32Array, at: Address, asked: number): number {
  const hash = words[asked + EntryWord.HASH];
  let link = at + MapWord.ROOT;
  for (let level = 0; ; level++) {
    const entry = words[link];
    if (entry === 0 || hasKey(words, entry, asked)) return link;
    const branch = level < LEVELS ? (hash >>> (level * BITS)) & (BRANCHES - 1) : 0;
    link = entry + EntryWord.CHILDREN + branch;
  }
}

/** As the keys of JavaScript's Map are the same; numbers come with one zero and one NaN. */
function hasKey(words: Int32Array, entry: number, asked: number): boolean {
  const high = words[entry + EntryWord.KEY_HIGH];
  if (high !== words[asked + EntryWord.KEY_HIGH]) return false;
  const low = words[entry + EntryWord.KEY_LOW];
  const other = words[asked + EntryWord.KEY_LOW];
  return high === High.BLOCK ? holdSame(words, low, other) : low === other;
}

/** Takes an entry out. One with children is replaced by a leaf below it, which lies on all ways that lead through it. */
function unlink(words: Int32Array, link: number): void {
  const entry = words[link];
  let leafLink = link;
  for (
    let below = childLink(words, entry);
    below !== 0;
    below = childLink(words, words[leafLink])
  ) {
    leafLink = below;
  }
  const leaf = words[leafLink];
  words[leafLink] = 0;
  if (leaf === entry) return;
  for (let branch = 0; branch < BRANCHES; branch++) {
    words[leaf + EntryWord.CHILDREN + branch] = words[entry + EntryWord.CHILDREN + branch]!;
  }
  words[link] = leaf;
}

/** The first word of an entry that refers to another, 0 for none. */
function childLink(words: Int32Array, entry: number): number {
  const first = entry + EntryWord.CHILDREN;
  for (let link = first; link < first + BRANCHES; link++) if (words[link] !== 0) return link;
  return 0;
}

function put(turn: Turn, at: Address, link: number, entry: number): number {
  const { words } = turn;
  words.fill(0, entry + EntryWord.CHILDREN, entry + EntryWord.CHILDREN + BRANCHES);
  words[link] = entry;
  words[at + MapWord.SIZE]++;
  turn.event = EventKind.insert;
  turn.argument = words[entry + EntryWord.NUMBER] = ++words[at + MapWord.NUMBER];
  turn.low = 0;
  turn.high = High.UNDEFINED;
  return 0;
}

/** Answers the value of an entry, which stays where it is. */
function found(turn: Turn, entry: number, low: number): number {
  const { words } = turn;
  const value = words[entry + EntryWord.VALUE_LOW];
  turn.event = EventKind.find;
  turn.argument = words[entry + EntryWord.NUMBER]!;
  turn.low = low;
  turn.high = words[entry + EntryWord.VALUE_HIGH]!;
  const block = blockOf(value, turn.high);
  if (block !== 0) hold(words, block);
  return value;
}

function nothing(turn: Turn): number {
  turn.event = EventKind.findNothing;
  turn.argument = 0;
  turn.low = 0;
  turn.high = High.UNDEFINED;
  return 0;
}

/** Exchanges the values of an entry and of the one that was brought. */
function replace(turn: Turn, entry: number, brought: number): number {
  const { words } = turn;
  const low = words[entry + EntryWord.VALUE_LOW];
  turn.high = words[entry + EntryWord.VALUE_HIGH]!;
  words[entry + EntryWord.VALUE_LOW] = words[brought + EntryWord.VALUE_LOW]!;
  words[entry + EntryWord.VALUE_HIGH] = words[brought + EntryWord.VALUE_HIGH]!;
  turn.event = EventKind.replace;
  turn.argument = words[entry + EntryWord.NUMBER]!;
  turn.low = brought;
  return low;
}

export const map: ObjectKind = {
  name: "map",
  words: 3,
  operations: [
    { name: "get" },
    { name: "set" },
    { name: "delete" },
    { name: "getOrInsert" },
    { name: "size" },
  ],
  create() {
    // Empty: all words are 0 as they come.
  },
  step(turn, at, operation, _thread, _a, b) {
    const { words } = turn;
    if (operation === MapOperation.SIZE) {
      turn.event = EventKind.query;
      return (turn.argument = words[at + MapWord.SIZE]!);
    }
    const link = linkOf(words, at, b);
    const entry = words[link];
    switch (operation) {
      case MapOperation.GET:
        return entry === 0 ? nothing(turn) : found(turn, entry, 1);
      case MapOperation.SET:
        return entry === 0 ? put(turn, at, link, b) : replace(turn, entry, b);
      case MapOperation.INSERT:
        return entry === 0 ? put(turn, at, link, b) : found(turn, entry, b);
      case MapOperation.DELETE:
        if (entry === 0) return nothing(turn);
        unlink(words, link);
        words[at + MapWord.SIZE]--;
        turn.event = EventKind.remove;
        turn.argument = words[entry + EntryWord.NUMBER]!;
        return entry;
      default:
        throw new RangeError(`map has no operation ${operation}`);
    }
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody waits for a map");
  },
  commutes(_words, _at, first, second) {
    if (isRead(first) && isRead(second)) return true;
    if (first.operation === MapOperation.SIZE) return !changesSize(second);
    if (second.operation === MapOperation.SIZE) return !changesSize(first);
    return first.a !== second.a;
  },
  waitsFor() {
    return [];
  },
};

function isRead({ event }: Step): boolean {
  return event === EventKind.find || event === EventKind.findNothing || event === EventKind.query;
}

function changesSize({ event }: Step): boolean {
  return event === EventKind.insert || event === EventKind.remove;
}

/** The entry of the key that `asked` has; 0 for none. */
export function entryOf(words: Int32Array, at: Address, asked: number): number {
  return words[linkOf(words, at, asked)];
}

/** All entries, in no order that means anything: for who only looks. O(n). */
export function* entriesOf(words: Int32Array, at: Address): Generator<Address> {
  const open = [words[at + MapWord.ROOT]];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (entry === 0) continue;
    yield entry as Address;
    for (let branch = BRANCHES - 1; branch >= 0; branch--) {
      open.push(words[entry + EntryWord.CHILDREN + branch]);
    }
  }
}
