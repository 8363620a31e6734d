/**
 * The step that makes tasks of async functions (`std/tasks`), for every engine: over the JavaScript that TypeScript's own
 * transformations have left, before functions get their twins. What is async in a file is so no more when it has gone through.
 */
import ts from "typescript";
import type { Module } from "../module.ts";
import { isFunction, lowerFunction } from "../tasks/functions.ts";
import { lowerClass, lowerMember, lowerMethod, lowerObject } from "../tasks/members.ts";
import { lowerLoop } from "../tasks/loops.ts";
import { awaited, callOf, id, inScope, type Lowering, PLAIN } from "../tasks/scope.ts";
import { isAsync } from "../twins/declared.ts";

const { factory } = ts;

export const tasks =
  ({ names }: Module): ts.TransformerFactory<ts.SourceFile> =>
  (context) =>
  (file) => {
    const visit = (node: ts.Node): ts.VisitResult<ts.Node> => lower(lowering, node);
    const lowering: Lowering = {
      names,
      context,
      scope: PLAIN,
      replaced: undefined,
      visitNode: visit,
      visit: (node) => ts.visitNode(node, visit) as typeof node,
      visitChildren: (node) => ts.visitEachChild(node, visit, context),
    };
    return lowering.visitChildren(file);
  };

function lower(lowering: Lowering, node: ts.Node): ts.VisitResult<ts.Node> {
  const { scope, visit, visitChildren } = lowering;
  if (isFunction(node) && isAsync(node) && node.body !== undefined)
    return ts.isMethodDeclaration(node)
      ? lowerMethod(lowering, node)
      : lowerFunction(lowering, node);
  if (ts.isArrowFunction(node))
    return inScope(lowering, { ...scope, kind: "plain" }, () => visitChildren(node));
  if (
    ts.isFunctionLike(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isClassStaticBlockDeclaration(node)
  )
    return lowerMember(lowering, node);
  if (ts.isClassLike(node)) return lowerClass(lowering, node);
  if (ts.isObjectLiteralExpression(node)) return lowerObject(lowering, node);
  if (ts.isAwaitExpression(node)) return replaced(awaited(visit(node.expression)), node);
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined)
    return lowerLoop(lowering, node, []);
  if (ts.isLabeledStatement(node)) return labelled(lowering, node);
  if (scope.kind === "generator") {
    if (ts.isYieldExpression(node)) return yielded(lowering, node);
    if (ts.isReturnStatement(node) && node.expression !== undefined) {
      const value = ts.setTextRange(awaited(visit(node.expression)), node.expression);
      return factory.updateReturnStatement(node, value);
    }
  }
  if (scope.super !== undefined && ts.isCallExpression(node) && isSuperMember(node.expression)) {
    const args = node.arguments.map((one) => visit(one));
    return replaced(callOf(visit(node.expression), "call", factory.createThis(), ...args), node);
  }
  if (node.kind === ts.SyntaxKind.SuperKeyword && scope.super !== undefined) return id(scope.super);
  if (
    scope.newTarget !== undefined &&
    ts.isMetaProperty(node) &&
    node.keywordToken === ts.SyntaxKind.NewKeyword
  )
    return id(scope.newTarget);
  if (scope.arguments !== undefined) {
    if (ts.isIdentifier(node)) return node.text === "arguments" ? id(scope.arguments) : node;
    if (ts.isPropertyAccessExpression(node)) return onlyObject(lowering, node);
    if (ts.isPropertyAssignment(node) && !ts.isComputedPropertyName(node.name))
      return factory.updatePropertyAssignment(node, node.name, visit(node.initializer));
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === "arguments")
      return factory.createPropertyAssignment(node.name, id(scope.arguments));
  }
  return visitChildren(node);
}

function labelled(lowering: Lowering, node: ts.LabeledStatement): ts.Statement {
  const labels: ts.Identifier[] = [];
  let inner: ts.Statement = node;
  while (ts.isLabeledStatement(inner)) {
    labels.push(inner.label);
    inner = inner.statement;
  }
  return ts.isForOfStatement(inner) && inner.awaitModifier !== undefined
    ? lowerLoop(lowering, inner, labels)
    : lowering.visitChildren(node);
}

function yielded(lowering: Lowering, node: ts.YieldExpression): ts.Expression {
  const { names, visit } = lowering;
  const value = node.expression === undefined ? factory.createVoidZero() : visit(node.expression);
  const name = node.asteriskToken === undefined ? "handed" : "delegateAsync";
  const given = ts.setTextRange(callOf(id(names.runtime), name, value), node);
  return replaced(factory.createYieldExpression(node.asteriskToken as never, given), node);
}

const isSuperMember = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
  node.expression.kind === ts.SyntaxKind.SuperKeyword;

const onlyObject = (
  { visit }: Lowering,
  node: ts.PropertyAccessExpression,
): ts.PropertyAccessExpression =>
  ts.isPropertyAccessChain(node)
    ? factory.updatePropertyAccessChain(
        node,
        visit(node.expression),
        node.questionDotToken,
        node.name,
      )
    : factory.updatePropertyAccessExpression(node, visit(node.expression), node.name);

/** Stands where `node` stood, to stacks and to later steps. */
const replaced = <T extends ts.Node>(made: T, node: ts.Node): T =>
  ts.setOriginalNode(ts.setTextRange(made, node), node);
