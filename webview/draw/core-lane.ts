/**
 * One core: who was on it, in the thread's colour, and a mark where another thread came. A pin stands where a thread had to
 * leave that could have gone on, so that being interrupted looks different from giving way.
 */
import { Leaving } from "../../src/trace/timeline/core-track.ts";
import { asOne } from "../model/density.ts";
import { Op, type DisplayList } from "../model/display.ts";
import type { CoreLane } from "../model/picture.ts";
import { firstEndingAfter } from "../model/search.ts";
import { Style, threadStyle } from "../model/style.ts";
import { drawBands, type BandLook } from "./bands.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

/** Marks are drawn while stays are on average this wide, in pixels: closer together they would hide what they mark. */
const APART = 9;

let scene: Scene;

const stayLook: BandLook = {
  classify: asOne,
  styleOf: (spans, index) => threadStyle(spans.value[index]),
  label(list, spans, index, left, middle, room) {
    const thread = spans.value[index];
    const forms = scene.labels.thread(thread);
    write(list, scene.labels, threadStyle(thread), false, left, middle, room, forms);
  },
};

export function drawCoreLane(list: DisplayList, inScene: Scene, lane: CoreLane, y: number): void {
  scene = inScene;
  const { band } = scene.layout.metrics;
  const { found } = scene.emphasis;
  const { scale } = scene;
  list.dim = found !== null;
  // An idle core is a line rather than nothing.
  list.add(Op.line, Style.grid, 0, Math.round(y + band / 2) + 0.5, scale.width, 0);
  drawBands(list, scale, lane.stays, stayLook, y, band);
  list.dim = false;
  const matches = found?.get(lane.track.spans);
  if (matches) drawBands(list, scale, matches, stayLook, y, band);
  drawSwitches(list, lane, y, band);
}

function drawSwitches(list: DisplayList, lane: CoreLane, y: number, height: number): void {
  const { scale } = scene;
  const { spans, left } = lane.track;
  const first = firstEndingAfter(spans, scale.start);
  const last = firstEndingAfter(spans, scale.end, first);
  if ((last - first) * APART > scale.width) return;
  for (let index = first; index <= Math.min(last, spans.count - 1); index++) {
    const end = spans.end[index];
    if (left.at[index] === Leaving.quantum && end < scale.end) {
      list.add(Op.pin, Style.text, scale.timeToPx(end), y - 1, 7, 0);
    }
    const start = spans.start[index];
    if (index === 0 || start < scale.start || start >= scale.end) continue;
    if (spans.value[index] === spans.value[index - 1]) continue;
    list.add(Op.line, Style.text, Math.round(scale.timeToPx(start)) - 0.5, y + height, 0, 5);
  }
}
