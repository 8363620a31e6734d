/** Everything that the page of exploring shows. */
import type { ExploreProgress } from "../../src/protocol/explore.ts";
import type { ShownResult, ToExploration } from "../../src/protocol/explore-view.ts";

export type Absence = Omit<Extract<ToExploration, { type: "none" }>, "type">;

export interface ExplorationPageState {
  readonly title: string;
  /** Undefined before anything was heard. */
  readonly phase: "going" | "result" | "none" | undefined;
  /** Null before the first figures: it is being compiled, or has just begun. */
  readonly progress: ExploreProgress | null;
  readonly result: ShownResult | null;
  readonly absence: Absence | null;
  readonly edited: boolean;
  /** The finding to be brought into sight; a new object each time. */
  readonly goTo: { readonly finding: number } | null;
}

export const NOTHING_YET: ExplorationPageState = {
  title: "",
  phase: undefined,
  progress: null,
  result: null,
  absence: null,
  edited: false,
  goTo: null,
};
