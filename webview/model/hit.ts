/**
 * What stands at a point of the picture, or is selected: a lane's key and an index into its columns. Plain data, so that
 * it can be kept (`KeptHit`) over a reload, where indices may have changed and times have not.
 */
import { spanAt, type Spans } from "../../src/trace/timeline/spans.ts";
import type { CellLane } from "./cell-lane.ts";
import { laneKey } from "./layout.ts";
import type { LockLane } from "./lock-lane.ts";
import type { Marks } from "./marks.ts";
import type { ChannelLane, CoreLane, Lane, Picture, ThreadLane } from "./picture.ts";
import { firstMarkNotBefore } from "./search.ts";
import type { SourceLane } from "./source-lane.ts";
import type { WireLane } from "./wire-lane.ts";

export type Hit =
  | { readonly kind: "core"; readonly lane: CoreLane; readonly index: number }
  | { readonly kind: "state"; readonly lane: ThreadLane; readonly index: number }
  | {
      readonly kind: "hold";
      readonly lane: ThreadLane;
      readonly row: number;
      readonly index: number;
    }
  | {
      readonly kind: "region";
      readonly lane: ThreadLane;
      readonly row: number;
      readonly index: number;
    }
  /** `row` -1 stands for tasks that are in none, but in the table. */
  | {
      readonly kind: "task";
      readonly lane: ThreadLane;
      readonly row: number;
      readonly index: number;
    }
  /** `index` is that of the mark in the lane's `marks`. */
  | {
      readonly kind: "mark";
      readonly lane: ThreadLane | SourceLane | CellLane;
      readonly index: number;
    }
  | {
      readonly kind: "held";
      readonly lane: LockLane;
      readonly row: number;
      readonly index: number;
    }
  | { readonly kind: "message"; readonly lane: ChannelLane | WireLane; readonly index: number }
  | {
      readonly kind: "ready";
      readonly lane: SourceLane;
      readonly row: number;
      readonly index: number;
    };

/** The spans in which a hit lies, if it is one. */
export function spansOf(hit: Hit): Spans | null {
  switch (hit.kind) {
    case "core":
      return hit.lane.track.spans;
    case "state":
      return hit.lane.states.spans;
    case "hold":
      return hit.lane.holds[hit.row].spans;
    case "region":
      return hit.lane.regions[hit.row].spans;
    case "task":
      return hit.lane.taskRows[hit.row]?.spans ?? hit.lane.tasks.rest;
    case "held":
      return hit.lane.rows[hit.row].density.spans;
    case "ready":
      return hit.lane.rows[hit.row].spans;
    case "mark":
    case "message":
      return null;
  }
}

/** When it begins and ends; a mark does both at once. */
export function timesOf(hit: Hit): { readonly start: number; readonly end: number } {
  const spans = spansOf(hit);
  if (spans) return { start: spans.start[hit.index], end: spans.end[hit.index] };
  if (hit.kind === "mark") {
    const { events, rows } = hit.lane.marks;
    const time = events.time[rows[hit.index]];
    return { start: time, end: time };
  }
  const { messages } = (hit as Extract<Hit, { kind: "message" }>).lane;
  const start = messages.sent[hit.index];
  const end = messages.received[hit.index];
  return { start, end: Number.isFinite(end) ? end : start };
}

export function sameHit(a: Hit | null, b: Hit | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.kind === b.kind &&
    a.index === b.index &&
    laneKey(a.lane) === laneKey(b.lane) &&
    ("row" in a ? a.row : 0) === ("row" in b ? b.row : 0)
  );
}

/** What is kept of a selection. */
export interface KeptHit {
  readonly kind: Hit["kind"];
  readonly lane: string;
  readonly row: number;
  readonly time: number;
}

export function keptHit(hit: Hit): KeptHit {
  return {
    kind: hit.kind,
    lane: laneKey(hit.lane),
    row: "row" in hit ? hit.row : 0,
    time: timesOf(hit).start,
  };
}

/** Finds again what was kept; null where the run has no such thing (any more). */
export function foundHit(picture: Picture, kept: KeptHit): Hit | null {
  const lane = laneOf(picture, kept.lane);
  if (!lane) return null;
  const { kind, row, time } = kept;
  const inSpans = (spans: Spans | undefined): number => (spans ? spanAt(spans, time) : -1);
  if (lane.kind === "core" && kind === "core") {
    return checked({ kind, lane, index: inSpans(lane.track.spans) });
  }
  if (lane.kind === "thread" && kind === "state") {
    return checked({ kind, lane, index: inSpans(lane.states.spans) });
  }
  if (lane.kind === "thread" && kind === "hold") {
    return checked({ kind, lane, row, index: inSpans(lane.holds[row]?.spans) });
  }
  if (lane.kind === "thread" && kind === "region") {
    return checked({ kind, lane, row, index: inSpans(lane.regions[row]?.spans) });
  }
  if (lane.kind === "thread" && kind === "task") {
    return checked({ kind, lane, row, index: inSpans(lane.taskRows[row]?.spans) });
  }
  if (lane.kind === "lock" && kind === "held") {
    return checked({ kind, lane, row, index: inSpans(lane.rows[row]?.density.spans) });
  }
  if (lane.kind === "source" && kind === "ready") {
    return checked({ kind, lane, row, index: inSpans(lane.rows[row]?.spans) });
  }
  if ("marks" in lane && kind === "mark") {
    return checked({ kind, lane, index: markAt(lane.marks, time) });
  }
  if ((lane.kind === "channel" || lane.kind === "wire") && kind === "message") {
    const { sent, count } = lane.messages;
    return checked({ kind, lane, index: sent.subarray(0, count).indexOf(time) });
  }
  return null;
}

const checked = (hit: Hit): Hit | null => (hit.index < 0 ? null : hit);

function markAt(marks: Marks, time: number): number {
  const at = firstMarkNotBefore(marks, time);
  return at < marks.count && marks.events.time[marks.rows[at]] === time ? at : -1;
}

export function laneOf(picture: Picture, key: string): Lane | undefined {
  const { cores, threads, locks, channels, wires, sources, cells } = picture;
  const lines = picture.processes.flatMap((process) => process.lines);
  return [
    ...[...cores, ...threads, ...locks, ...channels],
    ...[...lines, ...wires, ...sources, ...cells],
  ].find((lane) => laneKey(lane) === key);
}
