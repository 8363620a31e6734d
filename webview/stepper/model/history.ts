/** What happened on the way here, and what was undone and can be done again: the rows of one list. */
import type { Happened, MomentId } from "../../../src/protocol/step.ts";
import type { Moments } from "./moments.ts";

export interface HistoryRow {
  readonly moment: MomentId;
  /** Counts from 1; the beginning is 0. */
  readonly step: number;
  /** The beginning has none. */
  readonly by: Happened | undefined;
  readonly when: "past" | "here" | "undone";
}

/** O(length of the path). */
export function historyOf(moments: Moments): readonly HistoryRow[] {
  const { here } = moments;
  const past = moments.path(here.id);
  const beginning = moments.row(0 as MomentId);
  const rows = [beginning, ...past].map((row): HistoryRow => ({
    moment: row.id,
    step: row.depth,
    by: row.by,
    when: row.id === here.id ? "here" : "past",
  }));
  const undone = moments
    .onward(here.id)
    .map(({ id, depth, by }): HistoryRow => ({ moment: id, step: depth, by, when: "undone" }));
  return [...rows, ...undone];
}
