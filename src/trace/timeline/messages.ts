/**
 * The messages of one channel. A message has a number within its channel, so its sending and its receipt find each other
 * in whatever order their records arrive. Kept as pairs of number and event, so that a damaged trace with absurd numbers
 * costs no more than its records.
 */

import type { ThreadId } from "../../base/brand.ts";
import type { Trace } from "../trace.ts";
import { orderOf } from "./in-order.ts";
import { Numbers } from "./numbers.ts";

/** By number. The arrays may be longer than `count`. */
export interface Messages {
  readonly count: number;
  /** Nanoseconds since the run began. Equal to `received` where the sending was not recorded. */
  readonly sent: Float64Array;
  /** `Infinity` where nobody took it. */
  readonly received: Float64Array;
  /** `ThreadId`; -1 where that was not recorded. */
  readonly from: Int32Array;
  /** `ThreadId`; -1 where nobody took it. */
  readonly to: Int32Array;
  /** Rows of the trace's columns; -1 for none. */
  readonly sentEvent: Int32Array;
  readonly receivedEvent: Int32Array;
}

export class MessageColumns {
  readonly #sent = new Numbers();
  readonly #sentEvent = new Numbers();
  readonly #received = new Numbers();
  readonly #receivedEvent = new Numbers();

  sent(number: number, event: number): void {
    this.#sent.push(number);
    this.#sentEvent.push(event);
  }

  received(number: number, event: number): void {
    this.#received.push(number);
    this.#receivedEvent.push(event);
  }

  /** The messages as they stand, by number. O(n log n) at worst, O(n) where they came in order. */
  inOrder(events: { readonly time: Float64Array; readonly thread: Uint16Array }): Messages {
    const sent = orderOf(this.#sent.at, this.#sent.count);
    const received = orderOf(this.#received.at, this.#received.count);
    const made = emptyMessages(sent.length + received.length);
    let left = 0;
    let right = 0;
    let last = -1;
    while (left < sent.length || right < received.length) {
      const sentNumber = left < sent.length ? this.#sent.at[sent[left]] : Infinity;
      const receivedNumber =
        right < received.length ? this.#received.at[received[right]] : Infinity;
      // Of a broadcast each message is received several times: its sending is that of the row before.
      const before =
        last >= 0 && this.#sent.at[last] === receivedNumber ? this.#sentEvent.at[last] : -1;
      if (sentNumber <= receivedNumber) last = sent[left];
      const sentEvent = sentNumber <= receivedNumber ? this.#sentEvent.at[sent[left++]] : before;
      const receivedEvent =
        receivedNumber <= sentNumber ? this.#receivedEvent.at[received[right++]] : -1;
      const row = made.count++;
      const receivedTime = receivedEvent < 0 ? Infinity : events.time[receivedEvent];
      made.sent[row] = sentEvent < 0 ? receivedTime : events.time[sentEvent];
      made.received[row] = receivedTime;
      made.from[row] = sentEvent < 0 ? -1 : events.thread[sentEvent];
      made.to[row] = receivedEvent < 0 ? -1 : events.thread[receivedEvent];
      made.sentEvent[row] = sentEvent;
      made.receivedEvent[row] = receivedEvent;
    }
    return made;
  }
}

export function emptyMessages(capacity: number): Messages & { count: number } {
  return {
    count: 0,
    sent: new Float64Array(capacity),
    received: new Float64Array(capacity),
    from: new Int32Array(capacity),
    to: new Int32Array(capacity),
    sentEvent: new Int32Array(capacity),
    receivedEvent: new Int32Array(capacity),
  };
}

/** Whether what went there went from a thread of one process to one of another. */
export function isBetweenProcesses(
  { threads }: Pick<Trace, "threads">,
  { from, to }: Messages,
  row: number,
): boolean {
  if (from[row] < 0 || to[row] < 0) return false;
  return threads.get(from[row] as ThreadId)?.process !== threads.get(to[row] as ThreadId)?.process;
}
