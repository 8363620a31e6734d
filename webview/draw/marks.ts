/** Moments on a thread's lane: ticks where one can tell them apart, and always what the program itself had to say. */
import { EventKind } from "../../src/trace/event.ts";
import { Op, type DisplayList } from "../model/display.ts";
import type { Marks } from "../model/marks.ts";
import type { ThreadLane } from "../model/picture.ts";
import { firstMarkNotBefore } from "../model/search.ts";
import { Style, type StyleId } from "../model/style.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

/** Ticks are drawn while they are on average this far apart, in pixels. */
const APART = 6;
/** Pins are never drawn closer together than this. */
const PIN_APART = 4;
/** So many of the following marks are asked whether they have words. */
const LOOK_AHEAD = 64;

export function drawMarks(
  list: DisplayList,
  scene: Scene,
  lane: ThreadLane,
  y: number,
  height: number,
): void {
  const { scale } = scene;
  const { marks } = lane;
  const first = firstMarkNotBefore(marks, scale.start);
  const last = firstMarkNotBefore(marks, scale.end, first);
  if ((last - first) * APART < scale.width) {
    let before = -Infinity;
    for (let index = first; index < last; index++) {
      const x = Math.round(scale.timeToPx(marks.events.time[marks.rows[index]])) - 0.5;
      if (x === before) continue;
      before = x;
      list.add(Op.fill, Style.mark, x, y + height - 5, 1, 5);
    }
  }
  drawNotable(list, scene, lane.notable, y, height);
  const lit = scene.emphasis.lit?.get(marks);
  if (lit) drawPins(list, scene, lit, Style.lit, y);
}

function drawNotable(
  list: DisplayList,
  scene: Scene,
  notable: Marks,
  y: number,
  height: number,
): void {
  const { scale, labels } = scene;
  const { rows, count } = notable;
  const { time, kind: kinds } = notable.events;
  const foot = y + height;
  let index = firstMarkNotBefore(notable, scale.start);
  while (index < count && time[rows[index]] < scale.end) {
    const x = scale.timeToPx(time[rows[index]]);
    const kind = kinds[rows[index]];
    list.add(Op.dot, styleOf(kind), x, foot - 3, kind === EventKind.output ? 4 : 6, 0);
    if (kind !== EventKind.output && !scene.layout.metrics.compact) {
      const room = scale.timeToPx(nextWords(notable, index)) - x - 4;
      const forms = labels.mark(rows[index]);
      write(list, labels, Style.text, true, x, foot - 6, Math.min(room, scale.width - x), forms);
    }
    index = firstMarkNotBefore(notable, scale.pxToTime(x + PIN_APART), index + 1);
  }
}

/** When the next label or panic is: lines of output have no words on the lanes and may be written over. */
function nextWords({ events, rows, count }: Marks, index: number): number {
  for (let next = index + 1; next < Math.min(count, index + LOOK_AHEAD); next++) {
    if (events.kind[rows[next]] !== EventKind.output) return events.time[rows[next]];
  }
  return Infinity;
}

function styleOf(kind: number): StyleId {
  return kind === EventKind.panic
    ? Style.failure
    : kind === EventKind.label
      ? Style.lit
      : Style.text;
}

export function drawPins(
  list: DisplayList,
  { scale }: Scene,
  marks: Marks,
  style: StyleId,
  y: number,
): void {
  const { time } = marks.events;
  let index = firstMarkNotBefore(marks, scale.start);
  while (index < marks.count && time[marks.rows[index]] < scale.end) {
    const x = scale.timeToPx(time[marks.rows[index]]);
    list.add(Op.pin, style, x, y + 1, 8, 0);
    index = firstMarkNotBefore(marks, scale.pxToTime(x + PIN_APART), index + 1);
  }
}
