/**
 * One run of one program: compiles it, runs it, examines what was recorded, and can be cancelled at every moment.
 *
 * Knows neither VS Code nor how compiling and running are done: the doors are given, so that its promises (one ending,
 * nothing after it, cancel at once) are tested without any of them.
 */
import type { ThreadId } from "../base/brand.ts";
import { Listeners } from "../base/listeners.ts";
import { carriesMany, needsModel } from "../protocol/execution-model.ts";
import type { Compilation, CompiledProgram } from "../protocol/program.ts";
import type { RunOptions, RunResult } from "../protocol/run.ts";
import type { OutputLine, ThreadRow } from "../trace/tables.ts";
import type { Examined } from "./examined.ts";
import type { Recording } from "./recording.ts";
import { BEFORE_ALL, isOver, type RunState } from "./run-state.ts";
import { fingerprintsOf } from "./source-texts.ts";

/** A program as it runs; the native engine's host gives such. */
export interface RunningProgram {
  readonly ended: Promise<RunResult>;
  cancel(): void;
  on(listener: {
    traced?(bytes: number, events: number): void;
    output?(lines: readonly OutputLine[]): void;
    thread?(row: ThreadRow): void;
  }): Disposable;
}

export interface Doors {
  /** Rejects at once when the signal is aborted. */
  compile(
    entry: string,
    overlays: Readonly<Record<string, string>>,
    signal: AbortSignal,
    engine?: "native" | "model" | "green",
  ): Promise<Compilation>;
  run(program: CompiledProgram, options: RunOptions): RunningProgram;
  examine(tracePath: string): Promise<Examined>;
  openRecording(tracePath: string): Promise<Recording>;
}

export interface RunPlan {
  /** Tells runs apart, in file names and in messages to a timeline. */
  readonly id: string;
  /** The program, as VS Code names its document. */
  readonly program: string;
  /** What a person calls it. */
  readonly title: string;
  /** The program, as the compiler is told. */
  readonly entry: string;
  /** The texts of open documents that stand in for what the disk has. */
  readonly overlays: Readonly<Record<string, string>>;
  /** Absent: the engine that can play what the program names. */
  readonly engine?: "native" | "model";
  readonly options: RunOptions & { readonly tracePath: string };
}

export class TraceRun {
  readonly plan: RunPlan;
  readonly changed = new Listeners<RunState>();
  readonly printed = new Listeners<readonly OutputLine[]>();
  /** As they start. */
  readonly threadNames = new Map<ThreadId, string>();
  /** When it is over and its recording was examined. Never rejects. */
  readonly settled: Promise<RunState>;
  #state: RunState = BEFORE_ALL;
  #running: RunningProgram | undefined;
  readonly #doors: Doors;
  readonly #compiling = new AbortController();

  constructor(plan: RunPlan, doors: Doors) {
    this.plan = plan;
    this.#doors = doors;
    this.settled = this.#go(doors).then(() => this.#state);
  }

  get id(): string {
    return this.plan.id;
  }

  get title(): string {
    return this.plan.title;
  }

  get tracePath(): string {
    return this.plan.options.tracePath;
  }

  open(): Promise<Recording> {
    return this.#doors.openRecording(this.tracePath);
  }

  get state(): RunState {
    return this.#state;
  }

  /** Ends it. What was recorded so far stays. Nothing happens when it is over. */
  cancel(): void {
    if (isOver(this.#state)) return;
    // A running program ends by its result, so that all that it recorded is there; before that nothing holds us.
    if (this.#running) this.#running.cancel();
    else this.#change({ phase: "cancelled" });
    this.#compiling.abort();
  }

  async #go(doors: Doors): Promise<void> {
    // Whoever made this run gets to listen before anything happens.
    await Promise.resolve();
    const program = await this.#compile(doors);
    if (!program) return;
    const result = await this.#run(doors, program);
    if (!result || this.#state.phase !== "ended") return;
    try {
      const { report } = await doors.examine(this.tracePath);
      this.#change({ report });
    } catch (error) {
      this.#change({ failure: { stage: "examining", reason: reasonOf(error) } });
    }
  }

  async #compile(doors: Doors): Promise<CompiledProgram | undefined> {
    if (isOver(this.#state)) return undefined;
    try {
      const compilation = await this.#compilation(doors);
      if (isOver(this.#state)) return undefined;
      const { diagnostics } = compilation;
      if (!compilation.ok) {
        const texts = fingerprintsOf(Object.entries(this.plan.overlays));
        this.#change({ phase: "failed", diagnostics, texts });
        return undefined;
      }
      const { sources } = compilation.program;
      const files = sources.map((source) => source.file);
      const texts = fingerprintsOf(sources.map(({ file, text }) => [file, text]));
      const clock = compilation.program.form === "model" ? "ticks" : "nanoseconds";
      this.#change({ phase: "starting", clock, diagnostics, files, texts });
      return compilation.program;
    } catch (error) {
      if (!isOver(this.#state)) {
        this.#change({
          phase: "failed",
          failure: { stage: "compiling", reason: reasonOf(error) },
        });
      }
      return undefined;
    }
  }

  async #compilation(doors: Doors): Promise<Compilation> {
    const { entry, overlays, engine } = this.plan;
    const { signal } = this.#compiling;
    const compilation = await doors.compile(entry, overlays, signal, engine);
    // What a program names stands in its text: the compiler has read it by now, and is quick the second time.
    if (!compilation.ok || engine === "model") return compilation;
    const { options } = compilation.program;
    if (carriesMany(options)) return doors.compile(entry, overlays, signal, "green");
    const named = engine === undefined && needsModel(options);
    return named ? doors.compile(entry, overlays, signal, "model") : compilation;
  }

  async #run(doors: Doors, program: CompiledProgram): Promise<RunResult | undefined> {
    // A listener may have cancelled it when it was told that it starts.
    if (isOver(this.#state)) return undefined;
    try {
      const running = doors.run(program, this.plan.options);
      this.#running = running;
      using _listening = running.on({
        traced: (bytes, events) => this.#change({ phase: "running", bytes, events }),
        thread: ({ id, name }) => {
          this.threadNames.set(id, name);
          this.#change({ phase: "running", threads: this.threadNames.size });
        },
        output: (lines) => this.printed.tell(lines),
      });
      const result = await running.ended;
      const { events, threads } = result;
      this.#change({ ...endingOf(result), result, events, threads });
      return result;
    } catch (error) {
      this.#change({ phase: "failed", failure: { stage: "running", reason: reasonOf(error) } });
      return undefined;
    }
  }

  #change(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change };
    this.changed.tell(this.#state);
  }
}

function endingOf({ ending }: RunResult): Partial<RunState> {
  if (ending.kind === "cancelled") return { phase: "cancelled" };
  if (ending.kind !== "crashed") return { phase: "ended" };
  return { phase: "failed", failure: { stage: "running", reason: ending.reason } };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
