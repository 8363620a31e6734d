/**
 * Who had permits of a semaphore when, from its records in order. A permit names nobody, so it is the thread's that acquired it
 * until that thread releases; where another thread does that for it, the permit that was taken first is the one.
 */
import { EventKind } from "../../src/trace/event.ts";
import { SpanColumns, type Spans } from "../../src/trace/timeline/spans.ts";
import type { Marks } from "./marks.ts";

/** By start; may overlap. `value` is the thread. `until`: where a permit that nobody gave back ends. */
export function permitsHeld({ events, rows, count }: Marks, until: number): Spans {
  const held = new SpanColumns();
  const open: number[] = [];
  for (let index = 0; index < count; index++) {
    const row = rows[index];
    const time = events.time[row];
    const thread = events.thread[row];
    if (events.kind[row] === EventKind.acquire) {
      open.push(held.add(time, until, thread, events.object[row], -1, events.site[row], row));
    } else if (events.kind[row] === EventKind.release) {
      const own = open.findIndex((span) => held.value[span] === thread);
      const [span] = open.splice(Math.max(own, 0), 1);
      if (span !== undefined) held.end[span] = time;
    }
  }
  return held;
}
