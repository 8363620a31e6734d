/**
 * The compiler's worker in a browser (`dist/web/compiler.js`): the same service as on a desktop, over files that its host
 * fetches. One request at a time, in their order.
 */
import type { WebWorkerScope } from "../../base/web-worker.ts";
import type { FromService, ToService } from "../service-messages.ts";
import { type FetchingCompiler, fetchingCompiler } from "./fetching.ts";
import type { FromCompilerWorker, ToCompilerWorker } from "./messages.ts";
import type { Fetched } from "./virtual-files.ts";

const scope = globalThis as unknown as WebWorkerScope;
const post = (message: FromCompilerWorker): void => scope.postMessage(message);

let compiler: FetchingCompiler | undefined;
let fetched: ((fetched: Fetched) => void) | undefined;

async function serve(message: ToService, root: string | undefined): Promise<FromService> {
  const { request } = message;
  try {
    if (!compiler) throw new Error("the compiler was given no library");
    if (message.type === "compile") {
      const compilation = await compiler.compile({ ...message, root });
      return { type: "compiled", request, compilation };
    }
    compiler.warm();
    return { type: "warmed", request };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: "failed", request, reason };
  }
}

let last = Promise.resolve();
scope.addEventListener("message", ({ data }) => {
  const message = data as ToCompilerWorker;
  switch (message.type) {
    case "library":
      compiler = fetchingCompiler(message.texts, (wanted) => {
        const fetching = new Promise<Fetched>((resolve) => (fetched = resolve));
        post({ type: "wanted", wanted });
        return fetching;
      });
      return;
    case "service":
      last = last.then(async () => post(await serve(message.message, message.root)));
      return;
    case "fetched":
      fetched?.(message.fetched);
  }
});
