/**
 * When the runner looks after a run: at once where a thread calls for it (its ring is half full, it has ended), else every
 * few milliseconds. The program's threads have the same cores, so a round that finds little to do is a round too many; and a
 * thread whose ring is full stands still until the next one.
 *
 * A call is a word in shared memory that goes up, and `Atomics.waitAsync` on it: the runner's main thread may not block.
 */
import { RunWord } from "./layout.ts";

const ROUND_MS = 8;

/** Has a round made soon. Costs the calling thread about a microsecond. */
export function callRunner(words: Int32Array): void {
  Atomics.add(words, RunWord.CALLS, 1);
  Atomics.notify(words, RunWord.CALLS);
}

export class Rounds {
  readonly #words: Int32Array;
  readonly #round: (called: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #listening = false;
  #stopped = false;

  /** `round`: told whether it was called for. `words`: any view of the run's memory. */
  constructor(words: Int32Array, round: (called: boolean) => void) {
    this.#words = words;
    this.#round = round;
    this.#timer = setTimeout(() => this.#make(false), ROUND_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    // Nobody will call any more: what still listens shall not wait for ever.
    if (this.#listening) Atomics.notify(this.#words, RunWord.CALLS);
  }

  #make(called: boolean): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    Atomics.add(this.#words, RunWord.ROUNDS, 1);
    const calls = Atomics.load(this.#words, RunWord.CALLS);
    this.#round(called);
    if (this.#isStopped()) return;
    this.#timer = setTimeout(() => this.#make(false), ROUND_MS);
    this.#listen(calls);
  }

  /** The round may have stopped them. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  /** `calls`: how many there were before the round, which may have come too early for those that were made since. */
  #listen(calls: number): void {
    if (this.#listening) return;
    const heard = Atomics.waitAsync(this.#words, RunWord.CALLS, calls);
    if (!heard.async) {
      setImmediate(() => this.#make(true));
      return;
    }
    this.#listening = true;
    void heard.value.then(() => {
      this.#listening = false;
      this.#make(true);
    });
  }
}
