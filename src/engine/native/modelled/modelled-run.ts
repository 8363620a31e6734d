/**
 * A modelled run in the runner process: one worker, its limits, and what it says. A worker that does not look up any more
 * (an endless loop within somebody else's code) is ended; what it wrote until then is kept.
 */
import type { Worker } from "node:worker_threads";
import { ENGINE_MESSAGES } from "../../../base/catalogue/engine.ts";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { FromRunner, RunOptions, RunResult } from "../../../protocol/run.ts";
import type { Finding } from "../../../trace/finding.ts";
import type { Ending } from "../../../trace/tables.ts";
import { limitFinding } from "../../ended-badly.ts";
import type { WorkerPool } from "../worker-pool.ts";
import { type FromModel, type ModelRequest, StopWord } from "./messages.ts";

/** How often the runner looks after it, and how long a worker may take to come to an end by itself. */
const ROUND_MS = 20;
const GRACE_MS = 500;

export interface ModelledRunParts {
  readonly id: number;
  readonly program: CompiledProgram;
  readonly options: RunOptions;
  readonly pool: WorkerPool;
  readonly tool: string;
  readonly send: (message: FromRunner) => void;
  readonly over: () => void;
}

export class ModelledRun {
  readonly #parts: ModelledRunParts;
  readonly #worker: Worker;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #began = performance.now();
  readonly #baselineBytes = process.memoryUsage.rss();
  readonly #rounds: NodeJS.Timeout;
  #askedToStop = Infinity;
  #events = 0;
  #threads = 0;
  #ended = false;

  constructor(parts: ModelledRunParts) {
    this.#parts = parts;
    const { id, program, options, pool, tool, send } = parts;
    send({ type: "started", run: id });
    const worker = (this.#worker = pool.take());
    worker.on("message", (message: FromModel) => this.#hear(message));
    worker.on("error", (error: Error & { code?: string }) => this.#failed(error));
    worker.on("exit", () => this.#crashed("the worker ended before the run did"));
    const request: ModelRequest = { type: "run", program, options, tool, stop: this.#stop };
    worker.postMessage(request);
    this.#rounds = setInterval(() => this.#look(), ROUND_MS);
  }

  #hear(message: FromModel): void {
    if (this.#ended) return;
    const { id: run, send } = this.#parts;
    switch (message.type) {
      case "traced":
        this.#events = message.events;
        return send({ type: "traced", run, bytes: message.bytes, events: message.events });
      case "output":
        return send({ type: "output", run, lines: message.lines });
      case "thread":
        this.#threads++;
        return send({ type: "thread", run, thread: message.row });
      case "ended":
        return this.#end(message.result);
      case "broken":
        return this.#crashed(message.message);
    }
  }

  #look(): void {
    const { timeLimitMs, memoryLimitBytes } = this.#parts.options;
    const elapsed = performance.now() - this.#began;
    if (this.#askedToStop < Infinity) {
      if (elapsed - this.#askedToStop > GRACE_MS) this.#breakOff();
    } else if (process.memoryUsage.rss() - this.#baselineBytes > memoryLimitBytes) {
      this.#ask(StopWord.MEMORY, elapsed);
    } else if (elapsed > timeLimitMs) {
      this.#ask(StopWord.TIME, elapsed);
    }
  }

  #ask(why: number, elapsed: number): void {
    this.#askedToStop = elapsed;
    Atomics.store(this.#stop, 0, why);
  }

  #breakOff(): void {
    const { timeLimitMs: limitMs, memoryLimitBytes: limitBytes } = this.#parts.options;
    if (this.#stop[0] === StopWord.MEMORY) return this.#overMemory(limitBytes);
    const limit = { limit: limitMs, doing: "It runs code that never comes back." };
    this.#endWith({ kind: "time-limit", limitMs }, limitFinding(ENGINE_MESSAGES.timeLimit, limit));
  }

  #overMemory(limitBytes: number): void {
    const limit = { limit: limitBytes >>> 20 };
    const finding = limitFinding(ENGINE_MESSAGES.memoryLimit, limit);
    this.#endWith({ kind: "memory-limit", limitBytes }, finding);
  }

  #failed(error: Error & { code?: string }): void {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      return this.#overMemory(this.#parts.options.memoryLimitBytes);
    }
    this.#crashed(error.stack ?? error.message);
  }

  #crashed(reason: string): void {
    this.#endWith({ kind: "crashed", reason }, limitFinding(ENGINE_MESSAGES.crashed, { reason }));
  }

  #endWith(ending: Ending, finding: Finding): void {
    const [events, threads] = [this.#events, this.#threads];
    this.#end({ ending, findings: [finding], durationNs: 0, events, threads });
  }

  #end(result: RunResult): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#rounds);
    const { id: run, send, over } = this.#parts;
    void this.#worker.terminate().then(() => {
      send({ type: "ended", run, result });
      over();
    });
  }
}
