/** The model engine as step sessions need it: a program made ready, whose runs can be stopped, looked into and recorded. */
import type { ThreadId } from "../../base/brand.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { StepEvent } from "../../protocol/step.ts";
import { callersOf } from "../../std/tasks/callers.ts";
import type { OutputLine } from "../../trace/tables.ts";
import type { ModelRun } from "../model/run.ts";
import type { RunChoices } from "../model/run-choices.ts";
import { pinned } from "../model/suspension.ts";
import type { Modules } from "../program/modules.ts";
import type { Inside, StepChoices, StepEngine, StepRun } from "./engine.ts";
import { Recording } from "./recording.ts";

const MAIN = 0 as ThreadId;

/** A program made ready, run as often as one likes: `Model` is one. */
export interface ReadyModel {
  begin(choices: RunChoices): ModelRun;
}

export class ModelledEngine implements StepEngine {
  readonly name = "model";
  readonly program: CompiledProgram;
  readonly #model: ReadyModel;
  readonly #tool: string;

  /** `tool`: what traces say they were made with. */
  constructor(model: ReadyModel, program: CompiledProgram, tool: string) {
    this.#model = model;
    this.program = program;
    this.#tool = tool;
  }

  begin({ scheduler, exploring, spurious = 0, recorded, observer, stopsAt }: StepChoices): StepRun {
    const recording = new Recording(this.program, this.#tool);
    const run = this.#model.begin({
      ...{
        scheduler,
        exploring,
        spurious,
        sink: recording,
        offersEdges: true,
        stepLimit: Infinity,
      },
      ...(observer === undefined ? {} : { observer }),
      ...(stopsAt === undefined ? {} : { stopsAt }),
      ...(recorded === undefined ? {} : { recorded }),
    });
    return new ModelledRun(run, recording);
  }

  end(): void {
    // Everything that it takes is the isolate's.
  }
}

class ModelledRun implements StepRun {
  readonly inside: Inside;
  readonly isMoving = false;
  readonly schedule = undefined;
  readonly #run: ModelRun;
  readonly #recording: Recording;
  #isEnded = false;

  constructor(run: ModelRun, recording: Recording) {
    this.#run = run;
    this.#recording = recording;
    this.inside = insideOf(run);
  }

  get canStop(): boolean {
    return pinned.depth === 0;
  }

  get lines(): readonly OutputLine[] {
    return this.#run.lines;
  }

  go(): RunResult | undefined {
    const result = this.#run.go();
    if (result === undefined || this.#isEnded) return result;
    this.#isEnded = true;
    this.#recording.end(result);
    return result;
  }

  takeTrace(): Extract<StepEvent, { kind: "trace" }> | undefined {
    return this.#recording.take();
  }
}

function insideOf(run: ModelRun): Inside {
  const { inside, machine, names } = run;
  return {
    program: inside.program,
    get words() {
      return inside.memory.words;
    },
    get threads() {
      return machine.threads;
    },
    get objects() {
      return inside.engine.objects;
    },
    get virtualTime() {
      return run.virtualTime;
    },
    nameOf: (thread) => names[thread] ?? `thread ${thread}`,
    callersOf: (thread) => callersOf(inside.context(thread).activation.tasks.running),
    modules: (): Modules => inside.context(MAIN).modules,
    // It is about to be made, which takes one tick: its record will be of then.
    traceTimeOf: (thread) => machine.clock.reached(thread) + 1,
  };
}
