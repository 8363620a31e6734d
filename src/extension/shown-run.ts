import type { RunState } from "./run-state.ts";

/** What a timeline shows: a run that goes on, or one that is kept in a file. */
export interface ShownRun {
  readonly id: string;
  readonly title: string;
  readonly tracePath: string;
  readonly state: RunState;
  readonly changed: { add(listener: (state: RunState) => void): Disposable };
}
