/**
 * The compiler's worker thread: TypeScript is heavy to load and to run, and the editor's own thread must feel nothing of
 * it. It loads nothing before it is asked to, then keeps its project warm.
 */
import * as module from "node:module";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { createNodeHost } from "./node-host.ts";
import type { FromService, ServiceData, ToService } from "./service-messages.ts";
import type { CompilerService } from "./service.ts";

const port = parentPort;
if (!port) throw new Error("the compiler's service runs as a worker thread");
const data = workerData as ServiceData;

/** From source (tests) or from the bundle in dist/. */
const FROM_SOURCE = import.meta.url.endsWith(".ts");
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let service: Promise<CompilerService> | undefined;

async function start(): Promise<CompilerService> {
  // Node 22 and later keep compiled code between runs: TypeScript's nine megabytes load in half the time.
  (module as Partial<typeof module>).enableCompileCache?.();
  const { createService } = await import("./service.ts");
  return createService(
    createNodeHost({
      currentDirectory: data.currentDirectory,
      libraryFolder:
        data.libraryFolder ?? here(FROM_SOURCE ? "../../node_modules/typescript/lib/" : "./lib/"),
      declarationsFolder:
        data.declarationsFolder ?? here(FROM_SOURCE ? "../std/types/" : "./types/"),
    }),
  );
}

async function serve(message: ToService): Promise<FromService> {
  const { request } = message;
  try {
    const compiler = await (service ??= start());
    switch (message.type) {
      case "compile": {
        const compilation = compiler.compile(message.entry, message.overlays, message.form);
        return { type: "compiled", request, compilation };
      }
      case "prepare-test": {
        const change = compiler.prepareTest(message.file, message.text);
        return { type: "test-prepared", request, change };
      }
      case "transpile":
        return { type: "transpiled", request, code: compiler.transpile(message) };
      case "warm":
        compiler.warm();
        return { type: "warmed", request };
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: "failed", request, reason };
  }
}

let last = Promise.resolve();
port.on("message", (message: ToService) => {
  last = last.then(async () => port.postMessage(await serve(message)));
});
