/** The world as it is: the machine's clocks and its random bytes, as they were before a program's own calls were led elsewhere. */
import { randomFillSync } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { World } from "../outside/world.ts";

const wall = Date.now;
/** What is imported by name changes with what programs find. */
const fillBytes = randomFillSync;

/** Asking the system takes a microsecond, however few bytes it is asked for. */
const POOL_BYTES = 4096;

/** `performance.now()` of this worker, whatever programs find under that name. */
export const realNow: () => number = performance.now.bind(performance);

export class RealWorld implements World {
  readonly #sinceBegun: () => number;
  #pool: Uint8Array | undefined;
  #used = POOL_BYTES;

  /** `sinceBegun`: nanoseconds since the run began. */
  constructor(sinceBegun: () => number) {
    this.#sinceBegun = sinceBegun;
  }

  wall(): number {
    return wall();
  }

  performance(): number {
    return Math.round(realNow() * 1e6);
  }

  hrtime(): number {
    return this.#sinceBegun();
  }

  timers(ask: () => number): number {
    return ask();
  }

  data(ask: () => Uint8Array): Uint8Array {
    return ask();
  }

  environment(_name: string, ask: () => string | undefined): string | undefined {
    return ask();
  }

  fill(target: Uint8Array): void {
    if (target.length > POOL_BYTES / 8) {
      fillBytes(target);
      return;
    }
    if (this.#used + target.length > POOL_BYTES) {
      this.#pool = fillBytes(new Uint8Array(POOL_BYTES));
      this.#used = 0;
    }
    const to = this.#used + target.length;
    target.set(this.#pool!.subarray(this.#used, to));
    // What was given is nobody else's to find.
    this.#pool!.fill(0, this.#used, to);
    this.#used = to;
  }
}
