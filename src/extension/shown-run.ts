import type { Recording } from "./recording.ts";
import type { RunState } from "./run-state.ts";

/** What a timeline shows: a run that goes on, or one that is kept in a file. */
export interface ShownRun {
  readonly id: string;
  readonly title: string;
  readonly tracePath: string;
  /** Its bytes, as far as `state` says that there are some. */
  open(): Promise<Recording>;
  readonly state: RunState;
  readonly changed: { add(listener: (state: RunState) => void): Disposable };
}
