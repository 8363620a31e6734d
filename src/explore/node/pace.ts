/** Lets something through a few times a second, however often it is asked: who listens draws a line on a terminal. */
const GAP_MS = 200;

export class Pace {
  readonly #now: () => number;
  #last = -Infinity;

  /** `now`: milliseconds, from whenever. */
  constructor(now: () => number) {
    this.#now = now;
  }

  isTime(): boolean {
    const now = this.#now();
    if (now - this.#last < GAP_MS) return false;
    this.#last = now;
    return true;
  }
}
