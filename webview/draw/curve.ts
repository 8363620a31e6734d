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
  let left = -1;
  let right = -1;
  let level = 0;
  while (index < count && time[index] < scale.end) {
    const from = scale.clampedPx(time[index]);
    const next = firstNotBefore(time, count, scale.pxToTime(Math.floor(from) + 1), index + 1);
    const to = scale.clampedPx(next < count ? time[next] : until);
    const here = next === index + 1 ? value[index] : maximumOf(steps, index, next);
    if (here === level && from - right < 0.5) {
      right = to;
    } else {
      bar(list, style, left, right, level, y, height, top);
      left = from;
      right = to;
      level = here;
    }
    index = next;
  }
  bar(list, style, left, right, level, y, height, top);
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
