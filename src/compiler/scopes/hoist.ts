/** Enters what a scope declares before any of it is looked at: the hoisting half of the scope analysis. */
import ts from "typescript";
import {
  boundNames,
  isAmbient,
  isConstant,
  isInstantiated,
  isLexical,
  varLists,
} from "./declare.ts";
import { NEVER, place, type Scope } from "./scope.ts";
import type { Tables } from "./tables.ts";

/** What a statement list declares for itself: `let`, `const`, `using`, functions, classes, enums, namespaces, imports. */
export function declareStatements(
  { declare }: Tables,
  statements: readonly ts.Statement[],
  scope: Scope,
): void {
  const inSwitch = scope.kind === "switch"; // a jump to a later clause passes declarations over
  for (const statement of statements) {
    if (isAmbient(statement)) continue;
    if (ts.isVariableStatement(statement) && isLexical(statement.declarationList)) {
      const constant = isConstant(statement.declarationList);
      for (const declaration of statement.declarationList.declarations)
        for (const name of boundNames(declaration.name))
          declare(
            scope,
            name,
            "variable",
            declaration,
            inSwitch ? NEVER : place(declaration.end),
            constant,
          );
    } else if (ts.isFunctionDeclaration(statement) && statement.body !== undefined) {
      if (statement.name !== undefined)
        declare(
          scope,
          statement.name,
          "function",
          statement,
          place(scopeStart(scope), scope.functions.length + 1),
        );
      scope.functions.push(statement);
    } else if (ts.isClassDeclaration(statement) && statement.name !== undefined) {
      declare(scope, statement.name, "class", statement, inSwitch ? NEVER : place(statement.end));
    } else if (ts.isEnumDeclaration(statement)) {
      declare(scope, statement.name, "enum", statement, place(statement.end));
    } else if (ts.isModuleDeclaration(statement) && isInstantiated(statement)) {
      if (ts.isIdentifier(statement.name))
        declare(scope, statement.name, "namespace", statement, place(statement.end));
    } else if (ts.isImportDeclaration(statement)) {
      declareImport(declare, statement, scope);
    } else if (ts.isImportEqualsDeclaration(statement) && !statement.isTypeOnly) {
      declare(scope, statement.name, "import", statement, place(statement.end), true);
    }
  }
}

function declareImport(
  declare: Tables["declare"],
  statement: ts.ImportDeclaration,
  scope: Scope,
): void {
  const clause = statement.importClause;
  if (clause === undefined || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
  if (clause.name !== undefined) declare(scope, clause.name, "import", clause, place(0), true);
  const bindings = clause.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings))
    declare(scope, bindings.name, "import", bindings, place(0), true);
  else
    for (const specifier of bindings.elements)
      if (!specifier.isTypeOnly)
        declare(scope, specifier.name, "import", specifier, place(0), true);
}

/** A `var` may go by value only as a statement of the function's own list, where it runs once. */
export function declareVars({ declare }: Tables, body: ts.Node, scope: Scope): void {
  for (const list of varLists(body)) {
    const once = ts.isVariableStatement(list.parent) && list.parent.parent === body;
    for (const declaration of list.declarations)
      for (const name of boundNames(declaration.name))
        declare(scope, name, "var", declaration, once ? place(declaration.end) : NEVER);
  }
}

/** Where a scope begins in the text: function declarations are created there. */
export function scopeStart({ node }: Scope): number {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined
    ? (node.body as ts.Node).pos
    : node.pos;
}
