/**
 * The door of the room: explores a program on the model engine, by one strategy after another, and says what came of it.
 * Knows no process and no clock: who calls it says what time it is and when to stop.
 */
import type { Model } from "../engine/model/model.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import type { ExploreOptions, ExploreProgress, ExploreResult } from "../protocol/explore.ts";

export interface ExploreParts {
  /** Runs of the program come one after another on it. */
  readonly model: Model;
  readonly program: CompiledProgram;
  readonly options: ExploreOptions;
  readonly hooks: ExploreHooks;
}

export interface ExploreHooks {
  /** Milliseconds, from whenever. */
  now(): number;
  /** Asked between executions and, in long ones, every thousand steps. */
  shouldStop(): boolean;
  /** Called a few times a second. */
  progress(progress: ExploreProgress): void;
}

/** Explores until everything is known, a limit is reached, or it is told to stop. */
export function explore(_parts: ExploreParts): ExploreResult {
  throw new Error("not written yet");
}
