/** A mutex that three threads fight for, one of which may poison it. */
import {
  IGNORE_POISON,
  mutex,
  MutexOperation as Operation,
  MutexWord,
} from "../../../src/objects/mutex.ts";
import { call } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";

export const mutexSubject: Subject = {
  kind: mutex,
  name: "mutex",
  create: (engine) => engine.create(mutex),
  moves(engine, at, thread) {
    const move = (name: string, operation: number, a = 0): Move => ({
      name,
      call: () => call(at, operation, a),
    });
    const always = [
      move("lock", Operation.LOCK),
      move("lock although poisoned", Operation.LOCK, IGNORE_POISON),
      move("tryLock", Operation.TRY_LOCK),
      move("isPoisoned", Operation.IS_POISONED),
      move("clearPoison", Operation.CLEAR_POISON),
    ];
    if (engine.words[at + MutexWord.HOLDER] !== thread + 1) return always;
    return [
      ...always,
      move("unlock", Operation.UNLOCK),
      move("unlock, an exception passing", Operation.UNLOCK, 7),
    ];
  },
  seen: ({ words }, at) => [words[at + MutexWord.HOLDER], words[at + MutexWord.POISONED]],
  answer: (_, { operation, result }) =>
    operation === Operation.UNLOCK || operation === Operation.CLEAR_POISON ? null : result,
};
