/**
 * Entry of the worker that holds a controlled run's baton. It may block, as the runner's main thread may not, so that handing
 * over takes no turn of an event loop.
 */
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { Control } from "../../../protocol/run.ts";
import type { TraceProblem } from "../../../trace/problem.ts";
import { TraceReader } from "../../../trace/reader.ts";
import { formatSchedule, parseSchedule } from "../../../trace/schedule.ts";
import { Onward } from "../../schedule/onward.ts";
import { RandomOrder } from "../../schedule/random.ts";
import { ScheduleRecorder } from "../../schedule/recorder.ts";
import { ScheduleReplayer } from "../../schedule/replayer.ts";
import { TraceOrder } from "../../schedule/trace-order.ts";
import type { Scheduler } from "../../scheduler.ts";
import { RunMemory } from "../memory.ts";
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

function makeScheduler(
  control: Control,
  view: ControlledView,
): { readonly scheduler: Scheduler; readonly problems: TraceProblem[] } {
  switch (control.kind) {
    case "onward":
      return { scheduler: new Onward(), problems: [] };
    case "random":
      return { scheduler: new RandomOrder(control.seed), problems: [] };
    case "schedule": {
      const { schedule, problems } = parseSchedule(control.text);
      const replayer = new ScheduleReplayer(schedule, view);
      replayer.problems.push(...problems);
      return { scheduler: replayer, problems: replayer.problems };
    }
    case "trace": {
      const reader = new TraceReader();
      reader.push(readFileSync(control.path));
      const order = new TraceOrder(reader.trace, view);
      return { scheduler: order, problems: order.problems };
    }
  }
}

const { buffer, program, control } = workerData as ControllerData;
const memory = new RunMemory(buffer);
const view = new ControlledView(memory, program);
const { scheduler, problems } = makeScheduler(control, view);
const recorder = new ScheduleRecorder(scheduler, view);
// What was recorded says when patience ended; nothing else but virtual time does.
const replays = control.kind === "schedule" || control.kind === "trace";
const controller = new Controller(memory, recorder, replays);
const rest = controller.run();
const rested: Rested = {
  rest,
  schedule: formatSchedule(recorder.schedule),
  problems,
  steps: controller.steps,
};
parentPort!.postMessage(rested);
