/** A number that changes over time: threads running at once, threads in a lock's queue, messages in a channel. */
import { orderOf } from "./in-order.ts";
import type { Messages } from "./messages.ts";
import type { Spans } from "./spans.ts";

export interface StepColumns {
  readonly count: number;
  /** When it changes, ascending, each time once. */
  readonly time: Float64Array;
  /** What it is from then on. Before the first change it is 0. */
  readonly value: Int32Array;
}

/** How many of the spans last at a time. `accept` tells which of them count. O(n log n). */
export function overlapping(
  lanes: readonly Spans[],
  accept: (spans: Spans, row: number) => boolean = () => true,
): StepColumns {
  let total = 0;
  for (const spans of lanes) total += spans.count;
  const starts = new Float64Array(total);
  const ends = new Float64Array(total);
  let count = 0;
  for (const spans of lanes) {
    for (let row = 0; row < spans.count; row++) {
      if (spans.end[row] <= spans.start[row] || !accept(spans, row)) continue;
      starts[count] = spans.start[row]!;
      ends[count++] = spans.end[row]!;
    }
  }
  return changes(starts.subarray(0, count).sort(), ends.subarray(0, count).sort());
}

/** How many messages are in a channel: sent, and not yet received. O(n log n). */
export function queueDepth({ sent, received, count }: Messages): StepColumns {
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let queued = 0;
  for (let row = 0; row < count; row++) {
    // From hand to hand: never in the queue.
    if (received[row] <= sent[row]) continue;
    starts[queued] = sent[row]!;
    ends[queued++] = received[row]!;
  }
  return changes(starts.subarray(0, queued).sort(), ends.subarray(0, queued).sort());
}

/** The sum of the weights of all that last at a time; what ends at `Infinity` never does. O(n log n). */
export function levels(
  starts: Float64Array,
  ends: Float64Array,
  weights: Float64Array,
  count: number,
): StepColumns {
  const rises = orderOf(starts, count);
  const falls = orderOf(ends, count);
  const time = new Float64Array(count * 2);
  const value = new Int32Array(count * 2);
  let made = 0;
  let now = 0;
  for (let rise = 0, fall = 0; rise < count || fall < count;) {
    const at = Math.min(starts[rises[rise]] ?? Infinity, ends[falls[fall]] ?? Infinity);
    if (at === Infinity) break;
    const before = now;
    for (; rise < count && starts[rises[rise]] === at; rise++) now += weights[rises[rise]];
    for (; fall < count && ends[falls[fall]] === at; fall++) now -= weights[falls[fall]];
    if (now === before) continue;
    time[made] = at;
    value[made++] = now;
  }
  return { count: made, time: time.subarray(0, made), value: value.subarray(0, made) };
}

/** Merges sorted rises and falls; what rises and falls at one moment makes one change, or none. */
function changes(rises: Float64Array, falls: Float64Array): StepColumns {
  const time = new Float64Array(rises.length + falls.length);
  const value = new Int32Array(time.length);
  let count = 0;
  let now = 0;
  let rise = 0;
  let fall = 0;
  while (rise < rises.length || fall < falls.length) {
    const at = Math.min(rises[rise] ?? Infinity, falls[fall] ?? Infinity);
    if (at === Infinity) break; // messages that nobody took
    const before = now;
    for (; rise < rises.length && rises[rise] === at; rise++) now++;
    for (; fall < falls.length && falls[fall] === at; fall++) now--;
    if (now === before) continue;
    time[count] = at;
    value[count++] = now;
  }
  return { count, time: time.subarray(0, count), value: value.subarray(0, count) };
}
