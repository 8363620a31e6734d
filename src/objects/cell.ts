/**
 * One place of `@shared` memory: a variable, a field, an element or a length. Each access is one event (SEMANTICS,
 * `@shared`). The value is a tag and two words; strings and bigints are blocks of the heap, counted, since a reader
 * decodes its block after the step in which a writer may already have replaced it.
 */
import { EventKind } from "../trace/event.ts";
import { Head, type ObjectKind, Outlook } from "./object.ts";

export const CellWord = { TAG: Head.OWN, LOW: Head.OWN + 1, HIGH: Head.OWN + 2 } as const;

export const CellOperation = { READ: 0, WRITE: 1 } as const;

export const CellTag = {
  UNDEFINED: 0,
  NULL: 1,
  FALSE: 2,
  TRUE: 3,
  /** The low word is the value. */
  INTEGER: 4,
  /** Both words: a 64-bit float. */
  FLOAT: 5,
  /** The low word is a counted block: an encoded string or bigint. */
  BLOCK: 6,
  /** The low word is a shared object's or array's table (`std/shared`). */
  OBJECT: 7,
  ARRAY: 8,
} as const;

/** A counted block's first word: how many cells and readers hold it. */
export const COUNT_WORD = 0;

/** What traces show of a value: integers and booleans as they are, the rest as 0. */
function shown(tag: number, low: number): number {
  if (tag === CellTag.INTEGER) return low;
  return tag === CellTag.TRUE ? 1 : 0;
}

export const cell: ObjectKind = {
  name: "cell",
  words: 3,
  operations: [{ name: "read" }, { name: "write" }],
  /** Undefined until the first write. */
  create() {
    // All words are 0 as they come.
  },
  /**
   * READ answers the tag, the words in `turn.low` and `turn.high`; a block is counted once more for the reader.
   * WRITE takes the tag as `a` and the words in `turn.low` and `turn.high`; it answers the address of a block that it
   * replaced, for the writer to give back, else 0.
   */
  step(turn, at, operation, _thread, a) {
    const { words } = turn;
    const tag = words[at + CellWord.TAG];
    const low = words[at + CellWord.LOW];
    if (operation === CellOperation.READ) {
      turn.low = low;
      turn.high = words[at + CellWord.HIGH]!;
      if (tag === CellTag.BLOCK) Atomics.add(words, low + COUNT_WORD, 1);
      turn.event = EventKind.read;
      turn.argument = shown(tag, low);
      return tag;
    }
    if (operation !== CellOperation.WRITE)
      throw new RangeError(`cell has no operation ${operation}`);
    words[at + CellWord.TAG] = a;
    words[at + CellWord.LOW] = turn.low;
    words[at + CellWord.HIGH] = turn.high;
    turn.event = EventKind.write;
    turn.argument = shown(a, turn.low);
    return tag === CellTag.BLOCK ? low : 0;
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("an access to a cell never waits");
  },
  commutes(_words, _at, first, second) {
    return first.operation === CellOperation.READ && second.operation === CellOperation.READ;
  },
  waitsFor() {
    return [];
  },
};
