/** One core, and a quantum after which a thread has to let the next one on, wherever it is: preemptive. */
import { Cores } from "./cores.ts";
import type { ExecutionModel } from "./model.ts";

/** Short, so that small programs show what it is to be interrupted. */
export const QUANTUM = 10;

export function timesliced(quantum = QUANTUM): ExecutionModel {
  return new Cores({ cores: 1, quantum });
}
