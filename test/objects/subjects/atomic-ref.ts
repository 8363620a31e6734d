/** A reference that three threads read and exchange: numbers, a published object, and texts, each time in another block. */
import {
  atomicRef,
  AtomicRefOperation as Operation,
  AtomicRefWord,
} from "../../../src/objects/atomic-ref.ts";
import { beginHeld } from "../../../src/objects/held.ts";
import { High, numbered, numberOf, numberWords } from "../../../src/objects/value-words.ts";
import { NODE_WORDS, NodeWord } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import type { Move, Subject } from "../subject.ts";

interface Words {
  readonly low: number;
  readonly high: number;
}

function number(value: number): Words {
  numberWords(value);
  return { ...numbered };
}

/** A block whose only word is the mark. */
export function textWords(engine: SmallEngine, mark: number): Words {
  const block = engine.node(mark);
  engine.words[block + NodeWord.LOAD] = 1;
  beginHeld(engine.words, block);
  return { low: block, high: High.BLOCK };
}

const OBJECT = { low: 4096, high: High.OBJECT };

/** Values by what they are called. */
const VALUES: Readonly<Record<string, (engine: SmallEngine) => Words>> = {
  zero: () => number(0),
  "minus zero": () => number(-0),
  "no number": () => number(NaN),
  object: () => OBJECT,
  text: (engine) => textWords(engine, 7),
};

/** A value as a program sees it; an object is what it is called by. */
export function valueSeen(words: Int32Array, { low, high }: Words): unknown {
  if (high === High.BLOCK) return `text ${words[low + NODE_WORDS]}`;
  if (high === High.OBJECT) return `object ${low}`;
  const value = numberOf(low, high);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** `few`: only so many values, for searches through every state. */
export function atomicRefSubject(few = Infinity): Subject {
  const values = Object.entries(VALUES).slice(-few);
  return {
    kind: atomicRef,
    name: "reference",
    create: (engine) => engine.create(atomicRef),
    moves(engine, at) {
      const moves: Move[] = [{ name: "load", call: () => call(at, Operation.LOAD) }];
      for (const [name, make] of values) {
        const giving = (operation: number) => () => {
          const { low, high } = make(engine);
          return call(at, operation, low, high);
        };
        moves.push(
          { name: `store ${name}`, call: giving(Operation.STORE) },
          { name: `swap ${name}`, call: giving(Operation.SWAP) },
        );
        for (const [to, makeNext] of values) {
          moves.push({
            name: `compareExchange ${name} by ${to}`,
            call: () => {
              const { low, high } = make(engine);
              const next = makeNext(engine);
              return call(at, Operation.COMPARE_EXCHANGE, low, high, next.low, next.high);
            },
          });
        }
      }
      return moves;
    },
    seen: ({ words }, at) =>
      valueSeen(words, {
        low: words[at + AtomicRefWord.LOW],
        high: words[at + AtomicRefWord.HIGH],
      }),
    answer: ({ words }, { operation, result, high }) =>
      operation === Operation.STORE ? null : valueSeen(words, { low: result, high }),
  };
}
