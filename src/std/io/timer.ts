/** A timer that a poller waits for, beside its sources. It is a thread's own: its clock is the one that all its timers go by. */
import { duration } from "../duration.ts";
import { host } from "../tasks/host.ts";

export class Timer {
  readonly #every: number;
  readonly #repeats: boolean;
  #deadline: number;

  constructor(time: number, options?: { repeat?: boolean }) {
    this.#every = duration(time, "new Timer");
    this.#repeats = options?.repeat === true;
    this.#deadline = host.now() + this.#every;
  }

  /** Milliseconds of the thread's clock; Infinity once it will not fire any more. */
  get deadline(): number {
    return this.#deadline;
  }

  /** It has been told. Being a little late moves no later turn; turns that were missed are left out. */
  fired(): void {
    if (!this.#repeats) {
      this.#deadline = Infinity;
      return;
    }
    const now = host.now();
    const next = this.#deadline + this.#every;
    this.#deadline = next > now ? next : now + this.#every;
  }

  [Symbol.dispose](): void {
    this.#deadline = Infinity;
  }
}
