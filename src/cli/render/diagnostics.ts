/** What is wrong with a program's text, as compilers print it: what, where, the line itself, and what to do. */
import type { Diagnostic } from "../../protocol/program.ts";
import type { Look } from "../terminal.ts";
import { codeFrame } from "./code-frame.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

export type SourceOf = (file: string) => string | undefined;

/** The lines of all of them, in the order of the text, with a count at the end. Empty where there is nothing to say. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sourceOf: SourceOf,
  look: Look,
  paint: Paint,
): string[] {
  if (diagnostics.length === 0) return [];
  const ordered = diagnostics.toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
  return [
    ...ordered.flatMap((one) => [...renderDiagnostic(one, sourceOf, look, paint), ""]),
    count(diagnostics, paint),
  ];
}

function renderDiagnostic(
  diagnostic: Diagnostic,
  sourceOf: SourceOf,
  look: Look,
  paint: Paint,
): string[] {
  const { severity, code, file, line, column } = diagnostic;
  const mark = markOf(severity, paint);
  const [first = "", ...further] = wrap(
    `${severity === "information" ? "note" : severity}[${code}]: ${diagnostic.message}`,
    look.width,
  );
  const colon = first.indexOf(":");
  const arrow = look.unicode ? "→" : "->";
  const source = sourceOf(file);
  return [
    mark(paint.bold(first.slice(0, colon))) + paint.bold(first.slice(colon)),
    ...further.map((text) => paint.bold(text)),
    `  ${paint.dim(arrow)} ${paint.place(`${file}:${line}:${column}`)}`,
    ...(source === undefined ? [] : codeFrame(source, diagnostic, look, paint, mark)),
    ...(diagnostic.related ?? []).flatMap((related) =>
      wrap(
        `  ${paint.dim("=")} ${paint.place(`${related.file}:${related.line}:${related.column}`)} ${related.message}`,
        look.width,
        "    ",
      ),
    ),
    ...(diagnostic.remedy === undefined
      ? []
      : wrap(
          `  ${paint.dim("=")} ${paint.bold("help:")} ${diagnostic.remedy}`,
          look.width,
          "    ",
        )),
  ];
}

function markOf(severity: Diagnostic["severity"], paint: Paint): (text: string) => string {
  switch (severity) {
    case "error":
      return (text) => paint.bad(text);
    case "warning":
      return (text) => paint.warning(text);
    case "information":
      return (text) => paint.place(text);
  }
}

function count(diagnostics: readonly Diagnostic[], paint: Paint): string {
  const of = (severity: Diagnostic["severity"], one: string, many: string): string[] => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  };
  const parts = [
    ...of("error", "error", "errors"),
    ...of("warning", "warning", "warnings"),
    ...of("information", "note", "notes"),
  ];
  return paint.bold(parts.join(", "));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
