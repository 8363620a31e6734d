/**
 * Reads recordings in a thread of its own: a long one takes seconds to examine, and the editor's host must not stand still
 * meanwhile. The thread starts with the first recording and ends when it has had nothing to do for a while.
 */
import { Worker } from "node:worker_threads";
import type { Examined } from "../examined.ts";
import { reasonOf } from "../trace-run.ts";

export type ExamineRequest = { readonly id: number } & (
  | { readonly kind: "examine"; readonly path: string }
  | { readonly kind: "export-chrome"; readonly path: string; readonly to: string }
);

export type ExamineAnswer = { readonly id: number } & (
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string }
);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const IDLE = 60_000;

export class Examiner implements Disposable {
  readonly #script: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #requests = 0;
  #idle: NodeJS.Timeout | undefined;

  /** `script` is the bundle of `examine-worker.ts`. */
  constructor(script: string) {
    this.#script = script;
  }

  async examine(path: string): Promise<Examined> {
    return (await this.#ask({ id: ++this.#requests, kind: "examine", path })) as Examined;
  }

  /** Writes the recording for Chrome and Perfetto. */
  async exportChrome(path: string, to: string): Promise<void> {
    await this.#ask({ id: ++this.#requests, kind: "export-chrome", path, to });
  }

  [Symbol.dispose](): void {
    this.#end("the window is closed");
  }

  #ask(request: ExamineRequest): Promise<unknown> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { name: "threadloom examiner" });
    worker.on("message", (answer: ExamineAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.value);
      else waiting?.reject(new Error(answer.reason));
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.#end("idle"), IDLE).unref();
    });
    worker.on("error", (error: unknown) => {
      if (this.#worker === worker) this.#end(reasonOf(error));
    });
    return worker;
  }

  #end(reason: string): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
