/**
 * What the runner's main thread and the worker that explores say to each other. Both ends are built together, so there is no
 * version. The worker answers with `FromExplorer`s.
 */
import type { ExploreRequest } from "../../../protocol/explore.ts";

export interface ExplorerOpening {
  readonly request: ExploreRequest;
  /** Of the model's own memory; what the isolate takes is watched from outside. */
  readonly memoryLimitBytes: number;
  /** `ExplorerWord`s. */
  readonly words: Int32Array;
}

export const ExplorerWord = {
  /** Not 0: it shall end soon, with what it has. */
  STOP: 0,
  /** Counts how often it looked. */
  LOOKS: 1,
  COUNT: 2,
} as const;
