/**
 * What the top level of a module declares or imports as a value. The checker could tell it too, but with all globals
 * among it, which takes a tenth of a whole load.
 */
import ts from "typescript";

export function namesOfModule(
  source: ts.SourceFile,
  checker: ts.TypeChecker,
): Map<string, ts.Symbol> {
  const names = new Map<string, ts.Symbol>();
  const add = (name: ts.Node | undefined): void => {
    if (!name || !ts.isIdentifier(name)) return;
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol) names.set(name.text, symbol);
  };
  const addPattern = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) return add(name);
    for (const element of name.elements) if (ts.isBindingElement(element)) addPattern(element.name);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) addPattern(name);
    } else if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      add(clause?.name);
      const bindings = clause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings))
        bindings.elements.forEach(({ name }) => add(name));
      else if (bindings) add(bindings.name);
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isModuleDeclaration(statement) ||
      ts.isImportEqualsDeclaration(statement)
    ) {
      add(statement.name);
    } else addHoisted(statement, addPattern);
  }
  return names;
}

/** `var` in blocks and loops of the top level belongs to the module. */
function addHoisted(node: ts.Node, addPattern: (name: ts.BindingName) => void): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isExpression(node)) return;
  if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
    for (const { name } of node.declarations) addPattern(name);
  }
  ts.forEachChild(node, (child) => addHoisted(child, addPattern));
}
