/** Everything that the comparison shows: a row for each execution model, all seen through one window of ticks. */
import type { ExecutionModelName } from "../../src/protocol/execution-model.ts";
import type { Nanoseconds } from "../../src/base/brand.ts";
import type { Hit } from "../model/hit.ts";
import type { Picture } from "../model/picture.ts";
import type { Run, Window } from "../model/scale.ts";
import { isOver, type Phase, type Problems } from "../model/state.ts";

export interface ModelRow {
  readonly run: string;
  readonly model: ExecutionModelName;
  /** Null before anything was heard of it: it waits for its turn. */
  readonly phase: Phase | null;
  readonly statusText: string;
  readonly problems: Problems | null;
  readonly picture: Picture | null;
}

export interface Hovered {
  readonly run: string;
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
}

export interface ComparisonState {
  readonly title: string;
  readonly rows: readonly ModelRow[];
  readonly over: boolean;
  /** What of the ticks is seen; null for all of them. */
  readonly window: Window | null;
  readonly hovered: Hovered | null;
}

export const EMPTY_COMPARISON: ComparisonState = {
  title: "",
  rows: [],
  over: false,
  window: null,
  hovered: null,
};

/** Whether all that will come has come: the host may say that all is over while the last run's bytes are on their way. */
export function isComplete({ over, rows }: ComparisonState): boolean {
  return over && rows.every(({ phase }) => phase === null || isOver(phase));
}

/** As far as the longest of the runs goes: so that lengths can be compared. */
export function extentOf(rows: readonly ModelRow[]): Run {
  const end = rows.reduce((most, { picture }) => Math.max(most, picture?.extent.end ?? 0), 0);
  return { start: 0 as Nanoseconds, end: end as Nanoseconds, clock: "ticks" };
}
