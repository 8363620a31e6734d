/**
 * One exploration of one program: compiles it, has every order of its threads tried, and can be stopped at every moment.
 *
 * Knows neither VS Code nor how compiling and exploring are done: the doors are given, so that its promises (one end, nothing
 * after it, stop at once) are tested without any of them.
 */
import { Listeners } from "../base/listeners.ts";
import { isExpected } from "../explore/expectation.ts";
import type {
  ExploredFinding,
  ExploreOptions,
  ExploreProgress,
  ExploreRequest,
  ExploreResult,
} from "../protocol/explore.ts";
import type {
  Compilation,
  CompiledProgram,
  Diagnostic,
  ProgramOptions,
} from "../protocol/program.ts";
import { fingerprintsOf } from "./source-texts.ts";
import { reasonOf } from "./trace-run.ts";

/** A program as it is explored; the explorer's host gives such. */
export interface RunningExploration {
  /** Never rejects. */
  readonly ended: Promise<ExploreResult>;
  /** It ends soon, with what it has. */
  stop(): void;
  /** Ends it at once. */
  cancel(): void;
}

export interface ExploreDoors {
  /** Rejects at once when the signal is aborted. */
  compile(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
    engine?: "native" | "model",
  ): Promise<Compilation>;
  explore(request: ExploreRequest, tell: (progress: ExploreProgress) => void): RunningExploration;
}

export interface ExplorationPlan {
  /** Tells explorations apart, in messages to a page and in the log. */
  readonly id: string;
  /** The program's document, as text of its URI. */
  readonly program: string;
  /** What a person calls it. */
  readonly title: string;
  /** The program, as the compiler is told. */
  readonly entry: string;
  readonly overlays: Readonly<Record<string, string>>;
  /** What is asked of the search, by what the program's head says. */
  options(head: ProgramOptions): Promise<ExploreOptions>;
}

/** `failed`: it was not to be compiled, or something of ours broke. One that was stopped with what it had is `done`. */
export type ExplorationPhase = "compiling" | "exploring" | "done" | "failed" | "cancelled";

/** Immutable: each change is a new one. */
export interface ExplorationState {
  readonly phase: ExplorationPhase;
  readonly diagnostics: readonly Diagnostic[];
  /** What `@expect` says, or `ok`. */
  readonly expected: string;
  /** Fingerprints of the texts that were explored, by file. */
  readonly texts: Readonly<Record<string, string>>;
  /** Those of its files that say something else by now. */
  readonly changedFiles: readonly string[];
  readonly progress?: ExploreProgress;
  readonly result?: ExploreResult;
  /** What went wrong on our side. */
  readonly failure?: string;
}

const BEFORE_ALL: ExplorationState = {
  phase: "compiling",
  diagnostics: [],
  expected: "ok",
  texts: {},
  changedFiles: [],
};

export class Exploration {
  readonly plan: ExplorationPlan;
  readonly changed = new Listeners<ExplorationState>();
  /** When it is over. Never rejects. */
  readonly settled: Promise<ExplorationState>;
  #state = BEFORE_ALL;
  #running: RunningExploration | undefined;
  #isStopping = false;
  readonly #compiling = new AbortController();

  constructor(plan: ExplorationPlan, doors: ExploreDoors) {
    this.plan = plan;
    this.settled = this.#go(doors).then(() => this.#state);
  }

  get id(): string {
    return this.plan.id;
  }

  get title(): string {
    return this.plan.title;
  }

  get state(): ExplorationState {
    return this.#state;
  }

  /** Ends the search with what it has; asked a second time, at once. Nothing happens when it is over. */
  stop(): void {
    if (isExplored(this.#state)) return;
    if (this.#running) {
      if (this.#isStopping) this.#running.cancel();
      else this.#running.stop();
      this.#isStopping = true;
    } else {
      this.#change({ phase: "cancelled" });
    }
    this.#compiling.abort();
  }

  /** Other files than before differ from what was explored. */
  edited(changedFiles: readonly string[]): void {
    const before = this.#state.changedFiles;
    if (before.length === changedFiles.length && before.every((one) => changedFiles.includes(one)))
      return;
    this.#change({ changedFiles });
  }

  async #go(doors: ExploreDoors): Promise<void> {
    // Whoever made this gets to listen before anything happens.
    await Promise.resolve();
    try {
      const program = await this.#compile(doors);
      if (!program) return;
      const options = await this.plan.options(program.options);
      if (isExplored(this.#state)) return;
      this.#running = doors.explore({ program, options }, (progress) => {
        if (!isExplored(this.#state)) this.#change({ progress });
      });
      const result = await this.#running.ended;
      this.#change({ phase: "done", result });
    } catch (error) {
      if (isExplored(this.#state)) return;
      this.#change({ phase: "failed", failure: reasonOf(error) });
    }
  }

  async #compile(doors: ExploreDoors): Promise<CompiledProgram | undefined> {
    if (isExplored(this.#state)) return undefined;
    const { entry, overlays } = this.plan;
    const compilation = await doors.compile(entry, overlays, this.#compiling.signal, "model");
    if (isExplored(this.#state)) return undefined;
    const { diagnostics } = compilation;
    if (!compilation.ok) {
      const texts = fingerprintsOf(Object.entries(overlays));
      this.#change({ phase: "failed", diagnostics, texts });
      return undefined;
    }
    const { program } = compilation;
    const texts = fingerprintsOf(program.sources.map(({ file, text }) => [file, text]));
    const { expect: expected = "ok" } = program.options;
    this.#change({ phase: "exploring", diagnostics, texts, expected });
    return program;
  }

  #change(change: Partial<ExplorationState>): void {
    this.#state = { ...this.#state, ...change };
    this.changed.tell(this.#state);
  }
}

/** Whether it is over, however it ended. */
export function isExplored({ phase }: ExplorationState): boolean {
  return phase === "done" || phase === "failed" || phase === "cancelled";
}

/** Whether it is about texts that have been edited since. */
export function isStale({ changedFiles }: ExplorationState): boolean {
  return changedFiles.length > 0;
}

/** Whether it came to what the file expects. Undefined where there is no result. */
export function isAsExpected({ result, expected }: ExplorationState): boolean | undefined {
  return result && isExpected(result.verdict, result.findings, expected);
}

/** Executions that were made: where the whole was explored, those of the whole; else those of all phases. */
export function executionsOf({ complete, executions, phases }: ExploreResult): number {
  return complete ? executions : phases.reduce((sum, phase) => sum + phase.executions, 0);
}

export type Failure = ExploredFinding & { readonly schedule: string };

/** The finding that says most, of those with a schedule: what is expected first, then the gravest. */
export function failureOf({ result, expected }: ExplorationState): Failure | undefined {
  const shown = (result?.findings ?? []).filter(isFailure);
  return shown.find(({ kind }) => kind === expected) ?? shown[0];
}

export function isFailure(finding: ExploredFinding): finding is Failure {
  return finding.schedule !== undefined;
}
