/**
 * The workers of the extension in a browser. Their scripts are read as any file of the extension's own, and started out of
 * memory: VS Code's host starts no worker from an extension that lies on a remote, and so there is one way for all.
 */
import * as vscode from "vscode";
import type { WebWorker } from "../../base/web-worker.ts";
import { reasonOf } from "../trace-run.ts";

/** What VS Code's host in a browser has, though Node's types do not know it. */
interface BrowserScope {
  readonly Worker: new (url: string, options: { readonly name: string }) => WebWorker;
}

export type WorkerName = "compiler" | "model" | "examine";

export interface StartedWorker {
  /** What is posted before it has started waits for it, in order. */
  post(message: unknown): void;
  terminate(): void;
}

export class Workers {
  readonly #extension: vscode.Uri;
  readonly #urls = new Map<WorkerName, Promise<string>>();

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  /** `failed` is told why it cannot be started, or of an error that leaves it, at most once: it is of no more use then. */
  start(
    name: WorkerName,
    heard: (data: unknown) => void,
    failed: (reason: string) => void,
  ): StartedWorker {
    let isOver = false;
    const fail = (reason: string): void => {
      if (isOver) return;
      isOver = true;
      failed(reason);
    };
    const starting = this.#urlOf(name).then((url) => {
      if (isOver) return undefined;
      const { Worker } = globalThis as unknown as BrowserScope;
      const worker = new Worker(url, { name: `threadloom ${name}` });
      worker.onmessage = ({ data }) => {
        if (!isOver) heard(data);
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        worker.terminate();
        fail(event.message ?? "its worker ended");
      };
      return worker;
    });
    starting.catch((error: unknown) => fail(reasonOf(error)));
    const then = (use: (worker: WebWorker) => void): void =>
      void starting.then(
        (worker) => worker && use(worker),
        () => undefined, // told by `failed`
      );
    return {
      post: (message) => then((worker) => worker.postMessage(message)),
      terminate() {
        isOver = true;
        then((worker) => worker.terminate());
      },
    };
  }

  /** Read once: of a second worker nothing but its start is waited for. */
  #urlOf(name: WorkerName): Promise<string> {
    const known = this.#urls.get(name);
    if (known) return known;
    const file = vscode.Uri.joinPath(this.#extension, "dist/web", `${name}.js`);
    const reading = Promise.resolve(vscode.workspace.fs.readFile(file)).then((bytes) =>
      URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>])),
    );
    this.#urls.set(name, reading);
    // The next one may fare better.
    reading.catch(() => this.#urls.delete(name));
    return reading;
  }
}
