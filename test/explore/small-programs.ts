/**
 * Small programs by the dozen, for exploring to be held against brute force: two or three threads of a few operations each on
 * shared objects of every kind. A program is plain data, so that fast-check can make and shrink it.
 */
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import type { Model } from "../../src/engine/model/model.ts";
import { atomic, AtomicOperation } from "../../src/objects/atomic.ts";
import { barrier, BarrierOperation } from "../../src/objects/barrier.ts";
import { cell, CellOperation, CellTag } from "../../src/objects/cell.ts";
import { channel, ChannelOperation } from "../../src/objects/channel.ts";
import { condvar, CondvarOperation } from "../../src/objects/condvar.ts";
import { latch, LatchOperation } from "../../src/objects/latch.ts";
import { LockResult, mutex, MutexOperation } from "../../src/objects/mutex.ts";
import { rwlock, RwLockOperation, RwLockResult } from "../../src/objects/rwlock.ts";
import { semaphore, SemaphoreOperation } from "../../src/objects/semaphore.ts";
import { NODE_WORDS } from "../../src/objects/waiters.ts";
import { COLLECTION_DEED, type CollectionDeed, SmallCollections } from "./small-collections.ts";
import { type Body, engine, modelOf, perform, performFor } from "../engine/model/by-hand.ts";

export type Deed =
  | CollectionDeed
  | { readonly do: "read" | "write" | "load" | "add" | "exchange" | "set"; readonly on: number }
  | { readonly do: "lock" | "tryLock" | "lockFor"; readonly on: number; readonly within: Deed[] }
  | { readonly do: "send" | "trySend" | "recv" | "tryRecv" | "recvFor"; readonly on: number }
  | { readonly do: "waitUntil" | "notifyOne" | "notifyAll" }
  | { readonly do: "acquire" | "tryAcquire" | "release" }
  | { readonly do: "meet" | "countDown" | "awaitLatch" }
  | { readonly do: "reading" | "writing"; readonly within: Deed[] };

export interface SmallProgram {
  readonly threads: readonly (readonly Deed[])[];
  /** Of channel 0; channel 1 is unbounded. */
  readonly capacity: number;
}

const MEMORY = fc.record({
  do: fc.constantFrom("read", "write", "load", "add", "exchange", "set"),
  on: fc.nat(1),
});
const MESSAGES = fc.record({
  do: fc.constantFrom("send", "trySend", "recv", "tryRecv", "recvFor"),
  on: fc.nat(1),
});
const CONDITIONS = fc.record({ do: fc.constantFrom("waitUntil", "notifyOne", "notifyAll") });
const SYNCHRONISERS = fc.record({
  do: fc.constantFrom("acquire", "tryAcquire", "release", "meet", "countDown", "awaitLatch"),
});
const SECTIONS = fc.record({
  do: fc.constantFrom("reading", "writing"),
  within: fc.array(MEMORY, { maxLength: 1 }),
});
const LOCKS = fc.record({
  do: fc.constantFrom("lock", "tryLock", "lockFor"),
  on: fc.nat(1),
  within: fc.array(fc.oneof(MEMORY, MESSAGES), { maxLength: 2 }),
});
const NESTED = fc.record({
  do: fc.constantFrom("lock", "tryLock"),
  on: fc.nat(1),
  within: fc.array(fc.oneof(MEMORY, LOCKS), { minLength: 1, maxLength: 2 }),
});

const DEED = fc.oneof(
  { arbitrary: MEMORY, weight: 4 },
  { arbitrary: MESSAGES, weight: 3 },
  { arbitrary: LOCKS, weight: 3 },
  { arbitrary: NESTED, weight: 1 },
  { arbitrary: CONDITIONS, weight: 2 },
  { arbitrary: SYNCHRONISERS, weight: 3 },
  { arbitrary: SECTIONS, weight: 2 },
  { arbitrary: COLLECTION_DEED, weight: 4 },
) as fc.Arbitrary<Deed>;

export const SMALL_PROGRAM: fc.Arbitrary<SmallProgram> = fc.record({
  threads: fc.oneof(
    fc.array(fc.array(DEED, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 2 }),
    fc.array(fc.array(DEED, { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
  ),
  capacity: fc.constantFrom(0, 1, 2),
});

/** What its threads saw, thread by thread, in the run that was made last. */
export interface Seen {
  readonly model: Model;
  readonly told: () => string;
}

/** `asCalls`: each deed is a call of a check, which comes to what it saw. */
export function modelOfSmall({ threads, capacity }: SmallProgram, asCalls = false): Seen {
  let cells: Address[] = [];
  let atomics: Address[] = [];
  let mutexes: Address[] = [];
  let channels: Address[] = [];
  let condition = 0 as Address;
  let permits = 0 as Address;
  let meeting = 0 as Address;
  let gate = 0 as Address;
  let book = 0 as Address;
  let collections: SmallCollections;
  let seen: number[][] = [];
  const bodies = threads.map((deeds, id) => [`t${id}`, () => body(deeds, id)] as const);
  const model = modelOf({
    main: () => {
      const two = (make: (index: number) => Address): Address[] => [make(0), make(1)];
      seen = threads.map(() => []);
      cells = two(() => engine.create(cell));
      atomics = two(() => engine.create(atomic, 0));
      mutexes = two(() => engine.create(mutex));
      channels = two((index) => engine.create(channel, index === 0 ? capacity : -1));
      condition = engine.create(condvar);
      permits = engine.create(semaphore, 1);
      meeting = engine.create(barrier, 2);
      gate = engine.create(latch, 2);
      book = engine.create(rwlock, 0);
      collections = new SmallCollections();
      if (!asCalls) return;
      const subject = { calls: ["deed()"], threads: threads.length, operationsPerThread: 1 };
      engine.checked({ kind: "asks", subject });
      engine.checked({ kind: "decided" });
    },
    threads: Object.fromEntries(bodies),
  });
  return { model, told: () => JSON.stringify(seen) };

  function* body(deeds: readonly Deed[], id: number): Body {
    for (const deed of deeds) {
      const before = seen[id].length;
      if (asCalls) engine.checked({ kind: "invoked", call: 1 });
      yield* one(deed, id);
      if (asCalls) engine.checked({ kind: "returned", value: seen[id].slice(before).join() });
    }
    return undefined;
  }

  function* one(deed: Deed, id: number): Body {
    const note = (value: number): void => void seen[id].push(value);
    switch (deed.do) {
      case "read":
        yield* perform(cells[deed.on], CellOperation.READ);
        return note(engine.low);
      case "write":
        engine.low = id + 1;
        engine.high = 0;
        return yield* perform(cells[deed.on], CellOperation.WRITE, CellTag.INTEGER);
      case "load":
        return note(yield* perform(atomics[deed.on], AtomicOperation.LOAD));
      case "add":
        return note(yield* perform(atomics[deed.on], AtomicOperation.ADD, 1));
      case "set":
        return yield* perform(atomics[deed.on], AtomicOperation.STORE, 10 * (id + 1));
      case "exchange":
        engine.low = 7;
        engine.high = 0;
        return note(yield* perform(atomics[deed.on], AtomicOperation.COMPARE_EXCHANGE, 0, 0));
      case "lock":
      case "tryLock":
      case "lockFor":
        return yield* locked(deed, id, note);
      case "waitUntil":
        yield* perform(mutexes[0], MutexOperation.LOCK);
        yield* perform(condition, CondvarOperation.WAIT, mutexes[0], engine.node);
        note(yield* perform(condition, CondvarOperation.AWAIT, engine.node));
        yield* perform(mutexes[0], MutexOperation.LOCK);
        return yield* perform(mutexes[0], MutexOperation.UNLOCK);
      case "notifyOne":
        return note(yield* perform(condition, CondvarOperation.NOTIFY_ONE));
      case "notifyAll":
        return note(yield* perform(condition, CondvarOperation.NOTIFY_ALL));
      case "acquire":
        return note(yield* perform(permits, SemaphoreOperation.ACQUIRE, 1));
      case "tryAcquire":
        return note(yield* perform(permits, SemaphoreOperation.TRY_ACQUIRE, 1));
      case "release":
        return yield* perform(permits, SemaphoreOperation.RELEASE, 1);
      case "meet":
        yield* perform(meeting, BarrierOperation.ARRIVE, engine.node);
        return note(yield* perform(meeting, BarrierOperation.PASS, engine.node));
      case "countDown":
        return yield* perform(gate, LatchOperation.COUNT_DOWN, 1);
      case "awaitLatch":
        return yield* perform(gate, LatchOperation.WAIT);
      case "reading":
      case "writing":
        return yield* section(deed, id);
      case "send":
      case "trySend":
      case "recv":
      case "tryRecv":
      case "recvFor":
        return yield* message(deed, id, note);
      default:
        return yield* collections.perform(deed, id, note);
    }
  }

  /** A node of its own, as a thread may hold the lock while it waits for something else. */
  function* section(
    { do: how, within }: Extract<Deed, { readonly do: "reading" | "writing" }>,
    id: number,
  ): Body {
    const reads = how === "reading";
    const node = engine.allocate(NODE_WORDS);
    const asked = reads ? RwLockOperation.READ : RwLockOperation.WRITE;
    const got = yield* perform(book, asked, node);
    if (got === RwLockResult.WAITING) {
      const granted = reads ? RwLockOperation.GRANT_READ : RwLockOperation.GRANT_WRITE;
      yield* perform(book, granted, node);
    }
    for (const deed of within) yield* one(deed, id);
    if (reads) return yield* perform(book, RwLockOperation.READ_UNLOCK, node);
    return yield* perform(book, RwLockOperation.WRITE_UNLOCK, 0);
  }

  function* locked(
    { do: how, on, within }: Extract<Deed, { readonly on: number; readonly within: Deed[] }>,
    id: number,
    note: (value: number) => void,
  ): Body {
    const lock = mutexes[on];
    const result =
      how === "lockFor"
        ? yield* performFor(lock, MutexOperation.LOCK, 0, 0, 10)
        : yield* perform(lock, how === "lock" ? MutexOperation.LOCK : MutexOperation.TRY_LOCK);
    note(result);
    if (result !== LockResult.HELD) return undefined;
    for (const deed of within) yield* one(deed, id);
    return yield* perform(lock, MutexOperation.UNLOCK);
  }

  function* message(
    { do: how, on }: { readonly do: string; readonly on: number },
    id: number,
    note: (value: number) => void,
  ): Body {
    const at = channels[on];
    if (how === "send" || how === "trySend") {
      const block = engine.allocate(NODE_WORDS + 1);
      engine.words[block + NODE_WORDS] = id + 1;
      const operation = how === "send" ? ChannelOperation.SEND : ChannelOperation.TRY_SEND;
      return note(yield* perform(at, operation, block));
    }
    const received =
      how === "recvFor"
        ? yield* performFor(at, ChannelOperation.RECEIVE, engine.node, 0, 10)
        : yield* perform(
            at,
            how === "recv" ? ChannelOperation.RECEIVE : ChannelOperation.TRY_RECEIVE,
            engine.node,
          );
    return note(received > 0 ? 100 + engine.words[received + NODE_WORDS] : received);
  }
}
