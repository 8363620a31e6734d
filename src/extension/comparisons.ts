/**
 * One program under every execution model, one after another, in a panel of its own: a picture that shows what the models
 * do differently. The program is compiled once; each run is recorded as any other, and opens in the timeline with a click.
 */
import * as vscode from "vscode";
import { EXECUTION_MODELS, type RunAs } from "../protocol/execution-model.ts";
import { baseName } from "./documents.ts";
import { COMPARE_VIEW } from "./contributions.ts";
import { ComparisonView } from "./comparison-view.ts";
import type { Log } from "./log.ts";
import { isOver } from "./run-state.ts";
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
  hold(run: TraceRun): Disposable;
  /** Shows one of the runs in the program's timeline. */
  open(program: vscode.Uri, run: TraceRun, runAs: RunAs): void;
}

export class Comparisons implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #owner: ComparisonOwner;
  readonly #open = new Map<string, Comparison>();

  constructor(extension: vscode.Uri, log: Log, owner: ComparisonOwner) {
    this.#extension = extension;
    this.#log = log;
    this.#owner = owner;
  }

  /** The program whose comparison has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#open.values()].find(({ panel }) => panel.active)?.program;
  }

  /** Runs the document as it is now under every model, in the program's panel if it has one. */
  async compare(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    const key = uri.toString();
    let comparison = this.#open.get(key);
    if (comparison) {
      comparison.panel.reveal(undefined, true);
    } else {
      const panel = vscode.window.createWebviewPanel(
        COMPARE_VIEW,
        vscode.l10n.t("Models: {0}", baseName(uri)),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      );
      comparison = new Comparison(uri, panel, this.#extension, this.#log, this.#owner);
      this.#open.set(key, comparison);
      const opened = comparison;
      panel.onDidDispose(() => {
        this.#open.delete(key);
        opened.dispose();
      });
    }
    await comparison.run(document);
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }
}

class Comparison implements vscode.Disposable {
  readonly program: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly #owner: ComparisonOwner;
  readonly #view: ComparisonView;
  #held: Disposable[] = [];
  #going: TraceRun | undefined;
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
        const { model } = run.plan.options;
        const { cores, quantum } = owner.runAs(program);
        const runAs = { kind: model?.model ?? "program", ...defined({ cores, quantum }) } as const;
        owner.open(program, run, runAs);
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
    this.#view.begin(baseName(this.program), plans);
    const doors = compilingOnce(this.#owner.doors);
    for (const plan of plans) {
      if (round !== this.#round) return;
      const run = new TraceRun(plan, doors);
      this.#going = run;
      this.#held.push(this.#owner.hold(run));
      this.#view.show(run);
      const { phase } = await run.settled;
      if (phase === "cancelled" || (phase === "failed" && run.state.events === 0)) break;
    }
    if (round !== this.#round) return;
    this.#going = undefined;
    this.#view.over();
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
