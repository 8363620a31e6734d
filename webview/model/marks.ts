import type { Columns } from "../../src/trace/columns.ts";

/** Moments of a lane, in order of time: rows of the trace's columns. */
export interface Marks {
  readonly events: Columns;
  readonly rows: Int32Array;
  readonly count: number;
}
