/**
 * The memory of a modelled run: ordinary, growable, and cleared for the next run as far as it was used. One heap over it
 * serves all threads, as only one of them runs at a time.
 */
import type { Address } from "../../base/brand.ts";
import { Heap, type HeapMemory, SHARED_LIST_WORDS } from "../heap.ts";

const FIRST_WORDS = 1 << 14;

export class MemoryFull extends Error {}

export class ModelMemory implements HeapMemory {
  words = new Int32Array(FIRST_WORDS);
  /** Word 0 is nowhere. */
  readonly sharedLists = 1 as Address;
  readonly heap = new Heap(this);
  readonly #limit: number;
  readonly #atLimit: () => void;
  #next = 1 + SHARED_LIST_WORDS;

  /** `atLimit` is told before `region` throws `MemoryFull`. */
  constructor(limitBytes: number, atLimit: () => void) {
    this.#limit = Math.floor(limitBytes / 4);
    this.#atLimit = atLimit;
  }

  region(count: number): Address {
    const at = this.#next;
    const end = at + count;
    if (end > this.#limit) {
      this.#atLimit();
      throw new MemoryFull("the run's memory is at its limit");
    }
    if (end > this.words.length) {
      const grown = new Int32Array(Math.max(end, this.words.length * 2));
      grown.set(this.words);
      this.words = grown;
    }
    this.#next = end;
    return at as Address;
  }

  refresh(): void {
    // Replaced in one place, and read anew by whoever looks: never out of date.
  }

  /** As new, for the next run. Costs what the last one used. */
  reset(): void {
    this.words.fill(0, 0, this.#next);
    this.#next = 1 + SHARED_LIST_WORDS;
    this.heap.reset();
  }
}
