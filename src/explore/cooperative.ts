/** Whether a program's threads are never preempted (SEMANTICS, Time). */
import type { ProgramOptions } from "../protocol/program.ts";

/** Threads leave their core at the end, and where they wait or yield. */
export function isCooperative({ model, cores }: ProgramOptions): boolean {
  return model === "cooperative" || (model === "green" && cores === 1);
}
