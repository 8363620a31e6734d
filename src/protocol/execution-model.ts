/**
 * Which execution model a modelled run plays (SEMANTICS, Time): what the program's head says, and what a person chooses
 * instead, on the command line, in the settings or in the panel. A choice goes with the run; the program is not touched.
 */
import { oneOf, optional, whole, type Check, type Shape } from "../base/shape.ts";
import type { CompiledProgram, ProgramOptions } from "./program.ts";

export const EXECUTION_MODELS = ["parallel", "timesliced", "cooperative", "green"] as const;
export type ExecutionModelName = (typeof EXECUTION_MODELS)[number];

/** As the heads of programs have them: above 2³² - 1 no tick can be told from another. */
export const MOST_CORES = 256;
export const LONGEST_QUANTUM = 2 ** 32 - 1;

/** What is left out is as the program's head says, or the model's own default. */
export interface ModelChoice {
  readonly model?: ExecutionModelName;
  readonly cores?: number;
  /** In ticks. */
  readonly quantum?: number;
}

/** What a program may be run as: what its head says, on real threads, or under a model. */
export const RUN_KINDS = ["program", "native", ...EXECUTION_MODELS] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** What a person wants a program to be run as. */
export interface RunAs {
  readonly kind: RunKind;
  readonly cores?: number;
  readonly quantum?: number;
}

/** Undefined: the engine that can play what the program names. */
export function engineOf({ kind }: RunAs): "native" | "model" | undefined {
  return kind === "program" ? undefined : kind === "native" ? "native" : "model";
}

export function choiceOf({ kind, cores, quantum }: RunAs): ModelChoice {
  return {
    ...(kind === "program" || kind === "native" ? {} : { model: kind }),
    ...(cores === undefined ? {} : { cores }),
    ...(quantum === undefined ? {} : { quantum }),
  };
}

/** Whether real threads cannot play it: they run at the same time, and whenever the operating system has them run. */
export function needsModel({ model }: ProgramOptions): boolean {
  return model === "timesliced" || model === "cooperative";
}

/** Whether real threads play it as many on few: then its functions have to be such that they can be suspended. */
export function carriesMany({ model }: ProgramOptions): boolean {
  return model === "green";
}

/** The program as it is to be played. */
export function playedAs(program: CompiledProgram, choice: ProgramOptions = {}): CompiledProgram {
  return { ...program, options: { ...program.options, ...choice } };
}

const within =
  (most: number): Check =>
  (value) =>
    whole(value) && (value as number) >= 1 && (value as number) <= most;

/** Of a value that comes out of a page: a wish within the limits. */
export const RUN_AS: Shape = {
  kind: oneOf(...RUN_KINDS),
  cores: optional(within(MOST_CORES)),
  quantum: optional(within(LONGEST_QUANTUM)),
};
