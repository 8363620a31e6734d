/**
 * How much of any stretch of a lane is spent in which state: what is drawn where spans are narrower than a pixel.
 *
 * Sums up to each block of `BLOCK` spans are kept, so a query reads two sums and at most two blocks of spans: constant
 * time whatever the zoom, exact (no fixed levels whose edges would shimmer while panning), and five bytes a span.
 */
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { THREAD_STATES as STATES } from "../../src/trace/timeline/thread-track.ts";

const BLOCK = 8;

export interface Density {
  readonly spans: Spans;
  /** Time in each state before each block, `STATES` numbers a block. */
  readonly before: Float64Array;
}

/** Which sum a span belongs to. Lanes of locks have one: held. */
export type Classify = (value: number) => number;

export const byState: Classify = (value) => value;
export const asOne: Classify = () => 0;

/** O(n). */
export function densityOf(spans: Spans, classify: Classify): Density {
  const blocks = Math.ceil(spans.count / BLOCK) + 1;
  const before = new Float64Array(blocks * STATES);
  const sums = new Float64Array(STATES);
  for (let index = 0; index < spans.count; index++) {
    if (index % BLOCK === 0) before.set(sums, (index / BLOCK) * STATES);
    const state = classify(spans.value[index]);
    sums[state] = sums[state] + spans.end[index] - spans.start[index];
  }
  before.set(sums, (blocks - 1) * STATES);
  return { spans, before };
}

/**
 * Adds to `into` the time in each state of the spans `first` … `last - 1`. At most 2 × `BLOCK` steps.
 */
export function timeInStates(
  density: Density,
  classify: Classify,
  first: number,
  last: number,
  into: Float64Array,
): void {
  const { spans, before } = density;
  let index = first;
  const whole = Math.ceil(first / BLOCK);
  const wholeEnd = Math.floor(last / BLOCK);
  if (wholeEnd > whole) {
    for (; index < whole * BLOCK; index++) add(spans, classify, index, into);
    for (let state = 0; state < STATES; state++) {
      into[state] =
        into[state] + before[wholeEnd * STATES + state] - before[whole * STATES + state];
    }
    index = wholeEnd * BLOCK;
  }
  for (; index < last; index++) add(spans, classify, index, into);
}

function add(spans: Spans, classify: Classify, index: number, into: Float64Array): void {
  const state = classify(spans.value[index]);
  into[state] = into[state] + spans.end[index] - spans.start[index];
}
