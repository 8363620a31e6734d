/**
 * Exploring one program, in the runner process: one worker, what it says, and what is watched from outside. The worker keeps
 * the limits that it was asked to keep by itself. One that takes too much memory is asked to stop; one that does not look up
 * any more (a thread's code that never comes back) is ended. What was known until then is the host's to tell.
 */
import type { Worker } from "node:worker_threads";
import { CHECKING_MESSAGES } from "../../../base/catalogue/check.ts";
import type { ExploreRequest, FromExplorer } from "../../../protocol/explore.ts";
import type { ExploreLimits, ExplorerLost, FromRunner } from "../../../protocol/run.ts";
import { limitFinding } from "../../ended-badly.ts";
import type { WorkerPool } from "../worker-pool.ts";
import { type ExplorerOpening, ExplorerWord } from "./messages.ts";

/**
 * How often it is looked after, and how long it may take at most to come to an end once it is time: it has yet to find the
 * simplest run of what it found, and to tell it.
 */
const ROUND_MS = 50;
const GRACE_MS = 15_000;

export interface ExplorationParts {
  readonly exploring: number;
  readonly request: ExploreRequest;
  readonly limits: ExploreLimits;
  readonly pool: WorkerPool;
  readonly send: (message: FromRunner) => void;
  readonly over: () => void;
}

export class Exploration {
  readonly #parts: ExplorationParts;
  readonly #worker: Worker;
  readonly #words = new Int32Array(new SharedArrayBuffer(4 * ExplorerWord.COUNT));
  readonly #baselineBytes = process.memoryUsage.rss();
  readonly #rounds: NodeJS.Timeout;
  readonly #graceMs: number;
  /** When it has to be over: it was asked to stop, or should have stopped by itself. */
  #deadline: number;
  #looks = -1;
  #lookedAt = performance.now();
  #isOverMemory = false;
  #over = false;

  constructor(parts: ExplorationParts) {
    this.#parts = parts;
    const { request, limits, pool } = parts;
    const { maxSeconds = Infinity } = request.options;
    this.#graceMs = Math.min(GRACE_MS, limits.silenceLimitMs);
    this.#deadline = performance.now() + maxSeconds * 1000 + this.#graceMs;
    const worker = (this.#worker = pool.take());
    worker.on("message", (said: FromExplorer) => this.#hear(said));
    worker.on("error", (error: Error & { code?: string }) => this.#failed(error));
    worker.on("exit", () => this.#crashed("its thread ended before it had a result"));
    const { memoryLimitBytes } = limits;
    const opening: ExplorerOpening = { request, memoryLimitBytes, words: this.#words };
    worker.postMessage(opening);
    this.#rounds = setInterval(() => this.#look(), ROUND_MS);
  }

  get id(): number {
    return this.#parts.exploring;
  }

  /** It ends soon, with what it has; one that does not hear is ended. */
  stop(): void {
    Atomics.store(this.#words, ExplorerWord.STOP, 1);
    this.#deadline = Math.min(this.#deadline, performance.now() + this.#graceMs);
  }

  #hear(said: FromExplorer): void {
    if (this.#over) return;
    const { exploring, send } = this.#parts;
    if (said.type === "broken") return this.#crashed(said.message);
    if (said.type === "progress") return send({ type: "explorer", exploring, said });
    this.#end({ type: "explorer", exploring, said: this.#isOverMemory ? this.#full(said) : said });
  }

  /** It was asked to stop, and cannot know why. */
  #full(said: FromExplorer & { type: "explored" }): FromExplorer {
    const { result } = said;
    if (result.complete) return said;
    const found = limitFinding(CHECKING_MESSAGES.memory, { limit: this.#limitMegabytes });
    const findings = [...result.findings.filter(({ kind }) => kind !== "limit"), found];
    return { type: "explored", result: { ...result, findings, stopped: found.message } };
  }

  get #limitMegabytes(): number {
    return Math.round(this.#parts.limits.memoryLimitBytes / (1 << 20));
  }

  #look(): void {
    const now = performance.now();
    const { memoryLimitBytes, silenceLimitMs } = this.#parts.limits;
    const looks = Atomics.load(this.#words, ExplorerWord.LOOKS);
    if (looks !== this.#looks) [this.#looks, this.#lookedAt] = [looks, now];
    if (process.memoryUsage.rss() - this.#baselineBytes > memoryLimitBytes && !this.#isOverMemory) {
      this.#isOverMemory = true;
      this.stop();
    }
    if (now < this.#deadline && now - this.#lookedAt < silenceLimitMs) return;
    if (this.#isOverMemory)
      return this.#lost({ kind: "memory-limit", limitBytes: memoryLimitBytes });
    this.#lost({ kind: "time-limit", limitMs: Math.round(now - this.#lookedAt) });
  }

  #failed(error: Error & { code?: string }): void {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      const { memoryLimitBytes: limitBytes } = this.#parts.limits;
      return this.#lost({ kind: "memory-limit", limitBytes });
    }
    this.#crashed(error.stack ?? error.message);
  }

  #crashed(reason: string): void {
    this.#lost({ kind: "crashed", reason });
  }

  #lost(ending: ExplorerLost): void {
    this.#end({ type: "explorer-lost", exploring: this.id, ending });
  }

  #end(message: FromRunner): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#rounds);
    const { send, over } = this.#parts;
    // Nobody has to wait until it is gone: the next one has a worker of its own.
    void this.#worker.terminate();
    over();
    send(message);
  }
}
