/**
 * Puts spans of several threads in order of time. They arrive as runs that are sorted already (each thread's own, cut
 * where the collector went on to the next ring), so a natural merge sort over indices needs few passes: O(n log runs),
 * no comparator, nothing boxed.
 */
import { SpanColumns, type Spans } from "./spans.ts";
import type { SpanReferences } from "./references.ts";

/** The numbers 0 … n-1 ordered by their key; equal keys stay as they were. */
export function orderOf(key: Float64Array | Int32Array, count: number): Int32Array {
  let from = new Int32Array(count);
  let starts: number[] = count === 0 ? [] : [0];
  for (let i = 0; i < count; i++) {
    from[i] = i;
    if (i > 0 && key[i] < key[i - 1]) starts.push(i);
  }
  let into = starts.length > 1 ? new Int32Array(count) : from;
  while (starts.length > 1) {
    const merged: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const first = starts[run];
      const middle = starts[run + 1] ?? count;
      const end = starts[run + 2] ?? count;
      merge(key, from, into, first, middle, end);
      merged.push(first);
    }
    [from, into] = [into, from];
    starts = merged;
  }
  return from;
}

function merge(
  key: Float64Array | Int32Array,
  from: Int32Array,
  into: Int32Array,
  first: number,
  middle: number,
  end: number,
): void {
  let left = first;
  let right = middle;
  for (let at = first; at < end; at++) {
    const takeLeft = left < middle && (right >= end || key[from[left]] <= key[from[right]]);
    into[at] = from[takeLeft ? left++ : right++]!;
  }
}

/** The spans that references lead to, by start, in columns of their own; `value` becomes the thread. */
export function spansInOrder(
  references: SpanReferences,
  columnsOf: (thread: number) => Spans | undefined,
): SpanColumns {
  const { count } = references.row;
  const start = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    start[i] = columnsOf(references.thread.at[i])?.start[references.row.at[i]] ?? 0;
  }
  const order = orderOf(start, count);
  const made = new SpanColumns(count);
  for (let i = 0; i < count; i++) {
    const reference = order[i];
    const thread = references.thread.at[reference];
    const row = references.row.at[reference];
    const spans = columnsOf(thread);
    if (spans === undefined) continue;
    made.add(
      spans.start[row],
      spans.end[row],
      thread,
      spans.object[row],
      spans.other[row],
      spans.site[row],
      spans.event[row],
    );
  }
  return made;
}

/**
 * Lets no span last into the next one: clocks of two threads differ by some nanoseconds, and a lock that is given up
 * within a condition's wait is stamped by the condition.
 */
export function withoutOverlap(spans: SpanColumns): Spans {
  for (let row = 1; row < spans.count; row++) {
    spans.end[row - 1] = Math.min(spans.end[row - 1], spans.start[row]);
  }
  return spans;
}
