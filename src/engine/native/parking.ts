/**
 * How a blocked thread waits until another lets it go on, by changing the word that it parks on (`Park`).
 *
 * It looks a little before it parks: a hand-over that way costs a hundredth of one by the operating system. With more
 * threads running than there are cores, looking would only keep the one it waits for from running; and where it was in vain
 * the last times (the cores have something else to do, the lock is held for long), the thread parks nearly at once.
 */
import { Park, RunWord, SlotWord } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { realNow } from "./real-world.ts";

/** How often a blocked thread looks before it parks, at most and at least. A look takes 10 ns. */
const MOST_LOOKS = 1500;
const FEWEST_LOOKS = 50;
/** Two threads that both park do not see how quick they would be if they did not: so often one looks for long all the same. */
const LONG_LOOK_EVERY = 16;
const NAP_MS = 0.05;

export class Parking {
  readonly #memory: RunMemory;
  readonly #slot: number;
  readonly #cores: number;
  /** How many looks it took lately until the thread could go on. */
  #looks = MOST_LOOKS;
  #waits = 0;
  /** How often it has blocked: time has passed then that is none of the thread's own. */
  blocks = 0;

  constructor(memory: RunMemory, slot: number, cores: number) {
    this.#memory = memory;
    this.#slot = slot;
    this.#cores = cores;
  }

  /** Waits until it may go on: `RETRY`, `DONE`, or what it was while the time ran out. `deadline` by `performance.now`. */
  wait(deadline: number): number {
    this.blocks++;
    const { words } = this.#memory;
    const index = this.#slot + SlotWord.PARK;
    if (words[RunWord.RUNNING] <= this.#cores && this.#lookOut(words, index)) {
      return Atomics.load(words, index);
    }
    if (deadline === Infinity) {
      const before = Atomics.compareExchange(words, index, Park.BLOCKED, Park.PARKED);
      if (before === Park.BLOCKED) {
        Atomics.sub(words, RunWord.RUNNING, 1);
        while (Atomics.load(words, index) === Park.PARKED) Atomics.wait(words, index, Park.PARKED);
      }
      return Atomics.load(words, index);
    }
    Atomics.compareExchange(words, index, Park.BLOCKED, Park.PARKED_TIMED);
    for (;;) {
      const park = Atomics.load(words, index);
      if (park !== Park.PARKED_TIMED) return park;
      const left = deadline - realNow();
      if (left <= 0) return park;
      Atomics.wait(words, index, Park.PARKED_TIMED, left);
    }
  }

  /** Looks for as long as it was worth while lately; whether it may go on. */
  #lookOut(words: Int32Array, index: number): boolean {
    const long = ++this.#waits % LONG_LOOK_EVERY === 0;
    const limit = long ? MOST_LOOKS : Math.min(MOST_LOOKS, 2 * this.#looks + FEWEST_LOOKS);
    for (let i = 0; i < limit; i++) {
      if (Atomics.load(words, index) !== Park.BLOCKED) {
        this.#looks += i > this.#looks ? (i - this.#looks) >> 1 : (i - this.#looks) >> 3;
        return true;
      }
    }
    this.#looks -= this.#looks >> 2;
    return false;
  }

  /** Lets another thread get on that holds a word this one spins for. */
  nap(): void {
    Atomics.wait(this.#memory.words, this.#slot + SlotWord.NAP, 0, NAP_MS);
  }

  /** Blocks for so long. */
  sleep(ms: number): void {
    this.blocks++;
    const { words } = this.#memory;
    const until = realNow() + ms;
    for (let left = ms; left > 0; left = until - realNow()) {
      Atomics.wait(words, this.#slot + SlotWord.NAP, 0, left);
    }
  }
}
