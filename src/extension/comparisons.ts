/**
 * One program under every execution model, one after another, in a panel of its own: a picture that shows what the models
 * do differently. The program is compiled once; each run is recorded as any other, and opens in the timeline with a click.
 * After a reload of the window a panel comes back with the runs that it showed: nothing is run for that.
 */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import {
  EXECUTION_MODELS,
  type ExecutionModelName,
  type RunAs,
} from "../protocol/execution-model.ts";
import { baseName } from "./documents.ts";
import { COMPARE_VIEW } from "./contributions.ts";
import { type ComparisonRow, ComparisonView } from "./comparison-view.ts";
import type { Log } from "./log.ts";
import { isOver } from "./run-state.ts";
import type { ShownRun } from "./shown-run.ts";
import { told } from "./told.ts";
import { TraceRun, type Doors, type RunPlan } from "./trace-run.ts";

export interface ComparisonOwner {
  readonly doors: Doors;
  /** What would be run if the document was traced now. */
  plan(document: vscode.TextDocument, runAs: RunAs): RunPlan;
  /** What the program is run as: its cores and quantum go for all models. */
  runAs(program: vscode.Uri): RunAs;
  /** Before the first run. */
  ready(): Promise<void>;
  /** Until the answer is disposed, the run's recording is not deleted. */
  hold(run: ShownRun): Disposable;
  /** What is known of a run is kept, so that it is found again after a reload. */
  keep(program: vscode.Uri, run: TraceRun): Promise<void>;
  /** A run that was kept; undefined where it is gone. */
  find(id: string): Promise<ShownRun | undefined>;
  /** Shows one of the runs in the program's timeline. */
  open(program: vscode.Uri, run: ShownRun, runAs: RunAs): void;
}

/** What a page keeps by `setState`. */
interface Kept {
  readonly program: vscode.Uri;
  readonly rows: readonly ComparisonRow[];
}

export class Comparisons implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #owner: ComparisonOwner;
  readonly #open = new Map<string, Comparison>();
  readonly #registered: vscode.Disposable;

  constructor(extension: vscode.Uri, log: Log, owner: ComparisonOwner) {
    this.#extension = extension;
    this.#log = log;
    this.#owner = owner;
    this.#registered = vscode.window.registerWebviewPanelSerializer(COMPARE_VIEW, this);
  }

  /** The program whose comparison has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#open.values()].find(({ panel }) => panel.active)?.program;
  }

  /** Runs the document as it is now under every model, in the program's panel if it has one. */
  async compare(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    let comparison = this.#open.get(uri.toString());
    if (comparison) comparison.panel.reveal(undefined, true);
    else comparison = this.#adopt(uri, createPanel(uri));
    await comparison.run(document);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = readKept(state);
    if (!kept || this.#open.has(kept.program.toString())) {
      panel.dispose();
      return;
    }
    const comparison = this.#adopt(kept.program, panel);
    if (await comparison.restore(kept.rows)) return;
    panel.dispose();
    void vscode.window.showInformationMessage(told(EXTENSION_MESSAGES.recordingGone, {}));
  }

  #adopt(program: vscode.Uri, panel: vscode.WebviewPanel): Comparison {
    const comparison = new Comparison(program, panel, this.#extension, this.#log, this.#owner);
    const key = program.toString();
    this.#open.set(key, comparison);
    panel.onDidDispose(() => {
      this.#open.delete(key);
      comparison.dispose();
    });
    return comparison;
  }

  dispose(): void {
    this.#registered.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }
}

const createPanel = (program: vscode.Uri): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel(COMPARE_VIEW, vscode.l10n.t("Models: {0}", baseName(program)), {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
  });

class Comparison implements vscode.Disposable {
  readonly program: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly #owner: ComparisonOwner;
  readonly #view: ComparisonView;
  #held: Disposable[] = [];
  #going: TraceRun | undefined;
  #rows: readonly ComparisonRow[] = [];
  /** Counts comparisons: one that is not the last one any more stops. */
  #round = 0;

  constructor(
    program: vscode.Uri,
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    log: Log,
    owner: ComparisonOwner,
  ) {
    this.program = program;
    this.panel = panel;
    this.#owner = owner;
    const media = (name: string) => vscode.Uri.joinPath(extension, "media", name);
    panel.iconPath = { light: media("timeline-light.svg"), dark: media("timeline-dark.svg") };
    this.#view = new ComparisonView(panel.webview, extension, log, {
      open: (run) => {
        const kind = this.#rows.find((row) => row.run === run.id)?.model ?? "program";
        const { cores, quantum } = owner.runAs(program);
        owner.open(program, run, { kind, ...defined({ cores, quantum }) });
      },
      again: () =>
        void vscode.workspace.openTextDocument(program).then((document) => this.run(document)),
      cancel: () => this.#stop(),
    });
  }

  async run(document: vscode.TextDocument): Promise<void> {
    this.#stop();
    const round = ++this.#round;
    await this.#owner.ready();
    const { cores, quantum } = this.#owner.runAs(this.program);
    const plans = EXECUTION_MODELS.map((kind) =>
      this.#owner.plan(document, { kind, ...defined({ cores, quantum }) }),
    );
    this.#release();
    this.#begin(plans.map(({ id }, index) => ({ run: id, model: EXECUTION_MODELS[index] })));
    const doors = compilingOnce(this.#owner.doors);
    for (const plan of plans) {
      if (round !== this.#round) return;
      const run = new TraceRun(plan, doors);
      this.#going = run;
      this.#held.push(this.#owner.hold(run));
      this.#view.show(run);
      const { phase } = await run.settled;
      await this.#owner.keep(this.program, run);
      if (phase === "cancelled" || (phase === "failed" && run.state.events === 0)) break;
    }
    if (round !== this.#round) return;
    this.#going = undefined;
    this.#view.over();
  }

  /** Shows runs of before the window was reloaded, as far as they are still there: false if none is. */
  async restore(rows: readonly ComparisonRow[]): Promise<boolean> {
    const found = await Promise.all(
      rows.map(async (row) => ({ row, run: await this.#owner.find(row.run) })),
    );
    const known = found.flatMap(({ row, run }) => (run ? [{ row, run }] : []));
    if (this.#round > 0) return true; // it has been asked to run again meanwhile
    if (known.length === 0) return false;
    this.#begin(known.map(({ row }) => row));
    for (const { run } of known) {
      this.#held.push(this.#owner.hold(run));
      this.#view.show(run);
    }
    this.#view.over();
    return true;
  }

  #begin(rows: readonly ComparisonRow[]): void {
    this.#rows = rows;
    this.#view.begin({ title: baseName(this.program), program: this.program.toString() }, rows);
  }

  dispose(): void {
    this.#round++;
    this.#stop();
    this.#view.dispose();
    this.#release();
  }

  #stop(): void {
    if (this.#going && !isOver(this.#going.state)) this.#going.cancel();
  }

  #release(): void {
    for (const held of this.#held) held[Symbol.dispose]();
    this.#held = [];
  }
}

/** What the page kept, if it is what it is given to keep. */
function readKept(state: unknown): Kept | undefined {
  const { program, rows } = (state ?? {}) as {
    readonly program?: unknown;
    readonly rows?: unknown;
  };
  if (typeof program !== "string" || program === "" || !Array.isArray(rows)) return undefined;
  const read = rows.flatMap((row: { readonly run?: unknown; readonly model?: unknown } | null) => {
    const model = EXECUTION_MODELS.find((one): one is ExecutionModelName => one === row?.model);
    return model !== undefined && typeof row?.run === "string" ? [{ run: row.run, model }] : [];
  });
  return { program: vscode.Uri.parse(program), rows: read };
}

/** All runs are of one text: it is compiled for the first of them. */
function compilingOnce(doors: Doors): Doors {
  let compilation: ReturnType<Doors["compile"]> | undefined;
  return {
    compile: (...asked) => (compilation ??= doors.compile(...asked)),
    run: (program, options) => doors.run(program, options),
    examine: (tracePath) => doors.examine(tracePath),
    openRecording: (tracePath) => doors.openRecording(tracePath),
  };
}

function defined(amounts: {
  readonly cores: number | undefined;
  readonly quantum: number | undefined;
}): Pick<RunAs, "cores" | "quantum"> {
  const { cores, quantum } = amounts;
  return {
    ...(cores === undefined ? {} : { cores }),
    ...(quantum === undefined ? {} : { quantum }),
  };
}
