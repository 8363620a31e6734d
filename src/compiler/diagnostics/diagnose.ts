/** Makes a diagnostic of an entry of the catalogue and a place in a file. */
import ts from "typescript";
import { tell, type Message } from "../../base/catalogue/message.ts";
import type { Diagnostic, DiagnosticFix } from "../../protocol/program.ts";

/** A file as the person knows it, and its text. */
export interface Document {
  readonly id: string;
  readonly source: ts.SourceFileLike;
}

/** Offsets in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Range = DiagnosticFix["range"];

/** Lines and columns from 1; columns count UTF-16 units, as editors do. */
export function rangeOf(source: ts.SourceFileLike, { start, end }: Span): Range {
  const from = ts.getLineAndCharacterOfPosition(source, start);
  const to = ts.getLineAndCharacterOfPosition(source, end);
  return {
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** Where a node's own text stands, without the comments before it. */
export function spanOf(node: ts.Node, source: ts.SourceFile): Span {
  return { start: node.getStart(source), end: node.end };
}

export interface Extra {
  /** `error` unless said otherwise. */
  readonly severity?: Diagnostic["severity"];
  /** Whether the program cannot run; errors of our own stop it unless said otherwise. */
  readonly stops?: boolean;
  readonly related?: readonly {
    readonly at: Document;
    readonly span: Span;
    readonly message: string;
  }[];
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string };
}

export function diagnose<const Values extends readonly string[]>(
  at: Document,
  span: Span,
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
  { severity = "error", stops = severity === "error", related, fix }: Extra = {},
): Diagnostic {
  return {
    ...tell(entry, values),
    severity,
    file: at.id,
    ...rangeOf(at.source, span),
    stops,
    ...(related && {
      related: related.map(({ at: { id, source }, span, message }) => {
        const { line, column } = rangeOf(source, span);
        return { file: id, line, column, message };
      }),
    }),
    ...(fix && {
      fix: { title: fix.title, range: rangeOf(at.source, fix.span), text: fix.text },
    }),
  };
}
