/**
 * The host's end of the runner: starts the process ahead, runs programs in it one after another, and kills it at once when
 * a run is cancelled or has eaten its limits; the next process is started before anybody asks for it.
 */
import { ENGINE_MESSAGES } from "../../base/catalogue/engine.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { FromRunner, RunOptions, RunResult } from "../../protocol/run.ts";
import type { Ending, OutputLine, ThreadRow } from "../../trace/tables.ts";
import type { RunnerOptions } from "./runner-process.ts";
import { type RunnerJob, WarmRunner } from "./warm-runner.ts";

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

class HostedRun implements Run, RunnerJob {
  readonly ended: Promise<RunResult>;
  readonly #listeners = new Set<RunListener>();
  readonly #kill: () => void;
  readonly #began = performance.now();
  #settle!: (result: RunResult) => void;
  #events = 0;
  #threads = 0;
  #over = false;
  #wearsOut = false;

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

  get wearsOut(): boolean {
    return this.#wearsOut;
  }

  cancelled(): void {
    this.stop({ kind: "cancelled" });
  }

  crashed(reason: string): void {
    this.stop({ kind: "crashed", reason });
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
        this.#end(message.result);
        return;
      case "started":
      case "ready":
      case "fatal":
      case "stepped":
      case "step-event":
      case "explorer":
      case "explorer-lost":
      case "process":
      // The host's business, or nothing to tell.
    }
  }

  /** It ended otherwise than by the runner's word. */
  stop(ending: Ending): void {
    if (this.#over) return;
    const told =
      ending.kind === "crashed"
        ? tell(ENGINE_MESSAGES.crashed, { reason: ending.reason })
        : undefined;
    this.#end({
      ending,
      findings:
        told === undefined ? [] : [{ kind: "limit", severity: "error", sites: [], ...told }],
      durationNs: Math.round((performance.now() - this.#began) * 1e6),
      events: this.#events,
      threads: this.#threads,
    });
  }

  #end(result: RunResult): void {
    const { kind } = result.ending;
    this.#over = true;
    this.#wearsOut = kind === "memory-limit" || kind === "crashed";
    this.#settle(result);
  }
}

export class RunnerHost {
  readonly #runner: WarmRunner;
  #runs = 0;

  constructor(options: RunnerOptions) {
    this.#runner = new WarmRunner(options);
  }

  /** Starts the runner ahead. */
  warm(): Promise<void> {
    return this.#runner.warm();
  }

  /** The runner's process, for tests and for what watches it. */
  get pid(): number | undefined {
    return this.#runner.pid;
  }

  run(program: CompiledProgram, options: RunOptions): Run {
    if (this.#runner.disposed) throw new Error("the runner's host was disposed");
    const run: HostedRun = new HostedRun(() => this.#runner.kill(run));
    this.#runner.add(run, (say) => say({ type: "run", run: ++this.#runs, program, options }));
    return run;
  }

  /** Ends the process and whatever runs in it. */
  dispose(): void {
    this.#runner.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
