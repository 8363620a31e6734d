/** A program in which nothing can be concurrent says so: a pass of it means little. */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { documentOf, type Checking } from "./checking.ts";
import { diagnose } from "./diagnose.ts";
import { moduleOf } from "./std-calls.ts";

/** What of `threadloom:*` starts something that runs beside the rest. */
const STARTS = new Set(
  (
    "spawn scope ThreadPool parallelMap Process Runtime Task lazy Stream spawnBlocking EventLoop coroutine actor explore " +
    "linearizable"
  ).split(" "),
);
/** Tasks and callbacks of the language and of Node. */
const LATER =
  /\b(?:async|await|Promise|setTimeout|setInterval|setImmediate|queueMicrotask|nextTick)\b/;

export function checkConcurrent(entry: ts.SourceFile, checking: Checking): void {
  if ([...checking.annotations.values()].some(({ threads }) => threads.length > 0)) return;
  if (checking.files.some((file) => LATER.test(file.text) || importsStart(file, checking))) return;
  const head = /\/\/+[ \t]*(@threadloom\b)/.exec(entry.text);
  const start = head
    ? head.index + head[0].length - head[1].length
    : (entry.statements[0]?.getStart(entry) ?? 0);
  const end = head ? start + head[1].length : start;
  const at = documentOf(entry, checking);
  checking.diagnostics.push(
    diagnose(at, { start, end }, MESSAGES.nothingConcurrent, {}, { severity: "warning" }),
  );
}

function importsStart(file: ts.SourceFile, { checker }: Checking): boolean {
  return file.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return false;
    const specifier = statement.moduleSpecifier;
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith("threadloom:"))
      return false;
    if (!ts.isImportDeclaration(statement)) return true;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return true;
    return bindings.elements.some((element) => {
      const symbol = checker.getSymbolAtLocation(element.name);
      const target = symbol && checker.getAliasedSymbol(symbol);
      const declaration = target?.declarations?.[0];
      return declaration && moduleOf(declaration) && STARTS.has(target.name);
    });
  });
}
