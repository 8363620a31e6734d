/**
 * A number that goes up and down, as steps: how many have arrived at a barrier, are left to count down, are queued, lie in a
 * collection. A dot in its colour is the thread that made the step; where there is room the step says in words what it means.
 */
import type { CellLane } from "../model/cell-lane.ts";
import { Op, type DisplayList } from "../model/display.ts";
import { firstMarkNotBefore, firstNotBefore } from "../model/search.ts";
import type { Steps } from "../model/steps.ts";
import { Style, threadStyle } from "../model/style.ts";
import { LABEL_ROOM } from "./bands.ts";
import { drawSteps } from "./curve.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

const DOT = 5;
/** Dots closer together than this would hide each other. */
const APART = 4;
/** No more than so many steps of a picture are looked at for words. */
const MOST_WORDS = 400;

export function drawLevelLane(
  list: DisplayList,
  scene: Scene,
  lane: CellLane,
  level: Steps,
  y: number,
  height: number,
): void {
  const { scale, picture } = scene;
  const base = y + height;
  const room = height - DOT;
  const top = Math.max(level.maximum, 1);
  list.add(Op.line, Style.grid, 0, Math.round(base) + 0.5, scale.width, 0);
  drawSteps(list, scale, level, Style.channel, base, room, top, picture.extent.end);
  const { rows, count, events } = lane.marks;
  let index = firstMarkNotBefore(lane.marks, scale.start);
  while (index < count && events.time[rows[index]] < scale.end) {
    const row = rows[index];
    const x = scale.timeToPx(events.time[row]);
    const high = (room * valueAt(level, events.time[row])) / top;
    list.add(Op.dot, threadStyle(events.thread[row]), x, base - high, DOT, 0);
    index = firstMarkNotBefore(lane.marks, scale.pxToTime(x + APART), index + 1);
  }
  if (!scene.layout.metrics.compact) drawWords(list, scene, lane, level, base - height / 2 + 2);
}

function valueAt({ time, value, count }: Steps, at: number): number {
  const next = firstNotBefore(time, count, at);
  return value[next < count && time[next] === at ? next : Math.max(next - 1, 0)];
}

function drawWords(
  list: DisplayList,
  scene: Scene,
  lane: CellLane,
  { time, value, count }: Steps,
  middle: number,
): void {
  const { scale, labels } = scene;
  const first = Math.max(firstNotBefore(time, count, scale.start) - 1, 0);
  const last = firstNotBefore(time, count, scale.end, first);
  if (last - first > MOST_WORDS) return;
  for (let index = first; index < last; index++) {
    const left = Math.max(scale.clampedPx(time[index]), 0);
    const end = index + 1 < count ? scale.clampedPx(time[index + 1]) : scale.width;
    const room = Math.min(end, scale.width) - left;
    if (room < LABEL_ROOM) continue;
    write(list, labels, Style.text, true, left, middle, room, labels.level(lane, value[index]));
  }
}
