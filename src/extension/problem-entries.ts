/** How diagnostics and findings of ours become entries of the Problems view, whoever found them. */
import * as vscode from "vscode";
import type { Finding, Place } from "../trace/finding.ts";
import { uriOf } from "./documents.ts";
import { explanationOf } from "./explanations.ts";

export const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** A finding at the first of its places. */
export function findingEntry(finding: Finding, source: string): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(
    lineRange(finding.sites[0]),
    withRemedy(finding.message, finding.remedy),
    SEVERITIES[finding.severity],
  );
  shown.source = source;
  shown.code = codeOf(finding.code);
  shown.relatedInformation = chainOf(finding);
  return shown;
}

/** Two programs may share a file, and then say the same of it twice. */
export function fill<T extends { readonly file: string }>(
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

export function rangeOf(range: {
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

export function withRemedy(message: string, remedy: string | undefined): string {
  return remedy === undefined ? message : `${message}\n${remedy}`;
}

export function codeOf(code: string): vscode.Diagnostic["code"] {
  return /^TL\d{4}$/.test(code) ? { value: code, target: explanationOf(code) } : code;
}

export function related(
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
