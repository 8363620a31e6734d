/** How many workers a run has need of. */
import type { CompiledProgram } from "../../protocol/program.ts";
import { MAX_THREADS } from "./layout.ts";

/** How many wait for the next thread: the first spawns of a run find the warm ones ready. */
const SPARE_WORKERS = 2;

/**
 * One for each thread that there is, and some to spare for those that come next; of green threads, as many as the program's head
 * says, or as there are cores, however many threads there are.
 */
export function workersWanted(program: CompiledProgram, threads: number, cores: number): number {
  if (program.form === "green") return program.options.cores ?? cores;
  return Math.min(threads + SPARE_WORKERS, MAX_THREADS);
}
