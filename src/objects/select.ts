/**
 * A select: one operation that takes the first of several that can go through. It is no object of the program but a block
 * which the thread brings, with an object's head and a row for each case: an operation on another object, whose kind's own
 * `outlook`, `step` and `cancel` are all that is used. So whatever can wait can be a case.
 *
 * - A step takes one of the cases that are ready (a choice, or the first); to whoever looks at that object, it is that operation.
 *   Where it passed over others by rule (biased, tried, or its time was up) they were refused, as reads of their objects.
 *   Whether others were ready is no operation, but who explores has to know (`looked`): had one of them been ready that was not,
 *   there would have been a choice; and one that comes after what was taken would have been taken, had that not been ready.
 * - Where none is ready, each case leaves the note that its operation would leave by itself. A partner who meets one of the
 *   notes completes that case, and the others' notes are withdrawn in the same step (`settle`); until then the thread
 *   may go on as soon as any case is ready.
 *
 * - A *poll* takes all cases that are ready, in one step, and each row says what its operation came to: for operations that only ask
 *   (`wire.ts`, readable, writable), which leave no note. It waits while none is ready, like a select.
 *
 * Deliberately absent: what messages are, time-outs and default cases; and queues, which are the engine's.
 */
import type { Address, ThreadId } from "../base/brand.ts";
import { BLOCKED, Head, type ObjectKind, Outlook, type Turn } from "./object.ts";
import { NODE_WORDS } from "./waiters.ts";

export const SelectWord = {
  /** How many cases. */
  COUNT: Head.OWN,
  /** 1: the first that is ready; 0: any. */
  BIASED: Head.OWN + 1,
  /** The case that it took, -1 for none; and what its operation came to. */
  TAKEN: Head.OWN + 2,
  RESULT: Head.OWN + 3,
  /** Whose it is. */
  THREAD: Head.OWN + 4,
  /** Of a poll: the case whose operation is under way, plus one. */
  ASKING: Head.OWN + 5,
} as const;
const OWN_WORDS = 6;

/** Words of a case's row. */
export const CaseWord = {
  OBJECT: 0,
  OPERATION: 1,
  A: 2,
  B: 3,
  /** 1 while the note that its operation leaves is there. */
  NOTED: 4,
  /** The engine's: in its object's list of selects that wait there. */
  NEXT: 5,
  SELECT: 6,
  /** The engine's: how a note's withdrawal by another thread's step is recorded; version 0 for none. */
  VERSION: 7,
  EVENT: 8,
  ARGUMENT: 9,
  TIME_LOW: 10,
  TIME_HIGH: 11,
  /** Of a poll: what its operation came to, 0 for nothing. */
  CAME: 12,
  /** Room for a waiter's node. */
  NODE: 13,
} as const;
const CASE_WORDS = CaseWord.NODE + NODE_WORDS;

export const SelectOperation = { SELECT: 0, TRY_SELECT: 1, POLL: 2, TRY_POLL: 3 } as const;

const isPoll = (operation: number): boolean =>
  operation === SelectOperation.POLL || operation === SelectOperation.TRY_POLL;

/** What it answers, and `TAKEN` holds, where no case was taken. */
export const NO_CASE = -1;

/** How many words a select of so many cases takes, its head included. */
export function selectWords(cases: number): number {
  return Head.OWN + OWN_WORDS + cases * CASE_WORDS;
}

/** Sets up a new one; its cases' own words are the caller's to fill. `kind`: its index in `KINDS`. */
export function beginSelect(
  words: Int32Array,
  at: Address,
  kind: number,
  thread: ThreadId,
  cases: number,
  biased: boolean,
): void {
  words.fill(0, at, at + selectWords(cases));
  words[at + Head.KIND] = kind;
  words[at + SelectWord.THREAD] = thread;
  words[at + SelectWord.COUNT] = cases;
  words[at + SelectWord.BIASED] = biased ? 1 : 0;
  words[at + SelectWord.TAKEN] = NO_CASE;
}

export function caseAt(at: Address, index: number): Address {
  return (at + Head.OWN + OWN_WORDS + index * CASE_WORDS) as Address;
}

/** In which operations of `object` (a bit set) a select waits; 0: in none. */
export function waitsIn(words: Int32Array, at: Address, object: Address): number {
  let operations = 0;
  for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
    const row = caseAt(at, index);
    if (words[row + CaseWord.OBJECT] === object) operations |= 1 << words[row + CaseWord.OPERATION];
  }
  return operations;
}

/** The kind's table of kinds is given to it, so that it need not know them. */
export interface SelectKind extends ObjectKind {
  readonly objectAt: (words: Int32Array, at: Address, index: number) => Address;
  /** The case which is the nth of those that are ready, `NO_CASE` for none. */
  readyCase(words: Int32Array, at: Address, nth: number): number;
  /** While it chooses: the case that is decided about, or that the choice `nth` would take. */
  askedCase(words: Int32Array, at: Address, nth: number): number;
  /**
   * Another thread's step has completed the case that had left `node`: takes that case, and the others' notes back. `withdrew`
   * is told of each, and what its operation came to; its event stands in `turn`.
   */
  settle(
    turn: Turn,
    at: Address,
    thread: ThreadId,
    node: Address,
    result: number,
    withdrew: (row: Address, result: number) => void,
  ): void;
}

export function selectOver(kinds: () => readonly ObjectKind[]): SelectKind {
  const kindOf = (words: Int32Array, row: Address): ObjectKind =>
    kinds()[words[words[row + CaseWord.OBJECT] + Head.KIND]];

  const outlookOf = (words: Int32Array, at: Address, row: Address): Outlook =>
    kindOf(words, row).outlook(
      words,
      words[row + CaseWord.OBJECT] as Address,
      words[row + CaseWord.OPERATION],
      words[row + CaseWord.A],
      words[row + CaseWord.B],
      words[at + SelectWord.THREAD] as ThreadId,
    );

  function countReady(words: Int32Array, at: Address): number {
    let ready = 0;
    for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
      if (outlookOf(words, at, caseAt(at, index)) === Outlook.GOES) ready++;
    }
    return ready;
  }

  function readyCase(words: Int32Array, at: Address, nth: number): number {
    for (let index = 0, left = nth; index < words[at + SelectWord.COUNT]; index++) {
      if (outlookOf(words, at, caseAt(at, index)) === Outlook.GOES && left-- === 0) return index;
    }
    return NO_CASE;
  }

  /** The case's operation itself: its result. */
  function act(
    turn: Turn,
    row: Address,
    thread: ThreadId,
    operation = turn.words[row + CaseWord.OPERATION],
  ): number {
    const { words } = turn;
    const object = words[row + CaseWord.OBJECT] as Address;
    const a = words[row + CaseWord.A];
    const b = words[row + CaseWord.B];
    turn.actOn(object);
    const result = kindOf(words, row).step(turn, object, operation, thread, a, b);
    turn.acted(operation, a, b, result);
    return result;
  }

  function cancelCase(turn: Turn, row: Address, thread: ThreadId): number {
    const { words } = turn;
    words[row + CaseWord.NOTED] = 0;
    return kindOf(words, row).cancel(
      turn,
      words[row + CaseWord.OBJECT] as Address,
      words[row + CaseWord.OPERATION],
      thread,
      words[row + CaseWord.A],
      words[row + CaseWord.B],
    );
  }

  /** It is refused: a read of its object, or more where it takes a note back. */
  function pass(turn: Turn, row: Address, thread: ThreadId): void {
    const { words } = turn;
    turn.actOn(words[row + CaseWord.OBJECT] as Address);
    const result = cancelCase(turn, row, thread);
    turn.acted(
      words[row + CaseWord.OPERATION],
      words[row + CaseWord.A],
      words[row + CaseWord.B],
      result,
    );
  }

  /** It could not go. */
  function look(turn: Turn, row: Address): void {
    const { words } = turn;
    const object = words[row + CaseWord.OBJECT] as Address;
    const operation = words[row + CaseWord.OPERATION];
    turn.looked(object, operation, words[row + CaseWord.A], words[row + CaseWord.B]);
  }

  function passAll(turn: Turn, at: Address, thread: ThreadId): number {
    const { words } = turn;
    for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
      pass(turn, caseAt(at, index), thread);
    }
    return NO_CASE;
  }

  function take(turn: Turn, at: Address, thread: ThreadId, taken: number): number {
    const { words } = turn;
    const biased = words[at + SelectWord.BIASED] === 1;
    for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
      const row = caseAt(at, index);
      const isPassed = words[row + CaseWord.NOTED] === 1 || (biased && index < taken);
      if (index === taken) continue;
      if (isPassed) pass(turn, row, thread);
      else if (biased || outlookOf(words, at, row) !== Outlook.GOES) look(turn, row);
    }
    words[at + SelectWord.TAKEN] = taken;
    words[at + SelectWord.RESULT] = act(turn, caseAt(at, taken), thread);
    return taken;
  }

  /**
   * Takes all that are ready. An operation may come to nothing after all (what is under way may not have arrived), but not all
   * of them may: the last is asked by the operation that its case has as its second argument, which always comes to something.
   */
  function pollAll(turn: Turn, at: Address, thread: ThreadId, ready: number): number {
    const { words } = turn;
    let left = ready;
    let found = 0;
    for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
      const row = caseAt(at, index);
      words[row + CaseWord.CAME] = 0;
      if (outlookOf(words, at, row) !== Outlook.GOES) {
        look(turn, row);
        continue;
      }
      words[at + SelectWord.ASKING] = index + 1;
      const isLast = --left === 0 && found === 0 && words[row + CaseWord.B] !== 0;
      const came = act(turn, row, thread, isLast ? words[row + CaseWord.B] : undefined);
      words[row + CaseWord.CAME] = came;
      if (came !== 0 && found++ === 0) words[at + SelectWord.TAKEN] = index;
    }
    words[at + SelectWord.ASKING] = 0;
    return found;
  }

  /** Whether a case is there that would leave a note, and has not. */
  function wouldNote(words: Int32Array, at: Address): boolean {
    for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
      const row = caseAt(at, index);
      if (words[row + CaseWord.NOTED] === 1) continue;
      if (outlookOf(words, at, row) === Outlook.NOTES) return true;
    }
    return false;
  }

  function wait(turn: Turn, at: Address, thread: ThreadId): typeof BLOCKED {
    const { words } = turn;
    turn.argument = -1;
    if (!wouldNote(words, at)) return BLOCKED;
    for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
      const row = caseAt(at, index);
      if (words[row + CaseWord.NOTED] === 1) continue;
      if (outlookOf(words, at, row) === Outlook.NOTES) {
        words[row + CaseWord.NOTED] = 1;
        act(turn, row, thread);
      } else {
        look(turn, row);
      }
    }
    return BLOCKED;
  }

  return {
    name: "select",
    words: OWN_WORDS,
    operations: [
      { name: "select", waiting: "waits for a case of" },
      { name: "select" },
      { name: "poll", waiting: "polls" },
      { name: "poll" },
    ],
    create() {
      throw new TypeError("a select is brought by who makes it");
    },
    objectAt(words, at, index) {
      return index < words[at + SelectWord.COUNT]
        ? (words[caseAt(at, index) + CaseWord.OBJECT] as Address)
        : (0 as Address);
    },
    readyCase,
    askedCase(words, at, nth) {
      const asking = words[at + SelectWord.ASKING];
      return asking === 0 ? readyCase(words, at, nth) : asking - 1;
    },
    /** a = a number of which the choice is made where nobody else makes it. */
    step(turn, at, operation, thread, a) {
      const { words } = turn;
      const ready = countReady(words, at);
      if (ready === 0) {
        const tries =
          operation === SelectOperation.TRY_SELECT || operation === SelectOperation.TRY_POLL;
        return tries ? passAll(turn, at, thread) : wait(turn, at, thread);
      }
      if (isPoll(operation)) return pollAll(turn, at, thread, ready);
      const isFixed = words[at + SelectWord.BIASED] === 1 || ready === 1;
      const nth = isFixed ? 0 : turn.choose(ready, a % ready);
      return take(turn, at, thread, readyCase(words, at, nth));
    },
    outlook(words, at, operation) {
      const tries =
        operation === SelectOperation.TRY_SELECT || operation === SelectOperation.TRY_POLL;
      if (tries || readyCase(words, at, 0) !== NO_CASE) return Outlook.GOES;
      return wouldNote(words, at) ? Outlook.NOTES : Outlook.WAITS;
    },
    cancel(turn, at, _operation, thread) {
      return passAll(turn, at, thread);
    },
    settle(turn, at, thread, node, result, withdrew) {
      const { words, event, argument } = turn;
      for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
        const row = caseAt(at, index);
        if (words[row + CaseWord.NOTED] === 0) continue;
        if (words[row + CaseWord.A] === node) {
          words[row + CaseWord.NOTED] = 0;
          words[at + SelectWord.TAKEN] = index;
          words[at + SelectWord.RESULT] = result;
          continue;
        }
        withdrew(row, cancelCase(turn, row, thread));
      }
      turn.event = event;
      turn.argument = argument;
    },
    /** Its parts are operations on other objects, and told as such. */
    commutes() {
      return true;
    },
    waitsFor(words, at, _operation, thread) {
      const awaited = new Set<ThreadId>();
      for (let index = 0; index < words[at + SelectWord.COUNT]; index++) {
        const row = caseAt(at, index);
        const object = words[row + CaseWord.OBJECT] as Address;
        const kind = kindOf(words, row);
        for (const other of kind.waitsFor(words, object, words[row + CaseWord.OPERATION], thread)) {
          awaited.add(other);
        }
      }
      return [...awaited];
    },
  };
}
