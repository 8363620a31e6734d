/**
 * When something that was polled was ready, and for what: from the record that made it so to the one that used it up. On real
 * threads what was written may be on its way for a while yet: a poll can tell it only after `start`.
 */
import { EventKind } from "../event.ts";
import { SpanColumns, type Spans } from "./spans.ts";

/** What a span of readiness is for: its `value`. */
export const ReadyFor = {
  /** A read gives something, or somebody can be accepted. */
  reading: 0,
  /** A read gives the rest, and then the end. */
  end: 1,
  /** A write goes through: known from the first poll that told it. */
  writing: 2,
} as const;
export type ReadyFor = (typeof ReadyFor)[keyof typeof ReadyFor];

/** As `EventKind.ready` tells it. */
const READY_TO_WRITE = 2;

export interface Readiness {
  readonly reading: Spans;
  readonly writing: Spans;
  /** Polls that told it: rows of the trace's columns. */
  readonly told: Int32Array;
}

interface Events {
  readonly time: Float64Array;
  readonly kind: Uint8Array;
  readonly object: Int32Array;
  readonly argument: Int32Array;
  readonly site: Int32Array;
}

/** `rows`: the records of one wire or listener, in order; `until`: where what is ready at the end is cut. O(rows). */
export function readinessOf(events: Events, rows: Int32Array, until: number): Readiness {
  const reading = new SpanBuilder(events);
  const writing = new SpanBuilder(events);
  const told: number[] = [];
  let written = 0;
  let read = 0;
  let waiting = 0;
  let ended = false;
  for (const row of rows) {
    const argument = events.argument[row];
    switch (events.kind[row]) {
      case EventKind.bytesWritten:
        written = argument;
        if (written !== read && !ended) reading.begin(row, ReadyFor.reading);
        break;
      case EventKind.bytesRead:
        read = argument;
        if (written === read && !ended) reading.end(row);
        break;
      case EventKind.writerClosed:
        ended = true;
        reading.end(row);
        reading.begin(row, ReadyFor.end);
        writing.end(row);
        break;
      case EventKind.readerClosed:
      case EventKind.listenerClosed:
        reading.end(row);
        break;
      case EventKind.writeRefused:
        writing.end(row);
        break;
      case EventKind.connect:
        if (waiting++ === 0) reading.begin(row, ReadyFor.reading);
        break;
      case EventKind.accept:
        if (--waiting === 0) reading.end(row);
        break;
      case EventKind.ready:
        told.push(row);
        if ((argument & READY_TO_WRITE) !== 0) writing.begin(row, ReadyFor.writing);
        break;
    }
  }
  return {
    reading: reading.upTo(until),
    writing: writing.upTo(until),
    told: Int32Array.from(told),
  };
}

/** One span after another. */
class SpanBuilder {
  readonly #events: Events;
  readonly #spans = new SpanColumns();
  #open = -1;
  #value: ReadyFor = ReadyFor.reading;

  constructor(events: Events) {
    this.#events = events;
  }

  /** Nothing where one is open. */
  begin(row: number, value: ReadyFor): void {
    if (this.#open >= 0) return;
    this.#open = row;
    this.#value = value;
  }

  end(row: number): void {
    this.#close(this.#events.time[row]);
  }

  upTo(until: number): Spans {
    this.#close(until);
    return this.#spans;
  }

  #close(time: number): void {
    const row = this.#open;
    if (row < 0) return;
    const { time: times, object, site } = this.#events;
    this.#spans.add(times[row], time, this.#value, object[row], -1, site[row], row);
    this.#open = -1;
  }
}
