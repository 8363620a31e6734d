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
import { firstEndingAfter, firstNotBefore } from "../model/search.ts";
import { STATE_STYLES, Style, type StyleId } from "../model/style.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { THREAD_STATES, ThreadState } from "../../src/trace/timeline/thread-track.ts";

/** Narrower spans are drawn together. */
const NARROW = 2.5;
/** Width of a cell in which they are. */
const CELL = 3;
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

/** Rows of the list that the next cell may still make longer: the ground, and upon it what costs. -1 for none. */
const ground = { row: -1, right: 0, style: Style.running };
const cost = { row: -1, level: 0 };
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
  ground.row = -1;
  while (index < count && start[index] < scale.end) {
    const width = (end[index] - start[index]) * scale.pxPerNs;
    if (width >= NARROW) {
      ground.row = -1;
      drawBand(list, scale, density, look, index, y, height);
      index++;
      continue;
    }
    const cellEnd = (Math.floor(start[index] / cellTime) + 1) * cellTime;
    const next = cellOf(spans, index, cellEnd, NARROW / scale.pxPerNs);
    const left = scale.timeToPx(start[index]);
    const right = Math.max(scale.timeToPx(end[next - 1]), left + 1);
    let level = 0;
    let style: StyleId;
    if (look.classify === byState) {
      sums.fill(0);
      timeInStates(density, byState, index, next, sums);
      level = levelOf(sums);
      style = groundOf(sums);
    } else {
      style = mixed(spans, look, index, next - 1);
    }
    addCell(list, style, level, Math.round(left), Math.round(right), y, height);
    index = next;
  }
}

/**
 * Where the cell ends that begins with span `index`: with all that begin before `cellEnd`. One that lasts beyond it is the
 * cell's, too, or it would stand between two cells as a stripe of its own; unless it is wide enough to be drawn.
 */
function cellOf(
  { start, end, count }: Spans,
  index: number,
  cellEnd: number,
  narrow: number,
): number {
  const next = Math.max(firstNotBefore(start, count, cellEnd, index), index + 1);
  const last = next - 1;
  return last > index && end[last] - start[last] >= narrow ? last : next;
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
  const left = scale.clampedPx(spans.start[index]);
  const right = scale.clampedPx(spans.end[index]);
  const style = look.styleOf(spans, index);
  const gap = right - left >= ROUND ? 1 : 0;
  list.add(gap ? Op.band : Op.fill, style, left, y, right - left - gap, height);
  // Words begin where the band is seen to begin, so that a long band says what it is wherever one looks.
  const from = Math.max(left, 0);
  const room = Math.min(right, scale.width) - from - gap;
  if (room >= LABEL_ROOM) look.label(list, spans, index, from, y + height / 2, room);
}

/** The state that took the most time of a cell, other than being blocked. */
function groundOf(times: Float64Array): StyleId {
  let most: number = ThreadState.running;
  for (let state = 0; state < THREAD_STATES; state++) {
    if (state !== ThreadState.blocked && times[state] > times[most]) most = state;
  }
  return STATE_STYLES[most];
}

/** How much of a cell was spent blocked, in `LEVELS`. What costs is never rounded away. */
function levelOf(times: Float64Array): number {
  const blocked = times[ThreadState.blocked];
  if (blocked <= 0) return 0;
  let total = 0;
  for (let state = 0; state < THREAD_STATES; state++) total += times[state];
  return Math.max(1, Math.round((blocked / total) * LEVELS));
}

/** A cell in which several take turns belongs to nobody: confetti in everybody's colours would tell nothing. */
function mixed(spans: Spans, look: BandLook, first: number, last: number): StyleId {
  const style = look.styleOf(spans, first);
  const same =
    style === look.styleOf(spans, last) && style === look.styleOf(spans, (first + last) >> 1);
  return same ? style : Style.mixed;
}

function addCell(
  list: DisplayList,
  style: StyleId,
  level: number,
  left: number,
  right: number,
  y: number,
  height: number,
): void {
  const joins = ground.row >= 0 && left - ground.right < 1;
  if (joins && ground.style === style) {
    list.width[ground.row] = right - list.x[ground.row];
  } else {
    ground.row = list.add(Op.column, style, left, y, right - left, height);
    ground.style = style;
  }
  ground.right = right;
  if (joins && cost.row >= 0 && cost.level === level) {
    list.width[cost.row] = right - list.x[cost.row];
    return;
  }
  const high = Math.round((height * level) / LEVELS);
  cost.row = -1;
  cost.level = level;
  if (level > 0) {
    cost.row = list.add(Op.column, Style.blocked, left, y + height - high, right - left, high);
  }
}
