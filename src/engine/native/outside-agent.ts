/**
 * The runner's main thread as one that acts on objects of the run, by the same state machines that threads use: it hands on what
 * has come from the network or from another process. It never blocks: it waits for a word-lock no longer than another thread's
 * step takes, and makes only operations that go through. No event: what has come shows in what its receiver does.
 */
import type { Address, SiteId, ThreadId } from "../../base/brand.ts";
import { ConsoleWord } from "../../objects/console.ts";
import { KINDS } from "../../objects/kinds.ts";
import { Head, type Turn } from "../../objects/object.ts";
import { EventKind } from "../../trace/event.ts";
import type { Heap } from "../heap.ts";
import { MAX_THREADS, SLOT_WORDS } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { Parking } from "./parking.ts";
import { Queues } from "./queues.ts";
import { WordLocks } from "./word-locks.ts";

/** As word-locks know it: no thread of the program. */
const OUTSIDE = MAX_THREADS as ThreadId;

const impossible = (): never => {
  throw new TypeError("what comes from outside completes nobody's operation and makes no choice");
};

export class OutsideAgent {
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

  /** Looks at an object, or at what belongs to it, while no thread steps on it. */
  holding<T>(at: Address, look: (words: Int32Array) => T): T {
    this.#memory.refresh();
    this.#locks.take(at);
    const words = this.#memory.fresh();
    try {
      return look(words);
    } finally {
      Atomics.store(words, at, 0);
    }
  }

  /** The number of the console's next line, which another process has printed, and the version that the console has by it. */
  line(console: Address): { readonly sequence: number; readonly version: number } {
    return this.holding(console, (words) => ({
      sequence: words[console + ConsoleWord.LINES]++,
      version: ++words[console + Head.VERSION],
    }));
  }

  /** The next version of an object, for an operation that was made elsewhere. */
  version(at: Address): number {
    return this.holding(at, (words) => ++words[at + Head.VERSION]);
  }

  /** An operation that is nobody's in the recording: what it answers. Whoever waits for what it brings may try again. */
  step(at: Address, operation: number, a = 0, b = 0): number {
    return this.act(at, operation, a, b, false).result;
  }

  /** One that another process has made, and recorded or not: what it answers, and the version that the object has by it. */
  act(
    at: Address,
    operation: number,
    a: number,
    b: number,
    isRecorded: boolean,
  ): { readonly result: number; readonly version: number } {
    this.#memory.refresh();
    const many = this.#memory.words[at + Head.WATCHERS] !== 0;
    if (many) this.#locks.takeAll(at);
    else this.#locks.take(at);
    const words = this.#memory.fresh();
    const kind = KINDS[words[at + Head.KIND]];
    const result = kind.step(this.#turn(words), at, operation, OUTSIDE, a, b);
    if (isRecorded) words[at + Head.VERSION]++;
    const version = words[at + Head.VERSION];
    if (many) this.#locks.releaseAll();
    else Atomics.store(words, at, 0);
    this.#queues.wakeAll();
    return { result, version };
  }

  #turn(words: Int32Array): Turn {
    const queues = this.#queues;
    return {
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
      comeFirst: () => undefined,
      choose: impossible,
      retryOne: (object, operations) => queues.retryOne(object, operations),
      retryAll: (object, operations) => queues.retryAll(object, operations),
      retryThread: (object, thread) => queues.retryThread(object, thread),
    };
  }
}
