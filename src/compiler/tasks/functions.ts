/**
 * Async functions: the body becomes a generator's, which yields what it awaits, and is made once, where the function is.
 *
 *     const f = async function f(a) { return await a; }
 *     const f = $.async(function* f(a) { return yield a; });
 *
 * A method stays in its place, as a generator method, and is replaced in a static block (`members.ts`); a declaration stays
 * hoisted, its body beside it. What an arrow takes from around it (`arguments`, `new.target`, `super`) is taken where it is
 * made. Where a function gets its name at run time, each call has a generator function of its own, which costs more.
 * Left out: `f.constructor.name`.
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
import { isNamedLate, nameOf } from "./names.ts";
import { callOf, id, inScope, type Lowering, PLAIN, type Scope } from "./scope.ts";

const { factory } = ts;

export type AsyncFunction =
  ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

export const isFunction = (node: ts.Node): node is AsyncFunction =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

/** Of all but methods. */
export function lowerFunction(
  lowering: Lowering,
  node: Exclude<AsyncFunction, ts.MethodDeclaration>,
): ts.Node | ts.Node[] {
  if (ts.isFunctionDeclaration(node)) return declaration(lowering, node);
  return isNamedLate(node) ? eachCall(lowering, node) : literal(lowering, node);
}

/** `$.async(function* f() { … })` */
function literal(lowering: Lowering, node: ts.FunctionExpression | ts.ArrowFunction): ts.Node {
  const isArrow = ts.isArrowFunction(node);
  const uses = lexicalUses(...node.parameters, node.body);
  const first: ts.Statement[] = [];
  const scope = borrowing(lowering, node, uses, isArrow ? lowering.scope : PLAIN, first);
  const body = bodyFunction(lowering, node, scope);
  const $ = id(lowering.names.runtime);
  let made: ts.Expression;
  if (scope.kind === "generator") made = callOf($, "asyncGeneratorFunction", body);
  else if (!isArrow || !uses.this) made = callOf($, "async", body);
  else made = callOf($, "asyncArrow", body, arrowOf([], factory.createThis()));
  ts.setTextRange(made, node);
  const own = isArrow ? undefined : node.name?.text;
  if (own !== undefined && mentions(own, ...node.parameters, node.body)) {
    first.push(constant(own, made));
    made = id(own);
  }
  return first.length === 0 ? made : atOnce([...first, factory.createReturnStatement(made)]);
}

/** `(() => { … })()` */
const atOnce = (statements: readonly ts.Statement[]): ts.Expression =>
  factory.createCallExpression(
    factory.createParenthesizedExpression(arrowOf([], factory.createBlock(statements, true))),
    undefined,
    [],
  );

const constant = (name: string, value: ts.Expression): ts.Statement =>
  factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(
      [factory.createVariableDeclaration(name, undefined, undefined, value)],
      ts.NodeFlags.Const,
    ),
  );

/** A declaration is there before anything is made: so is its body, beside it. */
function declaration(lowering: Lowering, node: ts.FunctionDeclaration): ts.Node[] {
  const scope: Scope = { kind: node.asteriskToken === undefined ? "task" : "generator" };
  const [parameters, body] = written(lowering, node, scope);
  const name = lowering.names.fresh("g");
  const beside = factory.createFunctionDeclaration(
    ...[undefined, star(), name, undefined, parameters, undefined, body],
  );
  const outer = calling(lowering, node, scope, id(name), []);
  return [
    factory.updateFunctionDeclaration(
      ...[node, outer.modifiers, undefined, node.name, undefined, outer.parameters, undefined],
      outer.body,
    ),
    ts.setTextRange(beside, node),
  ];
}

/** The function as it was, but that each call makes a generator function of its own. */
export function eachCall(
  lowering: Lowering,
  node: ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration,
): ts.Node {
  const isArrow = ts.isArrowFunction(node);
  const uses = lexicalUses(...node.parameters, node.body);
  const first: ts.Statement[] = [];
  const scope = borrowing(lowering, node, uses, isArrow ? lowering.scope : PLAIN, first);
  const inner = bodyFunction(lowering, node, scope);
  const { modifiers, parameters, body } = calling(lowering, node, scope, inner, first);
  if (isArrow)
    return factory.updateArrowFunction(
      ...[node, modifiers, undefined, parameters, undefined, node.equalsGreaterThanToken, body],
    );
  if (ts.isFunctionExpression(node))
    return factory.updateFunctionExpression(
      ...[node, modifiers, undefined, node.name, undefined, parameters, undefined, body],
    );
  const name = lowering.visit(node.name);
  return factory.updateMethodDeclaration(
    ...[node, modifiers, undefined, name, undefined, undefined, parameters, undefined, body],
  );
}

/** The parts of a function that makes its body by `inner`, once for each call. */
export function calling(
  lowering: Lowering,
  node: AsyncFunction,
  scope: Scope,
  inner: ts.Expression,
  first: readonly ts.Statement[],
) {
  const isArrow = ts.isArrowFunction(node);
  const uses = lexicalUses(...node.parameters, node.body);
  const { parameters, passed } = passing(lowering, node);
  const self = isArrow && !uses.this ? factory.createVoidZero() : factory.createThis();
  const made =
    !isArrow && uses.arguments
      ? callOf(inner, "apply", self, id("arguments"))
      : callOf(inner, "call", self, ...passed);
  const isSimple = node.parameters.every(
    (one) => isPlainParameter(one) || (one.initializer === undefined && ts.isIdentifier(one.name)),
  );
  const answer = started(lowering, scope, isSimple, made);
  const body = factory.createBlock([...first, factory.createReturnStatement(answer)], true);
  return { modifiers: withoutAsync(node), parameters, body };
}

const started = (
  { names }: Lowering,
  { kind }: Scope,
  isSimple: boolean,
  made: ts.Expression,
): ts.Expression => {
  const $ = id(names.runtime);
  if (kind === "generator") return callOf($, "asyncGenerator", made);
  return isSimple ? callOf($, "task", made) : callOf($, "taskOf", arrowOf([], made));
};

export const withoutAsync = (node: AsyncFunction): readonly ts.Modifier[] | undefined =>
  (node.modifiers as readonly ts.Modifier[] | undefined)?.filter(
    ({ kind }) => kind !== ts.SyntaxKind.AsyncKeyword,
  );

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
    first.push(constant(name, value()));
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

/** The parameters and the body, as the generator's. */
export const written = (
  lowering: Lowering,
  node: AsyncFunction,
  scope: Scope,
): [ts.ParameterDeclaration[], ts.Block] =>
  inScope(lowering, scope, () => [
    node.parameters.map((one) => lowering.visit(one)),
    bodyOf(lowering, node.body!),
  ]);

/** `function* f() { … }` */
export function bodyFunction(lowering: Lowering, node: AsyncFunction, scope: Scope): ts.Expression {
  const [parameters, body] = written(lowering, node, scope);
  const name = nameOf(node);
  const own = name !== undefined && isName(name) && !mentions(name, ...parameters, body);
  const inner = factory.createFunctionExpression(
    ...[undefined, star(), own ? name : undefined, undefined, parameters, undefined, body],
  );
  ts.setTextRange(inner, node);
  if (own || name === undefined || name === "") return inner;
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
