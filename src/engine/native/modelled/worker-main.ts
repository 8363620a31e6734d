/**
 * Entry of the worker that models a run (`dist/model.mjs`): the machine, and what it needs of Node. It runs the person's code,
 * so it is a thread that can be ended; it writes the trace itself, since nothing of it needs to be drained.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { playedAs } from "../../../protocol/execution-model.ts";
import type { RunResult } from "../../../protocol/run.ts";
import { formatSchedule } from "../../../trace/schedule.ts";
import type { TraceProblem } from "../../../trace/problem.ts";
import type { Trace } from "../../../trace/trace.ts";
import { Model } from "../../model/model.ts";
import { RunTrace } from "../../model/run-trace.ts";
import type { RunChoices, Stop } from "../../model/run-choices.ts";
import { $t } from "../../model/twins/runtime.ts";
import type { ModelView } from "../../model/view.ts";
import { executionModel } from "../../models/named.ts";
import { recordedInputs } from "../../outside/recorded-inputs.ts";
import { installStacks } from "../../program/stacks.ts";
import { controlledBy, spuriousOf } from "../../schedule/controlled-by.ts";
import { ScheduleRecorder } from "../../schedule/recorder.ts";
import type { Scheduler } from "../../scheduler.ts";
import { installNodeGlobals } from "./globals.ts";
import { readTrace } from "../read-trace.ts";
import { serve } from "../stepped/serve.ts";
import { type FromModel, type ModelRequest, type StepOpening, StopWord } from "./messages.ts";
import { NodeModelHost } from "./node-host.ts";

const port = parentPort!;
const post = (message: FromModel): void => port.postMessage(message);

/** Where the trace is written, if it is. */
function traceFile(path: string | undefined): number | undefined {
  return path === undefined ? undefined : openSync(path, "w");
}

/** Who decides, and what is to be told of it afterwards. */
class Decider {
  #recorder: ScheduleRecorder | undefined;
  readonly #problems: TraceProblem[] = [];
  #scheduleProblems: RunResult["scheduleProblems"];
  readonly #recorded: Trace | undefined;
  readonly exploring: boolean;
  readonly #request: ModelRequest;

  constructor(request: ModelRequest) {
    this.#request = request;
    const { control } = request.options;
    this.exploring = control?.kind === "schedule" || control?.kind === "trace";
    this.#recorded = control?.kind === "trace" ? readTrace(control.path) : undefined;
  }

  get spurious(): number {
    return spuriousOf(this.#request.options.control, () => this.#recorded!);
  }

  /** What threads are answered when they ask the world. */
  get inputs(): Pick<RunChoices, "recorded" | "diverged"> {
    const recorded = this.#recorded && recordedInputs(this.#recorded);
    const diverged = (problem: TraceProblem): void => void this.#problems.push(problem);
    return recorded === undefined ? {} : { recorded, diverged };
  }

  make(view: ModelView): Scheduler {
    const { control } = this.#request.options;
    if (control === undefined) return executionModel(this.#request.program.options);
    const { scheduler, problems } = controlledBy(control, view, () => this.#recorded!);
    this.#scheduleProblems = problems;
    return (this.#recorder = new ScheduleRecorder(scheduler, view));
  }

  /** The result, with the schedule that gives it again. */
  completed(result: RunResult): RunResult {
    if (this.#recorder === undefined || this.#scheduleProblems === undefined) return result;
    const schedule = formatSchedule(this.#recorder.schedule);
    const scheduleProblems = [...this.#scheduleProblems, ...this.#problems];
    return { ...result, schedule, scheduleProblems };
  }
}

function stopOf({ stop, options }: ModelRequest): Stop | undefined {
  switch (Atomics.load(stop, 0)) {
    case StopWord.TIME:
      return { kind: "time-limit", limitMs: options.timeLimitMs };
    case StopWord.MEMORY:
      return { kind: "memory-limit", limitBytes: options.memoryLimitBytes };
    default:
      return undefined;
  }
}

async function run(request: ModelRequest): Promise<void> {
  const { program, options } = request;
  installStacks(program, import.meta.url);
  process.argv = [process.argv[0], program.entry, ...options.argv];
  const host = new NodeModelHost();
  await host.load(program, true, true);
  const { memoryLimitBytes } = options;
  const model = new Model({ program, host, twins: $t, memoryLimitBytes });
  installNodeGlobals(model, $t, host);
  const file = traceFile(options.tracePath);
  const trace = new RunTrace({
    ...request,
    write:
      file === undefined
        ? undefined
        : (bytes) => {
            for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
          },
    tell: post,
  });
  const decider = new Decider(request);
  const { exploring, spurious } = decider;
  const result = model
    .begin({
      ...{ sink: trace, exploring, spurious },
      ...decider.inputs,
      scheduler: (view) => decider.make(view),
      stop: () => stopOf(request),
    })
    .go();
  // No scheduler of ours picks nobody.
  const whole = decider.completed(result!);
  trace.end(whole);
  if (file !== undefined) closeSync(file);
  post({ type: "ended", result: whole });
}

port.once("message", (asked: ModelRequest | StepOpening) => {
  if (asked.type === "step") return serve(asked, port);
  port.unref();
  run({ ...asked, program: playedAs(asked.program, asked.options.model) }).catch(
    (error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ type: "broken", message });
    },
  );
});
