/** Binary searches that begin somewhere: drawing goes through a lane from left to right and never looks back. */
import type { Spans } from "../../src/trace/timeline/spans.ts";
import type { Marks } from "./marks.ts";

/** The first span from `from` on that ends after `time`; `count` if there is none. O(log n). */
export function firstEndingAfter(spans: Spans, time: number, from = 0): number {
  const { end } = spans;
  let low = from;
  let high = spans.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (end[middle] > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first of the sorted `times` from `from` on that is not before `time`. O(log n). */
export function firstNotBefore(times: Float64Array, count: number, time: number, from = 0): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same among marks. */
export function firstMarkNotBefore(marks: Marks, time: number, from = 0): number {
  const { events, rows } = marks;
  let low = from;
  let high = marks.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events.time[rows[middle]] >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}
