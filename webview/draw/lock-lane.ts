/**
 * One lock or semaphore: who held it, in the holder's colour, and beneath that, hatched, how many queued for it. Who holds it alone
 * fills the band; readers and permits lie in it one beneath the other.
 */
import { asOne } from "../model/density.ts";
import type { DisplayList } from "../model/display.ts";
import { lockMetrics } from "../model/layout.ts";
import type { LockLane } from "../model/lock-lane.ts";
import { firstNotBefore } from "../model/search.ts";
import { Style, threadStyle } from "../model/style.ts";
import { drawBands, LABEL_ROOM, type BandLook } from "./bands.ts";
import { drawSteps } from "./curve.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

let scene: Scene;
let lane: LockLane;
let alone: boolean;

const heldLook: BandLook = {
  classify: asOne,
  styleOf: (spans, index) => threadStyle(spans.value[index]),
  label(list, spans, index, left, middle, room) {
    const thread = spans.value[index];
    const forms = scene.labels.holder(lane, alone, thread);
    write(list, scene.labels, threadStyle(thread), false, left, middle, room, forms);
  },
};

export function drawLockLane(
  list: DisplayList,
  inScene: Scene,
  lockLane: LockLane,
  y: number,
): void {
  scene = inScene;
  lane = lockLane;
  const { metrics } = scene.layout;
  const { found } = scene.emphasis;
  const { band, bar } = lockMetrics(lane, metrics);
  let top = y;
  for (const row of lane.rows) {
    alone = row.alone;
    const height = alone ? band : bar;
    const at = alone ? y : top;
    list.dim = found !== null;
    drawBands(list, scene.scale, row.density, heldLook, at, height);
    list.dim = false;
    const matches = found?.get(row.density.spans);
    if (matches) drawBands(list, scene.scale, matches, heldLook, at, height);
    if (!alone) top += bar + 1;
  }
  drawQueue(list, scene, lane, y + band + 2, metrics.queue);
}

/** A strip of one height for one waiting thread or many: how many is said in words, where there is room. */
function drawQueue(
  list: DisplayList,
  { scale, labels, layout }: Scene,
  { queue }: LockLane,
  y: number,
  height: number,
): void {
  const { time, value, count, maximum } = queue;
  drawSteps(
    list,
    scale,
    queue,
    Style.blocked,
    y + height,
    height,
    Math.max(maximum, 1),
    time[count - 1] ?? 0,
  );
  if (layout.metrics.compact) return;
  let index = Math.max(firstNotBefore(time, count, scale.start) - 1, 0);
  while (index < count - 1 && time[index] < scale.end) {
    const left = Math.max(scale.timeToPx(time[index]), 0);
    const right = Math.min(scale.timeToPx(time[index + 1]), scale.width);
    if (right - left < LABEL_ROOM) {
      // Narrow steps are passed over in one go, so that a long queue costs no more than the pixels it takes.
      index = firstNotBefore(time, count, scale.pxToTime(Math.max(right, left + 2)), index + 1);
      continue;
    }
    if (value[index] > 0) {
      const style = Style.faint;
      write(
        list,
        labels,
        style,
        true,
        left - 3,
        y + height + 4,
        right - left,
        labels.waiting(value[index]),
      );
    }
    index++;
  }
}
