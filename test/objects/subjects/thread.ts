/** A thread that two others join and ask for, from its start to its end. */
import {
  ONLY_WAIT,
  thread,
  ThreadOperation as Operation,
  ThreadOutcome,
  ThreadWord,
} from "../../../src/objects/thread.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";
import type { ThreadId } from "../../../src/base/brand.ts";

/** Which of the threads it is. */
export const JOINED = 2 as ThreadId;
/** What stands for the block of its result. */
export const RESULT = 99;

function hasStarted(engine: SmallEngine): boolean {
  return engine.log.some(({ operation }) => operation === Operation.START);
}

export const threadSubject: Subject = {
  kind: thread,
  name: "thread",
  create: (engine) => engine.create(thread, JOINED),
  moves(engine, at, id) {
    const move = (name: string, operation: number, a = 0, b = 0): Move => ({
      name,
      call: () => call(at, operation, a, b),
    });
    if (id === JOINED) {
      if (engine.words[at + ThreadWord.OUTCOME] !== ThreadOutcome.RUNNING) return [];
      if (!hasStarted(engine)) return [move("start", Operation.START)];
      return [
        move("park", Operation.PARK),
        { ...move("choose, choosing 1", Operation.CHOOSE, 2, 0), choice: 1 },
        move("return", Operation.END, ThreadOutcome.RETURNED, RESULT),
        move("panic", Operation.END, ThreadOutcome.PANICKED, RESULT),
      ];
    }
    return [
      move("join", Operation.JOIN),
      move("join, only waiting", Operation.JOIN, ONLY_WAIT),
      move("isFinished", Operation.IS_FINISHED),
      move("unpark", Operation.UNPARK),
    ];
  },
  seen: (engine, at) => [
    hasStarted(engine),
    ...[ThreadWord.OUTCOME, ThreadWord.RESULT, ThreadWord.DELIVERED, ThreadWord.TOKEN].map(
      (word) => engine.words[at + word],
    ),
  ],
  answer(_, { operation, result, low }) {
    if (operation === Operation.JOIN)
      return result === ThreadOutcome.RUNNING ? result : [result, low];
    const tells: readonly number[] = [Operation.IS_FINISHED, Operation.PARK, Operation.CHOOSE];
    return tells.includes(operation) ? result : null;
  },
};
