/**
 * The runs of this window: at most one at a time for each program, and the last one of each is remembered. Tracing a
 * program that is being traced cancels that run first, and begins when its process is done with it; of several such
 * requests the last one is met.
 */
import * as vscode from "vscode";
import { choiceOf, engineOf, type RunAs } from "../protocol/execution-model.ts";
import { nameOf, baseName, overlaysFor, textNow } from "./documents.ts";
import type { Log } from "./log.ts";
import { isOver, isRecorded, type RunState } from "./run-state.ts";
import { setting } from "./settings.ts";
import { changedSince } from "./source-texts.ts";
import type { StoredRun } from "./stored-run.ts";
import type { ShownRun } from "./shown-run.ts";
import type { Platform } from "./platform.ts";
import { TraceRun, type RunPlan } from "./trace-run.ts";
import type { TraceStore } from "./trace-store.ts";

export interface RunChange {
  readonly program: vscode.Uri;
  readonly run: ShownRun;
  readonly state: RunState;
  /** The run itself, with the first that is heard of it. */
  readonly begun?: TraceRun;
}

interface Program {
  readonly uri: vscode.Uri;
  last: ShownRun | undefined;
  going: TraceRun | undefined;
  /** Counts requests: one that is not the last one any more is dropped. */
  requests: number;
}

const MEGABYTE = 1024 * 1024;

export class Tracer implements vscode.Disposable {
  readonly #platform: Platform;
  readonly #store: TraceStore;
  readonly #log: Log;
  readonly #programs = new Map<string, Program>();
  readonly #changed = new vscode.EventEmitter<RunChange>();
  /** A run began, or more is known of it. */
  readonly onDidChange = this.#changed.event;

  constructor(platform: Platform, store: TraceStore, log: Log) {
    this.#platform = platform;
    this.#store = store;
    this.#log = log;
  }

  /** The last run of a program, going on or over. */
  last(program: vscode.Uri): ShownRun | undefined {
    return this.#programs.get(program.toString())?.last;
  }

  /** Those that go on. */
  get going(): readonly TraceRun[] {
    return [...this.#programs.values()].flatMap(({ going }) => going ?? []);
  }

  isGoing(program: vscode.Uri): boolean {
    return this.#programs.get(program.toString())?.going !== undefined;
  }

  /** Runs the document as it is now, saved or not. Answers undefined when another request took this one's place. */
  async trace(document: vscode.TextDocument, runAs: RunAs): Promise<TraceRun | undefined> {
    const program = this.#program(document.uri);
    const request = ++program.requests;
    const { going } = program;
    if (going) {
      going.cancel();
      await going.settled;
    }
    await this.#store.ready();
    if (request !== program.requests) return undefined;

    const run = new TraceRun(this.plan(document, runAs), this.#platform);
    program.going = run;
    program.last = run;
    using _held = this.#store.use(run.id);
    this.#changed.fire({ program: program.uri, run, state: run.state, begun: run });
    using _listening = run.changed.add((state) => {
      // Its recording may still be examined; the next run need not wait for that.
      if (isOver(state) && program.going === run) program.going = undefined;
      this.#changed.fire({ program: program.uri, run, state });
    });
    await this.#keep(program.uri, run, await run.settled);
    return run;
  }

  /** Takes a run that was made elsewhere for the last one of its program: all that speaks of runs speaks of it then. */
  async take(uri: vscode.Uri, run: ShownRun): Promise<void> {
    const program = this.#program(uri);
    program.going?.cancel();
    program.last = run;
    using _held = this.#store.use(run.id);
    const state = run instanceof TraceRun ? await run.settled : run.state;
    this.#changed.fire({ program: uri, run, state });
    await this.#keep(uri, run, state);
  }

  /** Cancels the run of a program, or all. */
  cancel(program?: vscode.Uri): void {
    for (const { uri, going } of this.#programs.values()) {
      if (!program || uri.toString() === program.toString()) going?.cancel();
    }
  }

  /** Takes up a run of before the window was reloaded. */
  async restore(id: string): Promise<{ run: ShownRun; program: vscode.Uri } | undefined> {
    const stored = await this.#store.find(id);
    if (!stored) return undefined;
    const { texts, files, diagnostics } = stored.state;
    const named = [...files, ...diagnostics.map(({ file }) => file)];
    const unknown = named.filter((file) => texts[file] === undefined);
    const changedFiles = [...unknown, ...(await changedSince(texts, textNow))];
    const program = this.#program(vscode.Uri.parse(stored.program));
    if (program.last?.id === stored.id) return { run: program.last, program: program.uri };
    const run = this.#shown(stored, changedFiles);
    // It may have been traced again while the panel was coming back.
    if (!program.last) {
      program.last = run;
      this.#changed.fire({ program: program.uri, run, state: run.state });
    }
    return { run, program: program.uri };
  }

  /** Keeps what is known of a run that was made for a comparison. */
  async keepCompared(program: vscode.Uri, run: TraceRun): Promise<void> {
    await this.#keep(program, run, await run.settled, true);
  }

  /** A run of before the window was reloaded, for itself: nobody takes it for the last one of its program. */
  async find(id: string): Promise<ShownRun | undefined> {
    const stored = await this.#store.find(id);
    return stored && this.#shown(stored, []);
  }

  #shown(stored: StoredRun, changedFiles: readonly string[]): ShownRun {
    const tracePath = this.#store.pathOf(stored.id);
    const open = () => this.#platform.openRecording(tracePath);
    return shownFrom(stored, { tracePath, open }, changedFiles);
  }

  dispose(): void {
    this.cancel();
    this.#changed.dispose();
  }

  #program(uri: vscode.Uri): Program {
    const key = uri.toString();
    const known = this.#programs.get(key);
    if (known) return known;
    const made: Program = { uri, last: undefined, going: undefined, requests: 0 };
    this.#programs.set(key, made);
    return made;
  }

  /** What would be run if the document was traced now. */
  plan(document: vscode.TextDocument, runAs: RunAs): RunPlan {
    const { uri } = document;
    const id = this.#store.newId(new Date(), Math.random());
    const folder =
      vscode.workspace.getWorkspaceFolder(uri) ?? vscode.workspace.workspaceFolders?.[0];
    const engine = engineOf(runAs);
    const inFolder = uri.scheme === "file" ? vscode.Uri.joinPath(uri, "..") : undefined;
    return {
      id,
      program: uri.toString(),
      title: baseName(uri),
      entry: nameOf(uri),
      overlays: overlaysFor(document),
      ...(engine === undefined ? {} : { engine }),
      options: {
        tracePath: this.#store.pathOf(id),
        timeLimitMs: setting("trace.timeLimit", uri),
        memoryLimitBytes: setting("trace.memoryLimit", uri) * MEGABYTE,
        outputLimitLines: setting("trace.outputLimit", uri),
        argv: [],
        model: choiceOf(runAs),
        // Where a terminal of VS Code opens; a program that reads a file beside it finds it either way.
        cwd:
          (folder?.uri.scheme === "file" ? folder.uri : inFolder)?.fsPath ??
          this.#platform.homeFolder,
      },
    };
  }

  async #keep(
    program: vscode.Uri,
    run: ShownRun,
    state: RunState,
    compared = false,
  ): Promise<void> {
    try {
      const says = isRecorded(state) || state.diagnostics.length > 0;
      if (isOver(state) && says) {
        const facts = { program: program.toString(), title: run.title, state };
        await this.#store.keep(run.id, compared ? { ...facts, compared } : facts);
      }
      await this.#store.cleanUp(setting("trace.keep"));
    } catch (error) {
      this.#log.error("the recording's facts could not be kept", error);
    }
  }
}

function shownFrom(
  stored: StoredRun,
  recording: Pick<ShownRun, "tracePath" | "open">,
  changedFiles: readonly string[],
): ShownRun {
  const never: Disposable = { [Symbol.dispose]: () => {} };
  return {
    id: stored.id,
    title: stored.title,
    ...recording,
    state: { ...stored.state, changedFiles },
    changed: { add: () => never },
  };
}
