/** What a site is called in pictures and stories: the variable that gets what is made there, or what is touched. */
import ts from "typescript";
import type { Site } from "../trace/tables.ts";
import type { Module } from "./module.ts";
import { skipOuter, withOuter } from "./scopes/syntax.ts";

/** A receiver's text longer than this names nothing. */
const NAME_LENGTH = 40;

export interface CallSite {
  readonly number: number;
}

export function siteOfCall(
  module: Module,
  node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression,
): CallSite {
  const range = { pos: node.getStart(module.file), end: node.end };
  const callee = skipOuter(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression);
  const member = stdMember(module, callee);
  const kind: Site["kind"] = ts.isNewExpression(node)
    ? "new"
    : member === "spawn" || member === "assert"
      ? member
      : "call";
  // `std.channel()` is of no receiver's making.
  const receiver =
    member === undefined &&
    (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee))
      ? nameOf(module, callee.expression)
      : undefined;
  // What a method gives may have a name too (`const g = db.lock()`), but it is the lock that is spoken of.
  const makes = ts.isNewExpression(node) || receiver === undefined || isFactory(module, callee);
  const name = makes ? takerOf(module, node) : receiver;
  return { number: module.site(range, kind, name) };
}

/** Whether a call makes what it gives, as `TcpListener.bind(0)` does: then that has the name of what gets it. */
function isFactory(module: Module, callee: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const symbol = module.loaded.checker.getSymbolAtLocation(callee.name);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined || !ts.isMethodDeclaration(declaration)) return false;
  const isStatic = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0;
  return isStatic && isStdDeclaration(declaration);
}

/** Whether reading a property may perform an operation: a flag or count that the library computes. */
export function siteOfRead(
  module: Module,
  node: ts.PropertyAccessExpression,
): CallSite | undefined {
  const { parent } = withOuter(node);
  if (ts.isCallExpression(parent) && skipOuter(parent.expression) === node) return undefined;
  if (!ts.isIdentifier(node.name) || ts.isOptionalChain(node)) return undefined;
  const symbol = module.loaded.checker.getSymbolAtLocation(node.name);
  const declaration = symbol?.declarations?.[0];
  if (
    declaration === undefined ||
    (!ts.isPropertySignature(declaration) && !ts.isPropertyDeclaration(declaration))
  )
    return undefined;
  if (!isStdDeclaration(declaration) || declaration.type === undefined) return undefined;
  const { kind } = declaration.type;
  if (kind !== ts.SyntaxKind.BooleanKeyword && kind !== ts.SyntaxKind.NumberKeyword)
    return undefined;
  const range = { pos: node.getStart(module.file), end: node.end };
  return { number: module.site(range, "read", nameOf(module, node.expression)) };
}

/** Whether something is declared in one of the modules `threadloom:*`. */
export function isStdDeclaration(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.isModuleDeclaration(at) && ts.isStringLiteral(at.name))
      return at.name.text.startsWith("threadloom:");
  return false;
}

/** The name in `threadloom:std` that a callee means: `spawn`, also as `std.spawn`, or of a scope (`s.spawn`). */
export function stdMember(module: Module, callee: ts.Node): string | undefined {
  if (ts.isIdentifier(callee)) {
    const used = module.used(callee);
    const target = used && "binding" in used ? module.target(used.binding) : undefined;
    return target?.kind === "std" ? target.name : undefined;
  }
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.name)) return undefined;
  if (ts.isIdentifier(callee.expression)) {
    const used = module.used(callee.expression);
    const target = used && "binding" in used ? module.target(used.binding) : undefined;
    if (target?.kind === "std" && target.name === undefined) return callee.name.text;
  }
  const symbol = module.loaded.checker.getSymbolAtLocation(callee.name);
  const declaration = symbol?.declarations?.[0];
  return declaration !== undefined && isStdDeclaration(declaration) && callee.name.text === "spawn"
    ? "spawn"
    : undefined;
}

function nameOf(module: Module, node: ts.Expression): string | undefined {
  const text = skipOuter(node).getText(module.file);
  return text.length <= NAME_LENGTH && !/[\n({]/.test(text) ? text : undefined;
}

/** What gets the value of an expression: a variable, a field, a property, an array. */
function takerOf(module: Module, node: ts.Node): string | undefined {
  const outer = withOuter(node);
  const { parent } = outer;
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer)
    return firstName(parent.name);
  if (ts.isPropertyDeclaration(parent) && parent.initializer === outer)
    return ts.isComputedPropertyName(parent.name) ? undefined : parent.name.text;
  if (ts.isPropertyAssignment(parent) && parent.initializer === outer)
    return ts.isComputedPropertyName(parent.name) ? undefined : parent.name.text;
  if (
    ts.isBinaryExpression(parent) &&
    parent.right === outer &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    if (ts.isPropertyAccessExpression(parent.left)) return parent.left.name.text;
    return nameOf(module, parent.left);
  }
  if (ts.isArrayLiteralExpression(parent)) return takerOf(module, parent);
  // `Array.from({ length: 5 }, () => new Mutex())`: the array's name.
  if (ts.isArrowFunction(parent) && parent.body === outer) {
    const around = withOuter(parent).parent;
    return ts.isCallExpression(around) &&
      !around.arguments.every((one) => skipOuter(one) !== parent)
      ? takerOf(module, around)
      : undefined;
  }
  return undefined;
}

function firstName(name: ts.BindingName): string | undefined {
  if (ts.isIdentifier(name)) return name.text;
  const first = [...name.elements].find(ts.isBindingElement);
  return first === undefined ? undefined : firstName(first.name);
}
