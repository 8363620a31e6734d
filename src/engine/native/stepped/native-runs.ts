/**
 * The native runs of a step session, on the runner's main thread: begins one after another as the session's worker asks, and
 * hands on what they print, record and come to. Who goes on in them is decided by that worker, over their shared memory.
 */
import { availableParallelism } from "node:os";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { FromRunner } from "../../../protocol/run.ts";
import { RunWord } from "../layout.ts";
import type { ControllerWorker } from "../control/controller-worker.ts";
import type { Rested } from "../control/controller-main.ts";
import { ControlWord } from "../control/words.ts";
import { NativeRun } from "../run.ts";
import type { WorkerPool } from "../worker-pool.ts";
import type { FromNativeRuns, NativeLine, ToNativeRuns } from "./messages.ts";

/** Lines that are kept of a run. */
const MOST_LINES = 100_000;
/** Workers for the next run are started once this one has begun: going back shall not wait for them. */
const FILL_MS = 300;

export class NativeRuns {
  /** The session's end. */
  readonly line: NativeLine;
  readonly #port: MessagePort;
  readonly #pool: WorkerPool;
  readonly #tool: string;
  #program: Extract<ToNativeRuns, { type: "program" }> | undefined;
  #current: NativeRun | undefined;
  #controller: HeldElsewhere | undefined;
  #id = 0;
  #filling: NodeJS.Timeout | undefined;

  constructor(pool: WorkerPool, tool: string) {
    this.#pool = pool;
    this.#tool = tool;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.line = { port: port2, bell: new Int32Array(new SharedArrayBuffer(4)) };
    port1.on("message", (message: ToNativeRuns) => this.#hear(message));
    // The channel to the host is what keeps the process alive.
    port1.unref();
  }

  /** Ends the run under way. */
  drop(): void {
    clearTimeout(this.#filling);
    this.#current?.cancel();
    this.#current = undefined;
  }

  #hear(message: ToNativeRuns): void {
    switch (message.type) {
      case "program":
        this.#program = message;
        return;
      case "begin":
        return this.#begin(message.run);
      case "collect":
        void this.#collect(this.#id);
        return;
      case "stuck":
        return this.#controller?.restStuck();
      case "drop":
        return this.drop();
    }
  }

  #begin(id: number): void {
    this.drop();
    if (this.#program === undefined) return;
    const { program, argv, memoryLimitBytes } = this.#program;
    this.#id = id;
    const controller = (this.#controller = new HeldElsewhere());
    const run = (this.#current = new NativeRun({
      ...{ id, program, pool: this.#pool, tool: this.#tool, cores: availableParallelism() },
      options: {
        ...{ argv, memoryLimitBytes, cwd: process.cwd() },
        timeLimitMs: Infinity,
        outputLimitLines: MOST_LINES,
      },
      send: (message) => this.#tellOf(id, message),
      over: () => {},
      looked: { controller, trace: (bytes) => this.#say({ type: "trace", run: id, bytes }) },
    }));
    this.#say({ type: "begun", run: id, buffer: run.buffer });
    this.#filling = setTimeout(() => this.#pool.fill(), FILL_MS);
  }

  async #collect(id: number): Promise<void> {
    await this.#current?.catchUp();
    this.#say({ type: "collected", run: id });
  }

  #tellOf(run: number, message: FromRunner): void {
    if (message.type === "output") this.#say({ type: "output", run, lines: message.lines });
    else if (message.type === "ended") this.#say({ type: "ended", run, result: message.result });
  }

  #say(message: FromNativeRuns): void {
    this.#port.postMessage(message);
    const { bell } = this.line;
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  }
}

/** The baton is in the session's worker, which says when nobody can go on. */
class HeldElsewhere implements ControllerWorker {
  readonly rested: Promise<Pick<Rested, "rest">>;
  restStuck!: () => void;

  constructor() {
    this.rested = new Promise((resolve) => (this.restStuck = () => resolve({ rest: "stuck" })));
  }

  stop({ words }: Parameters<ControllerWorker["stop"]>[0]): Promise<undefined> {
    const control = words[RunWord.CONTROL];
    Atomics.store(words, control + ControlWord.STOP, 1);
    Atomics.notify(words, control + ControlWord.MOVING);
    return Promise.resolve(undefined);
  }
}
