/** A semaphore with few permits, of which threads want one or two and give back one or two. */
import {
  semaphore,
  SemaphoreOperation as Operation,
  SemaphoreWord,
} from "../../../src/objects/semaphore.ts";
import { call } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";

/** Beyond these nobody gives any back, so that there are few states. */
const ENOUGH = 2;

export const PERMITS = 1;

export const semaphoreSubject: Subject = {
  kind: semaphore,
  name: "semaphore",
  create: (engine) => engine.create(semaphore, PERMITS),
  moves(engine, at) {
    const move = (name: string, operation: number, a = 0): Move => ({
      name,
      call: () => call(at, operation, a),
    });
    const always = [
      move("acquire 1", Operation.ACQUIRE, 1),
      move("acquire 2", Operation.ACQUIRE_MANY, 2),
      move("tryAcquire 1", Operation.TRY_ACQUIRE, 1),
      move("tryAcquire 2", Operation.TRY_ACQUIRE, 2),
      move("release more than can be counted", Operation.RELEASE, 2 ** 31 - 1),
      move("available", Operation.AVAILABLE),
    ];
    if (engine.words[at + SemaphoreWord.AVAILABLE] >= ENOUGH) return always;
    return [
      ...always,
      move("release 1", Operation.RELEASE, 1),
      move("release 2", Operation.RELEASE, 2),
    ];
  },
  seen: ({ words }, at) => words[at + SemaphoreWord.AVAILABLE],
  answer: (_, { result }) => result,
};
