/**
 * What each line of the source waited for, and for whom: the waits of every lock, laid over its holdings and summed by
 * line. What `lock-decorations.ts` writes beside the code.
 */
import type { ObjectId, SiteId, ThreadId } from "../base/brand.ts";
import { firstEndingAfter, type Spans } from "../trace/timeline/spans.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import type { LineWait } from "./run-state.ts";

interface Sum {
  readonly file: string;
  readonly line: number;
  readonly lock: ObjectId;
  waited: number;
  longest: number;
  times: number;
  unserved: number;
  /** Nanoseconds by thread. */
  readonly holders: Map<number, number>;
}

/** The line that waited longest first. O(waits + holdings that they overlap). */
export function lineWaits(timeline: Timeline): LineWait[] {
  const sums = new Map<string, Sum>();
  for (const { id: lock } of timeline.locks) {
    const waits = timeline.waits(lock);
    const held = timeline.held(lock);
    for (let row = 0; row < waits.count; row++) {
      const place = timeline.trace.place(waits.site[row] as SiteId);
      if (!place) continue;
      const { file, line } = place;
      const key = `${lock} ${line} ${file}`;
      let sum = sums.get(key);
      if (!sum) {
        sum = {
          file,
          line,
          lock,
          waited: 0,
          longest: 0,
          times: 0,
          unserved: 0,
          holders: new Map(),
        };
        sums.set(key, sum);
      }
      addWait(sum, held, waits.start[row], waits.end[row]);
      if (waits.end[row] >= timeline.now) sum.unserved++;
    }
  }
  return [...sums.values()]
    .sort((one, other) => other.waited - one.waited || one.line - other.line)
    .map((sum) => told(timeline, sum));
}

function addWait(sum: Sum, held: Spans, start: number, end: number): void {
  sum.waited += end - start;
  sum.longest = Math.max(sum.longest, end - start);
  sum.times++;
  for (let row = firstEndingAfter(held, start); row < held.count; row++) {
    const shared = Math.min(end, held.end[row]) - Math.max(start, held.start[row]);
    if (shared <= 0) break;
    const thread = held.value[row];
    sum.holders.set(thread, (sum.holders.get(thread) ?? 0) + shared);
  }
}

function told(timeline: Timeline, { lock, holders, ...sum }: Sum): LineWait {
  return {
    ...sum,
    object: timeline.nameOf(lock),
    holders: [...holders]
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .map(([thread, waited]) => ({
        thread,
        name: timeline.trace.threadName(thread as ThreadId),
        waited,
      })),
  };
}
