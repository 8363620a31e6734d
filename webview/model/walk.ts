/** Going from one thing to the next by keys: along a lane, and from lane to lane at the same time. */
import type { Hit } from "./hit.ts";
import { spansOf, timesOf } from "./hit.ts";
import { laneKey, type Layout } from "./layout.ts";
import type { LockLane } from "./lock-lane.ts";
import type { Lane } from "./picture.ts";
import type { Window } from "./scale.ts";
import { firstEndingAfter, firstMarkNotBefore, firstNotBefore } from "./search.ts";

function countOf(hit: Hit): number {
  switch (hit.kind) {
    case "core":
      return hit.lane.track.spans.count;
    case "state":
      return hit.lane.states.spans.count;
    case "hold":
      return hit.lane.holds[hit.row].spans.count;
    case "region":
      return hit.lane.regions[hit.row].spans.count;
    case "task":
      return spansOf(hit)!.count;
    case "held":
      return hit.lane.rows[hit.row].density.spans.count;
    case "mark":
      return hit.lane.marks.count;
    case "message":
      return hit.lane.messages.count;
    case "ready":
      return hit.lane.rows[hit.row].spans.count;
  }
}

/** Null at either end. */
export function neighbourMark(hit: Hit, by: 1 | -1): Hit | null {
  const index = hit.index + by;
  return index < 0 || index >= countOf(hit) ? null : { ...hit, index };
}

/** What a lane has at `time`, or next after it; null for an empty lane. */
function inLane(lane: Lane, time: number): Hit | null {
  const within = (index: number, count: number): number => Math.min(index, count - 1);
  switch (lane.kind) {
    case "core": {
      const { spans } = lane.track;
      const index = within(firstEndingAfter(spans, time), spans.count);
      return index < 0 ? null : { kind: "core", lane, index };
    }
    case "thread": {
      const { spans } = lane.states;
      const index = within(firstEndingAfter(spans, time), spans.count);
      return index < 0 ? null : { kind: "state", lane, index };
    }
    case "lock": {
      return nearestHeld(lane, time);
    }
    case "source": {
      const { spans } = lane.rows[0];
      const index = within(firstEndingAfter(spans, time), spans.count);
      return index < 0 ? null : { kind: "ready", lane, row: 0, index };
    }
    case "channel":
    case "wire": {
      const { sent, count } = lane.messages;
      const index = within(firstNotBefore(sent, count, time), count);
      return index < 0 ? null : { kind: "message", lane, index };
    }
    case "cell": {
      const index = within(firstMarkNotBefore(lane.marks, time), lane.marks.count);
      return index < 0 ? null : { kind: "mark", lane, index };
    }
  }
}

const lanesOf = (layout: Layout): readonly Lane[] =>
  layout.rows.flatMap((row) => (row.kind === "lane" ? [row.lane] : []));

export function firstInView(layout: Layout, window: Window): Hit | null {
  for (const lane of lanesOf(layout)) {
    const hit = inLane(lane, Math.max(window.start, 0));
    if (hit) return hit;
  }
  return null;
}

/** The lane above or below the selection's, at the time of the selection. */
export function neighbourLane(
  layout: Layout,
  selected: Hit | null,
  window: Window,
  by: 1 | -1,
): Hit | null {
  if (!selected) return firstInView(layout, window);
  const lanes = lanesOf(layout);
  const time = Math.max(timesOf(selected).start, window.start);
  const from = lanes.findIndex((lane) => laneKey(lane) === laneKey(selected.lane));
  for (let at = from + by; at >= 0 && at < lanes.length; at += by) {
    const hit = inLane(lanes[at], time);
    if (hit) return hit;
  }
  return null;
}

/** Of all who hold it at `time`, or next, whoever began first. */
function nearestHeld(lane: LockLane, time: number): Hit | null {
  let nearest: Extract<Hit, { kind: "held" }> | null = null;
  let first = Infinity;
  for (const [row, { density }] of lane.rows.entries()) {
    const { spans } = density;
    const index = Math.min(firstEndingAfter(spans, time), spans.count - 1);
    if (index < 0 || spans.start[index] >= first) continue;
    first = spans.start[index];
    nearest = { kind: "held", lane, row, index };
  }
  return nearest;
}
