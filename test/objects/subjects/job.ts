/** A job that one thread takes up and two others join and ask for. */
import type { ThreadId } from "../../../src/base/brand.ts";
import { job, JobOperation as Operation, JobWord } from "../../../src/objects/job.ts";
import { pool, PoolWord } from "../../../src/objects/pool.ts";
import { ThreadOutcome } from "../../../src/objects/thread.ts";
import { call } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";

const RUNNER = 2 as ThreadId;
const RESULT = 99;

export const jobSubject: Subject = {
  kind: job,
  name: "job",
  create(engine) {
    const of = engine.create(pool, 1, -1);
    engine.words[of + PoolWord.ROSTER] = engine.allocate(1);
    return engine.create(job, of);
  },
  moves({ words }, at, thread) {
    const move = (name: string, operation: number, a = 0, b = 0): Move => ({
      name,
      call: () => call(at, operation, a, b),
    });
    if (thread !== RUNNER)
      return [move("join", Operation.JOIN), move("isFinished", Operation.IS_FINISHED)];
    if (words[at + JobWord.OUTCOME] !== ThreadOutcome.RUNNING) return [];
    if (words[at + JobWord.RUNNER] === 0) return [move("start", Operation.START)];
    return [
      move("return", Operation.END, ThreadOutcome.RETURNED, RESULT),
      move("panic", Operation.END, ThreadOutcome.PANICKED, RESULT),
    ];
  },
  seen: ({ words }, at) => [
    words[at + JobWord.RUNNER],
    words[at + JobWord.OUTCOME],
    words[at + JobWord.RESULT],
    words[at + JobWord.DELIVERED],
  ],
  answer: (_, { operation, result }) =>
    operation === Operation.JOIN || operation === Operation.IS_FINISHED ? result : null,
};
