/**
 * The host's end of a step session: a runner process of its own, which ends with it, so that traces can run beside it and nothing
 * that a program does reaches the editor.
 */
import { type FromRunner, RUN_PROTOCOL, type ToRunner } from "../../../protocol/run.ts";
import type { StepChannel, StepEvent, StepRequest } from "../../../protocol/step.ts";
import { StepRequests } from "../../stepping/requests.ts";
import { type RunnerOptions, type RunnerProcess, startRunner } from "../runner-process.ts";

export class NativeStepChannel implements StepChannel {
  readonly #runner: RunnerProcess;
  readonly #requests: StepRequests;

  constructor(options: RunnerOptions) {
    const runner = (this.#runner = startRunner(options));
    const { child } = runner;
    this.#requests = new StepRequests({
      send: (id, request) => this.#send({ type: "step", id, request }),
      kill: () => void child.kill("SIGKILL"),
      after(milliseconds, callBack) {
        const timer = setTimeout(callBack, milliseconds);
        return () => clearTimeout(timer);
      },
    });
    child.on("message", (message: FromRunner) => this.#hear(message));
    child.on("exit", (code, signal) => this.#requests.broke(runner.reasonOf(code, signal)));
    this.#send({ type: "hello", protocol: RUN_PROTOCOL });
  }

  /** The runner's process, for tests and for what watches it. */
  get pid(): number | undefined {
    return this.#runner.child.pid;
  }

  request(request: StepRequest): Promise<unknown> {
    return this.#requests.request(request);
  }

  onEvent(listener: (event: StepEvent) => void): { dispose(): void } {
    return this.#requests.onEvent(listener);
  }

  /** Ends the process, and the session with it. */
  dispose(): void {
    this.#requests.dispose();
  }

  #send(message: ToRunner): void {
    const { child } = this.#runner;
    if (child.connected) child.send(message);
  }

  #hear(message: FromRunner): void {
    if (message.type === "stepped") this.#requests.answered(message.reply);
    else if (message.type === "fatal") this.#runner.said(message.message);
    else if (message.type === "step-event") this.#requests.heard(message.event);
  }
}
