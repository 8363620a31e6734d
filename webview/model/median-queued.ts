import type { Messages } from "../../src/trace/timeline/messages.ts";

/** How long a message was queued, at the median of those that were received. O(n log n). */
export function medianQueued({ sent, received, count }: Messages): number {
  const queued = new Float64Array(count);
  let taken = 0;
  for (let row = 0; row < count; row++) {
    if (received[row] < Infinity) queued[taken++] = received[row] - sent[row];
  }
  return taken === 0 ? 0 : queued.subarray(0, taken).sort()[taken >> 1];
}
