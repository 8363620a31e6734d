/**
 * A lane per thread, drawn with block characters. Each column is a slice of the run; it shows the state in which the
 * thread spent most of the slice, and is blank only where the thread did not exist at all. A state is a texture, so that
 * the picture reads without colour.
 */
import type { Clock } from "../../base/duration.ts";
import type { Spans } from "../../trace/timeline/spans.ts";
import { ThreadState } from "../../trace/timeline/thread-track.ts";
import type { Look } from "../terminal.ts";
import { duration } from "./duration.ts";
import type { Paint } from "./paint.ts";
import { columnsOf, cutTo, padTo } from "./width.ts";

export interface Lane {
  readonly thread: number;
  readonly name: string;
  /** As `ThreadTrack.states`: in order of time, `value` is a `ThreadState`. */
  readonly states: Spans;
}

interface Texture {
  readonly block: string;
  readonly ascii: string;
  readonly meaning: string;
}

const TEXTURES: Record<ThreadState, Texture> = {
  [ThreadState.running]: { block: "█", ascii: "#", meaning: "running" },
  [ThreadState.blocked]: { block: "▒", ascii: "x", meaning: "blocked by another thread" },
  [ThreadState.waiting]: { block: "·", ascii: ".", meaning: "waiting" },
  [ThreadState.sleeping]: { block: "╌", ascii: "-", meaning: "sleeping" },
  [ThreadState.stalled]: { block: "◦", ascii: "o", meaning: "waiting for the recorder" },
  [ThreadState.runnable]: { block: "░", ascii: "=", meaning: "waiting for a core" },
};
const STATES = Object.values(ThreadState);
const LONGEST_NAME = 18;
const MOST_LANES = 64;

/** The lanes, an axis, and a legend of the states that occur. `end`: by `clock`, since the run began. */
export function renderLanes(
  lanes: readonly Lane[],
  end: number,
  clock: Clock,
  look: Look,
  paint: Paint,
): string[] {
  const shown = lanes.slice(0, MOST_LANES);
  if (shown.length === 0) return [];
  const ellipsis = look.unicode ? "…" : "..";
  const names = shown.map((lane) => cutTo(lane.name, LONGEST_NAME, ellipsis));
  const nameColumns = Math.max(...names.map(columnsOf));
  const columns = look.width - nameColumns - 4;
  const glyph = (state: ThreadState) => TEXTURES[state][look.unicode ? "block" : "ascii"];
  const occurring = new Set<ThreadState>();
  const rows = shown.map((lane, index) => {
    const drawn = runsOf(slice(lane.states, end, columns)).map(({ state, length }) => {
      if (state === undefined) return " ".repeat(length);
      occurring.add(state);
      return tint(state, glyph(state).repeat(length), lane.thread, paint);
    });
    const name = padTo(names[index], nameColumns);
    return `  ${paint.thread(lane.thread, name)}  ${drawn.join("")}`.trimEnd();
  });
  const legend = STATES.filter((state) => occurring.has(state)).map(
    (state) => `${tint(state, glyph(state), 0, paint)} ${TEXTURES[state].meaning}`,
  );
  const margin = " ".repeat(nameColumns + 4);
  const hidden = lanes.length - shown.length;
  return [
    ...rows,
    ...(hidden > 0 ? [margin + paint.dim(`and ${hidden} more threads`)] : []),
    margin + paint.dim(axis(end, columns, clock, look)),
    margin + legend.join("   "),
  ];
}

/** The state that takes most of each slice. A tie goes to what costs. O(spans + columns). */
export function slice(spans: Spans, end: number, columns: number): (ThreadState | undefined)[] {
  const { start, end: ends, value, count } = spans;
  const step = Math.max(end, 1) / columns;
  const cells: (ThreadState | undefined)[] = [];
  const share = new Float64Array(STATES.length);
  let first = 0;
  for (let column = 0; column < columns; column++) {
    const [from, to] = [column * step, (column + 1) * step];
    while (first < count && ends[first] < from) first++;
    share.fill(-1);
    for (let row = first; row < count; row++) {
      // The last slice includes its end: a thread that lived at the very last moment is seen.
      if (column === columns - 1 ? start[row] > to : start[row] >= to) break;
      const length = Math.min(ends[row], to) - Math.max(start[row], from);
      share[value[row]] = Math.max(share[value[row]], 0) + Math.max(length, 0);
    }
    const most = Math.max(...share);
    const blocked = share[ThreadState.blocked] === most;
    cells.push(
      most < 0 ? undefined : blocked ? ThreadState.blocked : (share.indexOf(most) as ThreadState),
    );
  }
  return cells;
}

function runsOf(cells: readonly (ThreadState | undefined)[]) {
  const runs: { state: ThreadState | undefined; length: number }[] = [];
  for (const state of cells) {
    const last = runs.at(-1);
    if (last !== undefined && last.state === state) last.length++;
    else runs.push({ state, length: 1 });
  }
  return runs;
}

function tint(state: ThreadState, text: string, thread: number, paint: Paint): string {
  switch (state) {
    case ThreadState.running:
      return paint.thread(thread, text);
    case ThreadState.blocked:
      return paint.bad(text);
    case ThreadState.waiting:
    case ThreadState.sleeping:
      return paint.dim(text);
    case ThreadState.runnable:
      return paint.thread(thread, text);
    case ThreadState.stalled:
      return paint.warning(text);
  }
}

/** `0` at the left, the middle in the middle, the end at the right. */
function axis(end: number, columns: number, clock: Clock, look: Look): string {
  const [middle, right] = [duration(end / 2, clock, look), duration(end, clock, look)];
  const line = "0".padEnd(Math.floor((columns - middle.length) / 2)) + middle;
  return columns < 30
    ? "0".padEnd(columns - right.length) + right
    : line.padEnd(columns - right.length) + right;
}
