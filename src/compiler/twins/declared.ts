/** What declarations say of themselves: names, modifiers, and how an expression stands in its statement. */
import ts from "typescript";
import { isStdDeclaration } from "../site-names.ts";

export const isAsync = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);

export const isStatic = (node: ts.ClassElement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

/** Of a member, whether it makes a class's type its own. */
export const isPrivate = (member: ts.ClassElement): boolean =>
  (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
  (ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(
      ({ kind }) =>
        kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
    ));

export const extendsOf = (node: ts.ClassLikeDeclaration): ts.Expression | undefined =>
  node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
    .expression;

/** A name as the key under which it is found; a computed one by its text. */
export const nameText = (name: ts.Node): string =>
  ts.isComputedPropertyName(name)
    ? ts.isStringLiteralLike(name.expression)
      ? name.expression.text
      : name.getText()
    : (name as ts.Identifier).text;

/** `Mutex.lock`, `spawn`: of a declaration in `std`. */
export function memberName(declaration: ts.Node): string {
  const name = (declaration as Partial<ts.NamedDeclaration>).name;
  const own = name === undefined ? "" : (name as ts.Identifier).text;
  const { parent } = declaration;
  return ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent)
    ? `${parent.name!.text}.${own}`
    : own;
}

export const isConsole = (callee: ts.Expression): boolean =>
  (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) &&
  ts.isIdentifier(callee.expression) &&
  callee.expression.text === "console";

/** It ends a process by operations. */
export const isExit = (callee: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(callee) &&
  ts.isIdentifier(callee.expression) &&
  callee.expression.text === "process" &&
  callee.name.text === "exit";

export const isArrayAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  ts.isArrayLiteralExpression(node.left);

export function isWritten(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node)
    return (
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  return ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent);
}

/** Whether code of the program's may run where a property is read or written. What is not known may be anything. */
export function mayRunCode(property: ts.Symbol | undefined): boolean {
  if (property === undefined) return true;
  const isOurs = property.declarations?.every(isStdDeclaration) === true;
  return (property.flags & ts.SymbolFlags.Accessor) !== 0 && !isOurs;
}
