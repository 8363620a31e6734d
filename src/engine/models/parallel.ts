/** Threads run side by side on N cores; where there are more threads than cores, they take turns by a quantum. */
import { Cores } from "./cores.ts";
import type { ExecutionModel } from "./model.ts";

/** Long beside what programs do between two operations, as an operating system's is. */
const QUANTUM = 1000;

export function parallel(cores: number, quantum = QUANTUM): ExecutionModel {
  return new Cores({ cores, quantum });
}
