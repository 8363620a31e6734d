/** Starts the workers of the extension in a browser: classic scripts of `dist/web`, wherever the extension was loaded from. */
import * as vscode from "vscode";
import type { WebWorker } from "../../base/web-worker.ts";

/** What VS Code's host in a browser has, though Node's types do not know it. */
interface BrowserScope {
  readonly Worker: new (url: string, options: { readonly name: string }) => WebWorker;
}

export type WorkerName = "compiler" | "model" | "examine";

/** `failed` is told of what leaves the worker as an error, at most once: it is of no more use then. */
export function startWorker(
  extension: vscode.Uri,
  name: WorkerName,
  heard: (data: unknown) => void,
  failed: (reason: string) => void,
): WebWorker {
  const { Worker } = globalThis as unknown as BrowserScope;
  const script = vscode.Uri.joinPath(extension, "dist/web", `${name}.js`);
  const worker = new Worker(script.toString(true), { name: `threadloom ${name}` });
  worker.onmessage = ({ data }) => heard(data);
  worker.onerror = (event) => {
    event.preventDefault?.();
    worker.terminate();
    failed(event.message ?? "its worker ended");
  };
  return worker;
}
