/** Reads along a ring without draining it: for who must know what was recorded before the collector's next round. */
import { EventKind, RECORD_WORDS } from "./event.ts";
import type { HappenedEvent } from "./happens-before.ts";
import { RING_HEADER_WORDS, WRITE_INDEX } from "./ring.ts";

export class RingTail {
  readonly #words: () => Int32Array;
  readonly #at: number;
  readonly #capacity: number;
  #next = 0;

  /** `words`: the memory, read anew each time, since it may be replaced. `at`: the ring's first word. */
  constructor(words: () => Int32Array, at: number, capacity: number) {
    this.#words = words;
    this.#at = at;
    this.#capacity = capacity;
  }

  /** Hands over what was recorded since the last time, as far as it is still there. Nobody may be recording meanwhile. */
  read(take: (event: HappenedEvent) => void): void {
    const words = this.#words();
    const end = Atomics.load(words, this.#at + WRITE_INDEX);
    if (((end - this.#next) | 0) > this.#capacity) this.#next = (end - this.#capacity) | 0;
    for (; this.#next !== end; this.#next = (this.#next + 1) | 0) {
      const slot = this.#next & (this.#capacity - 1);
      const record = this.#at + RING_HEADER_WORDS + slot * RECORD_WORDS;
      const kind = (words[record + 1] >>> 24) as EventKind;
      const argument = words[record + 4];
      take({
        thread: words[record + 5] >>> 18,
        kind,
        object: words[record + 2],
        argument,
        partner: kind === EventKind.conditionWait ? argument : 0,
      });
    }
  }
}
