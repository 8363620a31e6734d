/** One atomic, `@shared` value or condition: who touched it when; a write stands higher than a read. */
import { Op, type DisplayList } from "../model/display.ts";
import { writes } from "../model/object-marks.ts";
import type { CellLane } from "../model/picture.ts";
import { firstMarkNotBefore } from "../model/search.ts";
import { Style, threadStyle } from "../model/style.ts";
import { drawPins } from "./marks.ts";
import type { Scene } from "./scene.ts";

const WIDTH = 3;
/** So many of the events that fall into one mark are looked at for a write. */
const LOOK_AHEAD = 64;

export function drawCellLane(list: DisplayList, scene: Scene, lane: CellLane, y: number): void {
  const { scale, layout } = scene;
  const { marks } = lane;
  const { rows, count } = marks;
  const { time, thread, kind } = marks.events;
  const height = layout.metrics.cell;
  const base = Math.round(y + height) + 0.5;
  list.dim = scene.emphasis.found !== null;
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
    const high = writes(kind[rows[shown]]) ? height - 2 : height / 2 - 1;
    const style = threadStyle(thread[rows[shown]]);
    list.add(Op.fill, style, left - WIDTH / 2, base - high, WIDTH, high);
    index = next;
  }
  list.dim = false;
  const lit = scene.emphasis.lit?.get(marks);
  if (lit) drawPins(list, scene, lit, Style.lit, y);
}
