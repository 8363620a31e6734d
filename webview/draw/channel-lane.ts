/** One channel: an arrow for each message from when it was sent to when it was taken, and beneath how many were queued. */
import { Op, type DisplayList } from "../model/display.ts";
import type { Messages } from "../../src/trace/timeline/messages.ts";
import { channelMetrics } from "../model/layout.ts";
import type { ChannelLane } from "../model/picture.ts";
import type { TimeScale } from "../model/scale.ts";
import { firstNotBefore } from "../model/search.ts";
import { Style, threadStyle } from "../model/style.ts";
import { drawSteps } from "./curve.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

/** Arrows closer together than this are drawn as one dot: a thicket of arrows tells nothing. */
const APART = 7;
/** How far back is looked for messages that were sent before the picture begins and arrive in it. */
export const LOOK_BACK = 64;

export function drawChannelLane(
  list: DisplayList,
  scene: Scene,
  lane: ChannelLane,
  y: number,
): void {
  const { metrics } = scene.layout;
  const { arrows, depth: high } = channelMetrics(lane, metrics);
  const base = y + arrows + high;
  const { depth } = lane;
  const top = Math.max(depth.maximum, 1);
  list.dim = scene.emphasis.found !== null;
  list.add(Op.line, Style.grid, 0, Math.round(base) + 0.5, scene.scale.width, 0);
  drawSteps(list, scene.scale, depth, Style.channel, base, high - 2, top, scene.picture.extent.end);
  drawMessages(list, scene.scale, lane.messages, y + arrows - 2);
  list.dim = false;
  if (metrics.compact || lane.track.kind === "oneshot") return;
  const forms = scene.labels.channel(lane);
  write(list, scene.labels, Style.faint, true, 0, base + 9, scene.scale.width, forms);
}

export function drawMessages(
  list: DisplayList,
  scale: TimeScale,
  messages: Messages,
  y: number,
): void {
  const { sent, received, from, to, count } = messages;
  let index = Math.max(firstNotBefore(sent, count, scale.start) - LOOK_BACK, 0);
  let last = -Infinity;
  while (index < count && sent[index] < scale.end) {
    const left = scale.timeToPx(sent[index]);
    if (left - last < APART) {
      index = Math.max(firstNotBefore(sent, count, scale.pxToTime(last + APART), index), index + 1);
      continue;
    }
    const right = scale.clampedPx(received[index]);
    const arrives = received[index] >= scale.start;
    if (arrives && left > -scale.width) {
      if (to[index] >= 0 && right - left >= APART) {
        list.add(Op.arrow, threadStyle(to[index]), left, y, right - left, 0);
      }
      list.add(Op.dot, threadStyle(from[index]), left, y, 6, 0);
      last = left;
    }
    index++;
  }
}
