/**
 * A runner process that does one job after another: started ahead, killed at once when the job under way is given up, and
 * replaced before anybody asks for the next.
 */
import type { ChildProcess } from "node:child_process";
import { RUN_PROTOCOL, type FromRunner, type ToRunner } from "../../protocol/run.ts";
import { type RunnerOptions, startRunner } from "./runner-process.ts";

/** What is asked of the process; whatever happens to that, the job is told. */
export interface RunnerJob {
  readonly over: boolean;
  /** Never rejects. */
  readonly ended: Promise<unknown>;
  /** Once it has ended: whether the process shall not be used again. */
  readonly wearsOut: boolean;
  hear(message: FromRunner): void;
  /** The host wants no job done any more. */
  cancelled(): void;
  crashed(reason: string): void;
}

export type Say = (message: ToRunner) => void;

interface Runner {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  job: RunnerJob | undefined;
}

export class WarmRunner {
  readonly #options: RunnerOptions;
  readonly #hello: ToRunner;
  #runner: Runner | undefined;
  #disposed = false;
  /** Jobs come one after another. */
  #queue: Promise<unknown> = Promise.resolve();

  /** `warm`: what the process is to keep ready besides. */
  constructor(options: RunnerOptions, warm?: "explorer") {
    this.#options = options;
    const hello = { type: "hello", protocol: RUN_PROTOCOL } as const;
    this.#hello = warm === undefined ? hello : { ...hello, warm };
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Starts the process ahead. */
  warm(): Promise<void> {
    return (this.#runner ??= this.#start()).ready;
  }

  get pid(): number | undefined {
    return this.#runner?.process.pid;
  }

  /** `begin` asks the process for it, when those before have ended. */
  add(job: RunnerJob, begin: (say: Say) => void): void {
    const before = this.#queue;
    this.#queue = job.ended;
    void before.then(() => this.#begin(job, begin));
  }

  /** Kills the process if it has this job, and starts the next. */
  kill(job: RunnerJob): void {
    if (this.#runner?.job === job) this.#replace();
  }

  /** Ends the process and whatever runs in it. */
  dispose(): void {
    this.#disposed = true;
    this.#runner?.job?.cancelled();
    this.#runner?.process.kill("SIGKILL");
    this.#runner = undefined;
  }

  async #begin(job: RunnerJob, begin: (say: Say) => void): Promise<void> {
    if (this.#disposed) job.cancelled();
    if (job.over) return;
    const runner = (this.#runner ??= this.#start());
    runner.job = job;
    await runner.ready;
    if (job.over) return;
    begin((message) => say(runner, message));
    await job.ended;
    // Who waited for this one's end may have begun meanwhile.
    if (runner.job === job) runner.job = undefined;
    if (job.wearsOut && this.#runner === runner) this.#replace();
  }

  #replace(): void {
    this.#runner?.process.kill("SIGKILL");
    this.#runner = this.#disposed ? undefined : this.#start();
  }

  #start(): Runner {
    const started = startRunner(this.#options);
    const { child } = started;
    let resolve!: () => void;
    const ready = new Promise<void>((settle) => (resolve = settle));
    const runner: Runner = { process: child, ready, job: undefined };
    child.on("message", (message: FromRunner) => {
      if (message.type === "ready") resolve();
      else if (message.type === "fatal") started.said(message.message);
      else runner.job?.hear(message);
    });
    child.on("exit", (code, signal) => {
      resolve();
      runner.job?.crashed(started.reasonOf(code, signal));
      if (this.#runner === runner) this.#runner = undefined;
    });
    say(runner, this.#hello);
    return runner;
  }
}

function say({ process: child }: Runner, message: ToRunner): void {
  if (child.connected) child.send(message);
}
