/**
 * What tells processes apart on the lanes: how long each was there, beside its heading, and messages and bytes between them, which
 * cross from group to group. Those are dashed: nothing is shared on that way, what arrives is a copy.
 */
import type { Messages } from "../../src/trace/timeline/messages.ts";
import { Op, type DisplayList } from "../model/display.ts";
import { processKey, type Row } from "../model/layout.ts";
import type { ProcessGroup } from "../model/process-group.ts";
import { firstNotBefore } from "../model/search.ts";
import { Style, threadStyle } from "../model/style.ts";
import { bandTop, rowOf } from "./boxes.ts";
import { LOOK_BACK } from "./channel-lane.ts";
import { write } from "./labels.ts";
import type { Scene } from "./scene.ts";

/** Messages closer together than this are drawn as one. */
const APART = 7;
const LIFE = 6;

/** Its life, and how it ended. `y`: top of its heading. */
export function drawProcess(
  list: DisplayList,
  scene: Scene,
  group: ProcessGroup,
  y: number,
  height: number,
): void {
  const { scale, labels } = scene;
  const left = scale.clampedPx(group.began);
  const right = scale.clampedPx(group.ended);
  const middle = Math.round(y + height / 2);
  if (right > left) list.add(Op.fill, Style.mixed, left, middle - LIFE / 2, right - left, LIFE);
  if (group.end.kind === "none" || group.ended < scale.start || group.ended > scale.end) return;
  const isBad = group.end.kind === "signalled" || group.end.code !== 0;
  const style = isBad ? Style.failure : Style.text;
  list.add(Op.fill, style, right - 2, middle - LIFE, 4, LIFE * 2);
  const forms = labels.process(group);
  const room = scale.width - right;
  if (write(list, labels, Style.text, true, right, middle, room, forms) >= 0) return;
  // Before the end, where there is no room behind it.
  const width = labels.measure(forms[0], true) + 16;
  if (left + width < right) {
    write(list, labels, Style.text, true, right - width, middle, width + 1, forms);
  }
}

/** The messages of all processes, and the bytes of pipes between them, from the lane of who sent to that of who received. */
export function drawProcessMessages(list: DisplayList, scene: Scene): void {
  const { processes } = scene.picture;
  if (processes.length === 0) return;
  const known = new Map<number, number | null>();
  const middle = (thread: number): number | null => {
    let at = known.get(thread);
    if (at === undefined) known.set(thread, (at = middleOf(scene, thread)));
    return at;
  };
  list.dim = scene.emphasis.found !== null;
  for (const { lines } of processes) {
    for (const { messages } of lines) drawMessages(list, scene, messages, middle);
  }
  for (const { isListener, messages } of scene.picture.wires) {
    if (!isListener) drawMessages(list, scene, messages, middle);
  }
  list.dim = false;
}

function drawMessages(
  list: DisplayList,
  { scale, picture }: Scene,
  messages: Messages,
  middle: (thread: number) => number | null,
): void {
  const { sent, received, from, to, count } = messages;
  let last = -Infinity;
  let index = Math.max(firstNotBefore(sent, count, scale.start) - LOOK_BACK, 0);
  for (; index < count && sent[index] < scale.end; index++) {
    const left = scale.timeToPx(sent[index]);
    if (to[index] < 0 || left - last < APART || received[index] < scale.start) continue;
    if (!crossesOver(picture, messages, index)) continue;
    const begin = middle(from[index]);
    const end = middle(to[index]);
    if (begin === null || end === null || begin === end) continue;
    const right = scale.clampedPx(received[index]);
    list.add(Op.crossing, threadStyle(from[index]), left, begin, right - left, end - begin);
    last = left;
  }
}

/** Whether it went from one group to another. */
function crossesOver(picture: Scene["picture"], { from, to }: Messages, row: number): boolean {
  return picture.thread(from[row])?.process !== picture.thread(to[row])?.process;
}

/** Of a thread's band; of the heading beneath which it is folded away. Null where neither is shown. */
function middleOf({ picture, layout, top }: Scene, thread: number): number | null {
  const lane = picture.thread(thread);
  if (lane === undefined) return null;
  const row = rowOf(layout, lane);
  const { metrics } = layout;
  if (row) return row.y - top + bandTop(metrics, lane.regions.length) + metrics.band / 2;
  const group = lane.process === undefined ? "threads" : processKey(lane.process);
  const heading = layout.rows.find(
    (one): one is Extract<Row, { kind: "group" }> => one.kind === "group" && one.group === group,
  );
  return heading?.folded === true ? heading.y - top + heading.height / 2 : null;
}
