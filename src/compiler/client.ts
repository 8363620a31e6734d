/**
 * The door to the compiler for the faces (extension, command line): starts its worker thread at first use, never loads
 * TypeScript itself, and survives the worker. A worker that died is started anew by the next request.
 */
import { Worker } from "node:worker_threads";
import { type CompilerClient, CompilerRequests } from "./requests.ts";
import type { FromService, ServiceData } from "./service-messages.ts";

export type { CompilerClient } from "./requests.ts";

export interface CompilerClientOptions extends Partial<ServiceData> {
  /** The worker's file, instead of the one beside this. */
  readonly worker?: URL;
  /** How long a cancelled compilation may go on before the worker is ended. */
  readonly patienceMs?: number;
}

/** Megabytes; a project with Node's and the DOM's types takes a quarter. Beyond it the worker ends, and nothing else. */
const HEAP_LIMIT = 2048;

export function createCompilerClient(options: CompilerClientOptions = {}): CompilerClient {
  const { libraryFolder, declarationsFolder, patienceMs } = options;
  return new CompilerRequests({
    start(take, died) {
      const fromSource = import.meta.url.endsWith(".ts");
      const file =
        options.worker ??
        new URL(fromSource ? "./service-worker.ts" : "./compiler.mjs", import.meta.url);
      const workerData: ServiceData = {
        currentDirectory: options.currentDirectory ?? process.cwd(),
        ...(libraryFolder !== undefined && { libraryFolder }),
        ...(declarationsFolder !== undefined && { declarationsFolder }),
      };
      const worker = new Worker(file, {
        workerData,
        execArgv: [],
        name: "threadloom-compiler",
        resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT },
      });
      let reason = "its thread ended";
      worker.on("message", (answer: FromService) => take(answer));
      worker.on("error", (error) => {
        reason = String(error);
      });
      worker.on("exit", () => died(reason));
      worker.unref();
      return {
        post: (message) => worker.postMessage(message),
        awaited: (is) => (is ? worker.ref() : worker.unref()),
        end: async () => void (await worker.terminate()),
      };
    },
    after: (milliseconds, callBack) => void setTimeout(callBack, milliseconds).unref(),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
}
