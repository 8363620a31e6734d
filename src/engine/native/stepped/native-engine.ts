/**
 * Controlled native as step sessions need it: a program on real workers, one of which goes on at a time, as the session's
 * scheduler says. The session's worker holds the baton itself, and may block: it reads the run's shared memory while all stand.
 *
 * A run that begins anew is one of new workers and new memory; the runner's main thread has both (`native-runs.ts`). Left out:
 * places to pause within code, variables, and control over anything that does not go through the gate.
 */
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { RunResult } from "../../../protocol/run.ts";
import { formatSchedule } from "../../../trace/schedule.ts";
import type { OutputLine } from "../../../trace/tables.ts";
import { Pause } from "../../model/thread.ts";
import { ScheduleRecorder } from "../../schedule/recorder.ts";
import type { Candidate, Scheduler } from "../../scheduler.ts";
import type { StepChoices, StepEngine, StepRun } from "../../stepping/engine.ts";
import { Pieces } from "../../stepping/pieces.ts";
import { Controller } from "../control/controller.ts";
import { ControlledView } from "../control/view.ts";
import { RunMemory } from "../memory.ts";
import { NativeInside } from "./native-inside.ts";
import { RecordedRaces } from "./recorded-races.ts";
import type { RunnerLine } from "./line.ts";
import type { FromNativeRuns } from "./messages.ts";

/** How long `go` waits for a thread that is on its way before it lets others be heard. */
const PATIENCE_MS = 300;

export interface NativeProgram {
  readonly program: CompiledProgram;
  readonly argv: readonly string[];
  readonly memoryLimitBytes: number;
}

export class NativeEngine implements StepEngine {
  readonly name = "native";
  readonly program: CompiledProgram;
  readonly #line: RunnerLine;
  #runs = 0;

  constructor({ program, argv, memoryLimitBytes }: NativeProgram, line: RunnerLine) {
    this.program = program;
    this.#line = line;
    line.send({ type: "program", program, argv, memoryLimitBytes });
  }

  begin(choices: StepChoices): StepRun {
    const run = ++this.#runs;
    this.#line.send({ type: "begin", run });
    // The head of its trace comes before it.
    const early: FromNativeRuns[] = [];
    for (;;) {
      const message = this.#line.next();
      if (message.run !== run) continue;
      early.push(message);
      if (message.type === "begun") {
        const begun = { run, program: this.program, buffer: message.buffer, early };
        return new NativeStepRun(begun, this.#line, choices);
      }
    }
  }

  end(): void {
    this.#line.send({ type: "drop" });
  }
}

interface Begun {
  readonly run: number;
  readonly program: CompiledProgram;
  readonly buffer: SharedArrayBuffer;
  /** What was said of the run up to its beginning. */
  readonly early: readonly FromNativeRuns[];
}

class NativeStepRun implements StepRun {
  readonly inside: NativeInside;
  readonly lines: OutputLine[] = [];
  readonly canStop = true;
  isMoving = false;
  readonly #id: number;
  readonly #line: RunnerLine;
  readonly #recorder: ScheduleRecorder;
  readonly #controller: Controller;
  readonly #pieces = new Pieces();
  readonly #view: ControlledView;
  readonly #races: RecordedRaces | undefined;
  #result: RunResult | undefined;

  constructor(
    { run, program, buffer, early }: Begun,
    line: RunnerLine,
    { scheduler, exploring, watchesRaces }: StepChoices,
  ) {
    this.#id = run;
    this.#line = line;
    for (const message of early) this.#hear(message);
    const memory = new RunMemory(buffer);
    const view = new ControlledView(memory, program);
    this.#recorder = new ScheduleRecorder(scheduler(view), view);
    this.#controller = new Controller(memory, this.#decider(), exploring, PATIENCE_MS);
    this.inside = new NativeInside(memory, program, view, this.#controller);
    this.#races = watchesRaces === true ? new RecordedRaces(memory) : undefined;
    this.#view = view;
  }

  wouldRace(candidate: Candidate): boolean {
    return this.#races?.wouldRace(candidate) === true;
  }

  get schedule(): string {
    return formatSchedule(this.#recorder.schedule);
  }

  go(): RunResult | undefined {
    if (this.#result !== undefined) return this.#result;
    const rest = this.#controller.run();
    this.inside.forget();
    this.isMoving = rest === "moving";
    if (rest === "paused" || rest === "moving") {
      this.#line.send({ type: "collect" });
      this.#hearUntil(({ type }) => type === "collected");
      // It may have been ended meanwhile, by a limit or by the program itself.
      return this.#result;
    }
    if (rest === "stuck") this.#line.send({ type: "stuck" });
    this.#hearUntil(({ type }) => type === "ended");
    return this.#result;
  }

  takeTrace(): ReturnType<StepRun["takeTrace"]> {
    return this.#pieces.take();
  }

  #hearUntil(isIt: (message: FromNativeRuns) => boolean): void {
    for (;;) {
      const message = this.#line.next();
      if (message.run !== this.#id) continue;
      this.#hear(message);
      if (isIt(message) || message.type === "ended") return;
    }
  }

  #hear(message: FromNativeRuns): void {
    switch (message.type) {
      case "output":
        this.lines.push(...message.lines);
        return;
      case "trace":
        return this.#pieces.push(message.bytes);
      case "ended":
        this.#result = message.result;
        return;
      case "begun":
      case "collected":
      // Whoever waits for it knows what it means.
    }
  }

  /** Who decides is told what sleepers and those who yield would do, as the model engine's threads tell it. */
  #decider(): Scheduler {
    const recorder = this.#recorder;
    return {
      pick: (candidates, count) => {
        this.inside.forget();
        this.#races?.look(this.#view.threads);
        const told: Candidate[] = [];
        for (let index = 0; index < count; index++) told.push(pausing(candidates[index]));
        const index = recorder.pick(told, count);
        if (index >= 0) this.#races?.picked(told[index]);
        return index;
      },
      choose: (...asked) => recorder.choose(...asked),
      completed: (thread) => recorder.completed(thread),
    };
  }
}

/** The controller uses its candidates again; without an object they say nothing of what is meant. */
function pausing(candidate: Candidate): Candidate {
  if (candidate.object !== 0) return candidate;
  return { ...candidate, operation: candidate.timesOut ? Pause.WAKE : Pause.YIELD };
}
