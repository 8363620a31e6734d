/**
 * The host's end of exploring: one process, started ahead, in which programs are explored one after another. Whatever happens
 * to it is an answer; a process that crashed or was killed is replaced before anybody asks for the next.
 */
import type {
  ExploreOptions,
  ExploreProgress,
  ExploreRequest,
  ExploreResult,
} from "../../../protocol/explore.ts";
import type { ExplorerLost, FromRunner } from "../../../protocol/run.ts";
import type { RunnerOptions } from "../runner-process.ts";
import { type RunnerJob, type Say, WarmRunner } from "../warm-runner.ts";
import { KnownSoFar } from "./cut-short.ts";

export interface ExplorerOptions extends RunnerOptions {
  /** Bytes that exploring one program may take. Default: 1 GB. */
  readonly memoryLimitBytes?: number;
  /** Milliseconds for which a thread's code may run without an operation or a loop's edge. Default: 30 s. */
  readonly silenceLimitMs?: number;
  /** Where programs find themselves; the host's own folder unless said otherwise. */
  readonly cwd?: string;
}

export interface Exploring {
  /** Never rejects: whatever happens to the process is a result. */
  readonly ended: Promise<ExploreResult>;
  /** It ends soon, with what it has. */
  stop(): void;
  /** Kills it at once: what it had found is lost. */
  cancel(): void;
}

const MEMORY_LIMIT_BYTES = 1 << 30;
const SILENCE_LIMIT_MS = 30_000;

type Why = ExplorerLost | { readonly kind: "cancelled" };

class HostedExploring implements Exploring, RunnerJob {
  /** A search that was lost has not harmed the process; one that crashed it has ended it. */
  readonly wearsOut = false;
  readonly ended: Promise<ExploreResult>;
  readonly #known: KnownSoFar;
  readonly #tell: ((progress: ExploreProgress) => void) | undefined;
  readonly #onCancel: () => void;
  readonly #began = performance.now();
  #settle!: (result: ExploreResult) => void;
  #over = false;
  /** Asks the process; absent as long as it has not heard of this one. */
  #ask: (() => void) | undefined;
  #isStopping = false;

  constructor(
    options: ExploreOptions,
    tell: ((progress: ExploreProgress) => void) | undefined,
    onCancel: () => void,
  ) {
    this.#known = new KnownSoFar(options);
    this.#tell = tell;
    this.#onCancel = onCancel;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  get over(): boolean {
    return this.#over;
  }

  /** The process has been told of it. */
  begun(askToStop: () => void): void {
    this.#ask = askToStop;
    if (this.#isStopping) askToStop();
  }

  stop(): void {
    if (this.#over || this.#isStopping) return;
    this.#isStopping = true;
    this.#ask?.();
  }

  cancel(): void {
    if (this.#over) return;
    this.lose({ kind: "cancelled" });
    this.#onCancel();
  }

  cancelled(): void {
    this.lose({ kind: "cancelled" });
  }

  crashed(reason: string): void {
    this.lose({ kind: "crashed", reason });
  }

  hear(message: FromRunner): void {
    if (this.#over) return;
    if (message.type === "explorer-lost") return this.lose(message.ending);
    if (message.type !== "explorer") return;
    const { said } = message;
    switch (said.type) {
      case "progress":
        this.#known.hear(said.progress);
        this.#tell?.(said.progress);
        return;
      case "explored":
        this.#over = true;
        this.#settle(said.result);
        return;
      case "broken":
        this.lose({ kind: "crashed", reason: said.message });
    }
  }

  /** It gives no result of its own. */
  lose(why: Why): void {
    if (this.#over) return;
    this.#over = true;
    this.#settle(this.#known.result(why, Math.round(performance.now() - this.#began)));
  }
}

export class ExplorerHost {
  readonly #options: ExplorerOptions;
  readonly #runner: WarmRunner;
  #count = 0;

  constructor(options: ExplorerOptions) {
    this.#options = options;
    this.#runner = new WarmRunner(options, "explorer");
  }

  /** Starts the process ahead. */
  warm(): Promise<void> {
    return this.#runner.warm();
  }

  /** The process, for tests and for what watches it. */
  get pid(): number | undefined {
    return this.#runner.pid;
  }

  /** `tell` is called a few times a second. */
  explore(request: ExploreRequest, tell?: (progress: ExploreProgress) => void): Exploring {
    if (this.#runner.disposed) throw new Error("the explorer's host was disposed");
    const exploring: HostedExploring = new HostedExploring(request.options, tell, () =>
      this.#runner.kill(exploring),
    );
    this.#runner.add(exploring, (say) => this.#begin(exploring, request, say));
    return exploring;
  }

  /** Ends the process and whatever runs in it. */
  dispose(): void {
    this.#runner.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #begin(exploring: HostedExploring, request: ExploreRequest, say: Say): void {
    const { memoryLimitBytes = MEMORY_LIMIT_BYTES, silenceLimitMs = SILENCE_LIMIT_MS } =
      this.#options;
    const cwd = this.#options.cwd ?? process.cwd();
    const limits = { memoryLimitBytes, silenceLimitMs, cwd };
    const number = ++this.#count;
    say({ type: "explore", exploring: number, request, limits });
    exploring.begun(() => say({ type: "stop-exploring", exploring: number }));
  }
}
