/**
 * The names that functions get from where they stand (ECMA-262, NamedEvaluation). A literal that is moved into a factory
 * would lose its own, so it is made as the property of that name: `{ begin: () => … }.begin`.
 */
import ts from "typescript";
import type { Build } from "../build.ts";

const { factory } = ts;

/** The name that an anonymous function or class is given by what stands around it; nothing if it has one, or gets none. */
export function inferredName(
  node: ts.ArrowFunction | ts.FunctionExpression | ts.ClassExpression,
): string | undefined {
  if (!ts.isArrowFunction(node) && node.name !== undefined) return undefined;
  const original = ts.getOriginalNode(node);
  if (ts.isFunctionDeclaration(original) || ts.isClassDeclaration(original)) return "default";
  let outer = original;
  while (outer.parent !== undefined && isTransparent(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  if (parent === undefined) return undefined;
  if (ts.isExportAssignment(parent)) return "default";
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    if (ts.isComputedPropertyName(parent.name)) return undefined;
    return parent.initializer === outer && parent.name.text !== "__proto__"
      ? parent.name.text
      : undefined;
  }
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent))
    return parent.initializer === outer && ts.isIdentifier(parent.name)
      ? parent.name.text
      : undefined;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name.text;
  if (ts.isBinaryExpression(parent) && parent.right === outer && ts.isIdentifier(parent.left))
    return NAMING.has(parent.operatorToken.kind) ? parent.left.text : undefined;
  return undefined;
}

const NAMING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

const isTransparent = (node: ts.Node): boolean =>
  ts.isParenthesizedExpression(node) ||
  ts.isAsExpression(node) ||
  ts.isSatisfiesExpression(node) ||
  ts.isNonNullExpression(node) ||
  ts.isTypeAssertionExpression(node);

export function named(
  build: Build,
  value: ts.ArrowFunction | ts.FunctionExpression | ts.ClassExpression | ts.MethodDeclaration,
  name: string | undefined,
): ts.Expression {
  if (ts.isMethodDeclaration(value)) {
    const key = propertyKey(name ?? "");
    const method = factory.updateMethodDeclaration(
      value,
      value.modifiers,
      value.asteriskToken,
      key,
      value.questionToken,
      value.typeParameters,
      value.parameters,
      value.type,
      value.body,
    );
    return build.get(factory.createObjectLiteralExpression([method]), name ?? "");
  }
  if (name === undefined) return value;
  const property = factory.createPropertyAssignment(propertyKey(name), value);
  return build.get(factory.createObjectLiteralExpression([property]), name);
}

function propertyKey(name: string): ts.PropertyName {
  if (name === "__proto__")
    return factory.createComputedPropertyName(factory.createStringLiteral(name));
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)
    ? factory.createIdentifier(name)
    : factory.createStringLiteral(name);
}

/** What a method is called; of computed names only the well-known symbols are known. */
export function methodName(node: ts.MethodDeclaration): string {
  const { name } = node;
  if (!ts.isComputedPropertyName(name)) return name.text;
  const key = name.expression;
  if (ts.isStringLiteralLike(key)) return key.text;
  return ts.isPropertyAccessExpression(key) &&
    ts.isIdentifier(key.expression) &&
    key.expression.text === "Symbol"
    ? `[Symbol.${key.name.text}]`
    : "";
}
