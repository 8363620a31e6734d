/**
 * The strip above the lanes: the whole run in a few hundred columns, how busy and how contended each was on average.
 * Worked out from the spans when the run or the width changes, never per frame.
 */
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import type { Picture } from "./picture.ts";

export interface Overview {
  /** Threads that were held up, on average, by column. */
  readonly contended: Float32Array;
  /** Threads that ran, on average. */
  readonly running: Float32Array;
  /** The greatest sum of both. */
  readonly most: number;
}

/** O(spans + threads × columns). */
export function overviewOf(picture: Picture, columns: number): Overview {
  const contended = new Float32Array(columns);
  const running = new Float32Array(columns);
  const { start: began, end: ended } = picture.extent;
  const width = (ended - began) / columns;
  for (const { track } of picture.threads) {
    if (!(width > 0)) break;
    const { start, end, value, count } = track.states;
    for (let row = 0; row < count; row++) {
      const from = start[row] - began;
      const to = end[row] - began;
      if (value[row] === ThreadState.running) add(running, width, from, to);
      else if (value[row] === ThreadState.blocked) add(contended, width, from, to);
    }
  }
  let most = 0;
  for (let at = 0; at < columns; at++) most = Math.max(most, contended[at] + running[at]);
  return { contended, running, most };
}

/** Adds to each column the share of it that lies in `start` … `end`. */
function add(columns: Float32Array, width: number, start: number, end: number): void {
  let from = start;
  for (let at = Math.floor(start / width); at < columns.length && from < end; at++) {
    const to = Math.min(end, (at + 1) * width);
    columns[at] = columns[at] + (to - from) / width;
    from = to;
  }
}
