/**
 * A lane per thread, drawn with block characters. Each column is a slice of the run; it shows the state in which the
 * thread spent most of the slice, and is blank only where the thread did not exist at all. A state is a texture, so that
 * the picture reads without colour.
 */
import type { Look } from "../terminal.ts";
import { duration } from "./duration.ts";
import type { Paint } from "./paint.ts";
import { columnsOf, cutTo, padTo } from "./width.ts";

/** Blocked: a holder is to blame. Waiting: for something to happen. Recording: for the trace to be written. */
export type LaneState = "running" | "blocked" | "waiting" | "sleeping" | "recording";

export interface Span {
  readonly state: LaneState;
  /** Nanoseconds since the run began. */
  readonly from: number;
  readonly to: number;
}

export interface Lane {
  readonly thread: number;
  readonly name: string;
  /** In order of time, without overlaps. */
  readonly spans: readonly Span[];
}

const STATES: readonly LaneState[] = ["running", "blocked", "waiting", "sleeping", "recording"];
const BLOCKS: Record<LaneState, string> = {
  ...{ running: "█", blocked: "▒", waiting: "·", sleeping: "╌", recording: "◦" },
};
const ASCII: Record<LaneState, string> = {
  ...{ running: "#", blocked: "x", waiting: ".", sleeping: "-", recording: "o" },
};
const MEANING: Record<LaneState, string> = {
  running: "running",
  blocked: "blocked by another thread",
  waiting: "waiting",
  sleeping: "sleeping",
  recording: "waiting for the recorder",
};
const LONGEST_NAME = 18;

/** The lanes, an axis, and a legend of the states that occur. `end`: nanoseconds since the run began. */
export function renderLanes(
  lanes: readonly Lane[],
  end: number,
  look: Look,
  paint: Paint,
): string[] {
  if (lanes.length === 0) return [];
  const ellipsis = look.unicode ? "…" : "..";
  const names = lanes.map((lane) => cutTo(lane.name, LONGEST_NAME, ellipsis));
  const nameColumns = Math.max(...names.map(columnsOf));
  const columns = look.width - nameColumns - 4;
  const glyphs = look.unicode ? BLOCKS : ASCII;
  const rows = lanes.map((lane, index) => {
    const cells = slice(lane.spans, end, columns);
    const drawn = runsOf(cells).map(({ state, length }) =>
      state === undefined
        ? " ".repeat(length)
        : tint(state, glyphs[state].repeat(length), lane.thread, paint),
    );
    const name = padTo(names[index] ?? "", nameColumns);
    return `  ${paint.thread(lane.thread, name)}  ${drawn.join("")}`.trimEnd();
  });
  const occurring = STATES.filter((state) =>
    lanes.some((lane) => lane.spans.some((span) => span.state === state && span.to > span.from)),
  );
  const legend = occurring.map(
    (state) => `${tint(state, glyphs[state], 0, paint)} ${MEANING[state]}`,
  );
  const margin = " ".repeat(nameColumns + 4);
  return [...rows, margin + paint.dim(axis(end, columns, look)), margin + legend.join("   ")];
}

/** The state that takes most of each slice. A tie goes to what costs. */
export function slice(
  spans: readonly Span[],
  end: number,
  columns: number,
): (LaneState | undefined)[] {
  const step = Math.max(end, 1) / columns;
  const cells: (LaneState | undefined)[] = [];
  let first = 0;
  for (let column = 0; column < columns; column++) {
    const [from, to] = [column * step, (column + 1) * step];
    while (first < spans.length && spans[first].to < from) first++;
    const share = new Map<LaneState, number>();
    for (let index = first; index < spans.length; index++) {
      const span = spans[index];
      if (span.from >= to && !(column === columns - 1 && span.from <= to)) break;
      const length = Math.min(span.to, to) - Math.max(span.from, from);
      share.set(span.state, (share.get(span.state) ?? 0) + Math.max(length, 0));
    }
    let best: LaneState | undefined;
    for (const [state, time] of share) {
      const most = best === undefined ? -1 : (share.get(best) ?? 0);
      if (time > most || (time === most && state === "blocked")) best = state;
    }
    cells.push(best);
  }
  return cells;
}

function runsOf(cells: readonly (LaneState | undefined)[]) {
  const runs: { state: LaneState | undefined; length: number }[] = [];
  for (const state of cells) {
    const last = runs.at(-1);
    if (last !== undefined && last.state === state) last.length++;
    else runs.push({ state, length: 1 });
  }
  return runs;
}

function tint(state: LaneState, text: string, thread: number, paint: Paint): string {
  switch (state) {
    case "running":
      return paint.thread(thread, text);
    case "blocked":
      return paint.bad(text);
    case "waiting":
    case "sleeping":
      return paint.dim(text);
    case "recording":
      return paint.warning(text);
  }
}

/** `0` at the left, the middle in the middle, the end at the right. */
function axis(end: number, columns: number, look: Look): string {
  const [middle, right] = [duration(end / 2, look), duration(end, look)];
  const line = "0".padEnd(Math.floor((columns - middle.length) / 2)) + middle;
  return columns < 30
    ? "0".padEnd(columns - right.length) + right
    : line.padEnd(columns - right.length) + right;
}
