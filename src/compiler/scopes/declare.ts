/**
 * Which names a statement list, a variable declaration or a function declares: the hoisting half of the scope analysis.
 * What exists for types alone (overloads, `declare`, interfaces) declares nothing.
 */
import ts from "typescript";

/** The identifiers that a binding name binds, in order. */
export function* boundNames(name: ts.BindingName): Generator<ts.Identifier> {
  if (ts.isIdentifier(name)) {
    yield name;
    return;
  }
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) yield* boundNames(element.name);
  }
}

export function isAmbient(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) ===
      true
  );
}

/** A namespace that exists at run time: one with a statement that is not for types alone. */
export function isInstantiated(declaration: ts.ModuleDeclaration): boolean {
  const body = declaration.body;
  if (body === undefined || isAmbient(declaration)) return false;
  if (ts.isModuleDeclaration(body)) return isInstantiated(body);
  return (
    ts.isModuleBlock(body) &&
    body.statements.some(
      (statement) =>
        !ts.isInterfaceDeclaration(statement) &&
        !ts.isTypeAliasDeclaration(statement) &&
        !isAmbient(statement) &&
        (!ts.isModuleDeclaration(statement) || isInstantiated(statement)),
    )
  );
}

export const isLexical = (list: ts.VariableDeclarationList): boolean =>
  (list.flags & ts.NodeFlags.BlockScoped) !== 0;

export const isConstant = (list: ts.VariableDeclarationList): boolean =>
  (list.flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) !== 0;

/** The `var` declaration lists of a function's or file's own code, however deeply nested in statements. */
export function* varLists(node: ts.Node): Generator<ts.VariableDeclarationList> {
  const found: ts.VariableDeclarationList[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isVariableDeclarationList(child)) {
      if (!isLexical(child) && !isAmbient(child.parent)) found.push(child);
      return;
    }
    // Statements alone can hold a `var`; expressions, and what runs at another time, cannot.
    if (
      ts.isFunctionLike(child) ||
      ts.isClassLike(child) ||
      ts.isModuleDeclaration(child) ||
      ts.isExpression(child)
    )
      return;
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  yield* found;
}

/** Whether a declaration list is `using` or `await using`. */
export function usingKind(list: ts.VariableDeclarationList): "none" | "using" | "await" {
  const flags: number = list.flags & ts.NodeFlags.BlockScoped;
  if (flags === Number(ts.NodeFlags.AwaitUsing)) return "await";
  return flags === Number(ts.NodeFlags.Using) ? "using" : "none";
}
