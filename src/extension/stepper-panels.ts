/**
 * The steppers beside the editor: one panel a program. A panel holds the session that it shows, and shows the next one when
 * another is begun for its program. After a reload of the window it comes back and offers to begin again: the run itself is
 * gone with the window.
 */
import * as vscode from "vscode";
import { STEPPER_VIEW } from "./contributions.ts";
import { baseName } from "./documents.ts";
import type { Log } from "./log.ts";
import type { StepSession } from "../engine/stepping/step-session.ts";
import type { StepSessions } from "./step-sessions.ts";
import { StepperView, type NoSession, type StepperHandlers } from "./stepper-view.ts";

export interface StepperOwner {
  /** What a panel for this program does when the person uses it. */
  stepperHandlers(program: vscode.Uri, panel: vscode.WebviewPanel): StepperHandlers;
  /** What a panel says that came back without its session. */
  goneText(): string;
}

interface Panel {
  readonly program: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly view: StepperView;
  held: Disposable | undefined;
}

export class StepperPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #owner: StepperOwner;
  readonly #panels = new Map<string, Panel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned: vscode.Disposable[];
  /** A panel was opened, closed, or became the active one. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.Uri, log: Log, owner: StepperOwner, sessions: StepSessions) {
    this.#extension = extension;
    this.#log = log;
    this.#owner = owner;
    this.#owned = [
      this.#changed,
      vscode.window.registerWebviewPanelSerializer(STEPPER_VIEW, this),
      sessions.onDidOpen((session) => {
        const panel = this.#panels.get(session.plan.program);
        if (panel) this.#put(panel, session);
      }),
    ];
  }

  /** The program whose panel has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.program;
  }

  /** Shows a session in the panel of its program, which is opened beside the editor if there is none. */
  show(program: vscode.Uri, session: StepSession): void {
    let panel = this.#panels.get(program.toString());
    if (!panel) {
      panel = this.#adopt(program, this.#create(program));
    } else if (!panel.panel.visible) {
      panel.panel.reveal(undefined, true);
    }
    if (panel.view.session !== session) this.#put(panel, session);
  }

  tellEdited(session: StepSession): void {
    for (const { view } of this.#panels.values()) if (view.session === session) view.tellEdited();
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = (state ?? {}) as { readonly program?: unknown };
    const program =
      typeof kept.program === "string" && kept.program !== ""
        ? vscode.Uri.parse(kept.program)
        : undefined;
    if (!program || this.#panels.has(program.toString())) {
      panel.dispose();
    } else {
      const text = this.#owner.goneText();
      const none: NoSession = { program: program.toString(), title: baseName(program), text };
      this.#adopt(program, panel).view.show(none);
    }
    return Promise.resolve();
  }

  dispose(): void {
    for (const { panel } of [...this.#panels.values()]) panel.dispose();
    for (const one of this.#owned) one.dispose();
  }

  #create(program: vscode.Uri): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      STEPPER_VIEW,
      vscode.l10n.t("Step: {0}", baseName(program)),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    );
  }

  #adopt(program: vscode.Uri, panel: vscode.WebviewPanel): Panel {
    const media = (name: string) => vscode.Uri.joinPath(this.#extension, "media", name);
    panel.iconPath = { light: media("timeline-light.svg"), dark: media("timeline-dark.svg") };
    const handlers = this.#owner.stepperHandlers(program, panel);
    const view = new StepperView(panel.webview, this.#extension, this.#log, handlers);
    const adopted: Panel = { program, panel, view, held: undefined };
    const key = program.toString();
    this.#panels.set(key, adopted);
    panel.onDidChangeViewState(() => this.#changed.fire());
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      view.dispose();
      adopted.held?.[Symbol.dispose]();
      this.#changed.fire();
    });
    this.#changed.fire();
    return adopted;
  }

  #put(panel: Panel, session: StepSession): void {
    const held = session.hold();
    panel.view.show(session);
    panel.held?.[Symbol.dispose]();
    panel.held = held;
  }
}
