/**
 * The programs on which publications state how many executions exploring takes, at any size; twins written by hand, so that
 * the accesses are those of the publication and no others. Used by tests and by `bench/explore.ts`.
 *
 * readers, last-zero: Abdulla, Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order
 * Reduction", JACM 2017, section 9. indexer, file system: Flanagan and Godefroid, "Dynamic Partial-Order Reduction for Model
 * Checking Software", POPL 2005, figures 6 and 7.
 */
import type { Address } from "../../src/base/brand.ts";
import type { Model } from "../../src/engine/model/model.ts";
import { atomic, AtomicOperation } from "../../src/objects/atomic.ts";
import { mutex, MutexOperation } from "../../src/objects/mutex.ts";
import type { ObjectKind } from "../../src/objects/object.ts";
import { type Body, engine, modelOf, perform } from "../engine/model/by-hand.ts";

type Deeds = Generator<unknown, number, unknown>;

const load = (at: Address): Deeds => perform(at, AtomicOperation.LOAD);
const store = (at: Address, value: number): Deeds => perform(at, AtomicOperation.STORE, value);
const acquire = (at: Address): Deeds => perform(at, MutexOperation.LOCK);
const release = (at: Address): Deeds => perform(at, MutexOperation.UNLOCK);

/** Fills the list anew for each execution. */
function make(into: Address[], kind: ObjectKind, count: number): void {
  into.length = 0;
  for (let i = 0; i < count; i++) into.push(engine.create(kind, 0));
}

type Bodies = Readonly<Record<string, () => Body>>;

function each(count: number, body: (id: number) => Body): Bodies {
  const ids = Array.from({ length: count }, (_, id) => id);
  return Object.fromEntries(ids.map((id) => [`thread${id}`, () => body(id)]));
}

/** One writes x; N each read a variable of their own, then x. 2^N traces. */
export function readers(n: number): Model {
  const cells: Address[] = [];
  return modelOf({
    main: () => make(cells, atomic, n + 1),
    threads: {
      *writer(): Body {
        yield* store(cells[n], 1);
        return undefined;
      },
      ...each(n, function* (id) {
        yield* load(cells[id]);
        yield* load(cells[n]);
        return undefined;
      }),
    },
  });
}

/** One looks for the last zero of an array; N each set an element to the one before plus one. (N + 3) · 2^(N - 2) traces. */
export function lastZero(n: number): Model {
  const cells: Address[] = [];
  return modelOf({
    main: () => make(cells, atomic, n + 1),
    threads: {
      *reader(): Body {
        let i = n;
        while ((yield* load(cells[i])) !== 0) i--;
        return undefined;
      },
      ...each(n, function* (id) {
        const before = yield* load(cells[id]);
        yield* store(cells[id + 1], before + 1);
        return undefined;
      }),
    },
  });
}

const TABLE = 128;
const MESSAGES = 4;

/** Each inserts four messages into one hash table by compare-exchange. Up to 11 threads meet nowhere; 12: 8 traces, 15: 4096. */
export function indexer(threads: number): Model {
  const table: Address[] = [];
  return modelOf({
    main: () => make(table, atomic, TABLE),
    threads: each(threads, function* (id) {
      for (let message = 1; message <= MESSAGES; message++) {
        const word = message * 11 + id;
        let hash = (word * 7) % TABLE;
        while ((yield* exchange(table[hash], word)) !== 0) hash = (hash + 1) % TABLE;
      }
      return undefined;
    }),
  });
}

/** What was there; `value` is there now if that was 0. */
function* exchange(at: Address, value: number): Deeds {
  engine.low = value;
  return yield* perform(at, AtomicOperation.COMPARE_EXCHANGE, 0);
}

const BLOCKS = 26;
const INODES = 32;

/** Each takes an inode and a free block, under a lock of each. Up to 13 threads meet nowhere; 14: 2 traces, 16: 8, 18: 32. */
export function fileSystem(threads: number): Model {
  const inodes: Address[] = [];
  const inodeLocks: Address[] = [];
  const busy: Address[] = [];
  const blockLocks: Address[] = [];
  function* takeBlock(id: number): Body {
    for (let block = (id * 2) % BLOCKS; ; block = (block + 1) % BLOCKS) {
      yield* acquire(blockLocks[block]);
      const isFree = (yield* load(busy[block])) === 0;
      if (isFree) {
        yield* store(busy[block], 1);
        yield* store(inodes[id % INODES], block + 1);
      }
      yield* release(blockLocks[block]);
      if (isFree) return undefined;
    }
  }
  return modelOf({
    main: () => {
      make(inodes, atomic, INODES);
      make(inodeLocks, mutex, INODES);
      make(busy, atomic, BLOCKS);
      make(blockLocks, mutex, BLOCKS);
    },
    threads: each(threads, function* (id) {
      const lock = inodeLocks[id % INODES];
      yield* acquire(lock);
      if ((yield* load(inodes[id % INODES])) === 0) yield* takeBlock(id);
      yield* release(lock);
      return undefined;
    }),
  });
}

/** Each takes the fork at its left, then the one at its right, and puts both back: all may wait for one another. */
export function philosophers(n: number): Model {
  const forks: Address[] = [];
  return modelOf({
    main: () => make(forks, mutex, n),
    threads: each(n, function* (id) {
      const left = forks[id];
      const right = forks[(id + 1) % n];
      yield* acquire(left);
      yield* acquire(right);
      yield* release(right);
      yield* release(left);
      return undefined;
    }),
  });
}
