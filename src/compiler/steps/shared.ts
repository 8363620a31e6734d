/**
 * `@shared` variables: every path that begins with one becomes reads and writes of its place. What is no read or write
 * of a primitive would let a reference into shared memory escape, and is an error.
 */
import ts from "typescript";
import { TRANSFORM_MESSAGES } from "../../base/catalogue/transform.ts";
import type { Module } from "../module.ts";
import { isAssignment, skipOuter, withOuter } from "../scopes/syntax.ts";
import { kindOfType } from "../shared/kinds.ts";
import { elementsOf, methodCallOf, pathOf, readOf, type PathSource } from "../shared/path.ts";
import { assignmentOf, incrementOf, targetOf } from "../shared/writes.ts";
import { stdMember } from "../site-names.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

export const shared: Step = {
  name: "shared",
  does: "turns paths of `@shared` variables into reads and writes of shared places",
  transform: (module) => (context) => (file) =>
    module.shared.size === 0
      ? file
      : (ts.visitNode(file, makeVisitor(module, context)) as ts.SourceFile),
};

function makeVisitor(module: Module, context: ts.TransformationContext): ts.Visitor {
  const { build, names, file } = module;
  const { checker } = module.loaded;
  const text = (node: ts.Node): string => skipOuter(node).getText(file).replace(/\s+/g, " ");
  const range = (node: ts.Node) => ({ pos: node.getStart(file), end: node.end });
  const source: PathSource = {
    build,
    isRoot: (node) => {
      const member = module.namespaceMembers.get(node);
      if (member !== undefined) return module.shared.has(member);
      const used = ts.isIdentifier(node) ? module.used(node) : undefined;
      return used !== undefined && "binding" in used && module.shared.has(used.binding);
    },
    root: (node) => node,
    kindOf: (expression) => kindOfType(checker, checker.getTypeAtLocation(expression)),
    site: (node, kind) => module.site(range(node), kind, text(targetIn(node, kind))),
    visit: (node) => ts.visitNode(node, visit) as ts.Expression,
  };

  const visit = (node: ts.Node): ts.Node => {
    if (ts.getParseTreeNode(node) !== node) return ts.visitEachChild(node, visit, context);
    const replaced = replacementOf(node);
    return replaced === undefined
      ? ts.visitEachChild(node, visit, context)
      : ts.setTextRange(replaced, node);
  };

  const replacementOf = (node: ts.Node): ts.Node | undefined => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isVariableDeclaration(node)) return declaration(node);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
      const left = skipOuter(node.left);
      if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left))
        return patternAssignment(node, left);
      return assignmentOf(source, names, node);
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
      return incrementOf(source, node);
    if (ts.isDeleteExpression(node) && pathOf(source, node.expression) !== undefined) {
      module.report(TRANSFORM_MESSAGES.sharedDelete, { path: text(node.expression) }, range(node));
      return build.undefined();
    }
    if (ts.isCallExpression(node)) return call(node);
    if (ts.isSpreadElement(node)) {
      const elements = elementsOf(source, node.expression);
      return elements && factory.updateSpreadElement(node, elements);
    }
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return loop(node);
    if (ts.isShorthandPropertyAssignment(node)) {
      const value = source.isRoot(node.name) ? read(node.name) : undefined;
      return value && factory.createPropertyAssignment(node.name.text, value);
    }
    if (ts.isExpression(node)) return read(node);
    return undefined;
  };

  const declaration = (node: ts.VariableDeclaration): ts.Node | undefined => {
    if (module.annotations.shared.has(node)) {
      const site = module.site(range(node.name), "new", text(node.name));
      const initial =
        node.initializer === undefined ? build.undefined() : source.visit(node.initializer);
      const place = build.callRuntime("shared", build.number(site), initial);
      return factory.updateVariableDeclaration(node, node.name, undefined, undefined, place);
    }
    if (!ts.isArrayBindingPattern(node.name) || node.initializer === undefined) return undefined;
    const elements = elementsOf(source, node.initializer);
    if (elements === undefined) return undefined;
    const name = ts.visitNode(node.name, visit) as ts.BindingName;
    return factory.updateVariableDeclaration(node, name, undefined, undefined, elements);
  };

  const call = (node: ts.CallExpression): ts.Node | undefined => {
    const argument = node.arguments[0];
    if (argument !== undefined && stdMember(module, skipOuter(node.expression)) === "snapshot") {
      const path = pathOf(source, argument);
      if (path !== undefined)
        return build.callRuntime(
          "snapshot",
          build.number(source.site(argument, "read")),
          path.place(),
        );
    }
    return methodCallOf(source, node);
  };

  const patternAssignment = (
    node: ts.BinaryExpression,
    left: ts.Expression,
  ): ts.Node | undefined => {
    const elements = ts.isArrayLiteralExpression(left) ? elementsOf(source, node.right) : undefined;
    const pattern = ts.visitNode(left, visitTarget) as ts.Expression;
    if (pattern === left && elements === undefined) return undefined;
    return factory.updateBinaryExpression(
      node,
      pattern,
      node.operatorToken,
      elements ?? source.visit(node.right),
    );
  };

  /** In a pattern that assigns: paths are written, keys and defaults are read. */
  const visitTarget = (node: ts.Node): ts.Node => {
    if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node))
      return ts.visitEachChild(node, visitTarget, context);
    if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node))
      return ts.visitEachChild(node, visitTarget, context);
    if (ts.isPropertyAssignment(node))
      return factory.updatePropertyAssignment(
        node,
        ts.visitNode(node.name, visit) as ts.PropertyName,
        ts.visitNode(node.initializer, visitTarget) as ts.Expression,
      );
    if (ts.isShorthandPropertyAssignment(node)) {
      const path = source.isRoot(node.name) ? pathOf(source, node.name) : undefined;
      if (path === undefined) return ts.visitEachChild(node, visit, context);
      const target = targetOf(source, node.name, path);
      const fallback = node.objectAssignmentInitializer;
      return factory.createPropertyAssignment(
        node.name.text,
        fallback === undefined ? target : build.assign(target, source.visit(fallback)),
      );
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return factory.updateBinaryExpression(
        node,
        ts.visitNode(node.left, visitTarget) as ts.Expression,
        node.operatorToken,
        source.visit(node.right),
      );
    const path = ts.isExpression(node) ? pathOf(source, node) : undefined;
    return path === undefined ? visit(node) : targetOf(source, node as ts.Expression, path);
  };

  const loop = (node: ts.ForInOrOfStatement): ts.Node | undefined => {
    const elements = ts.isForOfStatement(node) ? elementsOf(source, node.expression) : undefined;
    const target = ts.isVariableDeclarationList(node.initializer)
      ? undefined
      : (ts.visitNode(node.initializer, visitTarget) as ts.Expression);
    if (elements === undefined && (target === undefined || target === node.initializer))
      return undefined;
    const initializer = target ?? (ts.visitNode(node.initializer, visit) as ts.ForInitializer);
    const expression = elements ?? source.visit(node.expression);
    const body = ts.visitNode(node.statement, visit) as ts.Statement;
    return ts.isForOfStatement(node)
      ? factory.updateForOfStatement(node, node.awaitModifier, initializer, expression, body)
      : factory.updateForInStatement(node, initializer, expression, body);
  };

  const read = (node: ts.Expression): ts.Expression | undefined => {
    if (skipOuter(node) !== node) return undefined; // parentheses and types stay around what they enclose
    const path = pathOf(source, node);
    const isReference = path?.kind === "object" || path?.kind === "array";
    if (isReference && !onlyLooks(node)) {
      module.report(TRANSFORM_MESSAGES.sharedEscapes, { path: text(node) }, range(node));
      return build.undefined();
    }
    return readOf(source, node);
  };

  return visit;
}

/** What an access is about: the left of an assignment, the operand of `++`. */
function targetIn(node: ts.Node, kind: "read" | "write" | "call"): ts.Node {
  if (ts.isBinaryExpression(node)) return node.left;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return node.operand;
  if (kind === "call" && ts.isPropertyAccessExpression(node)) return node.expression;
  return node;
}

/** Uses of a reference that only ask whether it is there. */
function onlyLooks(node: ts.Expression): boolean {
  const outer = withOuter(node);
  const { parent } = outer;
  if (ts.isTypeOfExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isWhileStatement(parent))
    return "expression" in parent ? parent.expression === outer : parent.condition === outer;
  if (!ts.isBinaryExpression(parent)) return false;
  const other = skipOuter(parent.left === outer ? parent.right : parent.left);
  const isEmpty =
    other.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(other) && other.text === "undefined");
  return isEmpty && EQUALITY.has(parent.operatorToken.kind);
}

const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
