/**
 * A lane of spans into rows of the display list, at any zoom: spans wide enough are drawn one by one, and where they are
 * narrower than `NARROW` pixels all that fall into one cell become a column that shows how much of it each state takes.
 *
 * The number of rows is bound by the pixels, never by the spans. Cells lie on a grid that is fixed in time, so that
 * nothing shimmers while the picture moves. Nothing is allocated.
 */
import { byState, timeInStates, type Classify, type Density } from "../model/density.ts";
import { Op, type DisplayList } from "../model/display.ts";
import type { TimeScale } from "../model/scale.ts";
import { firstEndingAfter } from "../model/search.ts";
import { STATE_STYLES, Style, type StyleId } from "../model/style.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { THREAD_STATES, ThreadState } from "../../src/trace/timeline/thread-track.ts";

/** Narrower spans are drawn together. */
const NARROW = 2.5;
/** Width of a cell in which they are. */
const CELL = 2;
/** Shares are drawn in so many steps, so that neighbouring cells unite. */
const LEVELS = 6;
/** From this width on a band has round corners and a gap to its neighbour. */
const ROUND = 6;

export interface BandLook {
  /** `byState` where spans are a thread's states. */
  readonly classify: Classify;
  styleOf(spans: Spans, index: number): StyleId;
  /** Writes on a band from `left` that has `room` for words; not called for narrow ones. */
  label(
    list: DisplayList,
    spans: Spans,
    index: number,
    left: number,
    middle: number,
    room: number,
  ): void;
}

/** What is not drawn yet of a row of like cells. */
const pending = { open: false, left: 0, right: 0, level: 0, style: Style.running };
const sums = new Float64Array(THREAD_STATES);

/** Room that a label needs at least. */
export const LABEL_ROOM = 34;

export function drawBands(
  list: DisplayList,
  scale: TimeScale,
  density: Density,
  look: BandLook,
  y: number,
  height: number,
): void {
  const { spans } = density;
  const { start, end, count } = spans;
  const cellTime = CELL / scale.pxPerNs;
  let index = firstEndingAfter(spans, scale.start);
  while (index < count && start[index]! < scale.end) {
    const width = (end[index]! - start[index]!) * scale.pxPerNs;
    if (width >= NARROW) {
      flush(list, y, height);
      drawBand(list, scale, density, look, index, y, height);
      index++;
      continue;
    }
    const cellEnd = (Math.floor(start[index]! / cellTime) + 1) * cellTime;
    const next = Math.max(firstEndingAfter(spans, cellEnd, index), index + 1);
    const left = scale.timeToPx(start[index]!);
    const right = Math.max(scale.timeToPx(end[next - 1]!), left + 0.75);
    sums.fill(0);
    timeInStates(density, look.classify, index, next, sums);
    addCell(list, look, spans, index, left, right, y, height);
    index = next;
  }
  flush(list, y, height);
}

function drawBand(
  list: DisplayList,
  scale: TimeScale,
  { spans }: Density,
  look: BandLook,
  index: number,
  y: number,
  height: number,
): void {
  const left = scale.clampedPx(spans.start[index]!);
  const right = scale.clampedPx(spans.end[index]!);
  const style = look.styleOf(spans, index);
  const gap = right - left >= ROUND ? 1 : 0;
  list.add(gap ? Op.band : Op.fill, style, left, y, right - left - gap, height);
  // Words begin where the band is seen to begin, so that a long band says what it is wherever one looks.
  const from = Math.max(left, 0);
  const room = Math.min(right, scale.width) - from - gap;
  if (room >= LABEL_ROOM) look.label(list, spans, index, from, y + height / 2, room);
}

function addCell(
  list: DisplayList,
  look: BandLook,
  spans: Spans,
  first: number,
  left: number,
  right: number,
  y: number,
  height: number,
): void {
  let total = 0;
  let rest: number = ThreadState.running;
  for (let state = 0; state < THREAD_STATES; state++) {
    total += sums[state]!;
    if (state !== ThreadState.blocked && sums[state]! > sums[rest]!) rest = state;
  }
  const blocked = sums[ThreadState.blocked]!;
  // What costs is never rounded away.
  const level = blocked > 0 ? Math.max(1, Math.round((blocked / total) * LEVELS)) : 0;
  const style = look.classify === byState ? STATE_STYLES[rest]! : look.styleOf(spans, first);
  const joins =
    pending.open && pending.level === level && pending.style === style && left - pending.right < 1;
  if (joins) {
    pending.right = right;
    return;
  }
  flush(list, y, height);
  pending.open = true;
  pending.left = left;
  pending.right = right;
  pending.level = level;
  pending.style = style;
}

function flush(list: DisplayList, y: number, height: number): void {
  if (!pending.open) return;
  pending.open = false;
  const { left, right, level, style } = pending;
  const cost = (height * level) / LEVELS;
  if (level < LEVELS) list.add(Op.fill, style, left, y, right - left, height - cost);
  if (level > 0) list.add(Op.fill, Style.blocked, left, y + height - cost, right - left, cost);
}
