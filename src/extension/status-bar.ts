/**
 * Two items in the status bar for the program in question: how its last run is doing, and what exploring it comes to. A click
 * ends what goes on, or opens its page.
 */
import * as vscode from "vscode";
import { commandId } from "./contributions.ts";
import { baseName } from "./documents.ts";
import { isExplored, type ExplorationState } from "./exploration.ts";
import { explorationIcon, explorationText } from "./explore-words.ts";
import { isOver, isRecorded, type RunState } from "./run-state.ts";
import { statusText } from "./status-text.ts";
import type { ShownRun } from "./shown-run.ts";

export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    "threadloom.run",
    vscode.StatusBarAlignment.Left,
    10,
  );

  readonly #explored = vscode.window.createStatusBarItem(
    "threadloom.exploration",
    vscode.StatusBarAlignment.Left,
    9,
  );

  constructor() {
    this.#item.name = vscode.l10n.t("Threadloom: the last run");
    this.#explored.name = vscode.l10n.t("Threadloom: exploring");
  }

  /** Shows the run, or nothing. */
  show(program: vscode.Uri | undefined, run: ShownRun | undefined): void {
    if (!program || !run) return this.#item.hide();
    const { state } = run;
    const name = baseName(program);
    this.#item.text = `${icon(state)} ${statusText(state)}`;
    this.#item.tooltip = isOver(state)
      ? lastRun(name, state)
      : vscode.l10n.t("{0} is being traced. Click to cancel.", name);
    this.#item.command = {
      title: "",
      command: commandId(
        isOver(state) ? (isRecorded(state) ? "openTimeline" : "trace") : "cancelTrace",
      ),
      arguments: [program],
    };
    this.#item.backgroundColor = hasError(state)
      ? new vscode.ThemeColor("statusBarItem.errorBackground")
      : undefined;
    this.#item.accessibilityInformation = { label: `Threadloom, ${name}: ${statusText(state)}` };
    this.#item.show();
  }

  /** Shows what is known of exploring the program, or nothing. */
  showExplored(program: vscode.Uri | undefined, state: ExplorationState | undefined): void {
    if (!program || !state) return this.#explored.hide();
    const { l10n } = vscode;
    const name = baseName(program);
    const text = explorationText(state);
    const isOver = isExplored(state);
    this.#explored.text = `${explorationIcon(state)} ${text}`;
    this.#explored.tooltip = isOver
      ? l10n.t("{0}: what exploring came to. Click to see all of it.", name)
      : l10n.t("{0} is being explored. Click to stop.", name);
    this.#explored.command = {
      title: "",
      command: commandId(isOver ? "openExploration" : "stopExploring"),
      arguments: [program],
    };
    const label = l10n.t("Exploring {0}: {1}", name, text);
    this.#explored.accessibilityInformation = { label: `Threadloom, ${label}` };
    this.#explored.show();
  }

  dispose(): void {
    this.#item.dispose();
    this.#explored.dispose();
  }
}

/** With what happened in a sentence, where that is known. */
function lastRun(name: string, state: RunState): string {
  const click = vscode.l10n.t("{0}: the last run. Click to open its timeline.", name);
  return state.report?.sentence ? `${state.report.sentence}\n\n${click}` : click;
}

function hasError(state: RunState): boolean {
  return (
    state.phase === "failed" ||
    (state.report?.findings.some((finding) => finding.severity === "error") ?? false)
  );
}

function icon(state: RunState): string {
  if (!isOver(state)) return "$(sync~spin)";
  if (state.phase === "cancelled") return "$(circle-slash)";
  if (hasError(state)) return "$(error)";
  return state.report?.findings.length ? "$(warning)" : "$(check)";
}
