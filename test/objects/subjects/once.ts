/** Something that three threads want to be done once; whoever does it may fail. */
import {
  once,
  OnceOperation as Operation,
  OnceState,
  OnceWord,
} from "../../../src/objects/once.ts";
import { call } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";

export const onceSubject: Subject = {
  kind: once,
  name: "once",
  create: (engine) => engine.create(once),
  moves(engine, at, thread) {
    const move = (name: string, operation: number, a = 0, b = 0): Move => ({
      name,
      call: () => call(at, operation, a, b),
    });
    const { words } = engine;
    const runs = words[at + OnceWord.STATE] === OnceState.RUNNING;
    const query = move("isCompleted", Operation.IS_COMPLETED);
    if (runs && words[at + OnceWord.RUNNER] === thread + 1)
      return [query, move("end", Operation.END, 5, 1), move("fail", Operation.END, 0, 0)];
    return [query, move("begin", Operation.BEGIN), move("set", Operation.SET, 6 + thread)];
  },
  seen: ({ words }, at) => {
    const state = words[at + OnceWord.STATE];
    if (state === OnceState.RUNNING) return [state, words[at + OnceWord.RUNNER]];
    return state === OnceState.DONE ? [state, words[at + OnceWord.VALUE_TAG]] : [state];
  },
  answer: (_, { operation, result }) => (operation === Operation.END ? null : result),
};
