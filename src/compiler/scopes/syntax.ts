/** Small questions about parse trees that scopes and steps ask alike. */
import ts from "typescript";

/** Without parentheses and what is for types alone: `(x as T)!` is `x`. */
export function skipOuter(node: ts.Node): ts.Node {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** The outermost expression that is this one but for parentheses and types. */
export function withOuter(node: ts.Node): ts.Node {
  let outer = node;
  while (outer.parent !== undefined && skipOuter(outer.parent) !== outer.parent)
    outer = outer.parent;
  return outer;
}

export function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
