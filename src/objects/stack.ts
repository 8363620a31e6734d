/**
 * A stack that threads share. Every operation touches its top, so none that goes through commutes with another. Messages are
 * blocks, linked by their first words.
 */
import { EventKind } from "../trace/event.ts";
import { Head, type ObjectKind, Outlook } from "./object.ts";
import { NodeWord } from "./waiters.ts";

export const StackWord = {
  TOP: Head.OWN,
  /** How many were put on it so far. */
  NUMBER: Head.OWN + 1,
} as const;

/** PUSH takes the message as `a`. POP answers the message on top, or 0 where there is none. */
export const StackOperation = { PUSH: 0, POP: 1 } as const;

/** Where a message keeps its number, from 1. */
const NUMBER = NodeWord.STATE;

export const stack: ObjectKind = {
  name: "stack",
  words: 2,
  operations: [{ name: "push" }, { name: "pop" }],
  create() {
    // Empty: all words are 0 as they come.
  },
  step(turn, at, operation, _thread, a) {
    const { words } = turn;
    const top = words[at + StackWord.TOP];
    switch (operation) {
      case StackOperation.PUSH:
        words[a + NodeWord.NEXT] = top;
        words[at + StackWord.TOP] = a;
        turn.event = EventKind.insert;
        turn.argument = words[a + NUMBER] = ++words[at + StackWord.NUMBER];
        return 0;
      case StackOperation.POP:
        turn.event = EventKind.findNothing;
        turn.argument = 0;
        if (top === 0) return 0;
        words[at + StackWord.TOP] = words[top + NodeWord.NEXT]!;
        turn.event = EventKind.remove;
        turn.argument = words[top + NUMBER]!;
        return top;
      default:
        throw new RangeError(`stack has no operation ${operation}`);
    }
  },
  outlook() {
    return Outlook.GOES;
  },
  cancel() {
    throw new RangeError("nobody waits for a stack");
  },
  commutes(_words, _at, first, second) {
    return first.event === EventKind.findNothing && second.event === EventKind.findNothing;
  },
  waitsFor() {
    return [];
  },
};
