/** Who goes on when: a binary heap by time, of threads that may have gone on before. O(log n) for each. */
export class Deadlines<T> {
  readonly #times: number[] = [];
  readonly #entries: T[] = [];

  get first(): number {
    return this.#times[0] ?? Infinity;
  }

  add(time: number, entry: T): void {
    let at = this.#times.length;
    for (; at > 0;) {
      const above = (at - 1) >> 1;
      if (this.#times[above] <= time) break;
      this.#put(at, this.#times[above], this.#entries[above]);
      at = above;
    }
    this.#put(at, time, entry);
  }

  /** The first, which is taken out; undefined where that is later than `now`. */
  take(now: number): T | undefined {
    if (this.first > now) return undefined;
    const taken = this.#entries[0];
    const time = this.#times.pop()!;
    const entry = this.#entries.pop()!;
    const count = this.#times.length;
    if (count === 0) return taken;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= count) break;
      if (below + 1 < count && this.#times[below + 1] < this.#times[below]) below++;
      if (this.#times[below] >= time) break;
      this.#put(at, this.#times[below], this.#entries[below]);
      at = below;
    }
    this.#put(at, time, entry);
    return taken;
  }

  #put(at: number, time: number, entry: T): void {
    this.#times[at] = time;
    this.#entries[at] = entry;
  }
}
