/** Finds the calls of `explore`, under whatever name a file has it, and the functions that are given to them. */
import ts from "typescript";
import type { Binding, Frame, Scopes } from "../scopes/scope.ts";
import { skipOuter } from "../scopes/syntax.ts";

/** Where `explore` comes from. */
const MODULE = "threadloom/testing";
const NAME = "explore";

export interface ExploreCall {
  readonly call: ts.CallExpression;
  /** The argument as it is written: the function, or its name. */
  readonly argument: ts.Expression;
  /** The function itself. */
  readonly frame: Frame;
}

/** In the order of the text. Calls with anything but a function of this file in them are none. */
export function findCalls(scopes: Scopes): ExploreCall[] {
  return [...scopes.module.bindings.values()]
    .flatMap((binding) => callees(binding))
    .flatMap((callee) => callAt(callee, scopes) ?? [])
    .sort((one, other) => one.call.pos - other.call.pos);
}

/** The expressions that are `explore`, of a name that the module imports. */
function callees(binding: Binding): ts.Expression[] {
  const [declaration] = binding.declarations;
  const meaning = declaration === undefined ? undefined : meaningOf(declaration);
  if (meaning === undefined) return [];
  const uses = binding.references.map(({ identifier }) => identifier);
  if (meaning === "explore") return uses;
  return uses.flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) && parent.name.text === NAME ? [parent] : [],
  );
}

/** Whether the declared name is `explore` itself, or the module that has it. */
function meaningOf(declaration: ts.Node): "explore" | "module" | undefined {
  if (ts.isImportSpecifier(declaration)) {
    const { propertyName, name } = declaration;
    const isIt = (propertyName ?? name).text === NAME;
    return isIt && isFrom(declaration.parent.parent.parent) ? "explore" : undefined;
  }
  if (ts.isNamespaceImport(declaration)) {
    return isFrom(declaration.parent.parent) ? "module" : undefined;
  }
  if (ts.isImportClause(declaration)) return isFrom(declaration.parent) ? "module" : undefined;
  if (ts.isVariableDeclaration(declaration) && isRequired(declaration.initializer)) {
    return ts.isIdentifier(declaration.name) ? "module" : "explore";
  }
  return undefined;
}

function isFrom({ moduleSpecifier }: ts.ImportDeclaration | ts.JSDocImportTag): boolean {
  return ts.isStringLiteralLike(moduleSpecifier) && moduleSpecifier.text === MODULE;
}

function isRequired(value: ts.Expression | undefined): boolean {
  return (
    value !== undefined &&
    ts.isCallExpression(value) &&
    ts.isIdentifier(value.expression) &&
    value.expression.text === "require" &&
    value.arguments.some((one) => ts.isStringLiteralLike(one) && one.text === MODULE)
  );
}

function callAt(
  callee: ts.Expression,
  { frameOf, bindingOf, module }: Scopes,
): ExploreCall | undefined {
  const call = callee.parent;
  if (!ts.isCallExpression(call) || call.expression !== callee) return undefined;
  const [argument] = call.arguments;
  if (argument === undefined) return undefined;
  const value = skipOuter(argument);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) {
    return { call, argument, frame: frameOf.get(value)! };
  }
  if (!ts.isIdentifier(value)) return undefined;
  const binding = bindingOf.get(value);
  const isOwn =
    binding?.scope === module && binding.literal?.node.kind !== ts.SyntaxKind.ClassExpression;
  return isOwn && binding.literal !== undefined
    ? { call, argument, frame: binding.literal }
    : undefined;
}
