/** The session's end of the line to its native runs: its worker blocks until the runner's main thread has answered. */
import { receiveMessageOnPort } from "node:worker_threads";
import type { FromNativeRuns, NativeLine, ToNativeRuns } from "./messages.ts";

/** How long an answer may take: the main thread never blocks, but a machine can be busy. */
const PATIENCE_MS = 30_000;

export class RunnerLine {
  readonly #line: NativeLine;

  constructor(line: NativeLine) {
    this.#line = line;
  }

  send(message: ToNativeRuns): void {
    this.#line.port.postMessage(message);
  }

  /** The next message, which is waited for. Throws if none comes. */
  next(): FromNativeRuns {
    const { bell } = this.#line;
    for (;;) {
      const rung = Atomics.load(bell, 0);
      const received = this.take();
      if (received !== undefined) return received;
      if (Atomics.wait(bell, 0, rung, PATIENCE_MS) === "timed-out") {
        throw new Error("the runner's main thread does not answer");
      }
    }
  }

  /** The next message, if one has come. */
  take(): FromNativeRuns | undefined {
    const received = receiveMessageOnPort(this.#line.port) as unknown;
    return (received as { readonly message: FromNativeRuns } | undefined)?.message;
  }
}
