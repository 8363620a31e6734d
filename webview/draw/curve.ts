/**
 * A stepped curve into the display list: one rectangle a step, and where steps are narrower than a pixel the greatest of
 * each pixel, so that no peak is lost however far out one zooms.
 */
import { Op, type DisplayList } from "../model/display.ts";
import type { TimeScale } from "../model/scale.ts";
import { firstNotBefore } from "../model/search.ts";
import { maximumOf, type Steps } from "../model/steps.ts";
import type { StyleId } from "../model/style.ts";

/** `y` is the base line, `height` what `top` reaches. `until` is where the curve ends in time. */
export function drawSteps(
  list: DisplayList,
  scale: TimeScale,
  steps: Steps,
  style: StyleId,
  y: number,
  height: number,
  top: number,
  until: number,
): void {
  const { time, value, count } = steps;
  if (count === 0 || top <= 0) return;
  // The value that holds at the left edge was set by the change before it.
  let index = Math.max(firstNotBefore(time, count, scale.start) - 1, 0);
  pending.left = pending.right = -1;
  pending.level = 0;
  while (index < count && time[index] < scale.end) {
    const from = scale.clampedPx(time[index]);
    const pixel = Math.floor(from) + 1;
    const next = firstNotBefore(time, count, scale.pxToTime(pixel), index + 1);
    const to = scale.clampedPx(next < count ? time[next] : until);
    if (next === index + 1) {
      extend(list, style, from, to, value[index], y, height, top);
    } else {
      // A peak is as wide as its pixel; what lasts beyond it is what came last.
      const peak = maximumOf(steps, index, next);
      extend(list, style, from, Math.min(pixel, to), peak, y, height, top);
      if (to > pixel) extend(list, style, pixel, to, value[next - 1], y, height, top);
    }
    index = next;
  }
  bar(list, style, pending.left, pending.right, pending.level, y, height, top);
}

/** The rectangle that the next step may still make longer. */
const pending = { left: -1, right: -1, level: 0 };

function extend(
  list: DisplayList,
  style: StyleId,
  from: number,
  to: number,
  level: number,
  y: number,
  height: number,
  top: number,
): void {
  if (level === pending.level && from - pending.right < 0.5) {
    pending.right = to;
    return;
  }
  bar(list, style, pending.left, pending.right, pending.level, y, height, top);
  pending.left = from;
  pending.right = to;
  pending.level = level;
}

function bar(
  list: DisplayList,
  style: StyleId,
  left: number,
  right: number,
  level: number,
  y: number,
  height: number,
  top: number,
): void {
  if (level <= 0 || right <= left) return;
  const high = Math.max((height * level) / top, 1.5);
  list.add(Op.fill, style, left, y - high, right - left, high);
  list.add(Op.line, style, left, y - high, right - left, 0);
}
