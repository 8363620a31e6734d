/**
 * Which execution model a modelled run plays (SEMANTICS, Time): what the program's head says, and what a person chooses
 * instead, on the command line, in the settings or in the panel. A choice goes with the run; the program is not touched.
 */
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

/** Real threads, or a model. Absent where somebody may choose: the engine that can play what the program names. */
export type RunAs =
  { readonly engine: "native" } | { readonly engine: "model"; readonly choice: ModelChoice };

/** Whether real threads cannot play it: they run at the same time, and whenever the operating system has them run. */
export function needsModel({ model }: ProgramOptions): boolean {
  return model === "timesliced" || model === "cooperative";
}

/** The program as it is to be played. */
export function playedAs(program: CompiledProgram, choice: ModelChoice = {}): CompiledProgram {
  return { ...program, options: { ...program.options, ...choice } };
}

/** Whether a value from outside is a choice within the limits. */
export function isModelChoice(value: unknown): value is ModelChoice {
  if (typeof value !== "object" || value === null) return false;
  const { model, cores, quantum } = value as Readonly<Record<string, unknown>>;
  return (
    (model === undefined || EXECUTION_MODELS.some((name) => name === model)) &&
    isWithin(cores, MOST_CORES) &&
    isWithin(quantum, LONGEST_QUANTUM)
  );
}

function isWithin(value: unknown, most: number): boolean {
  return (
    value === undefined ||
    (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most)
  );
}
