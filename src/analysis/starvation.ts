/**
 * Single waits for a lock during which others took it over and over. Only counts what the trace shows, and only far
 * beyond what a fair queue could cause: see the catalogue's entry for the limits.
 */
import { formatDuration } from "../base/duration.ts";
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import type { Finding } from "../trace/finding.ts";
import type { Spans } from "../trace/timeline/spans.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { warning } from "./found.ts";
import { placesOf } from "./words.ts";

const LEAST_TIMES = 100;
const LEAST_SHARE = 0.1;

export function starvation(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  const found: Finding[] = [];
  for (const lock of timeline.locks) {
    const waits = timeline.waits(lock.id);
    const held = timeline.held(lock.id);
    // The longest such wait of each thread.
    const worst = new Map<number, { row: number; times: number }>();
    for (let row = 0; row < waits.count; row++) {
      const thread = timeline.thread(waits.value[row] as never);
      const lasted = waits.end[row] - waits.start[row];
      if (thread === undefined || lasted <= (thread.ended - thread.began) * LEAST_SHARE) continue;
      const times = firstStartingAt(held, waits.end[row]) - firstStartingAt(held, waits.start[row]);
      if (times < LEAST_TIMES) continue;
      const before = worst.get(thread.id);
      if (before === undefined || times > before.times) worst.set(thread.id, { row, times });
    }
    for (const [thread, { row, times }] of worst) {
      const waited = formatDuration(waits.end[row] - waits.start[row], trace.clock);
      found.push(
        warning(
          "starvation",
          FINDING_MESSAGES.starvation,
          {
            thread: trace.threadName(thread as never),
            waited,
            lock: timeline.nameOf(lock.id),
            times,
          },
          {
            sites: placesOf(trace, [waits.site[row]]),
            time: waits.start[row],
            threads: [thread],
            objects: [lock.id],
          },
        ),
      );
    }
  }
  return found;
}

/** The first span that does not start before `time`. O(log n). */
function firstStartingAt({ start, count }: Spans, time: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start[middle] >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}
