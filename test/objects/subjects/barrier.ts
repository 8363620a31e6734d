/** A barrier for two, used by three threads: one of them is always in the next generation. */
import type { Address, ThreadId } from "../../../src/base/brand.ts";
import {
  barrier,
  BarrierOperation as Operation,
  BarrierWord,
} from "../../../src/objects/barrier.ts";
import { NodeWord } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Subject, THREADS } from "../subject.ts";
import { nodeOf } from "../words.ts";

export const PARTIES = 2;
/** After so many generations nobody arrives any more. */
const GENERATIONS = 2;

function hasArrived(engine: SmallEngine, thread: ThreadId): boolean {
  const own = engine.log.filter((happening) => happening.thread === thread);
  return own.at(-1)?.operation === Operation.ARRIVE;
}

const stateOf = (engine: SmallEngine, at: Address, thread: ThreadId): number =>
  engine.words[nodeOf(barrier, at, thread) + NodeWord.STATE];

export const barrierSubject: Subject = {
  kind: barrier,
  name: "barrier",
  create(engine) {
    const at = engine.create(barrier, PARTIES);
    for (const _ of THREADS) engine.node();
    return at;
  },
  moves(engine, at, thread) {
    const node = nodeOf(barrier, at, thread);
    if (hasArrived(engine, thread))
      return [{ name: "pass", call: () => call(at, Operation.PASS, node) }];
    if (engine.words[at + BarrierWord.GENERATION] >= GENERATIONS) return [];
    return [{ name: "arrive", call: () => call(at, Operation.ARRIVE, node) }];
  },
  seen: (engine, at) => [
    engine.words[at + BarrierWord.GENERATION],
    engine.words[at + BarrierWord.ARRIVED],
    THREADS.map((id) => hasArrived(engine, id) && stateOf(engine, at, id)),
  ],
  answer: (_, { operation, result }) => (operation === Operation.PASS ? result : null),
};
