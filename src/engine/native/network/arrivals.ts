/**
 * The runner's main thread as one that acts on objects of the run: it tells wires what has arrived, by the same state machine that
 * threads use (`ARRIVE`). No event: that something has come shows in what its reader does. It never blocks: it waits for a
 * word-lock no longer than another thread's step takes.
 */
import type { Address, SiteId, ThreadId } from "../../../base/brand.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { Head, type Turn } from "../../../objects/object.ts";
import { WireOperation, WireWord } from "../../../objects/wire.ts";
import { EventKind } from "../../../trace/event.ts";
import type { Heap } from "../../heap.ts";
import { MAX_THREADS, SLOT_WORDS } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import { Parking } from "../parking.ts";
import { Queues } from "../queues.ts";
import { WordLocks } from "../word-locks.ts";

/** As word-locks know it: no thread of the program. */
const OUTSIDE = MAX_THREADS as ThreadId;

const impossible = (): never => {
  throw new TypeError("an arrival completes nobody's operation and makes no choice");
};

export class Arrivals {
  readonly #memory: RunMemory;
  readonly #locks: WordLocks;
  readonly #queues: Queues;

  constructor(memory: RunMemory, heap: Heap, cores: number) {
    // No slot of a thread: what it naps on where a word-lock is taken.
    const slot = heap.allocate(SLOT_WORDS);
    memory.words.fill(0, slot, slot + SLOT_WORDS);
    this.#memory = memory;
    this.#locks = new WordLocks(memory, new Parking(memory, slot, cores), OUTSIDE + 1);
    this.#queues = new Queues(memory, OUTSIDE, slot);
  }

  /** So many bytes have come, and the end too if `ends`: whoever waits for them may try again. */
  arrive(at: Address, count: number, ends: boolean): void {
    this.#memory.refresh();
    this.#locks.take(at);
    const words = this.#memory.fresh();
    const kind = KINDS[words[at + Head.KIND]];
    const queues = this.#queues;
    const turn: Turn = {
      words,
      site: 0 as SiteId,
      low: 0,
      high: 0,
      event: EventKind.query,
      argument: 0,
      complete: impossible,
      actOn: impossible,
      acted: impossible,
      looked: impossible,
      comeFirst: impossible,
      choose: impossible,
      retryOne: (object, operations) => queues.retryOne(object, operations),
      retryAll: (object, operations) => queues.retryAll(object, operations),
      retryThread: (object, thread) => queues.retryThread(object, thread),
    };
    kind.step(turn, at, WireOperation.ARRIVE, OUTSIDE, count, ends ? 1 : 0);
    Atomics.store(words, at, 0);
    queues.wakeAll();
  }

  /** Takes the bytes that were written and not taken yet, and how the wire was closed if it was. */
  take(at: Address): { readonly bytes: Uint8Array; readonly closing: number } {
    this.#memory.refresh();
    this.#locks.take(at);
    const words = this.#memory.fresh();
    const closing = words[at + WireWord.CLOSING];
    // With both ends closed its ring is somebody else's.
    const isDead = closing !== 0 && words[at + WireWord.DEAF] === 1;
    const from = words[at + WireWord.TAKEN];
    const count = isDead ? 0 : (words[at + WireWord.WRITTEN] - from) | 0;
    const bytes = new Uint8Array(count);
    const capacity = words[at + WireWord.CAPACITY];
    const ring = new Uint8Array(words.buffer, words[at + WireWord.RING] * 4, isDead ? 0 : capacity);
    for (let index = 0; index < count; index++) {
      bytes[index] = ring[(from + index) & (capacity - 1)];
    }
    words[at + WireWord.TAKEN] = words[at + WireWord.WRITTEN];
    Atomics.store(words, at, 0);
    return { bytes, closing };
  }

  /** Whether its reading end is closed: what arrives there is nobody's. */
  isDeaf(at: Address): boolean {
    return this.#memory.fresh()[at + WireWord.DEAF] === 1;
  }
}
