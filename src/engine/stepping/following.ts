/** What a session does first: the way of a schedule or of a recorded run, as far as it fits. */
import type { TraceProblem } from "../../trace/problem.ts";
import { TraceReader } from "../../trace/reader.ts";
import { parseSchedule, spuriousIn } from "../../trace/schedule.ts";
import type { Trace } from "../../trace/trace.ts";
import { recordedInputs, type RecordedInputs } from "../outside/recorded-inputs.ts";
import { ScheduleReplayer } from "../schedule/replayer.ts";
import { TraceOrder } from "../schedule/trace-order.ts";
import { spuriousWakeUps } from "../schedule/trace-scripts.ts";
import type { StepView } from "./engine.ts";
import type { Drive } from "./stepper.ts";

export interface Follows {
  readonly schedule?: string | undefined;
  readonly trace?: Uint8Array | undefined;
}

export interface Following {
  readonly drive: Drive;
  /** Where it did not fit; complete when the drive has picked nobody. */
  problems(): readonly TraceProblem[];
}

/** `view`: the run as it is now, which may come to be another one on the way. Undefined: there is nothing to follow. */
export function following(
  { schedule, trace }: Follows,
  view: () => StepView,
): Following | undefined {
  const stopsAt = (): boolean => false;
  if (schedule !== undefined) {
    const parsed = parseSchedule(schedule);
    const replayer = new ScheduleReplayer(parsed.schedule, current(view));
    return {
      drive: {
        pick: (candidates, count) => replayer.pickWithin(candidates, count),
        choose: (n, thread, otherwise) => replayer.choose(n, thread, otherwise),
        stopsAt,
      },
      problems: () => [...parsed.problems, ...replayer.problems],
    };
  }
  if (trace === undefined) return undefined;
  const order = new TraceOrder(read(trace), current(view));
  return {
    drive: {
      pick: (candidates, count) => order.pick(candidates, count),
      choose: (...asked) => order.choose(...asked),
      completed: (thread) => order.completed(thread),
      stopsAt,
    },
    problems: () => order.problems,
  };
}

function current(view: () => StepView): StepView {
  return {
    get threads() {
      return view().threads;
    },
    nameOf: (thread) => view().nameOf(thread),
    parentOf: (thread) => view().parentOf(thread),
    hasEnded: (thread) => view().hasEnded(thread),
    anchorOf: (candidate) => view().anchorOf(candidate),
    has: (anchor) => view().has(anchor),
  };
}

/** How many wake-ups without a reason are on the way. */
export function spuriousAlong({ schedule, trace }: Follows): number {
  if (schedule !== undefined) return spuriousIn(parseSchedule(schedule).schedule);
  return trace === undefined ? 0 : spuriousWakeUps(read(trace));
}

/** What the recording that is followed has of the world outside. */
export function inputsOf({ trace }: Follows): RecordedInputs | undefined {
  return trace && recordedInputs(read(trace));
}

function read(trace: Uint8Array): Trace {
  const reader = new TraceReader();
  reader.push(trace);
  return reader.trace;
}
