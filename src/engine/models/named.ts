/** The execution model that a program's head names. */
import type { ProgramOptions } from "../../protocol/program.ts";
import { cooperative } from "./cooperative.ts";
import { green } from "./green.ts";
import type { ExecutionModel } from "./model.ts";
import { parallel } from "./parallel.ts";
import { timesliced } from "./timesliced.ts";

/** The same on every machine, so that a run is. */
export const DEFAULT_CORES = 4;

export function executionModel(options: ProgramOptions): ExecutionModel {
  const { model = "parallel", cores = DEFAULT_CORES, quantum } = options;
  switch (model) {
    case "parallel":
      return parallel(cores, quantum);
    case "timesliced":
      return timesliced(quantum);
    case "cooperative":
      return cooperative();
    case "green":
      return green(cores);
  }
}
