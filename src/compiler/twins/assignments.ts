/** Assignments: by accessors that may stop, and by patterns over what may stop when it is gone through. */
import ts from "typescript";
import type { makeCalls } from "./calls.ts";
import type { Patterns } from "./patterns.ts";
import { isAssignment, type Stops } from "./stops.ts";
import { assign, commas, id, result, runtime, skip, temp, text, type Work } from "./work.ts";

const { factory } = ts;

export function makeAssignments(
  work: Work,
  stops: Stops,
  calls: ReturnType<typeof makeCalls>,
  patterns: Patterns,
  visitNamed: (value: ts.Expression, name: string | undefined) => ts.Expression,
  accessOf: (node: ts.PropertyAccessExpression) => ts.Expression,
) {
  const binary = (node: ts.BinaryExpression): ts.Expression => {
    if (!isAssignment(node)) return work.visitChildren(node);
    const target = skip(node.left);
    if (work.scope.twin && ts.isArrayLiteralExpression(target) && isPlainAssignment(node))
      return stops.patternStops(target, node.right)
        ? patterns.assignment(node, target)
        : updated(node, patterns.target(target));
    if (work.scope.twin && ts.isPropertyAccessExpression(target) && assignsByAccessor(target, node))
      return write(node, target);
    const left = isPlainAssignment(node)
      ? patterns.target(node.left)
      : ts.isPropertyAccessExpression(target)
        ? accessTarget(target)
        : work.visit(node.left);
    return updated(node, left);
  };

  const updated = (node: ts.BinaryExpression, left: ts.Expression): ts.Expression =>
    factory.updateBinaryExpression(
      node,
      left,
      node.operatorToken,
      visitNamed(node.right, ts.isIdentifier(node.left) ? node.left.text : undefined),
    );

  const accessTarget = (node: ts.PropertyAccessExpression): ts.Expression =>
    node.expression.kind === ts.SyntaxKind.SuperKeyword ? node : accessOf(node);

  const isPlainAssignment = (node: ts.BinaryExpression): boolean =>
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

  const assignsByAccessor = (
    target: ts.PropertyAccessExpression,
    node: ts.BinaryExpression,
  ): boolean =>
    target.expression.kind !== ts.SyntaxKind.SuperKeyword &&
    (writesByAccessor(target) || (!isPlainAssignment(node) && readsByAccessor(target)));

  const writesByAccessor = (target: ts.PropertyAccessExpression): boolean => {
    if (!ts.isPrivateIdentifier(target.name)) return stops.writeStops(target);
    const kind = calls.privateKind(target.name.text);
    return typeof kind === "object" && kind.set !== undefined;
  };
  const readsByAccessor = (target: ts.PropertyAccessExpression): boolean => {
    if (!ts.isPrivateIdentifier(target.name)) return stops.readStops(target);
    const kind = calls.privateKind(target.name.text);
    return typeof kind === "object" && kind.get !== undefined;
  };

  /** `o.x = v`, `o.x += v`, by accessors that may stop. */
  const write = (node: ts.BinaryExpression, target: ts.PropertyAccessExpression): ts.Expression => {
    const object = temp(work);
    const value = temp(work);
    const held = assign(id(object), work.visit(target.expression));
    if (isPlainAssignment(node))
      return commas(
        held,
        assign(id(value), work.visit(node.right)),
        put(target, id(object), id(value)),
        id(value),
      );
    const read = calls.memberOf(target, id(object));
    const operator = OPERATORS.get(node.operatorToken.kind)!;
    const stored = commas(
      assign(id(value), work.visit(node.right)),
      put(target, id(object), id(value)),
      id(value),
    );
    if (isLogical(operator))
      return commas(held, factory.createBinaryExpression(read, operator, stored));
    const changed = factory.createBinaryExpression(read, operator, work.visit(node.right));
    return commas(held, assign(id(value), changed), put(target, id(object), id(value)), id(value));
  };

  const put = (
    target: ts.PropertyAccessExpression,
    object: ts.Expression,
    value: ts.Expression,
  ): ts.Expression => {
    if (!ts.isPrivateIdentifier(target.name))
      return result(work, runtime(work, "set", object, text(target.name.text), value), target);
    const kind = calls.privateKind(target.name.text);
    if (typeof kind !== "object" || kind.set === undefined)
      return factory.createAssignment(
        factory.createPropertyAccessExpression(object, target.name),
        value,
      );
    const frame = factory.createCallExpression(
      factory.createPropertyAccessExpression(object, factory.createPrivateIdentifier(kind.set)),
      undefined,
      [value],
    );
    return result(work, runtime(work, "start", frame), target);
  };

  /** `o.x++`, by accessors that may stop. */
  const unary = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): ts.Expression => {
    const target = skip(node.operand);
    const changes =
      node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken;
    if (!changes) return work.visitChildren(node);
    if (
      !ts.isPropertyAccessExpression(target) ||
      !(writesByAccessor(target) || readsByAccessor(target))
    )
      return ts.isPropertyAccessExpression(target)
        ? onOperand(node, accessTarget(target))
        : work.visitChildren(node);
    const object = temp(work);
    const before = temp(work);
    const after = temp(work);
    const held = assign(id(object), work.visit(target.expression));
    return commas(
      held,
      assign(id(after), calls.memberOf(target, id(object))),
      assign(id(before), factory.createPostfixUnaryExpression(id(after), node.operator)),
      put(target, id(object), id(after)),
      id(ts.isPrefixUnaryExpression(node) ? after : before),
    );
  };

  const onOperand = (
    node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
    operand: ts.Expression,
  ): ts.Expression =>
    ts.isPrefixUnaryExpression(node)
      ? factory.updatePrefixUnaryExpression(node, operand)
      : factory.updatePostfixUnaryExpression(node, operand);

  return { binary, unary };
}

const isLogical = (operator: ts.BinaryOperator): boolean =>
  operator === ts.SyntaxKind.BarBarToken ||
  operator === ts.SyntaxKind.AmpersandAmpersandToken ||
  operator === ts.SyntaxKind.QuestionQuestionToken;

const OPERATORS: ReadonlyMap<ts.SyntaxKind, ts.BinaryOperator> = new Map<
  ts.SyntaxKind,
  ts.BinaryOperator
>([
  [ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.PlusToken],
  [ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.MinusToken],
  [ts.SyntaxKind.AsteriskEqualsToken, ts.SyntaxKind.AsteriskToken],
  [ts.SyntaxKind.AsteriskAsteriskEqualsToken, ts.SyntaxKind.AsteriskAsteriskToken],
  [ts.SyntaxKind.SlashEqualsToken, ts.SyntaxKind.SlashToken],
  [ts.SyntaxKind.PercentEqualsToken, ts.SyntaxKind.PercentToken],
  [ts.SyntaxKind.AmpersandEqualsToken, ts.SyntaxKind.AmpersandToken],
  [ts.SyntaxKind.BarEqualsToken, ts.SyntaxKind.BarToken],
  [ts.SyntaxKind.CaretEqualsToken, ts.SyntaxKind.CaretToken],
  [ts.SyntaxKind.LessThanLessThanEqualsToken, ts.SyntaxKind.LessThanLessThanToken],
  [ts.SyntaxKind.GreaterThanGreaterThanEqualsToken, ts.SyntaxKind.GreaterThanGreaterThanToken],
  [
    ts.SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken,
    ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  ],
  [ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.BarBarToken],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, ts.SyntaxKind.AmpersandAmpersandToken],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.QuestionQuestionToken],
]);
