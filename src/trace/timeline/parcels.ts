/**
 * What went through one pipe, or one direction of a connection. Bytes are no messages: one read may take what two writes
 * brought, and two reads what one did. A *parcel* is what one write brought and one read took; so each byte is in one
 * parcel, and there are fewer parcels than reads and writes. Which bytes they were follows from the totals that records tell.
 *
 * The end of the stream is a parcel without bytes: from who closed it to the read that saw it.
 */
import { EventKind } from "../event.ts";
import { emptyMessages, type Messages } from "./messages.ts";
import { levels, type StepColumns } from "./steps.ts";

export interface Parcels extends Messages {
  /** How many; 0 for the end of the stream. */
  readonly bytes: Float64Array;
}

interface Events {
  readonly time: Float64Array;
  readonly thread: Uint16Array;
  readonly kind: Uint8Array;
  readonly argument: Int32Array;
}

/** `rows`: the records of one wire, in order. The parcels come in the order in which they were written. O(rows). */
export function parcelsOf(events: Events, rows: Int32Array): Parcels {
  const writes = new Side();
  const reads = new Side();
  let closed = -1;
  let seen = -1;
  for (const row of rows) {
    const kind = events.kind[row];
    const total = events.argument[row];
    if (kind === EventKind.bytesWritten) writes.take(row, total);
    else if (kind === EventKind.writerClosed) closed = row;
    else if (kind === EventKind.readRefused && total === 1) seen = row;
    else if (kind === EventKind.bytesRead && !reads.take(row, total)) {
      // Nothing more was read: after the close, that is its end.
      if (closed >= 0 && seen < 0) seen = row;
    }
  }
  const made = overlaps(events, writes, reads);
  if (closed >= 0) add(made, events, closed, seen, 0);
  return made;
}

/** What one side did, piece by piece: `end` is how many bytes it had written, or read, by then. */
class Side {
  readonly rows: number[] = [];
  readonly ends: number[] = [];
  #total = 0;
  #end = 0;

  /** `total` is modulo 2^32. False where it is no more than before. */
  take(row: number, total: number): boolean {
    const bytes = (total - this.#total) >>> 0;
    if (bytes === 0) return false;
    this.#total = total;
    this.#end += bytes;
    this.rows.push(row);
    this.ends.push(this.#end);
    return true;
  }
}

function overlaps(events: Events, writes: Side, reads: Side): Parcels & { count: number } {
  const made = emptyParcels(writes.rows.length + reads.rows.length + 1);
  let at = 0;
  let read = 0;
  for (let write = 0; write < writes.rows.length; write++) {
    const end = writes.ends[write];
    while (at < end) {
      const until = read < reads.rows.length ? Math.min(reads.ends[read], end) : end;
      add(made, events, writes.rows[write], reads.rows[read] ?? -1, until - at);
      at = until;
      if (reads.ends[read] === until) read++;
    }
  }
  return made;
}

function add(
  made: Parcels & { count: number },
  events: Events,
  sent: number,
  received: number,
  bytes: number,
): void {
  const row = made.count++;
  made.sent[row] = events.time[sent];
  made.received[row] = received < 0 ? Infinity : events.time[received];
  made.from[row] = events.thread[sent];
  made.to[row] = received < 0 ? -1 : events.thread[received];
  made.sentEvent[row] = sent;
  made.receivedEvent[row] = received;
  made.bytes[row] = bytes;
}

function emptyParcels(capacity: number): Parcels & { count: number } {
  return { ...emptyMessages(capacity), bytes: new Float64Array(capacity) };
}

/** How many bytes were written and not yet read. O(n log n). */
export function bytesUnderWay({ count, sent, received, bytes }: Parcels): StepColumns {
  return levels(sent, received, bytes, count);
}
