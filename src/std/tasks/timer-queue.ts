/**
 * The timers of one thread, in the order of their deadlines, and those of one deadline in the order in which they were set
 * (SEMANTICS, Time). A sorted array: setting and clearing cost a binary search and a move of what lies behind.
 */
export interface Timer {
  /** Milliseconds by the host's clock. */
  deadline: number;
  /** Given by the queue: which of two with one deadline comes first. */
  order: number;
  /** Whether the thread lives on for it. */
  readonly keeps: boolean;
  /** Where it was set. */
  readonly site: number;
  fire(): void;
}

export class TimerQueue {
  readonly #timers: Timer[] = [];
  #orders = 0;

  /** The one whose deadline is the earliest. */
  get first(): Timer | undefined {
    return this.#timers[0];
  }

  /** Whether there is one for which the thread lives on. */
  get keepsAlive(): boolean {
    return this.#timers.some((timer) => timer.keeps);
  }

  add(timer: Timer): void {
    timer.order = this.#orders++;
    this.#timers.splice(this.#placeOf(timer), 0, timer);
  }

  /** Whether it was there. */
  remove(timer: Timer): boolean {
    const at = this.#placeOf(timer);
    if (this.#timers[at] !== timer) return false;
    this.#timers.splice(at, 1);
    return true;
  }

  clear(): void {
    this.#timers.length = 0;
  }

  #placeOf({ deadline, order }: Timer): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#timers[middle];
      const isBefore =
        other.deadline < deadline || (other.deadline === deadline && other.order < order);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
