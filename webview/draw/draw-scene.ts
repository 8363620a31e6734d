/**
 * The whole picture of one frame into a display list: grid, lanes that can be seen, what is lit, selected and measured.
 * A pure function of its scene; the list is the caller's and is used again for the next frame.
 */
import { Op, type DisplayList } from "../model/display.ts";
import { firstRowBelow, type Row } from "../model/layout.ts";
import { Style } from "../model/style.ts";
import { drawCellLane } from "./cell-lane.ts";
import { drawChannelLane } from "./channel-lane.ts";
import { drawCoreLane } from "./core-lane.ts";
import { drawSteps } from "./curve.ts";
import { drawLockLane } from "./lock-lane.ts";
import { drawOutlines } from "./outlines.ts";
import { drawProcess, drawProcessMessages } from "./process-group.ts";
import type { Scene } from "./scene.ts";
import { drawSourceLane } from "./source-lane.ts";
import { drawThreadLane } from "./thread-lane.ts";
import { drawWireLane } from "./wire-lane.ts";

export function drawScene(list: DisplayList, scene: Scene): void {
  const { layout, scale, top, height, ticks } = scene;
  list.clear();
  for (const tick of ticks) {
    list.add(Op.line, Style.grid, Math.round(scale.timeToPx(tick)) + 0.5, 0, 0, height);
  }
  const { rows } = layout;
  for (let at = firstRowBelow(layout, top); at < rows.length; at++) {
    const row = rows[at];
    if (row.y >= top + height) break;
    drawRow(list, scene, row, row.y - top);
  }
  drawProcessMessages(list, scene);
  drawOutlines(list, scene);
}

function drawRow(list: DisplayList, scene: Scene, row: Row, y: number): void {
  if (row.kind === "group") {
    list.add(Op.line, Style.group, 0, Math.round(y) + 0.5, scene.scale.width, 0);
    if (row.process) drawProcess(list, scene, row.process, y, row.height);
  } else if (row.kind === "parallelism") {
    drawParallelism(list, scene, y, row.height - scene.layout.metrics.gap);
  } else if (row.kind === "lane") {
    switch (row.lane.kind) {
      case "core":
        return drawCoreLane(list, scene, row.lane, y);
      case "thread":
        return drawThreadLane(list, scene, row.lane, y);
      case "lock":
        return drawLockLane(list, scene, row.lane, y);
      case "channel":
        return drawChannelLane(list, scene, row.lane, y);
      case "wire":
        return drawWireLane(list, scene, row.lane, y);
      case "source":
        return drawSourceLane(list, scene, row.lane, y);
      case "cell":
        return drawCellLane(list, scene, row.lane, y);
    }
  }
}

function drawParallelism(list: DisplayList, scene: Scene, y: number, height: number): void {
  const { parallelism, extent } = scene.picture;
  const base = y + height;
  const top = Math.max(parallelism.maximum, 1);
  for (let level = 1; level <= Math.min(top, 4); level++) {
    const share = top <= 4 ? level : Math.round((top * level) / 4);
    const at = Math.round(base - ((height - 6) * share) / top) + 0.5;
    list.add(Op.line, Style.grid, 0, at, scene.scale.width, 0);
  }
  drawSteps(list, scene.scale, parallelism, Style.parallel, base, height - 6, top, extent.end);
}
