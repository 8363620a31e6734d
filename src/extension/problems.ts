/**
 * The Problems view: what the compiler says of a traced program, and what was found in its last run. Entries go when the
 * program is traced again; findings also with the first edit of their file, as they may stand at the wrong line then.
 */
import * as vscode from "vscode";
import type { Diagnostic } from "../protocol/program.ts";
import type { Finding, Place } from "../trace/finding.ts";
import { uriOf } from "./documents.ts";
import { explanationOf } from "./explanations.ts";
import { onSetting, setting } from "./settings.ts";
import { isAsItRan, type RunState } from "./run-state.ts";
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

  constructor(tracer: Tracer) {
    this.#owned = [
      this.#compiled,
      this.#found,
      tracer.onDidChange(({ program, state }) => this.#take(program, state)),
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
    fill(this.#found, all, ({ finding, ...place }) => {
      const shown = new vscode.Diagnostic(
        lineRange(place),
        withRemedy(finding.message, finding.remedy),
        SEVERITIES[finding.severity],
      );
      shown.source = vscode.l10n.t("threadloom: last run");
      shown.code = codeOf(finding.code);
      shown.relatedInformation = chainOf(finding);
      return shown;
    });
  }
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** VS Code's own TypeScript underlines the same mistakes, and sooner: they are not listed twice. */
function isSaidByTypeScript(): boolean {
  const builtIn = vscode.extensions.getExtension("vscode.typescript-language-features");
  const validates = vscode.workspace.getConfiguration("typescript").get<boolean>("validate.enable");
  return builtIn !== undefined && validates !== false;
}

/** Two programs may share a file, and then say the same of it twice. */
function fill<T extends { readonly file: string }>(
  collection: vscode.DiagnosticCollection,
  all: readonly T[],
  show: (one: T) => vscode.Diagnostic,
): void {
  const byFile = new Map<string, { uri: vscode.Uri; shown: Map<string, vscode.Diagnostic> }>();
  for (const one of all) {
    const uri = uriOf(one.file);
    if (!uri) continue;
    const key = uri.toString();
    const entry = byFile.get(key) ?? { uri, shown: new Map() };
    byFile.set(key, entry);
    const diagnostic = show(one);
    const { start, end } = diagnostic.range;
    entry.shown.set(
      `${start.line}:${start.character}-${end.line}:${end.character} ${diagnostic.message}`,
      diagnostic,
    );
  }
  collection.clear();
  for (const { uri, shown } of byFile.values()) collection.set(uri, [...shown.values()]);
}

function rangeOf(range: {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}): vscode.Range {
  return new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1);
}

/** A finding names a place without an end: VS Code underlines the word that begins there. */
function lineRange({ line, column }: Place): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, column - 1);
}

function withRemedy(message: string, remedy: string | undefined): string {
  return remedy === undefined ? message : `${message}\n${remedy}`;
}

function codeOf(code: string): vscode.Diagnostic["code"] {
  return /^TL\d{4}$/.test(code) ? { value: code, target: explanationOf(code) } : code;
}

function related(
  places: readonly (Place & { readonly message: string })[],
): vscode.DiagnosticRelatedInformation[] {
  return places.flatMap((place) => {
    const uri = uriOf(place.file);
    if (!uri) return [];
    const location = new vscode.Location(uri, lineRange(place));
    return [new vscode.DiagnosticRelatedInformation(location, place.message)];
  });
}

function chainOf(finding: Finding): vscode.DiagnosticRelatedInformation[] {
  const links = (finding.chain ?? []).flatMap(({ text, site }) =>
    site ? [{ ...site, message: text }] : [],
  );
  const others = finding.sites
    .slice(1)
    .map((site) => ({ ...site, message: vscode.l10n.t("also here") }));
  return related(links.length > 0 ? links : others);
}
