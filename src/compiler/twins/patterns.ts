/**
 * Array patterns over iterables whose steps may stop: the values are collected first, then the pattern takes an array apart.
 * So all steps come before the pattern's defaults, where ECMA-262 interleaves them.
 *
 * Left out: such patterns within a pattern that assigns, and in the head of a `catch`.
 */
import ts from "typescript";
import type { Stops } from "./stops.ts";
import { assign, commas, id, result, runtime, temp, type Work } from "./work.ts";

const { factory } = ts;

export type Patterns = ReturnType<typeof makePatterns>;

export function makePatterns(
  work: Work,
  stops: Stops,
  visitNamed: (value: ts.Expression, name: string | undefined) => ts.Expression,
) {
  /** What declares `name = value`, whose value is visited already and, if `safe`, cannot stop when gone through. */
  const declare = (
    name: ts.BindingName,
    value: ts.Expression | undefined,
    safe: boolean,
  ): ts.VariableDeclaration[] => {
    const later: ts.VariableDeclaration[] = [];
    const taken =
      !safe && value !== undefined && ts.isArrayBindingPattern(name)
        ? collected(name, value)
        : value;
    const visited = nameOf(name, later);
    const declared = factory.createVariableDeclaration(visited, undefined, undefined, taken);
    return [declared, ...later];
  };

  const collected = (
    pattern: ts.ArrayBindingPattern | ts.ArrayLiteralExpression,
    value: ts.Expression,
  ): ts.Expression => {
    const last = pattern.elements.at(-1);
    const hasRest =
      last !== undefined &&
      (ts.isSpreadElement(last) ||
        (ts.isBindingElement(last) && last.dotDotDotToken !== undefined));
    const count = hasRest ? [] : [factory.createNumericLiteral(pattern.elements.length)];
    return result(work, runtime(work, "collect", value, ...count), pattern);
  };

  const nameOf = (name: ts.BindingName, later: ts.VariableDeclaration[]): ts.BindingName => {
    if (ts.isIdentifier(name)) return name;
    if (ts.isObjectBindingPattern(name))
      return factory.updateObjectBindingPattern(
        name,
        name.elements.map((one) => element(one, later)),
      );
    return factory.updateArrayBindingPattern(
      name,
      name.elements.map((one) => (ts.isOmittedExpression(one) ? one : element(one, later))),
    );
  };

  const element = (one: ts.BindingElement, later: ts.VariableDeclaration[]): ts.BindingElement => {
    const { name } = one;
    const own = ts.isIdentifier(name) ? name.text : undefined;
    const initializer = one.initializer && visitNamed(one.initializer, own);
    let inner: ts.BindingName;
    if (
      ts.isArrayBindingPattern(name) &&
      ts.getParseTreeNode(name) &&
      stops.patternStops(name, undefined)
    ) {
      const held = work.names.fresh("v");
      later.push(...declare(name, id(held), false));
      inner = id(held);
    } else inner = nameOf(name, later);
    return factory.updateBindingElement(
      one,
      one.dotDotDotToken,
      one.propertyName && work.visit(one.propertyName),
      inner,
      initializer,
    );
  };

  /** A variable declaration of the person's. */
  const declaration = (node: ts.VariableDeclaration): ts.VariableDeclaration[] => {
    const own = ts.isIdentifier(node.name) ? node.name.text : undefined;
    const value = node.initializer && visitNamed(node.initializer, own);
    const safe = !work.scope.twin || !stops.patternStops(node.name, node.initializer);
    const made = work.scope.twin
      ? declare(node.name, value, safe)
      : [
          factory.updateVariableDeclaration(
            node,
            work.visit(node.name),
            undefined,
            undefined,
            value,
          ),
        ];
    if (made[0] !== node) ts.setOriginalNode(ts.setTextRange(made[0], node), node);
    return made;
  };

  /** `[a, b] = value`, where going through the value may stop. */
  const assignment = (
    node: ts.BinaryExpression,
    pattern: ts.ArrayLiteralExpression,
  ): ts.Expression => {
    const held = temp(work);
    return commas(
      assign(id(held), work.visit(node.right)),
      assign(target(pattern), collected(pattern, id(held))),
      id(held),
    );
  };

  /** What is assigned to: names and members stay what they are, but what is evaluated in them is visited. */
  const target = (node: ts.Expression): ts.Expression => {
    if (ts.isParenthesizedExpression(node) || ts.isPartiallyEmittedExpression(node))
      return target(node.expression);
    if (ts.isArrayLiteralExpression(node))
      return factory.updateArrayLiteralExpression(
        node,
        node.elements.map((one) =>
          ts.isSpreadElement(one)
            ? factory.updateSpreadElement(one, target(one.expression))
            : withDefault(one),
        ),
      );
    if (ts.isObjectLiteralExpression(node))
      return factory.updateObjectLiteralExpression(node, node.properties.map(targetProperty));
    if (ts.isPropertyAccessExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return node;
      return factory.updatePropertyAccessExpression(node, work.visit(node.expression), node.name);
    }
    return ts.isIdentifier(node) || ts.isOmittedExpression(node) ? node : work.visitChildren(node);
  };

  const withDefault = (node: ts.Expression): ts.Expression => {
    const isDefault =
      ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (!isDefault) return target(node);
    const name = ts.isIdentifier(node.left) ? node.left.text : undefined;
    const value = visitNamed(node.right, name);
    return factory.updateBinaryExpression(node, target(node.left), node.operatorToken, value);
  };

  const targetProperty = (one: ts.ObjectLiteralElementLike): ts.ObjectLiteralElementLike => {
    if (ts.isPropertyAssignment(one)) {
      const name = ts.isComputedPropertyName(one.name) ? work.visit(one.name) : one.name;
      return factory.updatePropertyAssignment(one, name, withDefault(one.initializer));
    }
    if (ts.isSpreadAssignment(one))
      return factory.updateSpreadAssignment(one, target(one.expression));
    return work.visit(one);
  };

  return { declare, declaration, assignment, target };
}
