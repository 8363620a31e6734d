/**
 * Loops whose variables live in boxes. Each turn of a `for (let …)` has variables of its own, as ECMA-262 has it: the
 * incrementor begins with a new box that takes over the value. The variables of `for … of` and `for … in` are boxes in
 * the body.
 *
 * Left out: a function made in the header's first part sees the first turn's variable, where ECMA-262 gives it a copy.
 */
import ts from "typescript";
import { boundNames, isConstant, isLexical } from "../scopes/declare.ts";
import { assignmentTarget } from "./patterns.ts";
import { isBoxed } from "./variable-references.ts";
import type { VariablesVisitor } from "./variables-visitor.ts";

const { factory } = ts;

export function boxLoop(
  visitor: VariablesVisitor,
  node: ts.ForStatement | ts.ForInOrOfStatement,
): ts.Node {
  const list = node.initializer;
  if (
    list === undefined ||
    !ts.isVariableDeclarationList(list) ||
    !list.declarations.some(visitor.isBoxedDeclaration)
  )
    return visitor.visitChildren(node);
  return ts.isForStatement(node) ? boxFor(visitor, node, list) : boxForEach(visitor, node, list);
}

function boxFor(
  visitor: VariablesVisitor,
  node: ts.ForStatement,
  list: ts.VariableDeclarationList,
): ts.Node {
  const { build, names } = visitor.module;
  let initializer: ts.ForInitializer | undefined;
  const renewed: ts.Expression[] = [];
  if (!isLexical(list)) {
    // A `var` has its box already. Those without one may stand beside it: they become assignments too.
    initializer = joined(
      list.declarations.flatMap((declaration) => assignVar(visitor, declaration)),
    );
  } else {
    const declarations: ts.VariableDeclaration[] = [];
    for (const declaration of list.declarations) {
      if (!visitor.isBoxedDeclaration(declaration)) {
        declarations.push(visitor.visit(declaration));
        continue;
      }
      for (const { text } of boundNames(declaration.name)) {
        declarations.push(declare(text, build.callRuntime("box")));
        renewed.push(
          build.assign(build.id(text), build.callRuntime("box", build.get(build.id(text), "v"))),
        );
      }
      const assignment = visitor.assignDeclared(declaration, false)!;
      declarations.push(declare(names.fresh("d"), assignment));
    }
    initializer = factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let);
    if (isConstant(list)) renewed.length = 0; // never assigned: no turn can tell
  }
  const incrementor = node.incrementor && visitor.visit(node.incrementor);
  return factory.updateForStatement(
    node,
    initializer,
    node.condition && visitor.visit(node.condition),
    joined(incrementor === undefined ? renewed : [...renewed, incrementor]),
    visitor.visit(node.statement),
  );
}

const declare = (name: string, value: ts.Expression): ts.VariableDeclaration =>
  factory.createVariableDeclaration(name, undefined, undefined, value);

const joined = (expressions: readonly ts.Expression[]): ts.Expression | undefined =>
  expressions.length === 0
    ? undefined
    : expressions.reduce((left, right) => factory.createComma(left, right));

function assignVar(
  visitor: VariablesVisitor,
  declaration: ts.VariableDeclaration,
): ts.Expression[] {
  const assignment = visitor.assignDeclared(declaration, true);
  return assignment === undefined ? [] : [assignment];
}

function boxForEach(
  visitor: VariablesVisitor,
  node: ts.ForInOrOfStatement,
  list: ts.VariableDeclarationList,
): ts.Node {
  const { build, names } = visitor.module;
  const { name } = list.declarations[0];
  const target = assignmentTarget(
    name,
    ({ text }) => build.get(build.id(text), "v"),
    visitor.visit,
  );
  const expression = visitor.visit(node.expression);
  const body = visitor.visit(node.statement);
  if (!isLexical(list)) return update(node, target, expression, body);
  const item = names.fresh("t");
  const boxes = [...boundNames(name)]
    .filter((one) => isBoxed(visitor.module, one))
    .map(({ text }) => build.constant(text, build.callRuntime("box")));
  const assignment = factory.createParenthesizedExpression(build.assign(target, build.id(item)));
  const head = factory.createVariableDeclarationList(
    [factory.createVariableDeclaration(item)],
    ts.NodeFlags.Const,
  );
  return update(
    node,
    head,
    expression,
    build.block([...boxes, ts.setTextRange(build.statement(assignment), list), body]),
  );
}

function update(
  node: ts.ForInOrOfStatement,
  initializer: ts.ForInitializer,
  expression: ts.Expression,
  body: ts.Statement,
): ts.Node {
  return ts.isForOfStatement(node)
    ? factory.updateForOfStatement(node, node.awaitModifier, initializer, expression, body)
    : factory.updateForInStatement(node, initializer, expression, body);
}
