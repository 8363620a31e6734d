/**
 * The pages that tell of exploring, beside the editor: one a program. A page shows the last exploration of its program, and
 * the next one when it begins. What was found goes with the window; a page that comes back after a reload offers to explore.
 */
import * as vscode from "vscode";
import { EXPLORE_VIEW, commandId } from "./contributions.ts";
import { baseName } from "./documents.ts";
import type { Exploration, Failure } from "./exploration.ts";
import type { Explorer } from "./explorer.ts";
import { ExploreView, type ExploreHandlers } from "./explore-view.ts";
import type { Log } from "./log.ts";
import { reveal } from "./reveal.ts";

export interface ExploreOwner {
  stepAlong(program: vscode.Uri, schedule: string): Promise<void>;
  save(program: vscode.Uri, failure: Failure): Promise<void>;
}

interface Panel {
  readonly program: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly view: ExploreView;
}

export class ExplorePanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #explorer: Explorer;
  readonly #owner: ExploreOwner;
  readonly #panels = new Map<string, Panel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registered: vscode.Disposable;
  /** A page was opened, closed, or became the active one. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.Uri, explorer: Explorer, log: Log, owner: ExploreOwner) {
    this.#extension = extension;
    this.#explorer = explorer;
    this.#log = log;
    this.#owner = owner;
    this.#registered = vscode.window.registerWebviewPanelSerializer(EXPLORE_VIEW, this);
  }

  /** The program whose page has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.program;
  }

  isVisible(program: vscode.Uri): boolean {
    return this.#panels.get(program.toString())?.panel.visible ?? false;
  }

  /**
   * Shows an exploration in the page of its program; opens one if `open`, and keeps the focus where it is. With a finding,
   * that is brought into sight.
   */
  show(program: vscode.Uri, exploration: Exploration, open: boolean, finding?: number): void {
    let panel = this.#panels.get(program.toString());
    if (!panel) {
      if (!open) return;
      panel = this.#adopt(program, this.#create(program));
    } else if (open && !panel.panel.visible) {
      panel.panel.reveal(undefined, true);
    }
    if (panel.view.exploration !== exploration) panel.view.show(exploration);
    if (finding !== undefined) panel.view.goTo(finding);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = (state ?? {}) as { readonly program?: unknown };
    const program =
      typeof kept.program === "string" && kept.program !== ""
        ? vscode.Uri.parse(kept.program)
        : undefined;
    if (!program || this.#panels.has(program.toString())) {
      panel.dispose();
      return Promise.resolve();
    }
    const { view } = this.#adopt(program, panel);
    const last = this.#explorer.last(program);
    if (last) view.show(last);
    return Promise.resolve();
  }

  dispose(): void {
    this.#registered.dispose();
    for (const { panel } of [...this.#panels.values()]) panel.dispose();
    this.#changed.dispose();
  }

  #create(program: vscode.Uri): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      EXPLORE_VIEW,
      vscode.l10n.t("Explore: {0}", baseName(program)),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    );
  }

  #adopt(program: vscode.Uri, panel: vscode.WebviewPanel): Panel {
    const media = (name: string) => vscode.Uri.joinPath(this.#extension, "media", name);
    panel.iconPath = { light: media("timeline-light.svg"), dark: media("timeline-dark.svg") };
    const key = program.toString();
    const handlers: ExploreHandlers = {
      again: () => void vscode.commands.executeCommand(commandId("explore"), program),
      stop: () => this.#explorer.stop(program),
      reveal: (place) => void reveal(place, { preserveFocus: false, avoid: panel.viewColumn }),
      step: (schedule) => void this.#owner.stepAlong(program, schedule),
      save: (failure) => void this.#owner.save(program, failure),
    };
    const names = { uri: key, title: baseName(program) };
    const view = new ExploreView(panel.webview, this.#extension, names, this.#log, handlers);
    const adopted: Panel = { program, panel, view };
    this.#panels.set(key, adopted);
    panel.onDidChangeViewState(() => this.#changed.fire());
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      view.dispose();
      this.#changed.fire();
    });
    this.#changed.fire();
    return adopted;
  }
}
