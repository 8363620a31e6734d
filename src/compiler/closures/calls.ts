/**
 * Finds the calls of `explore` and `linearizable`, under whatever name a file has them, and what is given to them: a function that
 * becomes a program, or the options of a check, of which the program is the call itself.
 */
import ts from "typescript";
import type { Binding, Frame, Scopes } from "../scopes/scope.ts";
import { skipOuter } from "../scopes/syntax.ts";

/** Where they come from. */
const MODULE = "threadloom/testing";
const CHECKS = "threadloom:check";
const NAMES = ["explore", "linearizable"] as const;
type Name = (typeof NAMES)[number];

export interface CheckName {
  /** Of the check itself, or of the module that has it. */
  readonly local: string;
  readonly declaration: ts.Node;
}

export interface ExploreCall {
  readonly call: ts.CallExpression;
  /** The argument as it is written: the function, or its name. */
  readonly argument: ts.Expression;
  /** The function itself; absent for the options of a check. */
  readonly frame?: Frame;
  /** Of a check: what it is called by, and what declares that. */
  readonly check?: CheckName;
}

/** In the order of the text. Calls of `explore` with anything but a function of this file in them are none. */
export function findCalls(scopes: Scopes): ExploreCall[] {
  return [...scopes.module.bindings.values()]
    .flatMap((binding) => callees(binding))
    .flatMap((callee) => callAt(callee, scopes) ?? [])
    .sort((one, other) => one.call.pos - other.call.pos);
}

interface Callee extends CheckName {
  readonly expression: ts.Expression;
  readonly name: Name;
}

/** The expressions that are one of them, of a name that the module imports. */
function callees(binding: Binding): Callee[] {
  const [declaration] = binding.declarations;
  const meaning = declaration === undefined ? undefined : meaningOf(declaration, binding.name);
  if (declaration === undefined || meaning === undefined) return [];
  const { name: local } = binding;
  const uses = binding.references.map(({ identifier }) => identifier);
  if (meaning !== "module") {
    return uses.map((expression) => ({ expression, name: meaning, local, declaration }));
  }
  return uses.flatMap(({ parent }) => {
    const name = ts.isPropertyAccessExpression(parent) ? nameOf(parent.name.text) : undefined;
    return name === undefined
      ? []
      : [{ expression: parent as ts.Expression, name, local, declaration }];
  });
}

function nameOf(text: string): Name | undefined {
  return NAMES.find((name) => name === text);
}

/** Whether the declared name is one of them, or the module that has them. */
function meaningOf(declaration: ts.Node, name: string): Name | "module" | undefined {
  if (ts.isImportSpecifier(declaration)) {
    const said = declaration.propertyName ?? declaration.name;
    const { parent } = declaration.parent.parent;
    if (isFrom(parent)) return nameOf(said.text);
    // There it is the same; `linearizable` is what the program itself calls.
    return isFrom(parent, CHECKS) && said.text === "explore" ? "explore" : undefined;
  }
  if (ts.isNamespaceImport(declaration)) {
    return isFrom(declaration.parent.parent) ? "module" : undefined;
  }
  if (ts.isImportClause(declaration)) return isFrom(declaration.parent) ? "module" : undefined;
  if (ts.isVariableDeclaration(declaration) && isRequired(declaration.initializer)) {
    return ts.isIdentifier(declaration.name) ? "module" : requiredName(declaration.name, name);
  }
  return undefined;
}

/** `const { explore: name } = require(…)`. */
function requiredName(pattern: ts.BindingPattern, local: string): Name | undefined {
  for (const element of pattern.elements) {
    if (!ts.isBindingElement(element) || !ts.isIdentifier(element.name)) continue;
    const said = element.propertyName ?? element.name;
    if (element.name.text === local && ts.isIdentifier(said)) return nameOf(said.text);
  }
  return undefined;
}

function isFrom(
  { moduleSpecifier }: ts.ImportDeclaration | ts.JSDocImportTag,
  module = MODULE,
): boolean {
  return ts.isStringLiteralLike(moduleSpecifier) && moduleSpecifier.text === module;
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
  { expression: callee, name, ...check }: Callee,
  { frameOf, bindingOf, module }: Scopes,
): ExploreCall | undefined {
  const call = callee.parent;
  if (!ts.isCallExpression(call) || call.expression !== callee) return undefined;
  const [argument] = call.arguments;
  if (argument === undefined) return undefined;
  if (name === "linearizable") return { call, argument, check };
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
