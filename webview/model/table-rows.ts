/** Rows of the table, made a page at a time: the order of all is known, the words are those of the page alone. */
import type { Place } from "../../src/trace/finding.ts";
import { orderOf } from "../../src/trace/timeline/in-order.ts";
import type { Found } from "./found.ts";
import type { Hit } from "./hit.ts";
import type { CoreLane, Picture, ThreadLane } from "./picture.ts";
import { lengthOf } from "./scale.ts";
import type { Words } from "./words.ts";

export interface TableRow {
  readonly key: string;
  readonly hit: Hit;
  readonly time: string;
  readonly thread: number;
  readonly threadName: string;
  readonly what: string;
  /** By the run's clock. */
  readonly duration: number;
  readonly place: Place | undefined;
}

export interface TableSource {
  readonly count: number;
  rows(first: number, last: number, words: Words): readonly TableRow[];
}

/** `thread` -1 stands for all. */
const lanesFor = (picture: Picture, thread: number): readonly ThreadLane[] =>
  thread < 0 ? picture.threads : picture.threads.filter((lane) => lane.id === thread);

/** What threads did, span by span, in order of time; with a filter, what it found. O(n log threads). */
export function spanRows(picture: Picture, thread: number, found: Found | null): TableSource {
  const lanes = lanesFor(picture, thread);
  const starts: number[] = [];
  const hits: [lane: ThreadLane, index: number][] = [];
  for (const lane of lanes) {
    const { states } = lane.track;
    const wanted =
      found &&
      new Set(
        found.spans.get(states)?.spans.start.subarray(0, found.spans.get(states)!.spans.count),
      );
    for (let index = 0; index < states.count; index++) {
      if (found && !wanted?.has(states.start[index])) continue;
      starts.push(states.start[index]);
      hits.push([lane, index]);
    }
  }
  const order = orderOf(Float64Array.from(starts), starts.length);
  return {
    count: starts.length,
    rows: (first, last, words) =>
      Array.from(order.subarray(first, last), (at) => {
        const [lane, index] = hits[at];
        return rowOf({ kind: "state", lane, index }, lane.id, words);
      }),
  };
}

/** Who was on which core, stay by stay; with a filter, what it found. */
export function coreRows(picture: Picture, thread: number, found: Found | null): TableSource {
  const starts: number[] = [];
  const hits: (readonly [lane: CoreLane, index: number])[] = [];
  for (const lane of picture.cores) {
    const { spans } = lane.track;
    const matches = found?.spans.get(spans)?.spans;
    const wanted = found && new Set(matches?.start.subarray(0, matches.count));
    for (let index = 0; index < spans.count; index++) {
      if (thread >= 0 && spans.value[index] !== thread) continue;
      if (wanted && !wanted.has(spans.start[index])) continue;
      starts.push(spans.start[index]);
      hits.push([lane, index]);
    }
  }
  const order = orderOf(Float64Array.from(starts), starts.length);
  return {
    count: starts.length,
    rows: (first, last, words) =>
      Array.from(order.subarray(first, last), (at) => {
        const [lane, index] = hits[at];
        const row = rowOf({ kind: "core", lane, index }, lane.track.spans.value[index], words);
        return { ...row, key: `${row.key} ${lane.id}` };
      }),
  };
}

/** What each task did, in order of time, whether it is drawn or not. */
export function taskRows(picture: Picture, thread: number): TableSource {
  const starts: number[] = [];
  const hits: (readonly [lane: ThreadLane, row: number, index: number])[] = [];
  for (const lane of lanesFor(picture, thread)) {
    [lane.tasks.rest, ...lane.tasks.rows].forEach((spans, at) => {
      for (let index = 0; index < spans.count; index++) {
        starts.push(spans.start[index]);
        hits.push([lane, at - 1, index]);
      }
    });
  }
  const order = orderOf(Float64Array.from(starts), starts.length);
  return {
    count: starts.length,
    rows: (first, last, words) =>
      Array.from(order.subarray(first, last), (at) => {
        const [lane, row, index] = hits[at];
        const made = rowOf({ kind: "task", lane, row, index }, lane.id, words);
        return { ...made, key: `${made.key} ${row}` };
      }),
  };
}

/** Everything that was recorded, in order of time. */
export function eventRows(picture: Picture, thread: number): TableSource {
  const lanes = lanesFor(picture, thread);
  const total = lanes.reduce((sum, lane) => sum + lane.marks.count, 0);
  const times = new Float64Array(total);
  const which = new Int32Array(total);
  const indices = new Int32Array(total);
  let count = 0;
  lanes.forEach((lane, number) => {
    for (let index = 0; index < lane.marks.count; index++) {
      times[count] = picture.events.time[lane.marks.rows[index]];
      which[count] = number;
      indices[count++] = index;
    }
  });
  const order = orderOf(times, count);
  return {
    count,
    rows: (first, last, words) =>
      Array.from(order.subarray(first, last), (at) => {
        const lane = lanes[which[at]];
        return rowOf({ kind: "mark", lane, index: indices[at] }, lane.id, words);
      }),
  };
}

export function rowOf(hit: Hit, thread: number, words: Words): TableRow {
  const { start, duration, place } = words.describe(hit);
  return {
    key: `${hit.kind} ${thread} ${hit.index}`,
    hit,
    time: words.moment(start, lengthOf(words.picture.extent) / 100),
    thread,
    threadName: words.thread(thread),
    what: words.what(hit),
    duration,
    place,
  };
}
