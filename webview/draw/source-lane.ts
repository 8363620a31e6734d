/**
 * One source of a poller: bands while it was ready to read (or had somebody to accept), beneath while there was room to write,
 * and a dot in the polling thread's colour where a poll told it. So a late answer shows as a band that is long before its dot.
 */
import { ReadyFor } from "../../src/trace/timeline/readiness.ts";
import { asOne } from "../model/density.ts";
import { Op, type DisplayList } from "../model/display.ts";
import { sourceMetrics } from "../model/layout.ts";
import { firstMarkNotBefore } from "../model/search.ts";
import type { SourceLane } from "../model/source-lane.ts";
import { Style, threadStyle, type StyleId } from "../model/style.ts";
import { drawBands, type BandLook } from "./bands.ts";
import { write } from "./labels.ts";
import { drawPins } from "./marks.ts";
import type { Scene } from "./scene.ts";

/** Dots closer together than this are drawn as one. */
const APART = 4;

/** What the look below speaks of: set before each lane, so that none is made anew. */
let scene: Scene;
let lane: SourceLane;

const STYLES: Readonly<Record<number, StyleId>> = {
  [ReadyFor.reading]: Style.channel,
  [ReadyFor.end]: Style.region,
  [ReadyFor.writing]: Style.sleeping,
};

const readyLook: BandLook = {
  classify: asOne,
  styleOf: (spans, index) => STYLES[spans.value[index]] ?? Style.channel,
  label(list, spans, index, left, middle, room) {
    if (lane.isDense || scene.layout.metrics.compact) return;
    const forms = scene.labels.ready(spans.value[index] as ReadyFor, lane.track.kind);
    write(list, scene.labels, Style.text, true, left, middle, room, forms);
  },
};

export function drawSourceLane(
  list: DisplayList,
  inScene: Scene,
  inLane: SourceLane,
  y: number,
): void {
  scene = inScene;
  lane = inLane;
  const { scale, emphasis } = scene;
  const { band, gap } = sourceMetrics(lane, scene.layout.metrics);
  list.dim = emphasis.found !== null;
  let top = y;
  for (const row of lane.rows) {
    list.add(Op.line, Style.grid, 0, Math.round(top + band) + 0.5, scale.width, 0);
    drawBands(list, scale, row, readyLook, top, band);
    top += band + gap;
  }
  drawTold(list, y + 3);
  list.dim = false;
  const lit = emphasis.lit?.get(lane.marks);
  if (lit) drawPins(list, scene, lit, Style.lit, y);
}

function drawTold(list: DisplayList, y: number): void {
  const { scale } = scene;
  const { marks } = lane;
  const { rows, count } = marks;
  const { time, thread } = marks.events;
  let index = firstMarkNotBefore(marks, scale.start);
  while (index < count && time[rows[index]] < scale.end) {
    const x = scale.timeToPx(time[rows[index]]);
    list.add(Op.dot, threadStyle(thread[rows[index]]), x, y, 6, 0);
    index = firstMarkNotBefore(marks, scale.pxToTime(x + APART), index + 1);
  }
}
