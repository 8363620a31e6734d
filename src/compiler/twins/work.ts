/**
 * What the parts of the transformation share: what is decided, names, the function that is being written, and small pieces
 * of syntax.
 */
import ts from "typescript";
import type { Effects } from "./effects.ts";
import type { TwinNames } from "./names.ts";

const { factory } = ts;

/** The function whose code is being written. */
export interface Scope {
  /** A twin: its calls may stop. */
  readonly twin: boolean;
  /** A twin of a generator: each `yield` hands out. */
  readonly hands: boolean;
  /** As a person knows it: for stacks. */
  readonly name: string;
  /** Variables that it needs for halves of expressions. */
  readonly temps: string[];
  /** What stands for these, where the code is not in the function that they belong to any more. */
  readonly this?: string | undefined;
  readonly arguments?: string | undefined;
  readonly newTarget?: string | undefined;
  /** The variable that holds the probe of the scope that is being written. */
  probe?: string | undefined;
  /** A function that reads a property of `super`. */
  readonly super?: string | undefined;
  /** The class whose constructor it was: `super(…)` constructs its parent. */
  readonly made?: MadeClass | undefined;
}

export interface MadeClass {
  /** The variable that holds the class. */
  readonly name: string;
  readonly instance: string;
  readonly target: string;
  readonly derived: boolean;
  readonly adopts: boolean;
  /** The private generator that fills in its fields. */
  readonly fields: string | undefined;
}

/** What stands behind a `#name` of a class around the code. */
export type PrivateMember = "method" | "generator" | "plain" | { get?: string; set?: string };

export interface Work {
  readonly effects: Effects;
  readonly names: TwinNames;
  readonly context: ts.TransformationContext;
  readonly loopsStop: boolean;
  scope: Scope;
  /** Of the classes around, the innermost last. */
  readonly privates: Map<string, { readonly kind: PrivateMember; readonly maker?: string }>[];
  /** Statements for the module's head: what makes plain functions from twins. */
  readonly makers: ts.Statement[];
  /** For the start of the block that is being written: functions linked with their twins. */
  links: ts.Statement[];
  visit<T extends ts.Node>(node: T): T;
  visitChildren<T extends ts.Node>(node: T): T;
  /** The number of the place of `node`. */
  point(node: ts.Node): number;
  /** Whether code, but for the functions within it, may stop. */
  mayStop(node: ts.Node | undefined): boolean;
}

export function within<T>(work: Work, scope: Scope, run: () => T): T {
  const outer = work.scope;
  work.scope = scope;
  try {
    return run();
  } finally {
    work.scope = outer;
  }
}

export const id = (text: string): ts.Identifier => factory.createIdentifier(text);
export const nothing = (): ts.Expression => factory.createVoidZero();
export const text = (value: string): ts.Expression => factory.createStringLiteral(value);

export const assign = (target: ts.Expression, value: ts.Expression): ts.Expression =>
  factory.createParenthesizedExpression(factory.createAssignment(target, value));

export const commas = (...all: ts.Expression[]): ts.Expression =>
  factory.createParenthesizedExpression(
    all.reduce((left, right) => factory.createComma(left, right)),
  );

export const constant = (
  name: string | ts.BindingName,
  value: ts.Expression | undefined,
  flags = ts.NodeFlags.Const,
): ts.VariableStatement =>
  factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(
      [factory.createVariableDeclaration(name, undefined, undefined, value)],
      flags,
    ),
  );

/** `$t.name(…)` */
export function runtime(work: Work, name: string, ...args: ts.Expression[]): ts.CallExpression {
  const callee = factory.createPropertyAccessExpression(id(work.names.runtime), name);
  return factory.createCallExpression(callee, undefined, args);
}

/** A variable of the function that is being written. */
export function temp(work: Work): string {
  const name = work.names.fresh("v");
  work.scope.temps.push(name);
  return name;
}

/** What a call that may stop comes to: `(($r = call) === $S ? yield 17 : $r)`. */
export function result(work: Work, call: ts.Expression, at: ts.Node): ts.Expression {
  const { names } = work;
  return factory.createParenthesizedExpression(
    factory.createConditionalExpression(
      factory.createStrictEquality(assign(id(names.result), call), id(names.suspended)),
      undefined,
      stop(work, at),
      undefined,
      id(names.result),
    ),
  );
}

export const stop = (work: Work, at: ts.Node): ts.Expression =>
  stopAt(work, factory.createNumericLiteral(work.point(at)));

/** `yield 17`, or `yield $t.here(17, $p)` where a debugger can look at the scope. */
export function stopAt(work: Work, point: ts.Expression): ts.Expression {
  const { probe } = work.scope;
  const place = probe === undefined ? point : runtime(work, "here", point, id(probe));
  return factory.createYieldExpression(undefined, place);
}

/** As a statement, whose value nobody wants: `if (call === $S) yield 17;`. */
export function resultStatement(work: Work, call: ts.Expression, at: ts.Node): ts.Statement {
  const made = factory.createIfStatement(
    factory.createStrictEquality(call, id(work.names.suspended)),
    factory.createExpressionStatement(stop(work, at)),
  );
  // TypeScript still looks for the namespaces that it has transformed, to complete the names of their members.
  return ts.setOriginalNode(ts.setTextRange(made, at), at);
}

/** Without parentheses and what TypeScript leaves of erased types. */
export function skip(node: ts.Node): ts.Node {
  let inner = node;
  while (ts.isParenthesizedExpression(inner) || ts.isPartiallyEmittedExpression(inner))
    inner = inner.expression;
  return inner;
}

/** Evaluating it does nothing, and nothing that happens before can change what it gives. */
export const isFixed = (node: ts.Node): boolean =>
  ts.isLiteralExpression(node) ||
  node.kind === ts.SyntaxKind.TrueKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword ||
  node.kind === ts.SyntaxKind.NullKeyword ||
  node.kind === ts.SyntaxKind.ThisKeyword ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  (ts.isVoidExpression(node) && isFixed(node.expression));

/** Evaluating it changes nothing: no other expression can tell when it is evaluated. */
export const isQuiet = (node: ts.Node): boolean =>
  ts.isIdentifier(node) ||
  isFixed(node) ||
  (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) ||
  ((ts.isParenthesizedExpression(node) || ts.isPartiallyEmittedExpression(node)) &&
    isQuiet(node.expression));
