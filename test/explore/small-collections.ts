/** What threads of small programs do to collections and to a reference: single operations on objects of each kind. */
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import { atomicRef, AtomicRefOperation } from "../../src/objects/atomic-ref.ts";
import { counter, CounterOperation } from "../../src/objects/counter.ts";
import { ENTRY_WORDS, EntryWord, map, MapOperation } from "../../src/objects/map.ts";
import { queue, QueueOperation } from "../../src/objects/queue.ts";
import { stack, StackOperation } from "../../src/objects/stack.ts";
import { threadLocal, ThreadLocalOperation } from "../../src/objects/thread-local.ts";
import { High } from "../../src/objects/value-words.ts";
import { NODE_WORDS } from "../../src/objects/waiters.ts";
import { type Body, engine, perform } from "../engine/model/by-hand.ts";

const OPERATIONS = {
  look: MapOperation.GET,
  put: MapOperation.SET,
  remove: MapOperation.DELETE,
  insert: MapOperation.INSERT,
} as const;

export type CollectionDeed =
  /** `on`: the key. */
  | { readonly do: keyof typeof OPERATIONS; readonly on: number }
  | { readonly do: "size" | "enqueue" | "dequeue" | "pile" | "take" | "count" | "sum" | "own" }
  | { readonly do: "refer" | "exchangeReference" };

export const COLLECTION_DEED = fc.oneof(
  fc.record({ do: fc.constantFrom("look", "put", "remove", "insert"), on: fc.nat(1) }),
  fc.record({
    do: fc.constantFrom(
      ...(["size", "enqueue", "dequeue", "pile", "take", "count", "sum", "own"] as const),
      ...(["refer", "exchangeReference"] as const),
    ),
  }),
) as fc.Arbitrary<CollectionDeed>;

/** One object of each kind. */
export class SmallCollections {
  readonly #map = engine.create(map);
  readonly #queue = engine.create(queue, 1);
  readonly #stack = engine.create(stack);
  readonly #counter = engine.create(counter);
  readonly #reference = engine.create(atomicRef, 0, High.NULL);
  readonly #own = engine.create(threadLocal, 1);

  /** What thread `id` does, and notes of it. */
  *perform(deed: CollectionDeed, id: number, note: (value: number) => void): Body {
    const bring = (size: number): Address => engine.allocate(size);
    switch (deed.do) {
      case "look":
      case "put":
      case "remove":
      case "insert": {
        const entry = bring(ENTRY_WORDS);
        const { words } = engine;
        words.fill(0, entry, entry + ENTRY_WORDS);
        words[entry + EntryWord.KEY_LOW] = deed.on;
        words[entry + EntryWord.HASH] = deed.on;
        words[entry + EntryWord.VALUE_LOW] = id + 1;
        const result = yield* perform(this.#map, OPERATIONS[deed.do], deed.on, entry);
        return note(deed.do === "remove" ? Math.sign(result) : result);
      }
      case "size":
        return note(yield* perform(this.#map, MapOperation.SIZE));
      case "enqueue":
      case "pile": {
        const message = bring(NODE_WORDS + 1);
        engine.words[message + NODE_WORDS] = id + 1;
        if (deed.do === "pile") return yield* perform(this.#stack, StackOperation.PUSH, message);
        return note(yield* perform(this.#queue, QueueOperation.PUSH, message));
      }
      case "dequeue":
      case "take": {
        const from = deed.do === "take" ? this.#stack : this.#queue;
        const operation = deed.do === "take" ? StackOperation.POP : QueueOperation.POP;
        const message = yield* perform(from, operation);
        return note(message === 0 ? 0 : engine.words[message + NODE_WORDS]);
      }
      case "count":
        return yield* perform(this.#counter, CounterOperation.ADD, id + 1, 0);
      case "sum":
        return note(yield* perform(this.#counter, CounterOperation.SUM));
      case "own":
        return note(yield* perform(this.#own, ThreadLocalOperation.MAKE));
      case "refer":
        return yield* perform(this.#reference, AtomicRefOperation.STORE, 0, High.TRUE);
      case "exchangeReference":
        engine.low = 0;
        engine.high = High.FALSE;
        yield* perform(this.#reference, AtomicRefOperation.COMPARE_EXCHANGE, 0, High.TRUE);
        return note(engine.high);
    }
  }
}
