/**
 * A bundle of `dist/web` in a worker as a browser has it, as far as our bundles can tell: nothing of Node's to be seen, messages
 * by `postMessage` and events. Real browsers are for test/vscode/web.test.ts.
 */
import { Worker } from "node:worker_threads";
import path from "node:path";

const DIST = path.resolve(import.meta.dirname, "../../../dist/web");

const AS_IN_A_BROWSER = `
const { parentPort, workerData } = require("node:worker_threads");
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
globalThis.addEventListener = (type, listener) => parentPort.on(type, (data) => listener({ data }));
// Node empties one port before it looks at another; browsers take messages as they came.
const soon = setImmediate; // a program's own is the model's
globalThis.MessageChannel = class {
  port1 = { onmessage: undefined };
  port2 = { postMessage: (data) => soon(() => this.port1.onmessage({ data })) };
};
const text = readFileSync(workerData, "utf8");
// Not "Buffer": Node's own code in this worker asks for it.
for (const name of ["process", "global"]) delete globalThis[name];
runInThisContext(text, { filename: "blob:the-bundle" });
`;

export class BrowserWorker<To, From> implements Disposable {
  readonly #worker: Worker;
  readonly #heard: From[] = [];
  readonly #listeners: ((message: From) => void)[] = [];
  #waiting: (() => void) | undefined;
  #failure: Error | undefined;

  constructor(name: "compiler" | "model" | "examine") {
    const workerData = path.join(DIST, `${name}.js`);
    this.#worker = new Worker(AS_IN_A_BROWSER, { eval: true, workerData });
    this.#worker.on("message", (message: From) => {
      this.#heard.push(message);
      for (const listener of this.#listeners) listener(message);
      this.#waiting?.();
    });
    this.#worker.on("error", (error: Error) => {
      this.#failure = error;
      this.#waiting?.();
    });
  }

  /** All that it has said so far. */
  get heard(): readonly From[] {
    return this.#heard;
  }

  hears(listener: (message: From) => void): void {
    this.#listeners.push(listener);
  }

  post(message: To): void {
    this.#worker.postMessage(message);
  }

  /** The first that it says, or has said, of that kind. Rejects with the error that left the worker. */
  async says<One extends From>(isIt: (message: From) => message is One): Promise<One> {
    for (;;) {
      const found = this.#heard.find(isIt);
      if (found) return found;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  [Symbol.dispose](): void {
    void this.#worker.terminate();
  }
}
