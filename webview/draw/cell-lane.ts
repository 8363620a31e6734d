/**
 * What threads share beside locks and channels. A plain value has a bar for who touched it when, a write higher than a read, with the
 * value that was written where there is room; a synchroniser has its number in steps, what is done once a band while it is done.
 */
import { DONE, type CellLane } from "../model/cell-lane.ts";
import { asOne } from "../model/density.ts";
import { Op, type DisplayList } from "../model/display.ts";
import { cellHeight } from "../model/layout.ts";
import { writes } from "../model/object-marks.ts";
import { firstMarkNotBefore } from "../model/search.ts";
import { Style, threadStyle } from "../model/style.ts";
import { drawBands, LABEL_ROOM, type BandLook } from "./bands.ts";
import { write } from "./labels.ts";
import { drawLevelLane } from "./level-lane.ts";
import { drawPins } from "./marks.ts";
import type { Scene } from "./scene.ts";

const WIDTH = 3;
/** So many of the events that fall into one mark are looked at for a write. */
const LOOK_AHEAD = 64;

let scene: Scene;

const onceLook: BandLook = {
  classify: asOne,
  styleOf: (spans, index) =>
    spans.value[index] === DONE ? Style.region : threadStyle(spans.value[index]),
  label(list, spans, index, left, middle, room) {
    const forms = scene.labels.once(spans.value[index]);
    write(list, scene.labels, onceLook.styleOf(spans, index), false, left, middle, room, forms);
  },
};

export function drawCellLane(list: DisplayList, inScene: Scene, lane: CellLane, y: number): void {
  scene = inScene;
  const { layout, emphasis } = scene;
  const height = cellHeight(lane, layout.metrics);
  list.dim = emphasis.found !== null;
  if (lane.level) drawLevelLane(list, scene, lane, lane.level, y, height);
  else {
    if (lane.doing) drawBands(list, scene.scale, lane.doing, onceLook, y, height);
    drawTouches(list, lane, y, height);
  }
  list.dim = false;
  const lit = emphasis.lit?.get(lane.marks);
  if (lit) drawPins(list, scene, lit, Style.lit, y);
}

function drawTouches(list: DisplayList, lane: CellLane, y: number, height: number): void {
  const { scale, labels, layout } = scene;
  const { marks } = lane;
  const { rows, count } = marks;
  const { time, thread, kind, argument } = marks.events;
  const base = Math.round(y + height) + 0.5;
  const isTold = lane.hasNumbers && !layout.metrics.compact;
  list.add(Op.line, Style.grid, 0, base, scale.width, 0);
  let index = firstMarkNotBefore(marks, scale.start);
  while (index < count && time[rows[index]] < scale.end) {
    const left = scale.timeToPx(time[rows[index]]);
    // Within one mark's width nothing more can be told apart; but a write is not hidden by a read before it.
    const next = firstMarkNotBefore(marks, scale.pxToTime(left + WIDTH), index + 1);
    let shown = index;
    for (let at = index; at < Math.min(next, index + LOOK_AHEAD); at++) {
      if (!writes(kind[rows[at]])) continue;
      shown = at;
      break;
    }
    const isWrite = writes(kind[rows[shown]]);
    const high = isWrite ? height - 2 : height / 2 - 1;
    const style = threadStyle(thread[rows[shown]]);
    list.add(Op.fill, style, left - WIDTH / 2, base - high, WIDTH, high);
    const until = next < count ? scale.clampedPx(time[rows[next]]) : scale.width;
    const room = Math.min(until, scale.width) - left;
    if (isTold && isWrite && next === shown + 1 && room >= LABEL_ROOM) {
      const forms = labels.value(argument[rows[shown]]);
      write(list, labels, Style.text, true, left, y + height / 2, room, forms);
    }
    index = next;
  }
}
