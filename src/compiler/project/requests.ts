/**
 * What a file asks other files for: its imports and re-exports that are there when the program runs.
 *
 * An import whose every name is a type is gone at run time, as with every compiler of TypeScript; what is imported as
 * a value stays, used or not (the files's top-level code runs either way, as ECMA-262 has it).
 */
import ts from "typescript";

export interface Requests {
  /** What stands for itself: evaluated before the file's own code. */
  readonly early: readonly ts.StringLiteralLike[];
  /** What `import()` and `require()` ask for, when they are called. */
  readonly late: readonly ts.StringLiteralLike[];
}

/** The literals, in source order. */
export function requestsOf(source: ts.SourceFile, checker: ts.TypeChecker): Requests {
  const early = source.statements.flatMap((statement) => staticSpecifier(statement, checker) ?? []);
  const late: ts.StringLiteralLike[] = [];
  if (/\b(?:import|require)\b\s*\(/.test(source.text)) findLate(source, late);
  return { early, late };
}

function staticSpecifier(
  statement: ts.Statement,
  checker: ts.TypeChecker,
): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(statement)) {
    if (!ts.isStringLiteralLike(statement.moduleSpecifier)) return undefined;
    return onlyTypes(statement.importClause, checker) ? undefined : statement.moduleSpecifier;
  }
  if (ts.isExportDeclaration(statement)) {
    const { moduleSpecifier, exportClause, isTypeOnly } = statement;
    if (isTypeOnly || !moduleSpecifier || !ts.isStringLiteralLike(moduleSpecifier))
      return undefined;
    const names = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
    return names.length > 0 && names.every((name) => isType(name, name.isTypeOnly, checker))
      ? undefined
      : moduleSpecifier;
  }
  if (
    ts.isImportEqualsDeclaration(statement) &&
    !statement.isTypeOnly &&
    ts.isExternalModuleReference(statement.moduleReference) &&
    ts.isStringLiteralLike(statement.moduleReference.expression)
  ) {
    return isType(statement, false, checker) ? undefined : statement.moduleReference.expression;
  }
  return undefined;
}

function onlyTypes(clause: ts.ImportClause | undefined, checker: ts.TypeChecker): boolean {
  if (!clause) return false; // `import "./file.ts"`: for what it does
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (clause.name && !isType(clause, false, checker)) return false;
  const { namedBindings } = clause;
  if (!namedBindings) return true;
  if (ts.isNamespaceImport(namedBindings)) return false;
  if (namedBindings.elements.length === 0) return false; // `import {} from`: for what it does
  return namedBindings.elements.every((name) => isType(name, name.isTypeOnly, checker));
}

/** Whether a name that is brought in certainly has no value; one that cannot be found may have. */
function isType(
  declaration:
    ts.ImportClause | ts.ImportSpecifier | ts.ExportSpecifier | ts.ImportEqualsDeclaration,
  said: boolean,
  checker: ts.TypeChecker,
): boolean {
  if (said) return true;
  const symbol = declaration.name && checker.getSymbolAtLocation(declaration.name);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return false;
  const target = checker.getAliasedSymbol(symbol);
  if (checker.isUnknownSymbol(target)) return false;
  return !(target.flags & ts.SymbolFlags.Value);
}

function findLate(node: ts.Node, found: ts.StringLiteralLike[]): void {
  if (ts.isCallExpression(node) && node.arguments.length > 0) {
    const [argument] = node.arguments;
    const asks =
      node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(node.expression) && node.expression.text === "require");
    if (asks && argument && ts.isStringLiteralLike(argument)) {
      found.push(argument);
    }
  }
  ts.forEachChild(node, (child) => findLate(child, found));
}
