/**
 * The timelines beside the editor: one panel a program, so that two programs are compared side by side. A panel comes
 * back after a reload of the window with the run that it showed.
 */
import * as vscode from "vscode";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import { TIMELINE_VIEW } from "./contributions.ts";
import { baseName } from "./documents.ts";
import type { Log } from "./log.ts";
import { setting } from "./settings.ts";
import { told } from "./told.ts";
import type { ShownRun } from "./shown-run.ts";
import { TimelineView, type TimelineHandlers } from "./timeline-view.ts";

/** What a page keeps by `setState`: enough to find the run again. */
interface KeptState {
  readonly run?: unknown;
}

export interface PanelOwner {
  /** What a panel for this program does when the person uses it. */
  handlersFor(program: vscode.Uri, panel: vscode.WebviewPanel): TimelineHandlers;
  /** The stored run that a page showed. */
  restore(runId: string): Promise<{ run: ShownRun; program: vscode.Uri } | undefined>;
  /** The panel of this program was closed. */
  closed(program: vscode.Uri): void;
  /** Until the answer is disposed, the run's recording is not deleted. */
  hold(run: ShownRun): Disposable;
}

interface Panel {
  readonly program: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly view: TimelineView;
  held: Disposable | undefined;
}

export class TimelinePanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #owner: PanelOwner;
  readonly #panels = new Map<string, Panel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registered: vscode.Disposable;
  /** A panel was opened, closed, or became the active one. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.Uri, log: Log, owner: PanelOwner) {
    this.#extension = extension;
    this.#log = log;
    this.#owner = owner;
    this.#registered = vscode.window.registerWebviewPanelSerializer(TIMELINE_VIEW, this);
  }

  /** The program whose panel has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.program;
  }

  isVisible(program: vscode.Uri): boolean {
    return this.#panels.get(program.toString())?.panel.visible ?? false;
  }

  /**
   * Shows a run of `program`, in its panel if it has one. Opens one if `open`; keeps the focus where it is. With a
   * thread, its lane is brought into sight.
   */
  show(program: vscode.Uri, run: ShownRun, open: boolean, thread?: number): void {
    let panel = this.#panels.get(program.toString());
    const again = panel !== undefined;
    if (!panel) {
      if (!open) return;
      panel = this.#adopt(program, this.#create(program));
    } else if (open && !panel.panel.visible) {
      panel.panel.reveal(undefined, true);
    }
    if (panel.view.run !== run || thread === undefined) this.#put(panel, run, again);
    if (thread !== undefined) panel.view.goToThread(thread);
  }

  get views(): TimelineView[] {
    return [...this.#panels.values()].map(({ view }) => view);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = (state ?? {}) as KeptState;
    const found = typeof kept.run === "string" ? await this.#owner.restore(kept.run) : undefined;
    if (!found || this.#panels.has(found.program.toString())) {
      panel.dispose();
      if (!found) {
        void vscode.window.showInformationMessage(told(EXTENSION_MESSAGES.recordingGone, {}));
      }
      return;
    }
    this.#put(this.#adopt(found.program, panel), found.run, true);
  }

  dispose(): void {
    this.#registered.dispose();
    for (const { panel } of [...this.#panels.values()]) panel.dispose();
    this.#changed.dispose();
  }

  #create(program: vscode.Uri): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      TIMELINE_VIEW,
      vscode.l10n.t("Timeline: {0}", baseName(program)),
      { viewColumn: this.#column(), preserveFocus: true },
    );
  }

  /** Timelines gather in one column: the third program does not open a fourth column. */
  #column(): vscode.ViewColumn {
    if (setting("timeline.location") === "active") return vscode.ViewColumn.Active;
    const editor = vscode.window.activeTextEditor?.viewColumn;
    const taken = [...this.#panels.values()]
      .map(({ panel }) => panel.viewColumn)
      .find((column) => column !== undefined && column !== editor);
    return taken ?? vscode.ViewColumn.Beside;
  }

  #adopt(program: vscode.Uri, panel: vscode.WebviewPanel): Panel {
    const media = (name: string) => vscode.Uri.joinPath(this.#extension, "media", name);
    panel.iconPath = { light: media("timeline-light.svg"), dark: media("timeline-dark.svg") };
    const view = new TimelineView(
      panel.webview,
      this.#extension,
      this.#log,
      this.#owner.handlersFor(program, panel),
    );
    const adopted: Panel = { program, panel, view, held: undefined };
    const key = program.toString();
    this.#panels.set(key, adopted);
    panel.onDidChangeViewState(() => this.#changed.fire());
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      this.#owner.closed(program);
      adopted.held?.[Symbol.dispose]();
      view.dispose();
      this.#changed.fire();
    });
    this.#changed.fire();
    return adopted;
  }

  #put(panel: Panel, run: ShownRun, again: boolean): void {
    const held = this.#owner.hold(run);
    panel.held?.[Symbol.dispose]();
    panel.held = held;
    panel.view.show(run, again);
  }
}
