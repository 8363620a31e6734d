/**
 * A number that changes over time in steps (a channel's depth, threads waiting for a lock, threads running), with the
 * maximum of any stretch in constant time per block: what is drawn where several changes fall into one pixel.
 */
import type { StepColumns } from "../../src/trace/timeline/steps.ts";

const BLOCK = 32;

export interface Steps extends StepColumns {
  readonly maximum: number;
  /** The maximum of each block of `BLOCK` changes. */
  readonly blockMaximum: Int32Array;
}

/** O(n). */
export function stepsOf(time: Float64Array, value: Int32Array, count: number): Steps {
  const blockMaximum = new Int32Array(Math.ceil(count / BLOCK));
  let maximum = 0;
  for (let index = 0; index < count; index++) {
    const block = Math.floor(index / BLOCK);
    const now = value[index];
    if (now > blockMaximum[block]) blockMaximum[block] = now;
    if (now > maximum) maximum = now;
  }
  return { count, time, value, maximum, blockMaximum };
}

/** The greatest value of the changes `first` … `last - 1`. O((last - first) / BLOCK + BLOCK). */
export function maximumOf(steps: Steps, first: number, last: number): number {
  let maximum = 0;
  for (let index = first; index < last;) {
    if (index % BLOCK === 0 && index + BLOCK <= last) {
      maximum = Math.max(maximum, steps.blockMaximum[index / BLOCK]);
      index += BLOCK;
    } else {
      maximum = Math.max(maximum, steps.value[index]);
      index++;
    }
  }
  return maximum;
}
