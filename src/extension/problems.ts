/**
 * The Problems view: what the compiler says of a program that was traced, explored or stepped through, and what was found in its
 * last run. (What exploring finds is `explored-problems.ts`'s.) Entries go when the program is traced again; findings also with
 * the first edit of their file, as they may stand at the wrong line then.
 */
import * as vscode from "vscode";
import type { Diagnostic } from "../protocol/program.ts";
import type { Explorer } from "./explorer.ts";
import {
  SEVERITIES,
  codeOf,
  fill,
  findingEntry,
  rangeOf,
  related,
  withRemedy,
} from "./problem-entries.ts";
import { onSetting, setting } from "./settings.ts";
import { BEFORE_ALL, isAsItRan, type RunState } from "./run-state.ts";
import type { StepSessions } from "./step-sessions.ts";
import type { Tracer } from "./tracer.ts";

/** What stands in the collection for one program. */
interface Entries {
  state: RunState;
  readonly program: vscode.Uri;
}

export class Problems implements vscode.Disposable, vscode.CodeActionProvider {
  readonly #compiled = vscode.languages.createDiagnosticCollection("threadloom");
  readonly #found = vscode.languages.createDiagnosticCollection("threadloom.findings");
  readonly #entries = new Map<string, Entries>();
  readonly #fixes = new WeakMap<vscode.Diagnostic, NonNullable<Diagnostic["fix"]>>();
  readonly #owned: vscode.Disposable[];

  constructor(tracer: Tracer, explorer: Explorer, sessions: StepSessions) {
    this.#owned = [
      this.#compiled,
      this.#found,
      tracer.onDidChange(({ program, state }) => this.#take(program, state)),
      explorer.onDidChange(({ program, state }) => {
        if (state.phase !== "compiling") this.#compiledAgain(program, state.diagnostics);
      }),
      sessions.onDidCompile(({ program, diagnostics }) =>
        this.#compiledAgain(program, diagnostics),
      ),
      onSetting(["problems.enabled"], () => this.#showFindings()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#found.delete(document.uri);
      }),
      vscode.languages.registerCodeActionsProvider({ language: "typescript" }, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const ours = this.#compiled.get(document.uri) ?? [];
    return ours
      .filter((one) =>
        diagnostics.some(
          (asked) => asked.message === one.message && asked.range.isEqual(one.range),
        ),
      )
      .flatMap((diagnostic) => {
        const fix = this.#fixes.get(diagnostic);
        if (!fix) return [];
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.isPreferred = true;
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(document.uri, rangeOf(fix.range), fix.text);
        return [action];
      });
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #compiledAgain(program: vscode.Uri, diagnostics: readonly Diagnostic[]): void {
    const before = this.#entries.get(program.toString())?.state ?? BEFORE_ALL;
    if (before.diagnostics !== diagnostics) this.#take(program, { ...before, diagnostics });
  }

  #take(program: vscode.Uri, state: RunState): void {
    const key = program.toString();
    const before = this.#entries.get(key)?.state;
    this.#entries.set(key, { program, state });
    if (before?.diagnostics !== state.diagnostics) this.#showDiagnostics();
    if (before?.report !== state.report) this.#showFindings();
  }

  #showDiagnostics(): void {
    const all = [...this.#entries.values()]
      .flatMap(({ state }) => state.diagnostics.filter(({ file }) => isAsItRan(state, file)))
      .filter(({ code }) => !(code.startsWith("TS") && isSaidByTypeScript()));
    fill(this.#compiled, all, (diagnostic) => {
      const shown = new vscode.Diagnostic(
        rangeOf(diagnostic),
        withRemedy(diagnostic.message, diagnostic.remedy),
        SEVERITIES[diagnostic.severity],
      );
      shown.source = "threadloom";
      shown.code = codeOf(diagnostic.code);
      shown.relatedInformation = related(diagnostic.related ?? []);
      if (diagnostic.fix) this.#fixes.set(shown, diagnostic.fix);
      return shown;
    });
  }

  #showFindings(): void {
    const all = [...this.#entries.values()]
      .filter(({ program }) => setting("problems.enabled", program))
      .flatMap(({ state }) =>
        (state.report?.findings ?? []).flatMap((finding) => {
          const [site] = finding.sites;
          return site && isAsItRan(state, site.file) ? [{ ...site, finding }] : [];
        }),
      );
    fill(this.#found, all, ({ finding }) =>
      findingEntry(finding, vscode.l10n.t("threadloom: last run")),
    );
  }
}

/** VS Code's own TypeScript underlines the same mistakes, and sooner: they are not listed twice. */
function isSaidByTypeScript(): boolean {
  const builtIn = vscode.extensions.getExtension("vscode.typescript-language-features");
  const validates = vscode.workspace.getConfiguration("typescript").get<boolean>("validate.enable");
  return builtIn !== undefined && validates !== false;
}
