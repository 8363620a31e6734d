/** The step session of a runner: one worker, and what it says. A worker that ends takes the session with it, which is said. */
import type { Worker } from "node:worker_threads";
import { tell } from "../../../base/catalogue/message.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../../base/catalogue/stepping.ts";
import type { FromRunner } from "../../../protocol/run.ts";
import type { StepRequest } from "../../../protocol/step.ts";
import type { StepOpening } from "../modelled/messages.ts";
import { NativeRuns } from "./native-runs.ts";
import type { WorkerPool } from "../worker-pool.ts";
import type { FromStepped, ToStepped } from "./messages.ts";

export class SteppedSession {
  readonly #worker: Worker;
  readonly #send: (message: FromRunner) => void;
  readonly #native: NativeRuns;

  /** `pool`: of workers that model; `nativePool`: of those that run threads, for where the model cannot follow. */
  constructor(
    pool: WorkerPool,
    nativePool: WorkerPool,
    tool: string,
    send: (message: FromRunner) => void,
  ) {
    this.#send = send;
    const native = (this.#native = new NativeRuns(nativePool, tool));
    const worker = (this.#worker = pool.take());
    let reason = "its thread ended";
    worker.on("message", (message: FromStepped) => {
      send(
        message.type === "reply"
          ? { type: "stepped", reply: message.reply }
          : { type: "step-event", event: message.event },
      );
    });
    worker.on("error", (error: Error) => (reason = error.message));
    worker.on("exit", () => this.#failed(reason));
    const opening: StepOpening = { type: "step", tool, native: native.line };
    worker.postMessage(opening, [native.line.port]);
  }

  take(id: number, request: StepRequest): void {
    const message: ToStepped = { id, request };
    this.#worker.postMessage(message);
  }

  #failed(reason: string): void {
    this.#native.drop();
    this.#send({
      type: "step-event",
      event: { kind: "failed", ...tell(MESSAGES.broke, { reason }) },
    });
  }
}
