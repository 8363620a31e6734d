/**
 * The door to the compiler for the faces (extension, command line): starts its worker thread at first use, never loads
 * TypeScript itself, and survives the worker. A worker that died is started anew by the next request.
 */
import { Worker } from "node:worker_threads";
import { COMPILER_MESSAGES as MESSAGES } from "../base/catalogue/compiler.ts";
import { tell } from "../base/catalogue/message.ts";
import type { Compilation } from "../protocol/program.ts";
import type { Form } from "./compile.ts";
import type { Overlays } from "./project/host.ts";
import type { FromService, ServiceData, ToService } from "./service-messages.ts";

export interface CompilerClient {
  /**
   * Compiles the program whose entry is `entry`; `overlays` has the text of open documents by path. Requests are served
   * in order.
   *
   * A compiler that breaks gives a compilation with an error, as a broken program does. Rejects when `signal` is aborted
   * (at once, with its reason), and after `dispose`.
   */
  compile(
    entry: string,
    overlays?: Overlays,
    signal?: AbortSignal,
    form?: Form,
  ): Promise<Compilation>;
  /** Starts the worker and loads what every program needs (about half a second of its own time). Never rejects. */
  warm(): Promise<void>;
  /** Ends the worker; requests under way are rejected. */
  dispose(): Promise<void>;
}

export interface CompilerClientOptions extends Partial<ServiceData> {
  /** The worker's file, instead of the one beside this. */
  readonly worker?: URL;
  /** How long a cancelled compilation may go on before the worker is ended. */
  readonly patienceMs?: number;
}

/** Megabytes; a project with Node's and the DOM's types takes a quarter. Beyond it the worker ends, and nothing else. */
const HEAP_LIMIT = 2048;
const PATIENCE_MS = 5000;

type Answer = FromService | { readonly type: "died"; readonly reason: string };

interface Request {
  readonly message: ToService;
  readonly settle: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

export function createCompilerClient(options: CompilerClientOptions = {}): CompilerClient {
  const requests = new Map<number, Request>();
  let worker: Worker | undefined;
  let next = 1;
  let disposed = false;

  const start = (): Worker => {
    const fromSource = import.meta.url.endsWith(".ts");
    const file =
      options.worker ??
      new URL(fromSource ? "./service-worker.ts" : "./compiler.mjs", import.meta.url);
    const { libraryFolder, declarationsFolder } = options;
    const workerData: ServiceData = {
      currentDirectory: options.currentDirectory ?? process.cwd(),
      ...(libraryFolder !== undefined && { libraryFolder }),
      ...(declarationsFolder !== undefined && { declarationsFolder }),
    };
    const started = new Worker(file, {
      workerData,
      execArgv: [],
      name: "threadloom-compiler",
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT },
    });
    let reason = "its thread ended";
    started.on("message", (answer: FromService) => take(answer));
    started.on("error", (error) => {
      reason = String(error);
    });
    started.on("exit", () => {
      if (worker === started) died(reason);
    });
    started.unref();
    return started;
  };

  const take = (answer: FromService): void => {
    const request = requests.get(answer.request);
    requests.delete(answer.request);
    if (requests.size === 0) worker?.unref();
    request?.settle(answer);
  };

  const died = (reason: string): void => {
    worker = undefined;
    const waiting = [...requests.values()];
    requests.clear();
    for (const request of waiting) request.settle({ type: "died", reason });
  };

  const ask = (
    makeMessage: (request: number) => ToService,
    signal: AbortSignal | undefined,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (disposed) return reject(new Error("the compiler was disposed of"));
      signal?.throwIfAborted();
      const number = next++;
      const message = makeMessage(number);
      const cancel = (): void => {
        reject(signal?.reason as Error);
        endIfStuck(number);
      };
      signal?.addEventListener("abort", cancel, { once: true });
      requests.set(number, {
        message,
        settle(answer) {
          signal?.removeEventListener("abort", cancel);
          resolve(answer);
        },
        reject,
      });
      send(message);
    });

  const send = (message: ToService): void => {
    worker ??= start();
    worker.ref();
    worker.postMessage(message);
  };

  /** TypeScript cannot be interrupted, but it can be outlived: the others' requests go to a new worker. */
  const endIfStuck = (number: number): void => {
    const busy = worker;
    const timer = setTimeout(() => {
      if (!requests.delete(number) || worker !== busy) return;
      worker = undefined;
      void busy?.terminate();
      for (const { message } of requests.values()) send(message);
    }, options.patienceMs ?? PATIENCE_MS);
    timer.unref();
  };

  return {
    async compile(entry, overlays = {}, signal, form = "native") {
      const answer = await ask(
        (request) => ({ type: "compile", request, entry, overlays, form }),
        signal,
      );
      if (answer.type === "compiled") return answer.compilation;
      return stopped(entry, "reason" in answer ? answer.reason : "it answered something else");
    },
    async warm() {
      try {
        await ask((request) => ({ type: "warm", request }), undefined);
      } catch {
        // Disposed of meanwhile: there is nothing left that could be warm.
      }
    },
    async dispose() {
      disposed = true;
      const ending = worker;
      worker = undefined;
      const waiting = [...requests.values()];
      requests.clear();
      for (const request of waiting) request.reject(new Error("the compiler was disposed of"));
      await ending?.terminate();
    },
  };
}

function stopped(entry: string, reason: string): Compilation {
  const at = { file: entry, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const said = tell(MESSAGES.compilerStopped, { path: entry, reason });
  return { ok: false, diagnostics: [{ ...said, severity: "error", ...at, stops: true }] };
}
