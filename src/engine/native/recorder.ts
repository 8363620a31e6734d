/**
 * A thread's clock and its pen: time-stamps on one time-line for all threads of a run, and records into its ring.
 */
import { performance } from "node:perf_hooks";
import type { EventKind } from "../../trace/event.ts";
import { RingWriter } from "../../trace/ring.ts";
import { RING_CAPACITY } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { callRunner } from "./rounds.ts";

const HIGH = 2 ** -32;
/** After so many records the runner is called to take them: the ring is half full, unless it came by itself. */
const CALL_EVERY = RING_CAPACITY / 2;

/**
 * What to add to `performance.now()` (milliseconds, each worker's own origin) to get monotonic process time, which all
 * workers share. The clocks are read in turn a few times; the tightest pair has the smallest error.
 */
function clockOffsetMs(): number {
  let best = Infinity;
  let offset = 0;
  for (let i = 0; i < 16; i++) {
    const before = performance.now();
    const shared = Number(process.hrtime.bigint()) / 1e6;
    const after = performance.now();
    if (after - before < best) {
      best = after - before;
      offset = shared - (before + after) / 2;
    }
  }
  return offset;
}

export class Recorder {
  readonly traced: boolean;
  readonly #ring: RingWriter | undefined;
  readonly #thread: number;
  readonly #offsetNs: number;
  readonly #words: Int32Array;
  #last = 0;
  #uncalled = 0;

  /** `beganMs`: monotonic process time at which the run began. `ring`: address of the thread's ring, 0 for none. */
  constructor(memory: RunMemory, ring: number, thread: number, beganMs: number) {
    this.traced = ring !== 0;
    this.#thread = thread;
    this.#words = memory.words;
    this.#offsetNs = (clockOffsetMs() - beganMs) * 1e6;
    if (ring !== 0) {
      this.#ring = new RingWriter(memory.words, ring, RING_CAPACITY, (words, index, seen) => {
        const from = performance.now();
        Atomics.wait(words, index, seen, 100);
        return (performance.now() - from) * 1000;
      });
    }
  }

  /** Nanoseconds since the run began; never less than a stamp that was given before. */
  now(): number {
    const now = Math.floor(performance.now() * 1e6 + this.#offsetNs);
    return now > this.#last ? (this.#last = now) : this.#last;
  }

  /** No stamp of this thread shall be less than `time` from here on. */
  notBefore(time: number): void {
    if (time > this.#last) this.#last = time;
  }

  record(
    time: number,
    event: EventKind,
    object: number,
    version: number,
    argument: number,
    site: number,
  ): void {
    this.#ring?.record(
      time | 0,
      (time * HIGH) | 0,
      event,
      object,
      version,
      argument,
      site,
      this.#thread,
    );
    if (++this.#uncalled === CALL_EVERY) this.#call();
  }

  #call(): void {
    this.#uncalled = 0;
    if (this.traced) callRunner(this.#words);
  }
}
