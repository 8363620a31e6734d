/** Collections that three threads use, with few keys and values; what is put into queues and stacks is marked in order. */
import type { Address } from "../../../src/base/brand.ts";
import { counter, CounterOperation, summed } from "../../../src/objects/counter.ts";
import {
  ENTRY_WORDS,
  entriesOf,
  EntryWord,
  map,
  MapOperation as Operation,
  MapWord,
} from "../../../src/objects/map.ts";
import { queue, QueueOperation, QueueWord } from "../../../src/objects/queue.ts";
import { stack, StackOperation, StackWord } from "../../../src/objects/stack.ts";
import { threadLocal, ThreadLocalOperation } from "../../../src/objects/thread-local.ts";
import { High } from "../../../src/objects/value-words.ts";
import { NODE_WORDS } from "../../../src/objects/waiters.ts";
import { call, type SmallEngine } from "../small-engine.ts";
import { type Move, type Subject, THREADS } from "../subject.ts";
import { chain } from "../words.ts";
import { textWords } from "./atomic-ref.ts";

/** Keys by what they are called: two of them with one hash, one with a hash that differs only above. */
const KEYS = {
  a: { hash: 5, words: () => ({ low: 1, high: 0 }) },
  b: { hash: 5, words: () => ({ low: 2, high: 0 }) },
  c: { hash: 5 | (1 << 30), words: (engine: SmallEngine) => textWords(engine, 7) },
} as const;

function entry(engine: SmallEngine, key: keyof typeof KEYS, value: number): Address {
  const { low, high } = KEYS[key].words(engine);
  const at = engine.allocate(ENTRY_WORDS);
  const { words } = engine;
  words[at + EntryWord.HASH] = KEYS[key].hash;
  words[at + EntryWord.KEY_LOW] = low;
  words[at + EntryWord.KEY_HIGH] = high;
  words[at + EntryWord.VALUE_LOW] = value;
  words[at + EntryWord.VALUE_HIGH] = High.TRUE;
  return at;
}

/** What a key's words say. */
export function keySeen(words: Int32Array, at: number): string {
  const low = words[at + EntryWord.KEY_LOW];
  if (words[at + EntryWord.KEY_HIGH] === High.BLOCK)
    return words[low + NODE_WORDS] === 7 ? "c" : "?";
  return low === 1 ? "a" : "b";
}

export const mapSubject: Subject = {
  kind: map,
  name: "map",
  create: (engine) => engine.create(map),
  moves(engine, at, thread) {
    const moves: Move[] = [{ name: "size", call: () => call(at, Operation.SIZE) }];
    const names = ["get", "set", "delete", "insert"];
    for (const key of ["a", "b", "c"] as const) {
      for (const [operation, name] of names.entries()) {
        const asked = (): Address => entry(engine, key, 10 + thread);
        moves.push({
          name: `${name} ${key}`,
          call: () => call(at, operation, KEYS[key].hash, asked()),
        });
      }
    }
    return moves;
  },
  seen: ({ words }, at) => [
    words[at + MapWord.SIZE],
    [...entriesOf(words, at)]
      .map((one) => `${keySeen(words, one)}: ${words[one + EntryWord.VALUE_LOW]}`)
      .sort(),
  ],
  answer: (_, { operation, result, low }) => {
    if (operation === Operation.DELETE) return result !== 0;
    if (operation === Operation.GET || operation === Operation.INSERT)
      return low === 0 ? null : result;
    return result;
  },
};

/** What is in order under `first`, by marks. */
const marks = (words: Int32Array, first: number): number[] => chain(words, first, NODE_WORDS);

/** What a thread puts in: the mark says whose it is, and after how many. */
const brought = (engine: SmallEngine, thread: number, number: number): Address =>
  engine.node(10 * (thread + 1) + number);

export function queueSubject(capacity: number): Subject {
  return {
    kind: queue,
    name: capacity < 0 ? "queue without a limit" : `queue for ${capacity}`,
    create: (engine) => engine.create(queue, capacity),
    moves(engine, at, thread) {
      const { words } = engine;
      const pushing: Move = {
        name: "push",
        call: () => call(at, QueueOperation.PUSH, brought(engine, thread, 0)),
      };
      return [
        ...(words[at + QueueWord.NUMBER] < 5 ? [pushing] : []),
        { name: "pop", call: () => call(at, QueueOperation.POP) },
        { name: "size", call: () => call(at, QueueOperation.SIZE) },
      ];
    },
    seen: ({ words }, at) =>
      marks(words, at + QueueWord.FIRST).slice(0, words[at + QueueWord.SIZE]),
    answer: ({ words }, { operation, result }) =>
      operation === QueueOperation.POP && result !== 0 ? words[result + NODE_WORDS] : result,
  };
}

export const stackSubject: Subject = {
  kind: stack,
  name: "stack",
  create: (engine) => engine.create(stack),
  moves: (engine, at, thread) => [
    ...(engine.words[at + StackWord.NUMBER] < 5
      ? [
          {
            name: "push",
            call: () => call(at, StackOperation.PUSH, brought(engine, thread, 0)),
          },
        ]
      : []),
    { name: "pop", call: () => call(at, StackOperation.POP) },
  ],
  seen: ({ words }, at) => marks(words, at + StackWord.TOP),
  answer: ({ words }, { operation, result }) =>
    operation === StackOperation.POP && result !== 0 ? words[result + NODE_WORDS] : result,
};

/** Around where its low half overflows. */
const ADDED = { one: [1, 0], minus_one: [-1, -1], most: [-1, 0] } as const;

export const counterSubject: Subject = {
  kind: counter,
  name: "counter",
  create: (engine) => engine.create(counter),
  moves: (_, at) => [
    { name: "sum", call: () => call(at, CounterOperation.SUM) },
    ...Object.entries(ADDED).map(([name, [low, high]]) => ({
      name: `add ${name}`,
      call: () => call(at, CounterOperation.ADD, low, high),
    })),
  ],
  seen: ({ words }, at) => summed(words, at),
  answer: (_, { operation, result, high }) =>
    operation === CounterOperation.ADD ? null : high * 2 ** 32 + (result >>> 0),
};

export const threadLocalSubject: Subject = {
  kind: threadLocal,
  name: "thread-local",
  create: (engine) => engine.create(threadLocal, engine.node(THREADS.length)),
  moves: (_, at) => [{ name: "make", call: () => call(at, ThreadLocalOperation.MAKE) }],
  seen: () => null,
  answer: ({ words }, { result }) => words[result + NODE_WORDS],
};
