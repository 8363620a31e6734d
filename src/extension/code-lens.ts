/**
 * `Trace` above each program and each of its `@thread` functions; above the program `Step` and `Explore`, what exploring came
 * to, and while it goes on a way to end it.
 */
import * as vscode from "vscode";
import { commandId } from "./contributions.ts";
import { isExplored } from "./exploration.ts";
import { explorationIcon, explorationText } from "./explore-words.ts";
import type { Explorer } from "./explorer.ts";
import { outlineOf } from "./program-text.ts";
import { onSetting, setting } from "./settings.ts";
import { isOver, type Phase } from "./run-state.ts";
import type { Platform } from "./platform.ts";
import type { Tracer } from "./tracer.ts";

export class ProgramLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #tracer: Tracer;
  readonly #explorer: Explorer;
  readonly #platform: Platform["kind"];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned: vscode.Disposable[];
  readonly #phases = new Map<string, Phase>();
  /** What was said of explorations, without the figures of those that go on. */
  readonly #explored = new Map<string, string>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(tracer: Tracer, explorer: Explorer, platform: Platform["kind"]) {
    this.#tracer = tracer;
    this.#explorer = explorer;
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
      explorer.onDidChange(({ program, state }) => {
        const said = isExplored(state) ? explorationText(state) : state.phase;
        if (this.#explored.get(program.toString()) === said) return;
        this.#explored.set(program.toString(), said);
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
      if (index === 0 && this.#platform === "desktop") {
        const commands = this.#exploring(document.uri);
        lenses.push(...commands.map((command) => new vscode.CodeLens(range, command)));
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

  /** The lens that explores, and what is known of the last time. */
  #exploring(program: vscode.Uri): vscode.Command[] {
    const { l10n } = vscode;
    const state = this.#explorer.last(program)?.state;
    const explore: vscode.Command = {
      title: `$(telescope) ${l10n.t("Explore")}`,
      tooltip: l10n.t("Try every order in which the threads can go, and say what can happen"),
      command: commandId("explore"),
      arguments: [program],
    };
    if (!state) return [explore];
    if (!isExplored(state)) {
      return [
        {
          title: `$(debug-stop) ${l10n.t("Stop exploring")}`,
          tooltip: l10n.t("End the search; what it has found so far is shown"),
          command: commandId("stopExploring"),
          arguments: [program],
        },
      ];
    }
    const result: vscode.Command = {
      title: `${explorationIcon(state)} ${explorationText(state)}`,
      tooltip: l10n.t("Show what exploring found"),
      command: commandId("openExploration"),
      arguments: [program],
    };
    return [explore, result];
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
