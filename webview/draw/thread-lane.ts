/** One thread: its regions, what it did, beneath that the locks it held, and a row for each of its tasks that are there at once. */
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { asOne, byState, type Density } from "../model/density.ts";
import { Op, type DisplayList } from "../model/display.ts";
import { taskHeight } from "../model/layout.ts";
import type { ThreadLane } from "../model/picture.ts";
import { STATE_STYLES, Style, lockStyle } from "../model/style.ts";
import { drawBands, type BandLook } from "./bands.ts";
import { write } from "./labels.ts";
import { drawMarks } from "./marks.ts";
import type { Scene } from "./scene.ts";

/** The scene that the looks below speak of: set before each lane, so that none is made anew. */
let scene: Scene;

const stateLook: BandLook = {
  classify: byState,
  styleOf: (spans, index) => STATE_STYLES[spans.value[index]] ?? Style.running,
  label(list, spans, index, left, middle, room) {
    const style = stateLook.styleOf(spans, index);
    const forms = scene.labels.state(spans, index);
    const textured = spans.value[index] !== ThreadState.running;
    write(list, scene.labels, style, textured, left, middle, room, forms);
  },
};

const holdLook: BandLook = {
  classify: asOne,
  styleOf: (spans, index) => lockStyle(scene.picture.lockOrder(spans.object[index])),
  label(list, spans, index, left, middle, room) {
    if (scene.layout.metrics.compact) return;
    const style = holdLook.styleOf(spans, index);
    const forms = scene.labels.object(spans.object[index]);
    write(list, scene.labels, style, false, left, middle, room, forms);
  },
};

const taskLook: BandLook = {
  classify: byState,
  styleOf: (spans, index) => STATE_STYLES[spans.value[index]],
  label(list, spans, index, left, middle, room) {
    const style = taskLook.styleOf(spans, index);
    const plate = spans.value[index] !== ThreadState.running;
    write(list, scene.labels, style, plate, left, middle, room, scene.labels.task(spans, index));
  },
};
/** The same, too low for words. */
const lowTaskLook: BandLook = { ...taskLook, label: () => undefined };

const regionLook: BandLook = {
  classify: asOne,
  styleOf: () => Style.region,
  label(list, spans, index, left, middle, room) {
    if (scene.layout.metrics.compact) return;
    const forms = scene.labels.text(spans.object[index], spans.site[index]);
    write(list, scene.labels, Style.region, false, left, middle, room, forms);
  },
};

export function drawThreadLane(
  list: DisplayList,
  inScene: Scene,
  lane: ThreadLane,
  y: number,
): void {
  scene = inScene;
  const { metrics } = scene.layout;
  let top = y;
  for (const region of lane.regions) {
    drawRow(list, region, regionLook, top, metrics.region - 1);
    top += metrics.region;
  }
  drawRow(list, lane.states, stateLook, top, metrics.band);
  drawEnd(list, lane, top, metrics.band);
  drawMarks(list, scene, lane, top, metrics.band);
  top += metrics.band + 1;
  for (const hold of lane.holds) {
    drawRow(list, hold, holdLook, top, metrics.hold);
    top += metrics.hold + 1;
  }
  const height = taskHeight(lane, metrics);
  const look = height >= metrics.hold && !metrics.compact ? taskLook : lowTaskLook;
  for (const tasks of lane.taskRows) {
    drawRow(list, tasks, look, top, height);
    top += height + 1;
  }
}

/** While a filter is on, everything is drawn faintly and what matches once more over it. */
function drawRow(
  list: DisplayList,
  density: Density,
  look: BandLook,
  y: number,
  height: number,
): void {
  const { found } = scene.emphasis;
  list.dim = found !== null;
  drawBands(list, scene.scale, density, look, y, height);
  list.dim = false;
  const matches = found?.get(density.spans);
  if (matches) drawBands(list, scene.scale, matches, look, y, height);
}

/** A thread that has ended is closed by a line: what follows is nothing, rather than a gap. */
function drawEnd(list: DisplayList, { states }: ThreadLane, y: number, height: number): void {
  const { spans } = states;
  const end = spans.end[spans.count - 1];
  if (end === undefined || end < scene.scale.start || end >= scene.picture.extent.end) return;
  list.add(Op.line, Style.faint, scene.scale.clampedPx(end) + 0.5, y + 2, 0, height - 4);
}
