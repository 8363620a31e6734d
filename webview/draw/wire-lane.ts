/**
 * One pipe, direction of a connection, or listener: an arrow for what one write brought and one read took, and beneath how much
 * was under way. Where there is room, an arrow says how many bytes it stands for.
 */
import { Op, type DisplayList } from "../model/display.ts";
import { wireMetrics } from "../model/layout.ts";
import { firstNotBefore } from "../model/search.ts";
import { Style } from "../model/style.ts";
import type { WireLane } from "../model/wire-lane.ts";
import { drawMessages, LOOK_BACK } from "./channel-lane.ts";
import { drawSteps } from "./curve.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

/** Arrows that are shorter have no words. */
const WORTH_WORDS = 56;
/** No more than so many arrows of a picture are looked at for words. */
const MOST_WORDS = 400;

export function drawWireLane(list: DisplayList, scene: Scene, lane: WireLane, y: number): void {
  const { metrics } = scene.layout;
  const { arrows, depth } = wireMetrics(lane, metrics);
  const base = y + arrows + depth;
  const top = Math.max(lane.depth.maximum, 1);
  const until = scene.picture.extent.end;
  list.dim = scene.emphasis.found !== null;
  list.add(Op.line, Style.grid, 0, Math.round(base) + 0.5, scene.scale.width, 0);
  drawSteps(list, scene.scale, lane.depth, Style.channel, base, depth - 2, top, until);
  drawMessages(list, scene.scale, lane.messages, y + arrows - 2);
  list.dim = false;
  if (lane.isDense || metrics.compact) return;
  drawSizes(list, scene, lane, y + arrows + 7);
  const forms = scene.labels.wire(lane);
  write(list, scene.labels, Style.faint, true, 0, base + 9, scene.scale.width, forms);
}

/** How many bytes went, under each arrow that is long enough. */
function drawSizes(list: DisplayList, scene: Scene, lane: WireLane, y: number): void {
  const { scale } = scene;
  const { sent, received, count } = lane.messages;
  const first = Math.max(firstNotBefore(sent, count, scale.start) - LOOK_BACK, 0);
  const last = firstNotBefore(sent, count, scale.end, first);
  if (last - first > MOST_WORDS) return;
  let free = -Infinity;
  for (let index = first; index < last; index++) {
    if (!Number.isFinite(received[index])) continue;
    const left = Math.max(scale.clampedPx(sent[index]), 0);
    const room = Math.min(scale.clampedPx(received[index]), scale.width) - left;
    if (room < WORTH_WORDS || left < free) continue;
    const forms = scene.labels.parcel(lane, index);
    const taken = write(list, scene.labels, Style.channel, true, left, y, room, forms);
    if (taken > 0) free = left + taken;
  }
}
