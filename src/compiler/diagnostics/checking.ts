/** What every check is given, and where it puts what it has to say. */
import type ts from "typescript";
import type { Message } from "../../base/catalogue/message.ts";
import type { Diagnostic } from "../../protocol/program.ts";
import type { FileAnnotations } from "../loaded.ts";
import type { Literal, Use } from "./captures.ts";
import type { Crossing } from "./crossings.ts";
import { diagnose, type Document, type Extra, type Span } from "./diagnose.ts";

export interface Checking {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly files: readonly ts.SourceFile[];
  readonly annotations: ReadonlyMap<ts.SourceFile, FileAnnotations>;
  /** Of each file. */
  readonly crossings: ReadonlyMap<ts.SourceFile, readonly Crossing[]>;
  readonly diagnostics: Diagnostic[];
  readonly uses: WeakMap<Literal, readonly Use[]>;
  idOf(file: ts.SourceFile): string;
  readonly isOwn: (file: ts.SourceFile) => boolean;
}

export function documentOf(node: ts.Node, checking: Checking): Document {
  const source = node.getSourceFile();
  return { id: checking.idOf(source), source };
}

export function reportAt<const Values extends readonly string[]>(
  node: ts.Node,
  checking: Checking,
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
  extra?: Extra,
): void {
  const span: Span = { start: node.getStart(), end: node.end };
  checking.diagnostics.push(diagnose(documentOf(node, checking), span, entry, values, extra));
}
