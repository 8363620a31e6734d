/**
 * What exploring found, in the Problems view, and what can be done about it from there. A finding that the file expects is
 * listed as information. Entries go when the program is explored again, and with the first edit of their file.
 */
import * as vscode from "vscode";
import { commandId, type CommandName } from "./contributions.ts";
import { isFailure, type ExplorationState } from "./exploration.ts";
import type { Explorer } from "./explorer.ts";
import { fill, findingEntry } from "./problem-entries.ts";
import { onSetting, setting } from "./settings.ts";

/** Which finding of which program is meant, in the argument of a command. */
export interface FindingReference {
  /** The program's document, as text of its URI. */
  readonly program: string;
  /** Its place among the findings of the result. */
  readonly finding: number;
}

export class ExploredProblems implements vscode.Disposable, vscode.CodeActionProvider {
  readonly #explorer: Explorer;
  readonly #found = vscode.languages.createDiagnosticCollection("threadloom.explored");
  readonly #shown = new WeakMap<vscode.Diagnostic, FindingReference>();
  readonly #states = new Map<string, ExplorationState>();
  readonly #owned: vscode.Disposable[];

  constructor(explorer: Explorer) {
    this.#explorer = explorer;
    this.#owned = [
      this.#found,
      explorer.onDidChange(({ program, state }) => this.#take(program, state)),
      onSetting(["problems.enabled"], () => this.#show()),
      vscode.languages.registerCodeActionsProvider({ language: "typescript" }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const isMeant = (one: vscode.Diagnostic) =>
      one.range.intersection(range) !== undefined ||
      diagnostics.some((asked) => asked.message === one.message && asked.range.isEqual(one.range));
    const ours = this.#found.get(document.uri) ?? [];
    return ours.filter(isMeant).flatMap((diagnostic) => {
      const reference = this.#shown.get(diagnostic);
      return reference ? this.#actions(diagnostic, reference) : [];
    });
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #actions(diagnostic: vscode.Diagnostic, reference: FindingReference): vscode.CodeAction[] {
    const { l10n } = vscode;
    const { state } = this.#explorer.last(vscode.Uri.parse(reference.program)) ?? {};
    const finding = state?.result?.findings[reference.finding];
    if (!finding) return [];
    const action = (title: string, command: CommandName, isPreferred = false) => {
      const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      made.command = { title, command: commandId(command), arguments: [reference] };
      made.diagnostics = [diagnostic];
      made.isPreferred = isPreferred;
      return made;
    };
    const story = action(l10n.t("Show the story of this failure"), "showStory");
    if (!isFailure(finding)) return [story];
    return [
      action(l10n.t("Step through this failure"), "stepFailure", true),
      story,
      action(l10n.t("Save the schedule of this failure"), "saveSchedule"),
    ];
  }

  #take(program: vscode.Uri, state: ExplorationState): void {
    const key = program.toString();
    const before = this.#states.get(key);
    this.#states.set(key, state);
    if (before?.result === state.result && before?.changedFiles === state.changedFiles) return;
    this.#show();
  }

  #show(): void {
    const all = [...this.#states].flatMap(([program, { result, expected, changedFiles }]) => {
      if (!setting("problems.enabled", vscode.Uri.parse(program))) return [];
      return (result?.findings ?? []).flatMap((finding, index) => {
        const [site] = finding.sites;
        if (!site || changedFiles.includes(site.file)) return [];
        return [{ ...site, finding, expected, reference: { program, finding: index } }];
      });
    });
    fill(this.#found, all, ({ finding, expected, reference }) => {
      const isMeant = finding.kind === expected;
      const shown = findingEntry(
        finding,
        isMeant
          ? vscode.l10n.t("threadloom: explored, expected")
          : vscode.l10n.t("threadloom: explored"),
      );
      if (isMeant) shown.severity = vscode.DiagnosticSeverity.Information;
      this.#shown.set(shown, reference);
      return shown;
    });
  }
}
