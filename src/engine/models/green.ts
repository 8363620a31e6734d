/** Many green threads on N threads of the system, one a core: they run side by side, and switch only where they wait. */
import { Cores } from "./cores.ts";
import type { ExecutionModel } from "./model.ts";

export function green(cores: number): ExecutionModel {
  return new Cores({ cores, quantum: Infinity });
}
