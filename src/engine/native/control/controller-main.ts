/**
 * Entry of the worker that holds a controlled run's baton. It may block, as the runner's main thread may not, so that handing
 * over takes no turn of an event loop.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { Control } from "../../../protocol/run.ts";
import type { TraceProblem } from "../../../trace/problem.ts";
import { formatSchedule } from "../../../trace/schedule.ts";
import { controlledBy } from "../../schedule/controlled-by.ts";
import { ScheduleRecorder } from "../../schedule/recorder.ts";
import { RunMemory } from "../memory.ts";
import { readTrace } from "../read-trace.ts";
import { Controller, type Rest } from "./controller.ts";
import { ControlledView } from "./view.ts";

export interface ControllerData {
  readonly buffer: SharedArrayBuffer;
  readonly program: CompiledProgram;
  readonly control: Control;
}

/** What the controller says, once: how the run came to rest, and how to have it again. */
export interface Rested {
  readonly rest: Rest;
  readonly schedule: string;
  readonly problems: readonly TraceProblem[];
  readonly steps: number;
}

const { buffer, program, control } = workerData as ControllerData;
const memory = new RunMemory(buffer);
const view = new ControlledView(memory, program);
const { scheduler, problems, anyTime } = controlledBy(control, view, readTrace);
const recorder = new ScheduleRecorder(scheduler, view);
const controller = new Controller(memory, recorder, anyTime);
const rest = controller.run();
const rested: Rested = {
  rest,
  schedule: formatSchedule(recorder.schedule),
  problems,
  steps: controller.steps,
};
parentPort!.postMessage(rested);
