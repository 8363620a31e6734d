/**
 * A traced run in a browser: a worker with the model engine, its limits, and what it says. A worker that does not look up any
 * more (an endless loop within somebody else's code) is ended; what it recorded until then is kept.
 */
import { ENGINE_MESSAGES } from "../../base/catalogue/engine.ts";
import { Listeners } from "../../base/listeners.ts";
import type { FromModelledRun, ToModelWorker } from "../../engine/browser/messages.ts";
import { limitFinding } from "../../engine/ended-badly.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { RunOptions, RunResult } from "../../protocol/run.ts";
import type { Finding } from "../../trace/finding.ts";
import type { Ending } from "../../trace/tables.ts";
import { reasonOf, type RunningProgram } from "../trace-run.ts";
import type { WebRecordings } from "./recordings.ts";
import type { StartedWorker, Workers } from "./workers.ts";
import { deferred } from "../../base/deferred.ts";

/** How long beyond its limit a worker may take to come to an end by itself. */
const GRACE_MS = 500;

type Listener = Parameters<RunningProgram["on"]>[0];

export class ModelRun implements RunningProgram {
  readonly ended: Promise<RunResult>;
  readonly #worker: StartedWorker;
  readonly #recordings: WebRecordings;
  readonly #path: string | undefined;
  readonly #listeners = new Listeners<(listener: Listener) => void>();
  readonly #settle: (result: RunResult) => void;
  readonly #limit: ReturnType<typeof setTimeout>;
  #events = 0;
  #threads = 0;
  #isOver = false;

  constructor(
    workers: Workers,
    tool: string,
    recordings: WebRecordings,
    program: CompiledProgram,
    options: RunOptions,
  ) {
    const { promise, resolve } = deferred<RunResult>();
    this.ended = promise;
    this.#settle = resolve;
    this.#recordings = recordings;
    this.#path = options.tracePath;
    if (this.#path !== undefined) recordings.begin(this.#path);
    this.#worker = workers.start(
      "model",
      (data) => this.#hear(data as FromModelledRun),
      (reason) => this.#crashed(reason),
    );
    const { timeLimitMs: limitMs } = options;
    this.#limit = setTimeout(() => {
      const limit = { limit: limitMs, doing: "It runs code that never comes back." };
      this.#endWith(
        { kind: "time-limit", limitMs },
        limitFinding(ENGINE_MESSAGES.timeLimit, limit),
      );
    }, limitMs + GRACE_MS);
    const request: ToModelWorker = { type: "run", program, options, tool };
    this.#worker.post(request);
  }

  cancel(): void {
    this.#endWith({ kind: "cancelled" });
  }

  on(listener: Listener): Disposable {
    return this.#listeners.add((tell) => tell(listener));
  }

  #hear(message: FromModelledRun): void {
    if (this.#isOver) return;
    switch (message.type) {
      case "bytes":
        if (this.#path !== undefined) this.#recordings.add(this.#path, message.bytes);
        return;
      case "traced":
        this.#events = message.events;
        return this.#listeners.tell((to) => to.traced?.(message.bytes, message.events));
      case "output":
        return this.#listeners.tell((to) => to.output?.(message.lines));
      case "thread":
        this.#threads++;
        return this.#listeners.tell((to) => to.thread?.(message.row));
      case "ended":
        return this.#end(message.result);
      case "broken":
        return this.#crashed(message.message);
    }
  }

  #crashed(reason: string): void {
    this.#endWith({ kind: "crashed", reason }, limitFinding(ENGINE_MESSAGES.crashed, { reason }));
  }

  #endWith(ending: Ending, ...findings: Finding[]): void {
    this.#end({
      ...{ ending, findings, durationNs: 0 },
      ...{ events: this.#events, threads: this.#threads },
    });
  }

  #end(result: RunResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#limit);
    this.#worker.terminate();
    void this.#keep().then((problem) =>
      this.#settle(
        problem === undefined
          ? result
          : { ...result, ending: { kind: "crashed", reason: problem } },
      ),
    );
  }

  /** Why the recording could not be kept, if it could not. */
  async #keep(): Promise<string | undefined> {
    try {
      if (this.#path !== undefined) await this.#recordings.end(this.#path);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }
}
