/** Where a thread was busy: the longest time between two of its records. */
import type { ThreadTrack } from "../trace/timeline/thread-track.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";

interface Busy {
  /** Sites of the records before and after. */
  readonly from: number;
  readonly to: number;
  readonly time: number;
}

/** Within `start` … `end`; undefined if it has no record on one of the sides. O(log n + records in between). */
export function busiest(
  timeline: Timeline,
  thread: ThreadTrack,
  start: number,
  end: number,
): Busy | undefined {
  const { time, site } = timeline.trace.events;
  const rows = thread.events;
  let longest: Busy | undefined;
  for (let i = lastNotAfter(rows.at, rows.count, time, start); i + 1 < rows.count; i++) {
    const from = i < 0 ? start : time[rows.at[i]];
    if (from >= end) break;
    const lasted = Math.min(end, time[rows.at[i + 1]]) - Math.max(start, from);
    if (i < 0 || lasted <= (longest?.time ?? 0)) continue;
    longest = { from: site[rows.at[i]], to: site[rows.at[i + 1]], time: lasted };
  }
  return longest;
}

/** Index of the last row that is not after `at`; -1 for none. */
function lastNotAfter(rows: Int32Array, count: number, time: Float64Array, at: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[rows[middle]] > at) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
