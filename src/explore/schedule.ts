/** Executions as schedules: text that gives the same run again, on every engine (docs/schedules.md). */
import { ScheduleRecorder } from "../engine/schedule/recorder.ts";
import { formatSchedule } from "../trace/schedule.ts";
import type { Execution } from "./execution.ts";
import type { Move } from "./step.ts";
import { Follow } from "./strategies/follow.ts";

/** Makes the execution once more, and writes down what was decided. */
export function scheduleOf(execution: Execution, moves: readonly Move[]): string {
  let recorder: ScheduleRecorder | undefined;
  execution.go(new Follow(moves), {}, (scheduler, view) => {
    return (recorder = new ScheduleRecorder(scheduler, view));
  });
  return formatSchedule(recorder!.schedule);
}
