/** One item in the status bar: how the program in question is doing. A click cancels a run, or opens its timeline. */
import * as vscode from "vscode";
import { commandId } from "./contributions.ts";
import { baseName } from "./documents.ts";
import { isOver, isRecorded, type RunState } from "./run-state.ts";
import { statusText } from "./status-text.ts";
import type { ShownRun } from "./shown-run.ts";

export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    "threadloom.run",
    vscode.StatusBarAlignment.Left,
    10,
  );

  constructor() {
    this.#item.name = vscode.l10n.t("Threadloom: the last run");
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

  dispose(): void {
    this.#item.dispose();
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
