/**
 * Async functions: the body becomes a generator's, which yields what it awaits; the function itself makes a task of it.
 *
 *     async function f(a) { return await a; }
 *     function f(a) { return $.task(function* f(a) { return yield a; }.call(this, a)); }
 *
 * An arrow stays one, so that `this` is what it was; what else an arrow or a method takes from around it (`arguments`,
 * `new.target`, `super`) is taken in the function's first lines. Left out: that an async function is no constructor, and
 * `f.constructor.name`.
 */
import ts from "typescript";
import { type Lexical, lexicalUses, mentions } from "../twins/lexical.ts";
import {
  arrowOf,
  elementOf,
  isName,
  isPlainParameter,
  leading,
  newTargetExpression,
  parameter,
  propertyName,
  spreadParameter,
  star,
} from "../twins/pieces.ts";
import { callOf, id, inScope, type Lowering, type Scope } from "./scope.ts";

const { factory } = ts;

export type AsyncFunction =
  ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

export const isFunction = (node: ts.Node): node is AsyncFunction =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

/** The parts of a function that is none of an async function's business any more. */
interface Lowered {
  readonly modifiers: readonly ts.Modifier[] | undefined;
  readonly parameters: readonly ts.ParameterDeclaration[];
  readonly body: ts.Block;
}

export function lowerFunction(lowering: Lowering, node: AsyncFunction): ts.Node {
  const { modifiers, parameters, body } = parts(lowering, node);
  if (ts.isFunctionDeclaration(node))
    return factory.updateFunctionDeclaration(
      ...[node, modifiers, undefined, node.name, undefined, parameters, undefined, body],
    );
  if (ts.isFunctionExpression(node))
    return factory.updateFunctionExpression(
      ...[node, modifiers, undefined, node.name, undefined, parameters, undefined, body],
    );
  if (ts.isArrowFunction(node)) {
    const arrow = node.equalsGreaterThanToken;
    return factory.updateArrowFunction(
      ...[node, modifiers, undefined, parameters, undefined, arrow, body],
    );
  }
  const name = lowering.visit(node.name);
  return factory.updateMethodDeclaration(
    ...[node, modifiers, undefined, name, undefined, undefined, parameters, undefined, body],
  );
}

function parts(lowering: Lowering, node: AsyncFunction): Lowered {
  const { names, scope: outer } = lowering;
  const isArrow = ts.isArrowFunction(node);
  const uses = lexicalUses(...node.parameters, node.body);
  const first: ts.Statement[] = [];
  const scope = borrowing(lowering, node, uses, isArrow ? outer : { kind: "plain" }, first);
  const passesAll = !isArrow && uses.arguments;
  const { parameters, passed } = passing(lowering, node);
  const inner = generatorOf(lowering, node, scope);
  const self = isArrow && !uses.this ? factory.createVoidZero() : factory.createThis();
  const made = passesAll
    ? callOf(inner, "apply", self, id("arguments"))
    : callOf(inner, "call", self, ...passed);
  const isSimple = node.parameters.every(
    (one) => isPlainParameter(one) || (one.initializer === undefined && ts.isIdentifier(one.name)),
  );
  const $ = id(names.runtime);
  const answer =
    scope.kind === "generator"
      ? callOf($, "asyncGenerator", made)
      : isSimple
        ? callOf($, "task", made)
        : callOf($, "taskOf", arrowOf([], made));
  const body = factory.createBlock([...first, factory.createReturnStatement(answer)], true);
  const modifiers = (node.modifiers as readonly ts.Modifier[] | undefined)?.filter(
    ({ kind }) => kind !== ts.SyntaxKind.AsyncKeyword,
  );
  return { modifiers, parameters, body };
}

/** The scope of the body, and in `first` what the function has to take from around it for that. */
function borrowing(
  { names }: Lowering,
  node: AsyncFunction,
  uses: Lexical,
  outer: Scope,
  first: ts.Statement[],
): Scope {
  const take = (
    wanted: boolean,
    known: string | undefined,
    stem: string,
    value: () => ts.Expression,
  ): string | undefined => {
    if (!wanted || known !== undefined) return known;
    const name = names.fresh(stem);
    const declaration = factory.createVariableDeclaration(name, undefined, undefined, value());
    const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const);
    first.push(factory.createVariableStatement(undefined, list));
    return name;
  };
  const isArrow = ts.isArrowFunction(node);
  return {
    kind: node.asteriskToken === undefined ? "task" : "generator",
    arguments: take(isArrow && uses.arguments, outer.arguments, "args", () => id("arguments")),
    newTarget: take(isArrow && uses.newTarget, outer.newTarget, "target", newTargetExpression),
    super: take(uses.super, outer.super, "super", () => superOf(names)),
  };
}

/** `$.superOf((k) => super[k], (k, v) => super[k] = v)` */
function superOf(names: Lowering["names"]): ts.Expression {
  const [key, value] = [names.fresh("v"), names.fresh("v")];
  const member = (): ts.Expression =>
    factory.createElementAccessExpression(factory.createSuper(), id(key));
  return callOf(
    id(names.runtime),
    "superOf",
    arrowOf([key], member()),
    arrowOf([key, value], factory.createAssignment(member(), id(value))),
  );
}

/** The function's own parameters, as many as count for `length`, and how it passes them on. */
function passing({ names }: Lowering, node: AsyncFunction) {
  const count = leading(node.parameters);
  const own = node.parameters
    .slice(0, count)
    .map(({ name }) => (ts.isIdentifier(name) ? name.text : names.fresh("v")));
  const parameters = own.map(parameter);
  const passed: ts.Expression[] = own.map(id);
  if (count < node.parameters.length) {
    const rest = names.fresh("v");
    parameters.push(spreadParameter(rest));
    passed.push(factory.createSpreadElement(id(rest)));
  }
  return { parameters, passed };
}

function generatorOf(lowering: Lowering, node: AsyncFunction, scope: Scope): ts.Expression {
  const [parameters, body] = inScope(lowering, scope, () => [
    node.parameters.map((one) => lowering.visit(one)),
    bodyOf(lowering, node.body!),
  ]);
  const name = nameOf(node);
  const own = name !== undefined && isName(name) && !mentions(name, ...parameters, body);
  const inner = factory.createFunctionExpression(
    ...[undefined, star(), own ? name : undefined, undefined, parameters, undefined, body],
  );
  ts.setTextRange(inner, node);
  if (own || name === undefined || name === "") return factory.createParenthesizedExpression(inner);
  // By its name it would be taken for the function itself.
  const property = factory.createPropertyAssignment(propertyName(name), inner);
  return elementOf(
    factory.createParenthesizedExpression(factory.createObjectLiteralExpression([property])),
    name,
  );
}

function bodyOf(lowering: Lowering, body: ts.ConciseBody): ts.Block {
  if (ts.isBlock(body)) return lowering.visit(body);
  const statement = ts.setTextRange(factory.createReturnStatement(lowering.visit(body)), body);
  return ts.setTextRange(factory.createBlock([statement], true), body);
}

/** What a person knows the function by, for stacks. */
function nameOf(node: AsyncFunction): string | undefined {
  if (node.name !== undefined)
    return ts.isComputedPropertyName(node.name) ? undefined : node.name.text.replace("#", "");
  const { parent } = ts.getParseTreeNode(node) ?? node;
  if (parent === undefined) return undefined;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent);
  return isNamed && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}
