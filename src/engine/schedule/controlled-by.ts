/** The scheduler that a run is to be controlled by, and the record that it leaves: the same on every engine. */
import type { Control } from "../../protocol/run.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import { parseSchedule, spuriousIn } from "../../trace/schedule.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Scheduler } from "../scheduler.ts";
import { Onward } from "./onward.ts";
import { RandomOrder } from "./random.ts";
import { type ReplayView, ScheduleReplayer } from "./replayer.ts";
import { TraceOrder } from "./trace-order.ts";
import { spuriousWakeUps } from "./trace-scripts.ts";
import type { FamilyView } from "./view.ts";

export interface Controlling {
  readonly scheduler: Scheduler;
  /** Where what is replayed does not fit: grows as the run goes on. */
  readonly problems: readonly TraceProblem[];
  /** What was recorded says when patience ended; without it nothing but virtual time does. */
  readonly anyTime: boolean;
}

/** How many wake-ups without a reason a run needs that is controlled so. `read`: the trace that a path names. */
export function spuriousOf(control: Control | undefined, read: (path: string) => Trace): number {
  switch (control?.kind) {
    case "schedule":
      return spuriousIn(parseSchedule(control.text).schedule);
    case "trace":
      return spuriousWakeUps(read(control.path));
    default:
      return 0;
  }
}

/** `read`: the trace that a path names. */
export function controlledBy(
  control: Control,
  view: ReplayView & FamilyView,
  read: (path: string) => Trace,
): Controlling {
  switch (control.kind) {
    case "onward":
      return { scheduler: new Onward(), problems: [], anyTime: false };
    case "random":
      return { scheduler: new RandomOrder(control.seed), problems: [], anyTime: false };
    case "schedule": {
      const { schedule, problems } = parseSchedule(control.text);
      const replayer = new ScheduleReplayer(schedule, view);
      replayer.problems.push(...problems);
      return { scheduler: replayer, problems: replayer.problems, anyTime: true };
    }
    case "trace": {
      const order = new TraceOrder(read(control.path), view);
      return { scheduler: order, problems: order.problems, anyTime: true };
    }
  }
}
