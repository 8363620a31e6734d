/**
 * The ring through which one thread hands its records to the collector: shared memory, one producer, one consumer, no
 * lock. A thread never waits for the collector but when its ring is full; then it waits without losing anything, and
 * says so in the trace (`EventKind.stall`).
 *
 *     const words = new Int32Array(new SharedArrayBuffer(4 * ringWords(8192)));
 *     const writer = new RingWriter(words, 0, 8192, wait);      // in the thread
 *     const reader = new RingReader(words, 0, 8192);            // in the collector
 *     writer.record(timeLow, timeHigh, kind, object, version, argument, site, thread);
 *     reader.drain((records) => traceWriter.records(records));
 *
 * Both indices run freely through 32 bits and are compared by difference only, so wrapping is harmless. Each has a cache
 * line of its own: a thread that records never takes the line that the collector writes, until its ring seems full.
 * (The scheme is Lamport's single-producer queue, with the reader's index cached as in FastForward and in DPDK's rte_ring.)
 *
 * Left out: the clock and blocking. Both are the engine's, since a ring is as good in a browser as it is in Node.
 */
import { EventKind, RECORD_WORDS } from "./event.ts";

/** Words before the records; the offsets within them stand 64 bytes apart. */
export const RING_HEADER_WORDS = 48;
export const WRITE_INDEX = 0;
const READ_INDEX = 16;
const WAITING = 32;

/** The fewest records a ring can have: one stall record and the record that had to wait must fit. */
const MIN_RING_CAPACITY = 4;

/** Words of shared memory that a ring of `capacity` records takes. Throws `RangeError` unless it is a power of two. */
export function ringWords(capacity: number): number {
  const powerOfTwo = Number.isInteger(capacity) && (capacity & (capacity - 1)) === 0;
  if (!powerOfTwo || capacity < MIN_RING_CAPACITY) {
    throw new RangeError(
      `A ring's capacity is a power of two from ${MIN_RING_CAPACITY}, not ${capacity}`,
    );
  }
  return RING_HEADER_WORDS + capacity * RECORD_WORDS;
}

/**
 * Blocks while `words[index]` still is `seen`, and answers how long it blocked, in microseconds: natively
 * `Atomics.wait(words, index, seen)` between two looks at the clock. Returning early is allowed: the ring asks again.
 */
type OnFull = (words: Int32Array, index: number, seen: number) => number;

/** The thread's end of a ring. Only one may exist for a ring, and only one thread may use it. */
export class RingWriter {
  readonly #words: Int32Array;
  readonly #header: number;
  readonly #records: number;
  readonly #mask: number;
  readonly #onFull: OnFull;
  /** Index of the next record. */
  #next: number;
  /** Index that the next record may not reach: the reader's, as last seen, plus the capacity. */
  #limit: number;

  /** `at`: the ring's first word in `words`. Continues where an earlier writer of this ring stopped. */
  constructor(words: Int32Array, at: number, capacity: number, onFull: OnFull) {
    if (at + ringWords(capacity) > words.length)
      throw new RangeError("The ring does not fit in its memory");
    this.#words = words;
    this.#header = at;
    this.#records = at + RING_HEADER_WORDS;
    this.#mask = capacity - 1;
    this.#onFull = onFull;
    this.#next = Atomics.load(words, at + WRITE_INDEX);
    this.#limit = (Atomics.load(words, at + READ_INDEX) + capacity) | 0;
  }

  /**
   * Writes one record and publishes it. The words' meaning is in `event.ts`; `timeHigh` has 24 bits, `site` 18 and
   * `thread` 14, which is not checked here. Blocks through `onFull` while there is no room.
   */
  record(
    timeLow: number,
    timeHigh: number,
    kind: EventKind,
    object: number,
    version: number,
    argument: number,
    site: number,
    thread: number,
  ): void {
    if (this.#next === this.#limit) this.#makeRoom(timeLow, timeHigh, thread);
    this.#put(timeLow, timeHigh, kind, object, version, argument, site, thread);
  }

  #put(
    timeLow: number,
    timeHigh: number,
    kind: number,
    object: number,
    version: number,
    argument: number,
    site: number,
    thread: number,
  ): void {
    const words = this.#words;
    const at = this.#records + (this.#next & this.#mask) * RECORD_WORDS;
    words[at] = timeLow;
    words[at + 1] = timeHigh | (kind << 24);
    words[at + 2] = object;
    words[at + 3] = version;
    words[at + 4] = argument;
    words[at + 5] = site | (thread << 18);
    this.#next = (this.#next + 1) | 0;
    Atomics.store(words, this.#header + WRITE_INDEX, this.#next);
  }

  /** Looks again at what the reader took; if the ring is full indeed, waits for room for two records. */
  #makeRoom(timeLow: number, timeHigh: number, thread: number): void {
    const words = this.#words;
    const index = this.#header + READ_INDEX;
    const capacity = this.#mask + 1;
    let read = Atomics.load(words, index);
    if (((this.#next - read) | 0) < capacity) {
      this.#limit = (read + capacity) | 0;
      return;
    }
    // The flag goes up before the index is looked at again; the reader moves the index first and looks at the flag
    // then, so one of the two always sees the other. It comes down here alone: if the reader took it down, it could
    // take down the flag of the thread's next wait, and nobody would wake that one.
    Atomics.store(words, this.#header + WAITING, 1);
    let waited = 0;
    read = Atomics.load(words, index);
    while (((this.#next - read) | 0) > capacity - 2) {
      waited += this.#onFull(words, index, read);
      read = Atomics.load(words, index);
    }
    Atomics.store(words, this.#header + WAITING, 0);
    this.#limit = (read + capacity) | 0;
    const argument = Math.min(Math.ceil(waited), 0x7fff_ffff);
    this.#put(timeLow, timeHigh, EventKind.stall, 0, 0, argument, 0, thread);
  }
}

/** The collector's end of a ring. */
export class RingReader {
  readonly #words: Int32Array;
  readonly #header: number;
  readonly #records: number;
  readonly #capacity: number;
  #next: number;

  constructor(words: Int32Array, at: number, capacity: number) {
    if (at + ringWords(capacity) > words.length)
      throw new RangeError("The ring does not fit in its memory");
    this.#words = words;
    this.#header = at;
    this.#records = at + RING_HEADER_WORDS;
    this.#capacity = capacity;
    this.#next = Atomics.load(words, at + READ_INDEX);
  }

  /** How many records wait to be drained. */
  get pending(): number {
    return (Atomics.load(this.#words, this.#header + WRITE_INDEX) - this.#next) | 0;
  }

  /** Whether the thread waits for room: worth draining this ring first. */
  get threadWaits(): boolean {
    return Atomics.load(this.#words, this.#header + WAITING) === 1;
  }

  /**
   * Hands over what was published when it began, in order, in at most two slices of whole records, then makes their room
   * free and wakes the thread if it waits. A slice is a view of the ring itself: copy it before the sink returns.
   * Answers the number of records. If the sink throws, nothing was taken.
   */
  drain(sink: (records: Int32Array) => void): number {
    const words = this.#words;
    const count = this.pending;
    if (count === 0) return 0;
    const first = this.#next & (this.#capacity - 1);
    const upToEnd = Math.min(count, this.#capacity - first);
    sink(this.#slice(first, upToEnd));
    if (count > upToEnd) sink(this.#slice(0, count - upToEnd));
    this.#next = (this.#next + count) | 0;
    Atomics.store(words, this.#header + READ_INDEX, this.#next);
    if (this.threadWaits) Atomics.notify(words, this.#header + READ_INDEX);
    return count;
  }

  #slice(first: number, count: number): Int32Array {
    const from = this.#records + first * RECORD_WORDS;
    return this.#words.subarray(from, from + count * RECORD_WORDS);
  }
}
