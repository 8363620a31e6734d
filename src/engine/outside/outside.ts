/**
 * What one thread has of the world: who answers it, and its own random numbers. Which thread asks is known by whoever holds it:
 * a worker has one, the model engine one for each of its threads.
 */
import { Random } from "../../base/random.ts";
import type { World } from "./world.ts";

export class Outside {
  readonly seed: number;
  readonly world: World;
  readonly #random: Random;

  constructor(seed: number, world: World) {
    this.seed = seed;
    this.world = world;
    this.#random = new Random(seed);
  }

  /** 0 up to 1, without 1: what `Math.random` answers. */
  random(): number {
    return this.#random.bits() / 2 ** 32;
  }
}
