/** The world as it is: the machine's clocks and its random bytes, as they were before a program's own calls were led elsewhere. */
import { randomFillSync } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { World } from "../outside/world.ts";

const wall = Date.now;
const fill = randomFillSync;

/** `performance.now()` of this worker, whatever programs find under that name. */
export const realNow: () => number = performance.now.bind(performance);

export class RealWorld implements World {
  readonly #sinceBegun: () => number;

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

  fill(target: Uint8Array): void {
    fill(target);
  }
}
