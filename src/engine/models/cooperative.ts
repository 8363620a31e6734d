/** One core, which a thread keeps until it waits, yields or ends: coroutines, and JavaScript's own tasks. */
import { Cores } from "./cores.ts";
import type { ExecutionModel } from "./model.ts";

export function cooperative(): ExecutionModel {
  return new Cores({ cores: 1, quantum: Infinity });
}
