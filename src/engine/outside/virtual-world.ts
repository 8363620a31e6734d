/** A world that is the same each time: its time is the run's virtual one, its random bytes come from a seed. */
import { Random } from "../../base/random.ts";
import { seedOfChild } from "./seeds.ts";
import type { World } from "./world.ts";

/** When every run begins that has no time of day of its own. */
export const EPOCH_MS = Date.UTC(2000, 0, 1);

/** No thread has so many children: its bytes are not the numbers that one of them draws. */
const BYTES = 0x7fff_ffff;

export class VirtualWorld implements World {
  readonly #now: () => number;
  readonly #beganMs: number;
  readonly #random: Random;

  /** `now`: virtual nanoseconds since the run began. */
  constructor(now: () => number, seed: number, beganMs = EPOCH_MS) {
    this.#now = now;
    this.#beganMs = beganMs;
    this.#random = new Random(seedOfChild(seed, BYTES));
  }

  wall(): number {
    return this.#beganMs + Math.floor(this.#now() / 1e6);
  }

  performance(): number {
    return Math.floor(this.#now());
  }

  hrtime(): number {
    return Math.floor(this.#now());
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
    for (let at = 0; at < target.length; at++) target[at] = this.#random.bits() >>> 24;
  }
}
