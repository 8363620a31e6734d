/** `// @label text`: a mark on the timeline, before a statement or behind it on its line. */
import ts from "typescript";
import { ANNOTATION_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-annotations.ts";
import type { LabelAnnotation } from "../loaded.ts";
import { report, type Reading } from "./reading.ts";
import { ownerOf, type Tag } from "./tags.ts";

export function readLabel(
  tag: Tag,
  labels: Map<ts.Statement, LabelAnnotation>,
  reading: Reading,
): void {
  if (tag.text === "") {
    report(reading, tag.span, MESSAGES.labelMissing, {});
    return;
  }
  const statement = statementOf(tag, reading.source);
  if (!statement || !runs(statement)) {
    const where =
      "Put it before a statement that runs (a declaration of a function or a type does not).";
    report(reading, tag.span, MESSAGES.misplaced, { name: "label", where });
    return;
  }
  if (labels.has(statement)) {
    report(reading, tag.span, MESSAGES.repeated, { name: "label" });
    return;
  }
  labels.set(statement, { text: tag.text, pos: tag.span.start, end: tag.rest.end });
}

function statementOf(tag: Tag, source: ts.SourceFile): ts.Statement | undefined {
  if (tag.trailing) {
    const before = statementEndingAt(tag.token, source);
    if (before) return before;
  }
  const owner = ownerOf(tag, source);
  return ts.isStatement(owner) ? owner : undefined;
}

/** The statement that ends where the token's own space and comments begin, in whichever list around the token. */
function statementEndingAt(token: ts.Node, source: ts.SourceFile): ts.Statement | undefined {
  for (let node: ts.Node = token; ; node = node.parent) {
    if (
      ts.isSourceFile(node) ||
      ts.isBlock(node) ||
      ts.isModuleBlock(node) ||
      ts.isCaseOrDefaultClause(node)
    ) {
      const before = node.statements.find(({ end }) => end === token.pos);
      if (before || ts.isSourceFile(node)) return before;
    }
    if (node === source) return undefined;
  }
}

function runs(statement: ts.Statement): boolean {
  return !(
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isImportDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    ts.isEmptyStatement(statement)
  );
}
