/**
 * The host's end of the runner: starts the process ahead, runs programs in it one after another, and kills it at once when
 * a run is cancelled or has eaten its limits; the next process is started before anybody asks for it.
 */
import type { ChildProcess } from "node:child_process";
import { ENGINE_MESSAGES } from "../../base/catalogue/engine.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import {
  RUN_PROTOCOL,
  type FromRunner,
  type RunOptions,
  type RunResult,
  type ToRunner,
} from "../../protocol/run.ts";
import type { Ending, OutputLine, ThreadRow } from "../../trace/tables.ts";
import { type RunnerOptions, startRunner } from "./runner-process.ts";

export interface RunListener {
  /** So many bytes of the trace file may be read. */
  traced?(bytes: number, events: number): void;
  output?(lines: readonly OutputLine[]): void;
  thread?(row: ThreadRow): void;
}

export interface Run {
  /** Never rejects: whatever happens to the runner is an ending. */
  readonly ended: Promise<RunResult>;
  /** Kills the program at once; `ended` then tells `cancelled`. */
  cancel(): void;
  on(listener: RunListener): Disposable;
}

class HostedRun implements Run {
  readonly ended: Promise<RunResult>;
  readonly #listeners = new Set<RunListener>();
  readonly #kill: () => void;
  readonly #began = performance.now();
  #settle!: (result: RunResult) => void;
  #events = 0;
  #threads = 0;
  #over = false;

  constructor(kill: () => void) {
    this.#kill = kill;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  get over(): boolean {
    return this.#over;
  }

  on(listener: RunListener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  cancel(): void {
    if (this.#over) return;
    this.stop({ kind: "cancelled" });
    this.#kill();
  }

  hear(message: FromRunner): void {
    if (this.#over) return;
    switch (message.type) {
      case "traced":
        this.#events = message.events;
        for (const listener of this.#listeners) listener.traced?.(message.bytes, message.events);
        return;
      case "output":
        for (const listener of this.#listeners) listener.output?.(message.lines);
        return;
      case "thread":
        this.#threads++;
        for (const listener of this.#listeners) listener.thread?.(message.thread);
        return;
      case "ended":
        this.#over = true;
        this.#settle(message.result);
        return;
      case "started":
      case "ready":
      case "fatal":
      case "stepped":
      case "step-event":
      case "explorer":
      case "explorer-lost":
      // The host's business, or nothing to tell.
    }
  }

  /** It ended otherwise than by the runner's word. */
  stop(ending: Ending): void {
    if (this.#over) return;
    this.#over = true;
    const told =
      ending.kind === "crashed"
        ? tell(ENGINE_MESSAGES.crashed, { reason: ending.reason })
        : undefined;
    this.#settle({
      ending,
      findings:
        told === undefined ? [] : [{ kind: "limit", severity: "error", sites: [], ...told }],
      durationNs: Math.round((performance.now() - this.#began) * 1e6),
      events: this.#events,
      threads: this.#threads,
    });
  }
}

interface Runner {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  run: HostedRun | undefined;
}

export class RunnerHost {
  readonly #options: RunnerOptions;
  #runner: Runner | undefined;
  #runs = 0;
  #disposed = false;
  /** Runs come one after another. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Starts the runner ahead. */
  warm(): Promise<void> {
    return (this.#runner ??= this.#start()).ready;
  }

  /** The runner's process, for tests and for what watches it. */
  get pid(): number | undefined {
    return this.#runner?.process.pid;
  }

  run(program: CompiledProgram, options: RunOptions): Run {
    if (this.#disposed) throw new Error("the runner's host was disposed");
    const run: HostedRun = new HostedRun(() => {
      if (this.#runner?.run === run) this.#replace();
    });
    const before = this.#queue;
    this.#queue = run.ended;
    void before.then(() => this.#begin(run, program, options));
    return run;
  }

  /** Ends the process and whatever runs in it. */
  dispose(): void {
    this.#disposed = true;
    this.#runner?.run?.stop({ kind: "cancelled" });
    this.#runner?.process.kill("SIGKILL");
    this.#runner = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  async #begin(run: HostedRun, program: CompiledProgram, options: RunOptions): Promise<void> {
    if (run.over) return;
    const runner = (this.#runner ??= this.#start());
    runner.run = run;
    await runner.ready;
    if (run.over) return;
    this.#tell(runner, { type: "run", run: ++this.#runs, program, options });
    const { ending } = await run.ended;
    // Who waited for this one's end may have begun meanwhile.
    if (runner.run === run) runner.run = undefined;
    const worn = ending.kind === "memory-limit" || ending.kind === "crashed";
    if (worn && this.#runner === runner) this.#replace();
  }

  #tell(runner: Runner, message: ToRunner): void {
    if (runner.process.connected) runner.process.send(message);
  }

  /** Kills the process and starts the next. */
  #replace(): void {
    this.#runner?.process.kill("SIGKILL");
    this.#runner = this.#disposed ? undefined : this.#start();
  }

  #start(): Runner {
    const started = startRunner(this.#options);
    const { child } = started;
    let resolve!: () => void;
    const ready = new Promise<void>((settle) => (resolve = settle));
    const runner: Runner = { process: child, ready, run: undefined };
    child.on("message", (message: FromRunner) => {
      if (message.type === "ready") resolve();
      else if (message.type === "fatal") started.said(message.message);
      else runner.run?.hear(message);
    });
    child.on("exit", (code, signal) => {
      resolve();
      runner.run?.stop({ kind: "crashed", reason: started.reasonOf(code, signal) });
      if (this.#runner === runner) this.#runner = undefined;
    });
    this.#tell(runner, { type: "hello", protocol: RUN_PROTOCOL });
    return runner;
  }
}
