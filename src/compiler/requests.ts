/**
 * What is asked of a compiler that works elsewhere (a thread of Node, a worker of a browser): numbers requests, gives answers to
 * those who asked, and survives whatever does the work. Starting it, ending it and telling time are the transport's.
 */
import { COMPILER_MESSAGES as MESSAGES } from "../base/catalogue/compiler.ts";
import { tell } from "../base/catalogue/message.ts";
import type { Compilation } from "../protocol/program.ts";
import type { TestFileChange } from "./closures/change.ts";
import type { Form } from "./compile.ts";
import type { Overlays } from "./project/host.ts";
import type { FromService, ToService, TranspileRequest } from "./service-messages.ts";

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
  /** What has to be put otherwise in the file of a unit test. Rejects where the compiler breaks. */
  prepareTest(file: string, text: string): Promise<TestFileChange>;
  /** The file of a unit test as JavaScript. Rejects where the compiler breaks. */
  transpile(request: TranspileRequest): Promise<string>;
  /** Starts the worker and loads what every program needs (about half a second of its own time). Never rejects. */
  warm(): Promise<void>;
  /** Ends the worker; requests under way are rejected. */
  dispose(): Promise<void>;
}

export interface CompilerWorker {
  post(message: ToService): void;
  /** Whether anybody waits for it: only then does it keep a process alive. */
  awaited?(is: boolean): void;
  end(): Promise<void>;
}

export interface CompilerTransport {
  /** `died` is called at most once, and not after `end`. */
  start(take: (answer: FromService) => void, died: (reason: string) => void): CompilerWorker;
  /** Calls back later. Nothing waits for it. */
  after(milliseconds: number, callBack: () => void): void;
  /** How long a cancelled compilation may go on before the worker is ended. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5000;

type Answer = FromService | { readonly type: "died"; readonly reason: string };

interface Request {
  readonly message: ToService;
  readonly settle: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

export class CompilerRequests implements CompilerClient {
  readonly #transport: CompilerTransport;
  readonly #requests = new Map<number, Request>();
  #worker: CompilerWorker | undefined;
  #next = 1;
  #disposed = false;

  constructor(transport: CompilerTransport) {
    this.#transport = transport;
  }

  async compile(
    entry: string,
    overlays: Overlays = {},
    signal?: AbortSignal,
    form: Form = "native",
  ): Promise<Compilation> {
    const answer = await this.#ask(
      (request) => ({ type: "compile", request, entry, overlays, form }),
      signal,
    );
    if (answer.type === "compiled") return answer.compilation;
    return stopped(entry, "reason" in answer ? answer.reason : "it answered something else");
  }

  async prepareTest(file: string, text: string): Promise<TestFileChange> {
    const answer = await this.#ask(
      (request) => ({ type: "prepare-test", request, file, text }),
      undefined,
    );
    if (answer.type === "test-prepared") return answer.change;
    throw new Error("reason" in answer ? answer.reason : "it answered something else");
  }

  async transpile(asked: TranspileRequest): Promise<string> {
    const answer = await this.#ask(
      (request) => ({ type: "transpile", request, ...asked }),
      undefined,
    );
    if (answer.type === "transpiled") return answer.code;
    throw new Error("reason" in answer ? answer.reason : "it answered something else");
  }

  async warm(): Promise<void> {
    try {
      await this.#ask((request) => ({ type: "warm", request }), undefined);
    } catch {
      // Disposed of meanwhile: there is nothing left that could be warm.
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const ending = this.#worker;
    this.#worker = undefined;
    const waiting = [...this.#requests.values()];
    this.#requests.clear();
    for (const request of waiting) request.reject(new Error("the compiler was disposed of"));
    await ending?.end();
  }

  #start(): CompilerWorker {
    const started: CompilerWorker = this.#transport.start(
      (answer) => this.#take(answer),
      (reason) => {
        if (this.#worker === started) this.#died(reason);
      },
    );
    return started;
  }

  #take(answer: FromService): void {
    const request = this.#requests.get(answer.request);
    this.#requests.delete(answer.request);
    if (this.#requests.size === 0) this.#worker?.awaited?.(false);
    request?.settle(answer);
  }

  #died(reason: string): void {
    this.#worker = undefined;
    const waiting = [...this.#requests.values()];
    this.#requests.clear();
    for (const request of waiting) request.settle({ type: "died", reason });
  }

  #ask(
    makeMessage: (request: number) => ToService,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) return reject(new Error("the compiler was disposed of"));
      signal?.throwIfAborted();
      const number = this.#next++;
      const message = makeMessage(number);
      const cancel = (): void => {
        reject(signal?.reason as Error);
        this.#endIfStuck(number);
      };
      signal?.addEventListener("abort", cancel, { once: true });
      this.#requests.set(number, {
        message,
        settle(answer) {
          signal?.removeEventListener("abort", cancel);
          resolve(answer);
        },
        reject,
      });
      this.#send(message);
    });
  }

  #send(message: ToService): void {
    this.#worker ??= this.#start();
    this.#worker.awaited?.(true);
    this.#worker.post(message);
  }

  /** TypeScript cannot be interrupted, but it can be outlived: the others' requests go to a new worker. */
  #endIfStuck(number: number): void {
    const busy = this.#worker;
    this.#transport.after(this.#transport.patienceMs ?? PATIENCE_MS, () => {
      if (!this.#requests.delete(number) || this.#worker !== busy) return;
      this.#worker = undefined;
      void busy?.end();
      for (const { message } of this.#requests.values()) this.#send(message);
    });
  }
}

function stopped(entry: string, reason: string): Compilation {
  const at = { file: entry, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const said = tell(MESSAGES.compilerStopped, { path: entry, reason });
  return { ok: false, diagnostics: [{ ...said, severity: "error", ...at, stops: true }] };
}
