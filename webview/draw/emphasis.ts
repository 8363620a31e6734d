/**
 * What stands out in a picture beside its lanes: what a filter found, what the editor's cursor lit, what is selected,
 * hovered and measured. Worked out when it changes, so that drawing only looks it up.
 */
import type { Density } from "../model/density.ts";
import type { Hit } from "../model/hit.ts";
import type { Marks } from "../model/marks.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";

export interface Emphasis {
  /** While a filter is on: the spans of each lane that match. What does not is drawn faintly. */
  readonly found: ReadonlyMap<Spans, Density> | null;
  /** Events at the lines where the editor's cursor is, by lane. */
  readonly lit: ReadonlyMap<Marks, Marks> | null;
  readonly selected: Hit | null;
  readonly hovered: Hit | null;
  /** The moment that the panes speak of. */
  readonly cursor: number | null;
  /** A range that is being measured. */
  readonly measured: { readonly from: number; readonly to: number } | null;
}

export const NO_EMPHASIS: Emphasis = {
  found: null,
  lit: null,
  selected: null,
  hovered: null,
  cursor: null,
  measured: null,
};
