/**
 * Spans of time in columns: what a thread did, who held a lock, who waited for it. Sorted by start; those of one thread's
 * states and those of one lock's holders do not overlap.
 *
 * The arrays may be longer than `count`, and are replaced as they grow: take them anew whenever a timeline has advanced.
 */
export interface Spans {
  readonly count: number;
  /** Nanoseconds since the run began. */
  readonly start: Float64Array;
  /** What is still open ends at the timeline's `now`. */
  readonly end: Float64Array;
  /** What the span is: a `ThreadState`, or a `ThreadId`, or a depth; whoever gives the spans says which. */
  readonly value: Uint16Array;
  /** The object it is about, 0 for none. */
  readonly object: Int32Array;
  /** The other thread it is about, -1 for none. */
  readonly other: Int32Array;
  readonly site: Int32Array;
  /** Row of the trace's columns with which it began; -1 where it began with none. */
  readonly event: Int32Array;
}

/** Spans that grow at their end. */
export class SpanColumns implements Spans {
  count = 0;
  start: Float64Array;
  end: Float64Array;
  value: Uint16Array;
  object: Int32Array;
  other: Int32Array;
  site: Int32Array;
  event: Int32Array;

  constructor(capacity = 16) {
    this.start = new Float64Array(capacity);
    this.end = new Float64Array(capacity);
    this.value = new Uint16Array(capacity);
    this.object = new Int32Array(capacity);
    this.other = new Int32Array(capacity);
    this.site = new Int32Array(capacity);
    this.event = new Int32Array(capacity);
  }

  /** Adds a span and answers its row. */
  add(
    start: number,
    end: number,
    value: number,
    object: number,
    other: number,
    site: number,
    event: number,
  ): number {
    const row = this.count;
    if (row === this.start.length) this.#grow(0);
    this.start[row] = start;
    this.end[row] = end;
    this.value[row] = value;
    this.object[row] = object;
    this.other[row] = other;
    this.site[row] = site;
    this.event[row] = event;
    this.count = row + 1;
    return row;
  }

  /** Makes room for so many more, to be spared copying when the number is known. */
  reserve(more: number): void {
    if (this.count + more > this.start.length) this.#grow(this.count + more);
  }

  #grow(wanted: number): void {
    const capacity = Math.max(wanted, Math.ceil(this.start.length * 1.5));
    const grown = new SpanColumns(capacity);
    grown.start.set(this.start);
    grown.end.set(this.end);
    grown.value.set(this.value);
    grown.object.set(this.object);
    grown.other.set(this.other);
    grown.site.set(this.site);
    grown.event.set(this.event);
    this.start = grown.start;
    this.end = grown.end;
    this.value = grown.value;
    this.object = grown.object;
    this.other = grown.other;
    this.site = grown.site;
    this.event = grown.event;
  }
}

/** The first span that ends after `time`; `count` if there is none. For spans that do not overlap. O(log n). */
export function firstEndingAfter(spans: Spans, time: number): number {
  const { end } = spans;
  let low = 0;
  let high = spans.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (end[middle] > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The span that covers `time` (its start, but not its end), or -1. For spans that do not overlap. O(log n). */
export function spanAt(spans: Spans, time: number): number {
  const row = firstEndingAfter(spans, time);
  return row < spans.count && spans.start[row] <= time ? row : -1;
}
