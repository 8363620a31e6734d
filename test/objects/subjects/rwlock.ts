/** A lock for reading and writing that three threads want, each for one thing at a time; a writer may poison it. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import {
  IGNORE_POISON,
  rwlock,
  RwLockOperation as Operation,
  RwLockWord,
} from "../../../src/objects/rwlock.ts";
import { NodeWord } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { chain, nodeOf } from "../words.ts";

const threadsIn = ({ words }: SmallEngine, list: number): number[] =>
  chain(words, list, NodeWord.THREAD).map((thread) => thread - 1);

/** What the thread asked for when it joined the line, if it stands there. */
function requested(engine: SmallEngine, at: Address, thread: ThreadId) {
  if (!threadsIn(engine, at + RwLockWord.LINE_FIRST).includes(thread)) return undefined;
  return engine.log.filter((happening) => happening.thread === thread).at(-1);
}

/** `prefer`: one of `Prefer`. */
export const rwlockSubject = (name: string, prefer: number): Subject => ({
  kind: rwlock,
  name: `rwlock, ${name}`,
  states: 500,
  create(engine) {
    const at = engine.create(rwlock, prefer);
    for (const _ of THREADS) engine.node();
    return at;
  },
  moves(engine, at, thread) {
    const node = nodeOf(rwlock, at, thread);
    const move = (moveName: string, operation: number, a = 0, b = 0): Move => ({
      name: moveName,
      call: () => call(at, operation, a, b),
    });
    const request = requested(engine, at, thread);
    if (request?.operation === Operation.READ)
      return [move("grant read", Operation.GRANT_READ, node, request.b)];
    if (request !== undefined) return [move("grant write", Operation.GRANT_WRITE, node, request.b)];
    const always = [
      move("isPoisoned", Operation.IS_POISONED),
      move("clearPoison", Operation.CLEAR_POISON),
      move("tryWrite", Operation.TRY_WRITE),
    ];
    if (threadsIn(engine, at + RwLockWord.READERS_FIRST).includes(thread))
      return [...always, move("unlock", Operation.READ_UNLOCK, node)];
    if (engine.words[at + RwLockWord.WRITER] === thread + 1) {
      return [
        ...always,
        move("unlock", Operation.WRITE_UNLOCK),
        move("unlock, an exception passing", Operation.WRITE_UNLOCK, 7),
      ];
    }
    return [
      ...always,
      move("read", Operation.READ, node),
      move("read although poisoned", Operation.READ, node, IGNORE_POISON),
      move("write", Operation.WRITE, node),
      move("write although poisoned", Operation.WRITE, node, IGNORE_POISON),
      move("tryRead", Operation.TRY_READ, node),
    ];
  },
  seen: (engine, at) => [
    engine.words[at + RwLockWord.WRITER] - 1,
    threadsIn(engine, at + RwLockWord.READERS_FIRST).sort(),
    threadsIn(engine, at + RwLockWord.LINE_FIRST),
    chain(engine.words, at + RwLockWord.LINE_FIRST, NodeWord.STATE),
    engine.words[at + RwLockWord.POISONED],
  ],
  answer: (_, { operation, result }) =>
    operation === Operation.READ_UNLOCK ||
    operation === Operation.WRITE_UNLOCK ||
    operation === Operation.CLEAR_POISON
      ? null
      : result,
});
