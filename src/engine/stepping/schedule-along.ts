/** The text of the schedule that some moves are, where the engine has not written it down: the run is made once more. */
import { formatSchedule } from "../../trace/schedule.ts";
import { ScheduleRecorder } from "../schedule/recorder.ts";
import type { StepChoices, StepEngine } from "./engine.ts";
import type { Move } from "./move.ts";
import { Stepper } from "./stepper.ts";

/** Ends the run under way. Pauses and changes from outside are no part of a schedule. */
export function scheduleAlong(
  engine: StepEngine,
  moves: readonly Move[],
  choices: Pick<StepChoices, "exploring" | "spurious" | "recorded">,
): string {
  let recorder!: ScheduleRecorder;
  const made = moves.filter((move) => !move.resumes && move.edit === undefined);
  const stepper = new Stepper();
  stepper.plan(made.map((move) => ({ ...move, stops: [] })));
  const run = engine.begin({
    scheduler: (view) => (recorder = new ScheduleRecorder(stepper, view)),
    ...choices,
  });
  run.go();
  return formatSchedule(recorder.schedule);
}
