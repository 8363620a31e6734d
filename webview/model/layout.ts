/**
 * Where each lane lies: rows from top to bottom, under headings that fold. Pure, and independent of time and zoom, so it
 * is made again only when lanes come, fold, or the panel's density changes.
 */
import type { Pixels } from "../../src/base/brand.ts";
import type { CellLane } from "./cell-lane.ts";
import type { LockLane } from "./lock-lane.ts";
import type { ChannelLane, Lane, Picture, ThreadLane } from "./picture.ts";
import type { ProcessGroup } from "./process-group.ts";
import type { SourceLane } from "./source-lane.ts";
import type { WireLane } from "./wire-lane.ts";

export const GROUPS = [
  "cores",
  "threads",
  "locks",
  "channels",
  "wires",
  "sources",
  "meeting",
  "collections",
  "cells",
  "parallelism",
] as const;
/** A group that every run may have. */
export type FixedGroup = (typeof GROUPS)[number];
export type GroupName = FixedGroup | ProcessKey;

/** The group of a process, by its number. */
export type ProcessKey = `process ${number}`;

export const processKey = (process: number): ProcessKey => `process ${process}`;

/** Whether it is the name of a group. */
export const isGroup = (name: unknown): name is GroupName =>
  GROUPS.includes(name as FixedGroup) || /^process \d+$/.test(String(name));

export type Row =
  | {
      readonly kind: "group";
      readonly group: GroupName;
      readonly count: number;
      readonly y: number;
      readonly height: number;
      readonly folded: boolean;
      readonly process?: ProcessGroup;
    }
  | {
      readonly kind: "lane";
      readonly group: GroupName;
      readonly key: string;
      readonly lane: Lane;
      readonly y: number;
      readonly height: number;
    }
  | {
      readonly kind: "parallelism";
      readonly group: "parallelism";
      readonly key: string;
      readonly y: number;
      readonly height: number;
    }
  /** Lanes that are not laid out until they are asked for. */
  | {
      readonly kind: "more";
      readonly group: GroupName;
      readonly hidden: number;
      readonly y: number;
      readonly height: number;
    };

export interface Layout {
  readonly rows: readonly Row[];
  readonly height: Pixels;
  readonly metrics: Metrics;
}

/** Heights in pixels of what a lane consists of. */
export interface Metrics {
  readonly compact: boolean;
  readonly band: number;
  readonly hold: number;
  readonly region: number;
  readonly gap: number;
  readonly group: number;
  /** Beneath a core, which has nothing to show there. */
  readonly core: number;
  readonly queue: number;
  readonly depth: number;
  readonly arrows: number;
  readonly cell: number;
  readonly parallelism: number;
}

const ROOMY: Metrics = {
  compact: false,
  band: 20,
  hold: 13,
  region: 14,
  gap: 12,
  group: 24,
  core: 14,
  queue: 8,
  depth: 28,
  arrows: 16,
  cell: 20,
  parallelism: 44,
};

const COMPACT: Metrics = {
  compact: true,
  band: 15,
  hold: 4,
  region: 5,
  gap: 6,
  group: 22,
  core: 5,
  queue: 4,
  depth: 16,
  arrows: 10,
  cell: 14,
  parallelism: 32,
};

/** From so many threads on, lanes are drawn thinner. */
const COMPACT_FROM = 13;
/** Of each group so many lanes are shown before somebody asks for more. */
export const LANES_SHOWN = 60;

export interface LayoutOptions {
  readonly folded: ReadonlySet<GroupName>;
  /** Groups of which all lanes are wanted. */
  readonly unlimited: ReadonlySet<GroupName>;
  /** Whether a lane is wanted at all (the filter's business). */
  readonly wanted: (lane: Lane) => boolean;
}

export const laneKey = (lane: Lane): string => `${lane.kind}:${lane.id}`;

export function layoutOf(picture: Picture, options: LayoutOptions): Layout {
  const metrics = picture.threads.length >= COMPACT_FROM ? COMPACT : ROOMY;
  const rows: Row[] = [];
  let y = 0;
  const heading = (group: GroupName, count: number, process?: ProcessGroup): boolean => {
    const folded = options.folded.has(group);
    const of = process === undefined ? {} : { process };
    rows.push({ kind: "group", group, count, y, height: metrics.group, folded, ...of });
    y += metrics.group;
    return !folded;
  };
  const lanes = (group: GroupName, all: readonly Lane[], process?: ProcessGroup): void => {
    const wanted = all.filter(options.wanted);
    if (wanted.length === 0 || !heading(group, wanted.length, process)) return;
    const shown = options.unlimited.has(group) ? wanted.length : LANES_SHOWN;
    for (const lane of wanted.slice(0, shown)) {
      const height = heightOf(lane, metrics);
      rows.push({ kind: "lane", group, key: laneKey(lane), lane, y, height });
      y += height;
    }
    const hidden = wanted.length - shown;
    if (hidden > 0) {
      rows.push({ kind: "more", group, hidden, y, height: metrics.group });
      y += metrics.group;
    }
  };
  lanes("cores", picture.cores);
  lanes(
    "threads",
    picture.threads.filter((lane) => lane.process === undefined),
  );
  for (const process of picture.processes) {
    lanes(processKey(process.id), [...process.threads, ...process.lines], process);
  }
  lanes("locks", byCost(picture.locks));
  lanes("channels", picture.channels);
  lanes("wires", picture.wires);
  lanes("sources", picture.sources);
  for (const group of ["meeting", "collections", "cells"] as const) {
    lanes(
      group,
      picture.cells.filter((lane) => groupOfCell(lane) === group),
    );
  }
  if (picture.threads.length > 0 && heading("parallelism", 1)) {
    const height = metrics.parallelism + metrics.gap;
    rows.push({ kind: "parallelism", group: "parallelism", key: "parallelism", y, height });
    y += height;
  }
  return { rows, height: y as Pixels, metrics };
}

/** Where threads meet, what they put things into, and plain values. */
function groupOfCell({ track }: CellLane): "meeting" | "collections" | "cells" {
  switch (track.kind) {
    case "condvar":
    case "notify":
    case "barrier":
    case "latch":
    case "waitgroup":
    case "once":
    case "pool":
      return "meeting";
    case "map":
    case "queue":
    case "stack":
    case "counter":
      return "collections";
    default:
      return "cells";
  }
}

/** The group in which a lane stands. */
export function groupOf(picture: Picture, lane: Lane): GroupName {
  switch (lane.kind) {
    case "thread":
      return lane.process === undefined ? "threads" : processKey(lane.process);
    case "channel": {
      const process = picture.processes.find(({ lines }) => lines.some(({ id }) => id === lane.id));
      return process === undefined ? "channels" : processKey(process.id);
    }
    case "cell":
      return groupOfCell(lane);
    default:
      return `${lane.kind}s`;
  }
}

/** Pins stand on a lane. */
const PIN_ROOM = 6;

/** The lanes of cores alone, without a heading: where models are compared. */
export function coresLayout(picture: Picture): Layout {
  const metrics = ROOMY;
  let y = PIN_ROOM;
  const rows = picture.cores.slice(0, LANES_SHOWN).map((lane): Row => {
    const height = heightOf(lane, metrics);
    const row: Row = { kind: "lane", group: "cores", key: laneKey(lane), lane, y, height };
    y += height;
    return row;
  });
  return { rows, height: y as Pixels, metrics };
}

/** Where there are more locks than are shown, those that cost the most stand first. */
function byCost(locks: readonly LockLane[]): readonly LockLane[] {
  if (locks.length <= LANES_SHOWN) return locks;
  return locks.toSorted(
    (a, b) => b.waitedNs - a.waitedNs || b.track.operations - a.track.operations,
  );
}

function heightOf(lane: Lane, metrics: Metrics): number {
  switch (lane.kind) {
    case "core":
      return metrics.band + metrics.core;
    case "thread":
      return threadHeight(lane, metrics);
    case "lock":
      return lockHeight(lane, metrics);
    case "channel": {
      const { arrows, depth, words } = channelMetrics(lane, metrics);
      return arrows + depth + words;
    }
    case "wire": {
      const { arrows, depth, words } = wireMetrics(lane, metrics);
      return arrows + depth + words;
    }
    case "source": {
      const { band, gap, below } = sourceMetrics(lane, metrics);
      return lane.rows.length * (band + gap) + below;
    }
    case "cell":
      return cellHeight(lane, metrics) + metrics.gap;
  }
}

/** How high what is drawn of it is: a number needs steps that one can tell apart. */
export const cellHeight = (lane: CellLane, metrics: Metrics): number =>
  lane.level === null ? metrics.cell : metrics.depth;

/** How high arrows and curve of a channel are, and what lies beneath. One message has no queue to tell of. */
export function channelMetrics(
  { track }: ChannelLane,
  metrics: Metrics,
): { readonly arrows: number; readonly depth: number; readonly words: number } {
  const words = metrics.compact || track.kind === "oneshot" ? metrics.gap : metrics.gap + 8;
  return { arrows: metrics.arrows, depth: track.kind === "oneshot" ? 6 : metrics.depth, words };
}

/** How high arrows and curve of a wire are, and what lies beneath. */
export function wireMetrics(
  lane: WireLane,
  metrics: Metrics,
): { readonly arrows: number; readonly depth: number; readonly words: number } {
  if (lane.isDense) return { arrows: 9, depth: 11, words: 2 };
  return { ...metrics, words: metrics.gap + (metrics.compact ? 0 : 8) };
}

/** How high each band of a source is, and what lies between and beneath. */
export function sourceMetrics(
  lane: SourceLane,
  metrics: Metrics,
): { readonly band: number; readonly gap: number; readonly below: number } {
  if (lane.isDense) return { band: lane.rows.length > 1 ? 8 : 14, gap: 2, below: 2 };
  if (lane.rows.length > 1) return { band: metrics.hold, gap: 2, below: metrics.gap };
  return { band: metrics.band, gap: 2, below: metrics.gap };
}

/** Even a thread without holdings keeps room for one row, so that names beside the lanes do not touch. */
function threadHeight(lane: ThreadLane, metrics: Metrics): number {
  const holds = Math.max(lane.holds.length, metrics.compact || lane.taskRows.length > 1 ? 0 : 1);
  const tasks = lane.taskRows.length * (taskHeight(lane, metrics) + 1);
  const beneath = holds * (metrics.hold + 1) + tasks;
  return lane.regions.length * metrics.region + metrics.band + beneath + metrics.gap;
}

/** From so many rows of tasks on, they are drawn low. */
const LOW_TASKS_FROM = 5;

/** How high a row of tasks is. */
export const taskHeight = (lane: ThreadLane, metrics: Metrics): number =>
  metrics.compact ? 3 : lane.taskRows.length >= LOW_TASKS_FROM ? 5 : metrics.hold;

/** How high the band of a lock is, and each bar of those that hold it beside others. */
export function lockMetrics(
  lane: LockLane,
  metrics: Metrics,
): { readonly band: number; readonly bar: number } {
  const { beside } = lane;
  if (beside < 2) return { band: metrics.band, bar: metrics.band };
  const bar = metrics.compact ? 6 : 12;
  return { band: beside * (bar + 1) - 1, bar };
}

function lockHeight(lane: LockLane, metrics: Metrics): number {
  const queue = lane.track.waits.row.count > 0 || !metrics.compact ? metrics.queue + 2 : 0;
  return lockMetrics(lane, metrics).band + queue + metrics.gap;
}

/** The row at `y`, undefined between and below rows. O(log n). */
export function rowAt(layout: Layout, y: number): Row | undefined {
  const { rows } = layout;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle].y + rows[middle].height > y) high = middle;
    else low = middle + 1;
  }
  const row = rows[low];
  return row !== undefined && row.y <= y ? row : undefined;
}

/** Index of the first row that reaches below `y`. */
export function firstRowBelow(layout: Layout, y: number): number {
  const { rows } = layout;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle].y + rows[middle].height > y) high = middle;
    else low = middle + 1;
  }
  return low;
}
