/** What a name means for good: the function or class of the program's that it always is. */
import ts from "typescript";
import { skipOuter } from "../scopes/syntax.ts";

export function makeResolve(checker: ts.TypeChecker, own: ReadonlySet<ts.SourceFile>) {
  const symbolOf = (node: ts.Node): ts.Symbol | undefined => {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  };

  /** The function that an expression is for good: a declared one, a constant, the literal itself. */
  const functionOf = (expression: ts.Expression): ts.Node | undefined => {
    const inner = skipOuter(expression);
    if (ts.isFunctionExpression(inner) || ts.isArrowFunction(inner)) return inner;
    // `f`, or `ns.f` of a module's namespace.
    if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner)) return undefined;
    const name = ts.isIdentifier(inner) ? inner : inner.name;
    for (const declaration of symbolOf(name)?.declarations ?? []) {
      if (!own.has(declaration.getSourceFile())) return undefined;
      if (ts.isFunctionDeclaration(declaration) && declaration.body) return declaration;
      if (
        ts.isVariableDeclaration(declaration) &&
        (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 &&
        declaration.initializer
      ) {
        const value = skipOuter(declaration.initializer);
        if (ts.isFunctionExpression(value) || ts.isArrowFunction(value)) return value;
      }
    }
    return undefined;
  };

  const classOf = (expression: ts.Expression): ts.ClassLikeDeclaration | undefined => {
    const inner = skipOuter(expression);
    if (ts.isClassExpression(inner)) return inner;
    const declaration = symbolOf(inner)?.valueDeclaration;
    if (declaration === undefined || !own.has(declaration.getSourceFile())) return undefined;
    if (ts.isClassDeclaration(declaration)) return declaration;
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
      return undefined;
    const value = skipOuter(declaration.initializer);
    const constant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return constant && ts.isClassExpression(value) ? value : undefined;
  };

  return { symbolOf, functionOf, classOf };
}
