/**
 * The memory of one native run as one thread sees it: a growable shared buffer under a fixed view.
 *
 * A view that tracks the buffer's length costs several times a fixed one on every access (bench: memory), so the view is
 * replaced when memory has grown: `refresh` is called wherever an address from another thread may have come in.
 */
import type { Address } from "../../base/brand.ts";
import type { HeapMemory } from "../heap.ts";
import { HEAP_START, RunWord } from "./layout.ts";

const PAGE_BYTES = 1 << 16;
const INITIAL_BYTES = 1 << 21;

/** The program's values and locks take more than a run may have. */
export class SharedMemoryLimit extends RangeError {
  override name = "SharedMemoryLimit";
}

export function createRunBuffer(limitBytes: number): SharedArrayBuffer {
  const limit = Math.max(INITIAL_BYTES, Math.min(limitBytes, 2 ** 31 - PAGE_BYTES));
  const buffer = new SharedArrayBuffer(INITIAL_BYTES, { maxByteLength: limit });
  const words = new Int32Array(buffer, 0, INITIAL_BYTES / 4);
  words[RunWord.LENGTH] = words.length;
  words[RunWord.TOP] = HEAP_START;
  words[RunWord.NEXT_OBJECT] = 1;
  return buffer;
}

export class RunMemory implements HeapMemory {
  readonly buffer: SharedArrayBuffer;
  readonly sharedLists = RunWord.SHARED_LISTS as Address;
  words: Int32Array;
  readonly #atLimit: (() => never) | undefined;

  /** `atLimit` is called where memory is at its limit, instead of throwing `SharedMemoryLimit`. */
  constructor(buffer: SharedArrayBuffer, atLimit?: () => never) {
    this.buffer = buffer;
    this.#atLimit = atLimit;
    this.words = new Int32Array(buffer, 0, buffer.byteLength >>> 2);
  }

  /** Makes the view as long as the memory is now. */
  refresh(): void {
    if (this.words[RunWord.LENGTH] !== this.words.length) {
      this.words = new Int32Array(this.buffer, 0, this.buffer.byteLength >>> 2);
    }
  }

  /** A view of all the memory there is now. What is read there may lead beyond it: whoever follows an address asks again. */
  fresh(): Int32Array {
    this.refresh();
    return this.words;
  }

  region(count: number): Address {
    for (;;) {
      const at = Atomics.load(this.words, RunWord.TOP);
      const needed = (at + count) * 4;
      // Grown before it is taken, so that what is refused takes nothing from those who ask for less. The length is what
      // counts: another thread may have grown the buffer and not have said so yet, and who gets an address from this one
      // looks at the length.
      if (needed > Atomics.load(this.words, RunWord.LENGTH) * 4) this.#grow(needed);
      this.refresh();
      if (Atomics.compareExchange(this.words, RunWord.TOP, at, at + count) === at) {
        return at as Address;
      }
    }
  }

  #grow(neededBytes: number): void {
    const limit = this.buffer.maxByteLength;
    if (neededBytes > limit) {
      this.#atLimit?.();
      throw new SharedMemoryLimit(`shared memory is at its limit of ${limit >>> 20} MB`);
    }
    const wanted = Math.max(neededBytes, this.buffer.byteLength * 1.5);
    const rounded = Math.min(limit, Math.ceil(wanted / PAGE_BYTES) * PAGE_BYTES);
    // Another thread may have grown it meanwhile: then there is nothing left to do, and growing would throw.
    while (this.buffer.byteLength < neededBytes) {
      try {
        this.buffer.grow(rounded);
      } catch (error) {
        if (this.buffer.byteLength < neededBytes) throw error;
      }
    }
    const length = this.buffer.byteLength >>> 2;
    for (;;) {
      const known = Atomics.load(this.words, RunWord.LENGTH);
      if (known >= length) return;
      Atomics.compareExchange(this.words, RunWord.LENGTH, known, length);
    }
  }
}
