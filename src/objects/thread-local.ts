/**
 * A variable of which every thread has its own. What is shared is how a thread makes its value, which never changes: so its only
 * operation, a thread's first use, tells who did and orders nothing. The values are each thread's own business (`std`).
 */
import { EventKind } from "../trace/event.ts";
import { Head, type ObjectKind, Outlook } from "./object.ts";

/** The encoded function that makes a thread's value. */
export const ThreadLocalWord = { INIT: Head.OWN } as const;

export const ThreadLocalOperation = { MAKE: 0 } as const;

export const threadLocal: ObjectKind = {
  name: "threadlocal",
  words: 1,
  operations: [{ name: "make" }],
  /** a = the encoded function. */
  create(words, at, a) {
    words[at + ThreadLocalWord.INIT] = a;
  },
  /** MAKE answers the encoded function, which stays where it is. */
  step(turn, at, operation) {
    if (operation !== ThreadLocalOperation.MAKE)
      throw new RangeError(`threadlocal has no operation ${operation}`);
    turn.event = EventKind.localMake;
    turn.argument = 0;
    return turn.words[at + ThreadLocalWord.INIT];
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody waits for what is its own");
  },
  commutes() {
    return true;
  },
  waitsFor() {
    return [];
  },
};
