/** What every reader of an annotation is given, and where it puts what it finds wrong. */
import type ts from "typescript";
import type { Message } from "../../base/catalogue/message.ts";
import type { Diagnostic } from "../../protocol/program.ts";
import { diagnose, type Extra, type Span } from "../diagnostics/diagnose.ts";

export interface Reading {
  readonly id: string;
  readonly source: ts.SourceFile;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Names that the module's top level declares or imports, with what they are. */
  readonly moduleNames: ReadonlyMap<string, ts.Symbol>;
  readonly diagnostics: Diagnostic[];
}

export function report<const Values extends readonly string[]>(
  reading: Reading,
  span: Span,
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
  extra?: Extra,
): void {
  reading.diagnostics.push(diagnose(reading, span, entry, values, extra));
}
