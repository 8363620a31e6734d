/** What TypeScript itself says, in our words' shape. Its codes stay its own: `TS2345`. */
import ts from "typescript";
import type { Diagnostic } from "../../protocol/program.ts";
import { rangeOf } from "./diagnose.ts";

const SEVERITIES: Readonly<Record<ts.DiagnosticCategory, Diagnostic["severity"]>> = {
  [ts.DiagnosticCategory.Error]: "error",
  [ts.DiagnosticCategory.Warning]: "warning",
  [ts.DiagnosticCategory.Suggestion]: "information",
  [ts.DiagnosticCategory.Message]: "information",
};

const NOWHERE = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Syntax errors stop a run, type errors do not, as with every runner of TypeScript. */
export function fromTypeScript(
  diagnostic: ts.Diagnostic,
  idOf: (path: string) => string,
  weight: "stops" | "never stops",
): Diagnostic {
  const { file, start = 0, length = 0 } = diagnostic;
  const related = diagnostic.relatedInformation?.flatMap((information) => {
    if (!information.file) return [];
    const { line, column } = rangeOf(information.file, spanIn(information.file, information));
    return [{ file: idOf(information.file.fileName), line, column, message: textOf(information) }];
  });
  return {
    code: `TS${diagnostic.code}`,
    severity: SEVERITIES[diagnostic.category],
    message: textOf(diagnostic),
    file: file ? idOf(file.fileName) : "",
    ...(file ? rangeOf(file, spanIn(file, { start, length })) : NOWHERE),
    stops: weight === "stops",
    ...(related?.length && { related }),
  };
}

function textOf({ messageText }: ts.DiagnosticRelatedInformation): string {
  return ts.flattenDiagnosticMessageText(messageText, "\n");
}

function spanIn(
  { text }: ts.SourceFileLike,
  {
    start = 0,
    length = 0,
  }: { readonly start?: number | undefined; readonly length?: number | undefined },
) {
  return { start: Math.min(start, text.length), end: Math.min(start + length, text.length) };
}
