/** A condition on which three threads wait, each with a mutex of its own: what is tested is the list of waiters. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import {
  condvar,
  CondvarOperation as Operation,
  CondvarWord,
} from "../../../src/objects/condvar.ts";
import { mutex } from "../../../src/objects/mutex.ts";
import { Head } from "../../../src/objects/object.ts";
import { NODE_WORDS, NodeWord } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { chain, nodeOf } from "../words.ts";

function mutexOf(at: Address, thread: ThreadId): Address {
  const nodes = at + Head.OWN + condvar.words + THREADS.length * (NODE_WORDS + 1);
  return (nodes + thread * (Head.OWN + mutex.words)) as Address;
}

/** Whether the thread has given up its mutex and not been woken yet. */
function waits(engine: SmallEngine, thread: ThreadId): boolean {
  const own = engine.log.filter((happening) => happening.thread === thread);
  return own.at(-1)?.operation === Operation.WAIT;
}

export const condvarSubject: Subject = {
  kind: condvar,
  name: "condvar",
  create(engine) {
    const at = engine.create(condvar);
    for (const _ of THREADS) engine.node();
    for (const _ of THREADS) engine.create(mutex);
    return at;
  },
  moves(engine, at, thread) {
    const node = nodeOf(condvar, at, thread);
    if (waits(engine, thread))
      return [{ name: "await", call: () => call(at, Operation.AWAIT, node) }];
    const wait: Move = {
      name: "wait",
      call: () => call(at, Operation.WAIT, mutexOf(at, thread), node),
    };
    const count = Math.max(1, engine.words[at + CondvarWord.COUNT]);
    const ones = Array.from({ length: count }, (_, choice): Move => {
      return {
        name: `notifyOne, choosing ${choice}`,
        choice,
        call: () => call(at, Operation.NOTIFY_ONE),
      };
    });
    return [wait, ...ones, { name: "notifyAll", call: () => call(at, Operation.NOTIFY_ALL) }];
  },
  seen(engine, at) {
    const notified = THREADS.filter(
      (id) => waits(engine, id) && engine.words[nodeOf(condvar, at, id) + NodeWord.STATE] === 1,
    );
    return [
      chain(engine.words, at + CondvarWord.FIRST, NodeWord.THREAD),
      engine.words[at + CondvarWord.COUNT],
      notified,
      THREADS.map((id) => waits(engine, id)),
    ];
  },
  answer: (_, { operation, result }) => (operation === Operation.AWAIT ? result : null),
};
