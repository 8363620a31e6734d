/** Atomic words of 32 and of 64 bits, with waiters. Values lie around where halves overflow. */
import { atomic, AtomicOperation as Operation, AtomicWord } from "../../../src/objects/atomic.ts";
import { NodeWord } from "../../../src/objects/waiters.ts";
import { call } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { chain, nodeOf } from "../words.ts";

const NARROW = [0, 1, -1, 0x7fff_ffff, -0x8000_0000].map((value) => ({ low: value, high: 0 }));
const WIDE = [0n, 1n, -1n, 0xffff_ffffn, 1n << 32n, 0x7fff_ffff_ffff_ffffn, -(1n << 63n)].map(
  halves,
);

export function halves(value: bigint): { low: number; high: number } {
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)) };
}

export function whole(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

const CHANGES = [
  ["store", Operation.STORE],
  ["swap", Operation.SWAP],
  ["add", Operation.ADD],
  ["sub", Operation.SUB],
] as const;
const BITS = [
  ["and", Operation.AND],
  ["or", Operation.OR],
  ["xor", Operation.XOR],
] as const;

/** `few`: only so many values, for searches through every state. */
export function atomicSubject(wide: boolean, few = Infinity): Subject {
  const values = (wide ? WIDE : NARROW).slice(0, few);
  const changes = wide || few < Infinity ? CHANGES : [...CHANGES, ...BITS];
  return {
    kind: atomic,
    name: wide ? "atomic of 64 bits" : "atomic of 32 bits",
    create(engine) {
      const at = engine.create(atomic);
      engine.words[at + AtomicWord.WIDE] = wide ? 1 : 0;
      for (const _ of THREADS) engine.node();
      return at;
    },
    moves(engine, at, thread) {
      const moves: Move[] = [{ name: "load", call: () => call(at, Operation.LOAD) }];
      for (const { low, high } of values) {
        const told = wide ? `${whole(low, high)}` : `${low}`;
        for (const [name, operation] of changes) {
          moves.push({ name: `${name} ${told}`, call: () => call(at, operation, low, high) });
        }
        for (const to of values) {
          moves.push({
            name: `compareExchange ${told} by ${to.low},${to.high}`,
            call: () => call(at, Operation.COMPARE_EXCHANGE, low, high, to.low, to.high),
          });
        }
      }
      if (wide) return moves;
      const node = nodeOf(atomic, at, thread);
      moves.push({
        name: "wait while 0",
        call: () => {
          engine.words[node + NodeWord.STATE] = 0;
          return call(at, Operation.WAIT, 0, node);
        },
      });
      for (const most of [0, 1, 2]) {
        moves.push({ name: `notify ${most}`, call: () => call(at, Operation.NOTIFY, most) });
      }
      return moves;
    },
    seen: ({ words }, at) => [
      words[at + AtomicWord.LOW],
      words[at + AtomicWord.HIGH],
      chain(words, at + AtomicWord.WAITING_FIRST, NodeWord.THREAD),
    ],
    answer: (_, { operation, result, high }) => {
      if (operation === Operation.STORE) return null;
      return wide ? String(whole(result, high)) : result;
    },
  };
}
