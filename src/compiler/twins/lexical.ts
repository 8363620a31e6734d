/** What an arrow takes from the function around it: lost when its body becomes a generator function's. */
import ts from "typescript";

export interface Lexical {
  this: boolean;
  arguments: boolean;
  newTarget: boolean;
  super: boolean;
}

export function lexicalUses(...nodes: (ts.Node | undefined)[]): Lexical {
  const uses: Lexical = { this: false, arguments: false, newTarget: false, super: false };
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) uses.this = true;
    else if (node.kind === ts.SyntaxKind.SuperKeyword) uses.super = uses.this = true;
    else if (ts.isIdentifier(node)) {
      if (node.text === "arguments") uses.arguments = true;
    } else if (ts.isMetaProperty(node)) {
      if (node.keywordToken === ts.SyntaxKind.NewKeyword) uses.newTarget = true;
    } else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isClassLike(node)) ts.forEachChild(node, inClass);
    else if (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) computed(node.name);
    else ts.forEachChild(node, visit);
  };
  /** Of a class, its heritage and computed names belong to what is around it. */
  const inClass = (node: ts.Node): void => {
    if (ts.isHeritageClause(node)) visit(node);
    else if (ts.isClassElement(node)) computed(node.name);
  };
  const computed = (name: ts.Node | undefined): void => {
    if (name !== undefined && ts.isComputedPropertyName(name)) visit(name);
  };
  for (const node of nodes) if (node !== undefined) visit(node);
  return uses;
}

/** Whether code names `name` at all: then a function of ours must not go by it. */
export function mentions(name: string, ...nodes: (ts.Node | undefined)[]): boolean {
  const visit = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || (ts.forEachChild(node, visit) ?? false);
  return nodes.some((node) => node !== undefined && visit(node));
}
