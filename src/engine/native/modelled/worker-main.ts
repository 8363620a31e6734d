/**
 * Entry of the worker that models a run (`dist/model.mjs`): the machine, and what it needs of Node. It runs the person's code,
 * so it is a thread that can be ended; it writes the trace itself, since nothing of it needs to be drained.
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { playedAs } from "../../../protocol/execution-model.ts";
import type { Control, RunResult } from "../../../protocol/run.ts";
import { TraceReader } from "../../../trace/reader.ts";
import { formatSchedule } from "../../../trace/schedule.ts";
import type { Trace } from "../../../trace/trace.ts";
import { TraceWriter } from "../../../trace/writer.ts";
import { Model } from "../../model/model.ts";
import type { RunSink, Stop } from "../../model/run.ts";
import { $t } from "../../model/twins/runtime.ts";
import type { ModelView } from "../../model/view.ts";
import { executionModel } from "../../models/named.ts";
import { installStacks } from "../../program/stacks.ts";
import { controlledBy } from "../../schedule/controlled-by.ts";
import { ScheduleRecorder } from "../../schedule/recorder.ts";
import type { Scheduler } from "../../scheduler.ts";
import { installGlobals } from "./globals.ts";
import { serve } from "../stepped/serve.ts";
import { type FromModel, type ModelRequest, type StepOpening, StopWord } from "./messages.ts";
import { NodeModelHost } from "./node-host.ts";

const port = parentPort!;
const post = (message: FromModel): void => port.postMessage(message);

/** The trace file, and what the runner is told of it. */
class TraceFile implements RunSink {
  readonly #writer: TraceWriter | undefined;
  readonly #file: number | undefined;
  #linesLeft: number;
  #told = 0;

  constructor({ program, options, tool }: ModelRequest) {
    this.#linesLeft = options.outputLimitLines;
    if (options.tracePath === undefined) return;
    const file = (this.#file = openSync(options.tracePath, "w"));
    this.#writer = new TraceWriter((bytes) => {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    });
    const { model = "parallel" } = program.options;
    const { cores, quantum } = executionModel(program.options);
    const slices = Number.isFinite(quantum) ? { quantum } : {};
    const pictured = options.control === undefined ? { model, cores, ...slices } : {};
    const head = {
      program: program.entry,
      engine: "model" as const,
      tool,
      clock: "ticks" as const,
    };
    this.#writer.begin({
      head: { ...head, ...pictured },
      sites: program.sites,
      sources: program.sources,
    });
  }

  records(words: Int32Array): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    writer.records(words);
    if (writer.bytes !== this.#told) this.#tell(writer);
  }

  strings(texts: Parameters<RunSink["strings"]>[0]): void {
    this.#writer?.strings(texts);
  }

  threads(rows: Parameters<RunSink["threads"]>[0]): void {
    this.#writer?.threads(rows);
    for (const row of rows) post({ type: "thread", row });
  }

  /** A program that prints without end shall not fill the disk: after so many lines, one says that there were more. */
  output(lines: Parameters<RunSink["output"]>[0]): void {
    if (this.#linesLeft <= 0) return;
    this.#linesLeft -= lines.length;
    const kept =
      this.#linesLeft > 0
        ? lines
        : [{ ...lines[0], text: "… more lines were printed than are kept" }];
    this.#writer?.output(kept);
    post({ type: "output", lines: kept });
  }

  end({ findings, ending, durationNs }: RunResult): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    writer.findings(findings);
    writer.end({ ending, durationNs });
    closeSync(this.#file!);
    this.#tell(writer);
  }

  #tell(writer: TraceWriter): void {
    this.#told = writer.bytes;
    post({ type: "traced", bytes: writer.bytes, events: writer.events });
  }
}

function readTrace(path: string): Trace {
  const reader = new TraceReader();
  reader.push(readFileSync(path));
  return reader.trace;
}

/** Who decides, and what is to be told of it afterwards. */
class Decider {
  #recorder: ScheduleRecorder | undefined;
  #problems: RunResult["scheduleProblems"];
  readonly exploring: boolean;
  readonly #request: ModelRequest;

  constructor(request: ModelRequest) {
    this.#request = request;
    const kind: Control["kind"] | undefined = request.options.control?.kind;
    this.exploring = kind === "schedule" || kind === "trace";
  }

  make(view: ModelView): Scheduler {
    const { control } = this.#request.options;
    if (control === undefined) return executionModel(this.#request.program.options);
    const { scheduler, problems } = controlledBy(control, view, readTrace);
    this.#problems = problems;
    return (this.#recorder = new ScheduleRecorder(scheduler, view));
  }

  /** The result, with the schedule that gives it again. */
  completed(result: RunResult): RunResult {
    if (this.#recorder === undefined || this.#problems === undefined) return result;
    const schedule = formatSchedule(this.#recorder.schedule);
    return { ...result, schedule, scheduleProblems: this.#problems };
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
  await host.load(program, true);
  const { memoryLimitBytes } = options;
  const model = new Model({ program, host, twins: $t, memoryLimitBytes });
  installGlobals(model, $t, program.options.seed ?? 0);
  const file = new TraceFile(request);
  const decider = new Decider(request);
  const { exploring } = decider;
  const result = model
    .begin({
      ...{ sink: file, exploring },
      scheduler: (view) => decider.make(view),
      stop: () => stopOf(request),
    })
    .go();
  // No scheduler of ours picks nobody.
  const whole = decider.completed(result!);
  file.end(whole);
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
