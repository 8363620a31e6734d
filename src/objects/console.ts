/**
 * The program's console: one object, each call a write on it (SEMANTICS, Dependence), so that the order of lines is part
 * of an outcome. Lines are blocks of the heap, queued until the engine takes them; a writer waits while too many words
 * are queued, so that a program that prints for ever costs bounded memory.
 */
import type { Address } from "../base/brand.ts";
import { EventKind } from "../trace/event.ts";
import { BLOCKED, Head, type ObjectKind, Outlook } from "./object.ts";
import { appendNode } from "./waiters.ts";

export const ConsoleWord = {
  FIRST: Head.OWN,
  LAST: Head.OWN + 1,
  /** Lines so far: the number of the next one. */
  LINES: Head.OWN + 2,
  QUEUED: Head.OWN + 3,
} as const;

export const ConsoleOperation = { WRITE: 0 } as const;

/** How many lines may be queued before writers wait. */
export const CONSOLE_LIMIT = 4096;

/** A line's node word `STATE` holds its number. */
export const console_: ObjectKind = {
  name: "console",
  words: 4,
  operations: [{ name: "print", waiting: "waits for the console to take" }],
  create() {
    // Empty: all words are 0 as they come.
  },
  /** a = the line's node. */
  step(turn, at, _operation, thread, a) {
    const { words } = turn;
    if (words[at + ConsoleWord.QUEUED] >= CONSOLE_LIMIT) {
      turn.argument = -1;
      return BLOCKED;
    }
    appendNode(words, at + ConsoleWord.FIRST, a as Address, thread);
    const number = words[at + ConsoleWord.LINES]++;
    words[at + ConsoleWord.QUEUED]++;
    words[a + 2] = number;
    turn.event = EventKind.output;
    turn.argument = number;
    return number;
  },
  outlook(words, at) {
    return words[at + ConsoleWord.QUEUED] >= CONSOLE_LIMIT ? Outlook.WAITS : Outlook.GOES;
  },
  cancel() {
    throw new RangeError("a line is never given up");
  },
  commutes() {
    return false;
  },
  waitsFor() {
    return [];
  },
};
