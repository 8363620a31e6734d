/** `Trace` above each program and each of its `@thread` functions; above the program `Step`, and while it runs `Cancel`. */
import * as vscode from "vscode";
import { commandId } from "./contributions.ts";
import { outlineOf } from "./program-text.ts";
import { onSetting, setting } from "./settings.ts";
import { isOver, type Phase } from "./run-state.ts";
import type { Platform } from "./platform.ts";
import type { Tracer } from "./tracer.ts";

export class ProgramLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #tracer: Tracer;
  readonly #platform: Platform["kind"];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned: vscode.Disposable[];
  readonly #phases = new Map<string, Phase>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(tracer: Tracer, platform: Platform["kind"]) {
    this.#tracer = tracer;
    this.#platform = platform;
    this.#owned = [
      this.#changed,
      vscode.languages.registerCodeLensProvider({ language: "typescript" }, this),
      onSetting(["codeLens.enabled"], () => this.#changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
      tracer.onDidChange(({ program, state }) => {
        const key = program.toString();
        if (this.#phases.get(key) === state.phase) return;
        this.#phases.set(key, state.phase);
        this.#changed.fire();
      }),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!setting("codeLens.enabled", document)) return [];
    const outline = outlineOf(document.getText());
    if (!outline) return [];
    const lines = [outline.head, ...outline.threads.map((thread) => thread.line)];
    return lines.flatMap((line, index) => {
      const range = new vscode.Range(line, 0, line, 0);
      const lenses = [new vscode.CodeLens(range, this.#trace(document.uri))];
      if (index === 0) lenses.push(new vscode.CodeLens(range, step(document.uri)));
      if (index === 0 && this.#isGoing(document.uri)) {
        lenses.push(new vscode.CodeLens(range, cancel(document.uri)));
      }
      return lenses;
    });
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #isGoing(program: vscode.Uri): boolean {
    const run = this.#tracer.last(program);
    return run !== undefined && !isOver(run.state);
  }

  #whatTraceDoes(): string {
    return this.#platform === "desktop"
      ? vscode.l10n.t("Run this program on real threads, and see what they do")
      : vscode.l10n.t(
          "Run this program on the model engine, and see what its threads do; real threads need VS Code on a desktop",
        );
  }

  #trace(program: vscode.Uri): vscode.Command {
    const trusted = vscode.workspace.isTrusted;
    return {
      title: trusted
        ? `$(play) ${vscode.l10n.t("Trace")}`
        : `$(shield) ${vscode.l10n.t("Trace (asks for trust)")}`,
      tooltip: trusted
        ? this.#whatTraceDoes()
        : vscode.l10n.t("This folder is not trusted: nothing runs before you trust it"),
      command: commandId("trace"),
      arguments: [program],
    };
  }
}

function step(program: vscode.Uri): vscode.Command {
  return {
    title: `$(debug-step-over) ${vscode.l10n.t("Step")}`,
    tooltip: vscode.l10n.t("Let one thread go at a time, forwards and backwards"),
    command: commandId("step"),
    arguments: [program],
  };
}

function cancel(program: vscode.Uri): vscode.Command {
  return {
    title: `$(debug-stop) ${vscode.l10n.t("Cancel")}`,
    tooltip: vscode.l10n.t("End this run; what it did so far stays on the timeline"),
    command: commandId("cancelTrace"),
    arguments: [program],
  };
}
