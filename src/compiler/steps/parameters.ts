/**
 * Parameters that live in boxes. As a rule a box takes the parameter's own name when the body begins (`a = $.box(a)`).
 * Where the parameter list itself looks at a box (`(a, f = () => a)`), the list is unfolded: the arguments are assigned
 * in the body, in order, as a pattern would. The function keeps its `length`.
 *
 * The same unfolding serves constructors that may be skipped while an instance is restored: what their patterns and
 * defaults do must be skipped as well.
 */
import ts from "typescript";
import type { Module } from "../module.ts";
import { boundNames } from "../scopes/declare.ts";
import { assignmentTarget } from "./patterns.ts";
import { isBoxed } from "./variable-references.ts";
import type { VariablesVisitor } from "./variables-visitor.ts";

const { factory } = ts;

type Unfoldable = ts.FunctionLikeDeclaration;

export function isUnfolded(module: Module, node: ts.Node): boolean {
  if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return false;
  const parameters = node.parameters.filter((one) => !isThisParameter(one));
  if (module.guarded.has(node))
    return parameters.some((one) => one.initializer !== undefined || !ts.isIdentifier(one.name));
  const end = parameters.at(-1)?.end ?? -1;
  return parameters.some((parameter) =>
    [...boundNames(parameter.name)].some(
      (name) =>
        isBoxed(module, name) &&
        module.scopes.bindingOf
          .get(name)!
          .references.some(({ identifier }) => identifier.pos >= node.pos && identifier.end <= end),
    ),
  );
}

const isThisParameter = (parameter: ts.ParameterDeclaration): boolean =>
  ts.isIdentifier(parameter.name) && parameter.name.text === "this";

/** The function, transformed; its parameters moved out where that is needed. What its body begins with comes later. */
export function visitFunction(visitor: VariablesVisitor, node: ts.Node): ts.Node {
  const original = ts.getOriginalNode(node) as Unfoldable;
  const { module } = visitor;
  if (isUnfolded(module, original)) {
    const parameters = (node as Unfoldable).parameters.filter((one) => !isThisParameter(one));
    visitor.unfolding.set(original, parameters);
    return withParameters(visitor.visitChildren(node) as Unfoldable, shell(module, parameters));
  }
  return visitor.visitChildren(node);
}

const leading = (parameters: readonly ts.ParameterDeclaration[]): number => {
  const end = parameters.findIndex(
    (one) => one.initializer !== undefined || one.dotDotDotToken !== undefined,
  );
  return end < 0 ? parameters.length : end;
};

/** The parameter list that is left: as many plain ones as count for `length`, then all the rest. */
function shell(
  module: Module,
  parameters: readonly ts.ParameterDeclaration[],
): ts.ParameterDeclaration[] {
  const plain = leading(parameters);
  const { this: self } = module.names;
  const list = parameters
    .slice(0, plain)
    .map((_, index) => factory.createParameterDeclaration(undefined, undefined, `${self}${index}`));
  if (plain < parameters.length)
    list.push(
      factory.createParameterDeclaration(
        undefined,
        factory.createToken(ts.SyntaxKind.DotDotDotToken),
        `${self}s`,
      ),
    );
  return list;
}

/** The statements that assign the arguments, for the start of the body; none where the list stayed as it was. */
export function unfoldedParameters(visitor: VariablesVisitor, node: ts.Node): ts.Statement[] {
  const parameters = visitor.unfolding.get(node);
  if (parameters === undefined) return [];
  const { module } = visitor;
  const { build, names } = module;
  const target = (name: ts.Identifier): ts.Expression =>
    isBoxed(module, name) ? build.get(build.id(name.text), "v") : build.id(name.text);
  const plain = leading(parameters);
  const statements: ts.Statement[] = [];
  for (const parameter of parameters)
    for (const name of boundNames(parameter.name))
      if (!isBoxed(module, name))
        statements.push(build.constant(name.text, undefined, ts.NodeFlags.Let));
  const put = (assignment: ts.Expression): void => {
    statements.push(build.statement(factory.createParenthesizedExpression(assignment)));
  };
  parameters.slice(0, plain).forEach((parameter, index) => {
    put(
      build.assign(
        assignmentTarget(parameter.name, target, visitor.visit),
        build.id(`${names.this}${index}`),
      ),
    );
  });
  if (plain < parameters.length) {
    const elements = parameters.slice(plain).map((parameter) => {
      const inner = assignmentTarget(parameter.name, target, visitor.visit);
      if (parameter.dotDotDotToken !== undefined) return factory.createSpreadElement(inner);
      return parameter.initializer === undefined
        ? inner
        : build.assign(inner, visitor.visit(parameter.initializer));
    });
    put(build.assign(factory.createArrayLiteralExpression(elements), build.id(`${names.this}s`)));
  }
  return statements;
}

/** `if ($.restoring) return;` at the head of a constructor of a class whose instances are restored. */
export function guardOf(module: Module, node: ts.Node): ts.Statement[] {
  if (!ts.isConstructorDeclaration(node) || !module.guarded.has(node)) return [];
  const { build } = module;
  const derived = node.parent.heritageClauses?.some(
    ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
  );
  const superCall = build.statement(build.call(factory.createSuper(), []));
  return [
    factory.createIfStatement(
      build.runtime("restoring"),
      build.block([...(derived === true ? [superCall] : []), factory.createReturnStatement()]),
    ),
  ];
}

function withParameters(node: Unfoldable, parameters: ts.ParameterDeclaration[]): Unfoldable {
  let rest: ts.ParameterDeclaration[] | undefined = parameters;
  return ts.visitEachChild(
    node,
    (child) => {
      if (!ts.isParameter(child)) return child;
      const list = rest; // all of them where the first was
      rest = undefined;
      return list;
    },
    undefined,
  );
}
