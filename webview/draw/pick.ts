/** What is under a point of the lanes. The inverse of drawing: made of the same boxes. */
import type { Hit } from "../model/hit.ts";
import {
  lockMetrics,
  rowAt,
  sourceMetrics,
  taskHeight,
  type Layout,
  type Metrics,
} from "../model/layout.ts";
import { taskTop } from "./boxes.ts";
import type { LockLane } from "../model/lock-lane.ts";
import type { Marks } from "../model/marks.ts";
import type { ChannelLane, ThreadLane } from "../model/picture.ts";
import type { TimeScale } from "../model/scale.ts";
import { firstEndingAfter, firstMarkNotBefore, firstNotBefore } from "../model/search.ts";
import type { SourceLane } from "../model/source-lane.ts";
import type { WireLane } from "../model/wire-lane.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";

/** How far beside a thing one may point, in pixels. */
const NEAR = 4;

/** `x` counts from the left of the lanes, `y` from the top of the layout. */
export function pick(layout: Layout, scale: TimeScale, x: number, y: number): Hit | null {
  const row = rowAt(layout, y);
  if (row?.kind !== "lane") return null;
  const { lane } = row;
  const within = y - row.y;
  const { metrics } = layout;
  switch (lane.kind) {
    case "core": {
      const index = spanNear(lane.track.spans, scale, x);
      return index < 0 ? null : { kind: "core", lane, index };
    }
    case "thread":
      return pickInThread(lane, metrics, scale, x, within);
    case "lock":
      return pickInLock(lane, metrics, scale, x, within);
    case "channel":
    case "wire":
      return pickMessage(lane, scale, x);
    case "source":
      return pickInSource(lane, metrics, scale, x, within);
    case "cell": {
      const near = markNear(lane.marks, scale, x);
      // A step lasts until the next one: pointing at it means whoever made it.
      const index =
        near >= 0 || !(lane.level || lane.doing) ? near : lastMark(lane.marks, scale, x);
      return index < 0 ? null : { kind: "mark", lane, index };
    }
  }
}

const lastMark = (marks: Marks, scale: TimeScale, x: number): number =>
  firstMarkNotBefore(marks, scale.pxToTime(x)) - 1;

function pickInThread(
  lane: ThreadLane,
  metrics: Metrics,
  scale: TimeScale,
  x: number,
  within: number,
): Hit | null {
  const band = within - lane.regions.length * metrics.region;
  if (band < 0) {
    const row = Math.floor(within / metrics.region);
    const index = spanNear(lane.regions[row].spans, scale, x);
    return index < 0 ? null : { kind: "region", lane, row, index };
  }
  if (band <= metrics.band) {
    // Ticks stand at the foot of the band.
    const mark = band > metrics.band - 7 ? markNear(lane.marks, scale, x) : -1;
    if (mark >= 0) return { kind: "mark", lane, index: mark };
    const index = spanNear(lane.states.spans, scale, x);
    return index < 0 ? null : { kind: "state", lane, index };
  }
  const row = Math.floor((band - metrics.band - 1) / (metrics.hold + 1));
  const hold = lane.holds[row];
  if (!hold) return pickTask(lane, metrics, scale, x, within);
  const index = spanNear(hold.spans, scale, x);
  return index < 0 ? null : { kind: "hold", lane, row, index };
}

function pickTask(
  lane: ThreadLane,
  metrics: Metrics,
  scale: TimeScale,
  x: number,
  within: number,
): Hit | null {
  const row = Math.floor((within - taskTop(metrics, lane)) / (taskHeight(lane, metrics) + 1));
  const tasks = lane.taskRows[row];
  if (!tasks) return null;
  const index = spanNear(tasks.spans, scale, x);
  return index < 0 ? null : { kind: "task", lane, row, index };
}

/** A bar beneath the pointer goes first: where somebody holds it alone there is none. */
function pickInLock(
  lane: LockLane,
  metrics: Metrics,
  scale: TimeScale,
  x: number,
  within: number,
): Hit | null {
  const { bar } = lockMetrics(lane, metrics);
  const alone = lane.rows[0].alone ? 1 : 0;
  const beneath = Math.min(Math.floor(within / (bar + 1)) + alone, lane.rows.length - 1);
  for (const row of new Set([beneath, 0])) {
    const index = spanNear(lane.rows[row].density.spans, scale, x);
    if (index >= 0) return { kind: "held", lane, row, index };
  }
  return null;
}

/** The span at `x`, else the nearest one within reach; -1 for none. */
function spanNear(spans: Spans, scale: TimeScale, x: number): number {
  const time = scale.pxToTime(x);
  const index = firstEndingAfter(spans, time);
  if (index < spans.count && spans.start[index] <= time) return index;
  const after = index < spans.count ? scale.timeToPx(spans.start[index]) - x : Infinity;
  const before = index > 0 ? x - scale.timeToPx(spans.end[index - 1]) : Infinity;
  if (Math.min(after, before) > NEAR) return -1;
  return after < before ? index : index - 1;
}

/** Where marks are so dense that several are within reach, none of them is meant. */
function markNear(marks: Marks, scale: TimeScale, x: number): number {
  const first = firstMarkNotBefore(marks, scale.pxToTime(x - NEAR));
  const { time } = marks.events;
  let nearest = -1;
  let distance = NEAR;
  for (let at = first; at < Math.min(first + 8, marks.count); at++) {
    const away = Math.abs(scale.timeToPx(time[marks.rows[at]]) - x);
    if (away <= distance) {
      nearest = at;
      distance = away;
    }
  }
  return nearest;
}

/** The dots of the polls stand at the head of the first band. */
function pickInSource(
  lane: SourceLane,
  metrics: Metrics,
  scale: TimeScale,
  x: number,
  within: number,
): Hit | null {
  const told = within <= 6 ? markNear(lane.marks, scale, x) : -1;
  if (told >= 0) return { kind: "mark", lane, index: told };
  const { band, gap } = sourceMetrics(lane, metrics);
  const row = Math.min(Math.floor(within / (band + gap)), lane.rows.length - 1);
  const index = spanNear(lane.rows[row].spans, scale, x);
  return index < 0 ? null : { kind: "ready", lane, row, index };
}

function pickMessage(lane: ChannelLane | WireLane, scale: TimeScale, x: number): Hit | null {
  const { sent, received, count } = lane.messages;
  const time = scale.pxToTime(x);
  const last = firstNotBefore(sent, count, scale.pxToTime(x + NEAR)) - 1;
  // The one that was sent last, of those on their way: its dot or its arrow lies nearest.
  for (let index = last; index >= Math.max(0, last - 64); index--) {
    const until = Number.isFinite(received[index]) ? received[index] : sent[index];
    if (scale.timeToPx(until) + NEAR >= scale.timeToPx(time))
      return { kind: "message", lane, index };
  }
  return null;
}
