/** What the parts of the step share: the function that is being written, and what stands for what it borrows. */
import ts from "typescript";
import type { Names } from "../names.ts";

/** The code of one function. */
export interface Scope {
  /** What it becomes a generator for. */
  readonly kind: "plain" | "task" | "generator";
  /** What stands for these, where the code is not in the function that they belong to any more. */
  readonly arguments?: string | undefined;
  readonly newTarget?: string | undefined;
  readonly super?: string | undefined;
}

export const PLAIN: Scope = { kind: "plain" };

export interface Lowering {
  readonly names: Names;
  readonly context: ts.TransformationContext;
  scope: Scope;
  /** In the members of a class: what replaces its async methods. */
  replaced: ts.Expression[] | undefined;
  readonly visit: <T extends ts.Node>(node: T) => T;
  /** What stands where one stood: several members or statements, perhaps. */
  readonly visitNode: (node: ts.Node) => ts.VisitResult<ts.Node>;
  readonly visitChildren: <T extends ts.Node>(node: T) => T;
}

export function inScope<T>(lowering: Lowering, scope: Scope, run: () => T): T {
  const outer = lowering.scope;
  lowering.scope = scope;
  try {
    return run();
  } finally {
    lowering.scope = outer;
  }
}

const { factory } = ts;

export const id = (text: string): ts.Identifier => factory.createIdentifier(text);

/** `object.name(…)` */
export const callOf = (
  object: ts.Expression,
  name: string,
  ...args: readonly ts.Expression[]
): ts.CallExpression =>
  factory.createCallExpression(
    factory.createPropertyAccessExpression(object, name),
    undefined,
    args,
  );

/** `yield value`: in a task, to await it. */
export const awaited = (value: ts.Expression | undefined): ts.YieldExpression =>
  factory.createYieldExpression(undefined, value);
