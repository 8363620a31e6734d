/**
 * Blocks of words in a run's memory, for objects and encoded values. One `Heap` per thread, over one memory.
 *
 * Sizes are rounded up to classes (four a doubling, so at most a fifth is wasted). A thread allocates from its own free
 * lists and, when they are empty, from lists that all threads share, then from a fresh region. Frees go to the lists of
 * the thread that frees; what is too much there goes back to the shared lists in batches, so that a producer whose blocks a
 * consumer frees finds them again (the scheme of tcmalloc, http://goog-perftools.sourceforge.net/doc/tcmalloc.html).
 * A block is preceded by one word that holds its class. Both operations are O(1) amortised.
 *
 * Blocks come as they are, not cleared.
 */
import type { Address } from "../base/brand.ts";

/** The memory under a heap. */
export interface HeapMemory {
  /** All words; replaced when memory has grown. */
  readonly words: Int32Array;
  /** The next `count` words that nobody has, cleared. Throws when memory is at its limit. */
  region(count: number): Address;
  /** Looks again how long memory is: an address from another thread may lie beyond `words`. */
  refresh(): void;
  /** First of `SHARED_LIST_WORDS` words, cleared at first, for the shared lists. */
  readonly sharedLists: Address;
}

const CLASS_SIZES = classSizes();
/** A lock word and a head word for each class. */
export const SHARED_LIST_WORDS = CLASS_SIZES.length * 2;
/** A fresh region for small blocks: 64 kB. A thread's first ones are smaller, since many threads need little. */
const REGION_WORDS = 1 << 14;
const FIRST_REGION_WORDS = 1 << 10;
const HEADER = 1;

/** How many blocks of a size change lists at once: 64 kB of them, 32 at most. */
function batchOf(index: number): number {
  return Math.max(1, Math.min(32, REGION_WORDS / CLASS_SIZES[index]));
}

function classSizes(): number[] {
  const sizes: number[] = [];
  for (let base = 4; base <= 1 << 27; base *= 2) {
    for (let quarter = 0; quarter < 4; quarter++) sizes.push(base + (base / 4) * quarter);
  }
  return sizes;
}

function classFor(size: number): number {
  if (size <= 4) return 0;
  const doubling = 31 - Math.clz32(size - 1);
  const base = 1 << doubling;
  const quarter = Math.ceil(((size - base) * 4) / base);
  return (doubling - 2) * 4 + quarter;
}

export class Heap {
  readonly #memory: HeapMemory;
  readonly #free: number[][] = CLASS_SIZES.map(() => []);
  #regionNext = 0;
  #regionEnd = 0;
  #regionWords = FIRST_REGION_WORDS;

  constructor(memory: HeapMemory) {
    this.#memory = memory;
  }

  /** A block of at least `size` words. Throws when memory is at its limit. */
  allocate(size: number): Address {
    const index = classFor(size);
    if (index >= CLASS_SIZES.length) throw new RangeError(`a value of ${size} words is too large`);
    const free = this.#free[index];
    if (free.length === 0 && !this.#refill(index)) return this.#carve(index);
    return free.pop() as Address;
  }

  /** How many words the block has: at least as many as were asked for. */
  capacity(block: Address): number {
    return CLASS_SIZES[this.#memory.words[block - HEADER]];
  }

  release(block: Address): void {
    const index = this.#memory.words[block - HEADER];
    const free = this.#free[index];
    free.push(block);
    const batch = batchOf(index);
    if (free.length >= 2 * batch) this.#giveBack(index, free, batch);
  }

  /** Gives all that is free here to the other threads: this one has ended. */
  close(): void {
    for (const [index, free] of this.#free.entries()) {
      if (free.length > 0) this.#giveBack(index, free, free.length);
    }
  }

  /** Forgets all blocks: memory under it begins anew. */
  reset(): void {
    for (const free of this.#free) if (free.length > 0) free.length = 0;
    this.#regionNext = 0;
    this.#regionEnd = 0;
    this.#regionWords = FIRST_REGION_WORDS;
  }

  #carve(index: number): Address {
    const size = CLASS_SIZES[index] + HEADER;
    const block = this.#take(size) + HEADER;
    this.#memory.words[block - HEADER] = index;
    return block as Address;
  }

  #take(size: number): number {
    if (size * 4 > this.#regionWords) return this.#memory.region(size);
    if (this.#regionNext + size > this.#regionEnd) {
      this.#regionNext = this.#memory.region(this.#regionWords);
      this.#regionEnd = this.#regionNext + this.#regionWords;
      this.#regionWords = Math.min(this.#regionWords * 2, REGION_WORDS);
    }
    const at = this.#regionNext;
    this.#regionNext += size;
    return at;
  }

  #giveBack(index: number, free: number[], batch: number): void {
    const { words, sharedLists } = this.#memory;
    const lock = sharedLists + 2 * index;
    this.#acquire(lock);
    for (let i = 0; i < batch; i++) {
      const block = free.pop()!;
      words[block] = words[lock + 1]!;
      words[lock + 1] = block;
    }
    Atomics.store(words, lock, 0);
  }

  #refill(index: number): boolean {
    const lock = this.#memory.sharedLists + 2 * index;
    if (this.#memory.words[lock + 1] === 0) return false;
    this.#acquire(lock);
    this.#memory.refresh();
    const { words } = this.#memory;
    const free = this.#free[index];
    const batch = batchOf(index);
    for (let i = 0; i < batch && words[lock + 1] !== 0; i++) {
      const block = words[lock + 1];
      free.push(block);
      words[lock + 1] = words[block]!;
    }
    Atomics.store(words, lock, 0);
    return free.length > 0;
  }

  /** The lists are held for a few dozen words at most; whoever finds one taken spins. */
  #acquire(lock: number): void {
    const { words } = this.#memory;
    while (Atomics.compareExchange(words, lock, 0, 1) !== 0);
  }
}
