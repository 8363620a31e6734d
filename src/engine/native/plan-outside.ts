/** How a run's threads are answered when they ask the world: decided before the first of them begins. */
import { randomInt } from "node:crypto";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions } from "../../protocol/run.ts";
import { DEFAULT_CORES } from "../models/named.ts";
import { recordedInputs } from "../outside/recorded-inputs.ts";
import { EPOCH_MS } from "../outside/virtual-world.ts";
import { readTrace } from "./read-trace.ts";
import type { OutsidePlan } from "./thread-outside.ts";

export interface OutsideWishes {
  readonly program: CompiledProgram;
  readonly options: Pick<RunOptions, "control" | "argv">;
  /** Of the machine. */
  readonly cores: number;
  readonly traced: boolean;
  readonly controlled: boolean;
  /** Given by whoever has started this process, undefined for the program itself. */
  readonly seed: number | undefined;
}

/** Undefined for a run that is neither recorded nor controlled: its threads ask the world itself. */
export function planOutside(wishes: OutsideWishes): OutsidePlan | undefined {
  const { program, options, cores, traced, controlled } = wishes;
  const { control, argv } = options;
  const recorded = control?.kind === "trace" ? recordedInputs(readTrace(control.path)) : undefined;
  if (recorded !== undefined) {
    return { facts: { ...recorded.facts, argv }, virtual: true, recorded };
  }
  if (controlled) {
    const { seed = 0, cores: parallelism = DEFAULT_CORES } = program.options;
    const facts = { seed, parallelism, argv, beganMs: EPOCH_MS };
    // A trace without inputs was made by nobody's decisions.
    const decided = control?.kind === "trace" ? {} : ({ exploring: true } as const);
    return { facts: { ...facts, ...decided }, virtual: true };
  }
  if (!traced) return undefined;
  const seed = wishes.seed ?? randomInt(2 ** 32);
  const facts = { seed, parallelism: cores, argv, beganMs: Date.now() };
  return { facts, virtual: false };
}
