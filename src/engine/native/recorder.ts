/**
 * A thread's clock and its pen: time-stamps on one time-line for all threads of a run, and records into its ring.
 */
import type { EventKind } from "../../trace/event.ts";
import { RingWriter } from "../../trace/ring.ts";
import { RING_CAPACITY, RunWord } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { realNow } from "./real-world.ts";
import { callRunner } from "./rounds.ts";

const HIGH = 2 ** -32;
/** So often a thread looks whether its records are taken; after so many looks in vain it calls for it, at half a ring. */
const LOOK_EVERY = RING_CAPACITY / 8;
const LOOKS = 4;

/**
 * What to add to `performance.now()` (milliseconds, each worker's own origin) to get monotonic process time, which all
 * workers share. The clocks are read in turn a few times; the tightest pair has the smallest error.
 */
function clockOffsetMs(): number {
  let best = Infinity;
  let offset = 0;
  for (let i = 0; i < 16; i++) {
    const before = realNow();
    const shared = Number(process.hrtime.bigint()) / 1e6;
    const after = realNow();
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
  /** Records since the last look; looks since the last round, and that round. */
  #unseen = 0;
  #looks = 0;
  #round = 0;

  /**
   * `beganMs`: monotonic process time at which the run began. `ring`: address of the ring, 0 for none. `shared`: of another
   * thread of this worker, whose ring and clock it takes.
   */
  constructor(memory: RunMemory, ring: number, thread: number, beganMs: number, shared?: Recorder) {
    this.traced = ring !== 0;
    this.#thread = thread;
    this.#words = memory.words;
    if (shared !== undefined) {
      this.#offsetNs = shared.#offsetNs;
      this.#ring = shared.#ring;
      return;
    }
    this.#offsetNs = (clockOffsetMs() - beganMs) * 1e6;
    if (ring !== 0) {
      this.#ring = new RingWriter(memory.words, ring, RING_CAPACITY, (words, index, seen) => {
        const from = realNow();
        Atomics.wait(words, index, seen, 100);
        return (realNow() - from) * 1000;
      });
    }
  }

  /** Nanoseconds since the run began; never less than a stamp that was given before. */
  now(): number {
    const now = Math.floor(realNow() * 1e6 + this.#offsetNs);
    return now > this.#last ? (this.#last = now) : this.#last;
  }

  /** The stamp that was given last. */
  get last(): number {
    return this.#last;
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
    if (++this.#unseen === LOOK_EVERY) this.#look();
  }

  #look(): void {
    this.#unseen = 0;
    const round = Atomics.load(this.#words, RunWord.ROUNDS);
    if (round !== this.#round) this.#looks = 0;
    else if (++this.#looks === LOOKS && this.traced) callRunner(this.#words);
    this.#round = round;
  }
}
