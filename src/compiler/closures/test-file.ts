/**
 * Looks through the file of a unit test for functions that are given to `explore` of `threadloom/testing`, and says what programs
 * they become. By the text alone, without types and without other files: some milliseconds for a file of a thousand lines.
 */
import ts from "typescript";
import { analyseScopes } from "../scopes/analyse.ts";
import { findCalls, type ExploreCall } from "./calls.ts";
import { carriedBy } from "./carried.ts";
import type { ClosureChange, TestFileChange } from "./change.ts";
import { programText } from "./program-text.ts";
import type { Scopes } from "../scopes/scope.ts";

const STD = /^threadloom:[\w-]+$/;

/** `path`: as the person knows it. A file that does not parse is left as it is: whoever loads it says what is wrong. */
export function prepareTestFile(path: string, text: string): TestFileChange {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly unknown[] };
  if (parseDiagnostics.length > 0) return { closures: [], specifiers: [] };
  const scopes = analyseScopes(file);
  return {
    closures: findCalls(scopes).map((call) => closureChange(path, call, scopes)),
    specifiers: specifiersOf(file),
  };
}

function closureChange(path: string, call: ExploreCall, scopes: Scopes): ClosureChange {
  const { file } = scopes;
  const placeOf = (node: ts.Node) => {
    const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
    return { file: path, line: line + 1, column: character + 1 };
  };
  const placeText = (node: ts.Node) => {
    const { line, column } = placeOf(node);
    return `${path.slice(path.lastIndexOf("/") + 1)}:${line}:${column}`;
  };
  const { argument } = call;
  const { statements, captured, problem } = carriedBy(call, scopes, placeText);
  const names = [...captured].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...{ start: argument.getStart(file), end: argument.end, place: placeOf(argument) },
    captured: names.map(([name, use]) => ({ name, place: placeOf(use) })),
    ...(problem === undefined
      ? programText(file, call, statements, captured.size > 0)
      : { text: "", at: 0, problem }),
  };
}

function specifiersOf(file: ts.SourceFile): TestFileChange["specifiers"] {
  const found: { start: number; end: number; name: string }[] = [];
  const look = (node: ts.Expression | undefined): void => {
    if (node === undefined || !ts.isStringLiteralLike(node) || !STD.test(node.text)) return;
    found.push({ start: node.getStart(file), end: node.end, name: node.text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) look(node.moduleSpecifier);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const asks =
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === "require");
      if (asks) look(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.sort((one, other) => one.start - other.start);
}
