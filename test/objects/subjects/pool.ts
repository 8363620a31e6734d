/** A pool of two threads and one place in its queue: two threads take and leave, one submits and shuts down. */
import type { ThreadId } from "../../../src/base/brand.ts";
import { pool, PoolOperation as Operation, PoolWord } from "../../../src/objects/pool.ts";
import { NODE_WORDS } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";
import { chain } from "../words.ts";

const OWNER = 0 as ThreadId;
const THREADS = 2;
/** So many jobs are submitted, marked 1, 2, … */
const MOST_JOBS = 3;

const submitted = ({ log }: SmallEngine): number =>
  log.filter(({ operation, result }) => operation === Operation.SUBMIT && result >= 0).length;

const last = ({ log }: SmallEngine, thread: ThreadId) =>
  log.filter((happening) => happening.thread === thread).at(-1);

/** What the test wrote behind a node. */
export const markOfJob = ({ words }: SmallEngine, node: number): number =>
  node > 0 ? words[node + NODE_WORDS] : node;

export const poolSubject: Subject = {
  kind: pool,
  name: "pool",
  create(engine) {
    const at = engine.create(pool, THREADS, 1);
    engine.words[at + PoolWord.ROSTER] = engine.allocate(THREADS);
    return at;
  },
  moves(engine, at, thread) {
    const move = (name: string, operation: number, a: () => number): Move => ({
      name,
      call: () => call(at, operation, a()),
    });
    const nothing = (): number => 0;
    if (thread === OWNER) {
      const done = last(engine, thread)?.operation;
      const ends = [
        move("close", Operation.CLOSE, nothing),
        ...(done === Operation.CLOSE || done === Operation.AWAIT_END
          ? [move("await the end", Operation.AWAIT_END, nothing)]
          : []),
      ];
      const number = submitted(engine) + 1;
      if (number > MOST_JOBS) return ends;
      return [...ends, move("submit", Operation.SUBMIT, () => engine.node(number))];
    }
    const index = thread - 1;
    const before = last(engine, thread);
    if (before?.operation === Operation.LEAVE || index >= engine.words[at + PoolWord.STARTED])
      return [];
    if (before?.operation === Operation.TAKE && before.result === 0)
      return [move("leave", Operation.LEAVE, nothing)];
    return [move("take", Operation.TAKE, () => index)];
  },
  seen: (engine, at) => [
    chain(engine.words, at + PoolWord.FIRST, NODE_WORDS),
    ...[PoolWord.CLOSED, PoolWord.STARTED, PoolWord.ENDED].map((word) => engine.words[at + word]),
    // Whether a thread leaves next.
    ([1, 2] as ThreadId[]).map(
      (id) => last(engine, id)?.operation === Operation.TAKE && last(engine, id)?.result === 0,
    ),
  ],
  answer: (engine, { operation, result }) =>
    operation === Operation.TAKE
      ? markOfJob(engine, result)
      : operation === Operation.SUBMIT
        ? result
        : null,
};
