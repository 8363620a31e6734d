/**
 * The host's end of a step session: a runner process of its own, which ends with it, so that traces can run beside it and nothing
 * that a program does reaches the editor.
 */
import { tell } from "../../../base/catalogue/message.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../../base/catalogue/stepping.ts";
import { type FromRunner, RUN_PROTOCOL, type ToRunner } from "../../../protocol/run.ts";
import type { StepChannel, StepEvent, StepReply, StepRequest } from "../../../protocol/step.ts";
import { type RunnerOptions, type RunnerProcess, startRunner } from "../runner-process.ts";

/** A request was refused, or the session is over. */
export class StepRefused extends Error {
  override name = "StepRefused";
  readonly code: string;
  readonly remedy: string | undefined;

  constructor({ code, message, remedy }: Extract<StepReply, { ok: false }>) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** How long a session may take to stop when it is asked to. */
const PAUSE_MS = 3000;

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: StepRefused) => void;
  readonly kind: StepRequest["kind"];
}

export class NativeStepChannel implements StepChannel {
  readonly #runner: RunnerProcess;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(event: StepEvent) => void>();
  #next = 1;
  #over: Omit<Extract<StepReply, { ok: false }>, "id" | "ok"> | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(options: RunnerOptions) {
    const runner = (this.#runner = startRunner(options));
    const { child } = runner;
    child.on("message", (message: FromRunner) => this.#hear(message));
    child.on("exit", (code, signal) => {
      this.#fail(tell(MESSAGES.broke, { reason: runner.reasonOf(code, signal) }));
    });
    this.#send({ type: "hello", protocol: RUN_PROTOCOL });
  }

  /** The runner's process, for tests and for what watches it. */
  get pid(): number | undefined {
    return this.#runner.child.pid;
  }

  request(request: StepRequest): Promise<unknown> {
    const id = this.#next++;
    if (this.#over !== undefined) {
      return Promise.reject(new StepRefused({ id, ok: false, ...this.#over }));
    }
    const answer = new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, kind: request.kind });
    });
    this.#send({ type: "step", id, request });
    if (request.kind === "pause") this.#expectPause();
    return answer;
  }

  onEvent(listener: (event: StepEvent) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Ends the process, and the session with it. */
  dispose(): void {
    this.#over ??= tell(MESSAGES.broke, { reason: "it was ended" });
    clearTimeout(this.#patience);
    this.#runner.child.kill("SIGKILL");
    this.#refuseAll();
  }

  #send(message: ToRunner): void {
    const { child } = this.#runner;
    if (child.connected) child.send(message);
  }

  #hear(message: FromRunner): void {
    if (message.type === "stepped") return this.#answer(message.reply);
    if (message.type === "fatal") this.#runner.said(message.message);
    if (message.type !== "step-event" || this.#over !== undefined) return;
    const { event } = message;
    if (event.kind === "failed") return this.#fail(event);
    for (const listener of this.#listeners) listener(event);
  }

  #answer(reply: StepReply): void {
    const asked = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    if (asked?.kind === "go") clearTimeout(this.#patience);
    if (reply.ok) asked?.resolve(reply.answer);
    else asked?.reject(new StepRefused(reply));
  }

  /** A program that is in code of others' that never comes back cannot be paused, only ended. */
  #expectPause(): void {
    if (![...this.#asked.values()].some(({ kind }) => kind === "go")) return;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#fail(tell(MESSAGES.doesNotAnswer, {}));
      this.#runner.child.kill("SIGKILL");
    }, PAUSE_MS);
  }

  #fail(why: { readonly code: string; readonly message: string; readonly remedy?: string }): void {
    if (this.#over !== undefined) return;
    const { code, message, remedy } = why;
    this.#over = { code, message, ...(remedy === undefined ? {} : { remedy }) };
    clearTimeout(this.#patience);
    for (const listener of this.#listeners) listener({ kind: "failed", ...this.#over });
    this.#refuseAll();
  }

  #refuseAll(): void {
    for (const [id, { reject }] of this.#asked) {
      reject(new StepRefused({ id, ok: false, ...this.#over! }));
    }
    this.#asked.clear();
  }
}
