/**
 * Where a thread's random numbers come from: its parent's seed, and which of its children it is. So they are the same in every
 * run of the program in which that thread is started by the same one, whatever its number and whoever runs before it.
 */

/** The seed of a thread's child `nth`, from 0. The step and the mixing are splitmix32's. */
export function seedOfChild(seed: number, nth: number): number {
  let z = (seed + Math.imul(nth + 1, 0x9e3779b9)) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
