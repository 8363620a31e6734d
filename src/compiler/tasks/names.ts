/** What a function is called by where it stands (ECMA-262, 8.4.5 NamedEvaluation). */
import ts from "typescript";

const skipUp = (node: ts.Node): ts.Node => {
  let at = node;
  while (
    at.parent !== undefined &&
    (ts.isParenthesizedExpression(at.parent) || ts.isPartiallyEmittedExpression(at.parent))
  )
    at = at.parent;
  return at;
};

/** Where it gets a name from: the person's own text. */
function naming(node: ts.Node): ts.Node | undefined {
  const original = ts.getParseTreeNode(node);
  if (original === undefined) return undefined;
  const value = skipUp(original);
  const { parent } = value;
  if (parent === undefined) return undefined;
  if (ts.isBinaryExpression(parent)) {
    const isAssignment =
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ||
      (parent.operatorToken.kind >= ts.SyntaxKind.BarBarEqualsToken &&
        parent.operatorToken.kind <= ts.SyntaxKind.QuestionQuestionEqualsToken);
    return isAssignment && parent.right === value && ts.isIdentifier(parent.left)
      ? parent.left
      : undefined;
  }
  if (ts.isExportAssignment(parent)) return parent;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent);
  return isNamed && parent.initializer === value ? parent.name : undefined;
}

/** The name, if the text tells. */
export function nameOf(node: ts.FunctionLikeDeclaration): string | undefined {
  const name = node.name ?? naming(node);
  if (name === undefined || ts.isComputedPropertyName(name)) return undefined;
  if (ts.isExportAssignment(name)) return "default";
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)
    ? name.text
    : ts.isNumericLiteral(name)
      ? name.text
      : undefined;
}

/** Whether it is called by a key that is known at run time. */
export function isNamedLate(node: ts.FunctionLikeDeclaration): boolean {
  if (node.name !== undefined) return false;
  const name = naming(node);
  return name !== undefined && ts.isComputedPropertyName(name);
}
