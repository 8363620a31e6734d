/** What lies over the lanes: the selection's outline, its ties to other lanes, the cursor's line, a measured range. */
import { Op, type DisplayList } from "../model/display.ts";
import { timesOf, type Hit } from "../model/hit.ts";
import { Style, type StyleId } from "../model/style.ts";
import { extentOf, rowOf, bandTop } from "./boxes.ts";
import type { Scene } from "./scene.ts";

export function drawOutlines(list: DisplayList, scene: Scene): void {
  const { scale, height, emphasis, labels } = scene;
  const { hovered, selected, cursor, measured } = emphasis;
  if (measured) {
    const left = scale.clampedPx(Math.min(measured.from, measured.to));
    const right = scale.clampedPx(Math.max(measured.from, measured.to));
    list.dim = true;
    list.add(Op.fill, Style.selected, left, 0, right - left, height);
    list.dim = false;
    list.add(Op.line, Style.selected, left, 0, 0, height);
    list.add(Op.line, Style.selected, right, 0, 0, height);
    const forms = labels.duration(Math.abs(measured.to - measured.from));
    const width = labels.measure(forms[0], true);
    list.addText(Op.plate, Style.text, (left + right - width) / 2, 10, width, forms[0]);
  }
  if (hovered) outline(list, scene, hovered, Style.hovered);
  if (selected) outline(list, scene, selected, Style.selected);
  if (selected?.kind === "message") tie(list, scene, selected);
  else if (hovered?.kind === "message") tie(list, scene, hovered);
  if (cursor !== null && cursor >= scale.start && cursor <= scale.end) {
    const x = Math.round(scale.timeToPx(cursor)) + 0.5;
    list.add(Op.line, Style.cursor, x, 0, 0, height);
    const [said] = labels.moment(cursor, scale.pxPerNs);
    const width = labels.measure(said, false);
    const left = Math.min(Math.max(x - width / 2, 4), scale.width - width - 4);
    list.add(Op.band, Style.cursor, left - 6, height - 20, width + 12, 16);
    list.addText(Op.text, Style.onCursor, left, height - 12, width, said);
  }
}

function outline(list: DisplayList, scene: Scene, hit: Hit, style: StyleId): void {
  const extent = extentOf(scene.layout, hit);
  if (!extent) return;
  const { start, end } = timesOf(hit);
  const left = scene.scale.clampedPx(start) - 1.5;
  const right = Math.max(scene.scale.clampedPx(end) + 0.5, left + 4);
  list.add(Op.outline, style, left, extent.y - scene.top - 1.5, right - left, extent.height + 3);
}

/** From the sender's lane to the receiver's. */
function tie(list: DisplayList, scene: Scene, hit: Extract<Hit, { kind: "message" }>): void {
  const { messages } = hit.lane;
  const to = messages.to[hit.index];
  if (to < 0) return;
  const { start, end } = timesOf(hit);
  const from = middleOf(scene, messages.from[hit.index]);
  const until = middleOf(scene, to);
  if (from === null || until === null) return;
  const left = scene.scale.clampedPx(start);
  list.add(Op.arrow, Style.selected, left, from, scene.scale.clampedPx(end) - left, until - from);
}

function middleOf({ picture, layout, top }: Scene, thread: number): number | null {
  const lane = picture.threads.find((one) => one.id === thread);
  const row = lane && rowOf(layout, lane);
  if (!row) return null;
  const { metrics } = layout;
  return row.y - top + bandTop(metrics, lane.regions.length) + metrics.band / 2;
}
