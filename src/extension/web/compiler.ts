/** The compiler in a worker of the browser: TypeScript is loaded there, when the first program is compiled. */
import * as vscode from "vscode";
import type { FromCompilerWorker, ToCompilerWorker } from "../../compiler/browser/messages.ts";
import { type CompilerClient, CompilerRequests } from "../../compiler/requests.ts";
import { reasonOf } from "../trace-run.ts";
import type { Workers } from "./workers.ts";
import { fetchWanted, rootOf } from "./workspace-files.ts";

export function createWebCompiler(extension: vscode.Uri, workers: Workers): CompilerClient {
  return new CompilerRequests({
    start(take, died) {
      const post = (message: ToCompilerWorker): void => worker.post(message);
      const hear = async (message: FromCompilerWorker): Promise<void> => {
        if (message.type !== "wanted") return take(message);
        post({ type: "fetched", fetched: await fetchWanted(message.wanted) });
      };
      const worker = workers.start(
        "compiler",
        (data) => void hear(data as FromCompilerWorker),
        died,
      );
      // What is posted meanwhile has to wait for it: the worker serves nothing without its libraries.
      const ready = readLibrary(extension).then(
        (texts) => post({ type: "library", texts }),
        (error: unknown) => died(reasonOf(error)),
      );
      return {
        post(message) {
          const root = message.type === "compile" ? rootOf(message.entry) : undefined;
          void ready.then(() => post({ type: "service", message, root }));
        },
        end: () => Promise.resolve(worker.terminate()),
      };
    },
    after: (milliseconds, callBack) => void setTimeout(callBack, milliseconds),
  });
}

async function readLibrary(extension: vscode.Uri): Promise<Readonly<Record<string, string>>> {
  const file = vscode.Uri.joinPath(extension, "dist/web/library.json");
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return JSON.parse(text) as Readonly<Record<string, string>>;
}
