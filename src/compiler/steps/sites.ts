/**
 * Sites: each call and `new` that may perform an operation, and each property of ours whose read may, stores its place
 * in `$.site` as the last thing before it happens: around the last argument, else around the receiver.
 *
 * Calls that TypeScript resolves to a declaration in its own library get none, but for `console` and those that are
 * passed something of ours. An `await` has a place, at which its task stands.
 */
import ts from "typescript";
import { isLibraryCall, type Module } from "../module.ts";
import { isStdDeclaration, siteOfCall, siteOfRead, type CallSite } from "../site-names.ts";
import { skipOuter } from "../scopes/syntax.ts";
import { isAsync } from "../twins/declared.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

export const sites: Step = {
  name: "sites",
  does: "gives each instrumented place its number",
  transform: (module) => (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      const original = ts.getParseTreeNode(node);
      if (original !== undefined) {
        if (ts.isCallExpression(node) && ts.isCallExpression(original)) {
          const site = needsSite(module, original) ? siteOfCall(module, original) : undefined;
          const inner = ts.visitEachChild(node, visit, context);
          return site === undefined ? inner : markCall(module, inner, site);
        }
        if (ts.isNewExpression(node) && ts.isNewExpression(original)) {
          const site = needsSite(module, original) ? siteOfCall(module, original) : undefined;
          const inner = ts.visitEachChild(node, visit, context);
          return site === undefined ? inner : markNew(module, inner, site);
        }
        if (ts.isTaggedTemplateExpression(node) && ts.isTaggedTemplateExpression(original)) {
          const site = isLibraryCall(module.loaded, original)
            ? undefined
            : siteOfCall(module, original);
          const inner = ts.visitEachChild(node, visit, context);
          return site === undefined ? inner : markTag(module, inner, site);
        }
        if (ts.isPropertyAccessExpression(node) && ts.isPropertyAccessExpression(original)) {
          const site = siteOfRead(module, original);
          const inner = ts.visitEachChild(node, visit, context);
          return site === undefined ? inner : markReceiver(module, inner, site.number);
        }
        if (ts.isForOfStatement(node) && ts.isForOfStatement(original)) {
          const inner = ts.visitEachChild(node, visit, context);
          const iterable = iterate(
            module,
            original.expression,
            inner.expression,
            original.awaitModifier,
          );
          return factory.updateForOfStatement(
            inner,
            inner.awaitModifier,
            inner.initializer,
            iterable,
            inner.statement,
          );
        }
        if (ts.isVariableDeclaration(node) && ts.isVariableDeclaration(original)) {
          const inner = ts.visitEachChild(node, visit, context);
          const { initializer } = original;
          if (!ts.isArrayBindingPattern(original.name) || initializer === undefined) return inner;
          const value = iterate(module, initializer, inner.initializer!);
          return factory.updateVariableDeclaration(
            inner,
            inner.name,
            inner.exclamationToken,
            inner.type,
            value,
          );
        }
        if (ts.isYieldExpression(node) && ts.isYieldExpression(original)) {
          const inner = ts.visitEachChild(node, visit, context);
          if (inner.asteriskToken === undefined) return inner;
          const around = ts.findAncestor(original, ts.isFunctionLike);
          const awaits = around !== undefined && isAsync(around) ? around : undefined;
          const value = iterate(module, original.expression!, inner.expression!, awaits);
          return factory.updateYieldExpression(inner, inner.asteriskToken, value);
        }
        if (ts.isAwaitExpression(node) && ts.isAwaitExpression(original)) {
          const inner = ts.visitEachChild(node, visit, context);
          const range = { pos: original.getStart(module.file), end: original.end };
          const site = module.site(range, "await");
          return factory.updateAwaitExpression(inner, module.build.at(site, inner.expression));
        }
        if (ts.isSpreadElement(node) && ts.isSpreadElement(original) && !isTarget(original)) {
          const inner = ts.visitEachChild(node, visit, context);
          return factory.updateSpreadElement(
            inner,
            iterate(module, original.expression, inner.expression),
          );
        }
      }
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitEachChild(file, visit, context);
  },
};

function needsSite(module: Module, node: ts.CallExpression | ts.NewExpression): boolean {
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return false;
  const callee = skipOuter(node.expression);
  if (ts.isIdentifier(callee) && callee.text === "require" && module.scopes.unresolved.has(callee))
    return false;
  if (!isLibraryCall(module.loaded, node) || isConsole(module, callee)) return true;
  // `Array.from(rx)`: what is ours may perform wherever it is passed.
  const { checker } = module.loaded;
  return (node.arguments ?? []).some((one) =>
    checker.getTypeAtLocation(one).getSymbol()?.declarations?.some(isStdDeclaration),
  );
}

function isConsole(module: Module, callee: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const receiver = skipOuter(callee.expression);
  return (
    ts.isIdentifier(receiver) &&
    receiver.text === "console" &&
    module.scopes.unresolved.has(receiver)
  );
}

/** The last argument, with the site set when it has been evaluated. */
function markLast(
  module: Module,
  args: readonly ts.Expression[],
  site: number,
): readonly ts.Expression[] {
  const last = args.at(-1)!;
  const marked = ts.isSpreadElement(last)
    ? factory.updateSpreadElement(last, module.build.at(site, last.expression))
    : module.build.at(site, last);
  return [...args.slice(0, -1), marked];
}

function markCall(module: Module, node: ts.CallExpression, { number }: CallSite): ts.Expression {
  const { build } = module;
  const update = (callee: ts.Expression, args: readonly ts.Expression[]): ts.Expression =>
    ts.isCallChain(node)
      ? factory.updateCallChain(node, callee, node.questionDotToken, node.typeArguments, args)
      : factory.updateCallExpression(node, callee, node.typeArguments, args);
  if (node.arguments.length > 0)
    return update(node.expression, markLast(module, node.arguments, number));
  // `x?.m!()` is one chain: wrapping what stands before the call would cut it.
  const callee = ts.isNonNullChain(node.expression) ? node.expression.expression : node.expression;
  const before = (): ts.Expression => build.comma(build.setSite(number), node);
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return before();
  if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) {
    if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return before();
    if (isInChain(callee) && ts.isPrivateIdentifier(callee.name)) return before();
    return update(markReceiver(module, callee, number), []);
  }
  if (ts.isIdentifier(callee)) return update(build.comma(build.setSite(number), callee), []);
  if (ts.isParenthesizedExpression(callee)) {
    const inner = skipOuter(callee);
    if (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner))
      return before();
  }
  return update(build.at(number, callee), []);
}

/** In the middle of an optional chain the receiver cannot be wrapped without cutting the chain: its key is. */
function isInChain(node: ts.Node): node is ts.PropertyAccessChain {
  return ts.isPropertyAccessChain(node) && node.questionDotToken === undefined;
}

/** `$.at(7, db).lock`; a computed key comes after the receiver, so it is wrapped instead. */
function markReceiver(
  module: Module,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  site: number,
): ts.Expression {
  const { at } = module.build;
  if (ts.isElementAccessExpression(node)) {
    const key = at(site, node.argumentExpression);
    return ts.isElementAccessChain(node)
      ? factory.updateElementAccessChain(node, node.expression, node.questionDotToken, key)
      : factory.updateElementAccessExpression(node, node.expression, key);
  }
  if (isInChain(node) && !ts.isPrivateIdentifier(node.name)) {
    const key = ts.setTextRange(at(site, module.build.text(node.name.text)), node.name);
    return factory.createElementAccessChain(node.expression, undefined, key);
  }
  const receiver = at(site, node.expression);
  return ts.isPropertyAccessChain(node)
    ? factory.updatePropertyAccessChain(node, receiver, node.questionDotToken, node.name)
    : factory.updatePropertyAccessExpression(node, receiver, node.name);
}

function markNew(module: Module, node: ts.NewExpression, { number }: CallSite): ts.Expression {
  const { build } = module;
  if (node.arguments === undefined || node.arguments.length === 0)
    return build.comma(build.setSite(number), node);
  return factory.updateNewExpression(
    node,
    node.expression,
    node.typeArguments,
    markLast(module, node.arguments, number),
  );
}

function markTag(
  module: Module,
  node: ts.TaggedTemplateExpression,
  { number }: CallSite,
): ts.Expression {
  const { build } = module;
  const { tag, template } = node;
  const last = ts.isTemplateExpression(template) ? template.templateSpans.at(-1) : undefined;
  if (!ts.isTemplateExpression(template) || last === undefined) {
    const marked =
      ts.isPropertyAccessExpression(tag) || ts.isElementAccessExpression(tag)
        ? markReceiver(module, tag, number)
        : build.comma(build.setSite(number), tag);
    return factory.updateTaggedTemplateExpression(node, marked, node.typeArguments, template);
  }
  const span = factory.updateTemplateSpan(last, build.at(number, last.expression), last.literal);
  return factory.updateTaggedTemplateExpression(
    node,
    tag,
    node.typeArguments,
    factory.updateTemplateExpression(template, template.head, [
      ...template.templateSpans.slice(0, -1),
      span,
    ]),
  );
}

/**
 * What is looped over or spread, where it may be a receiver: every step of it is an operation. `awaits`: what makes the steps
 * asynchronous; what is iterated is asked for another iterator then.
 */
function iterate(
  module: Module,
  original: ts.Expression,
  value: ts.Expression,
  awaits?: ts.Node,
): ts.Expression {
  const range = { pos: original.getStart(module.file), end: original.end };
  if (awaits !== undefined) return module.build.at(module.site(range, "await"), value);
  if (!mayPerform(module, original)) return value;
  const name = ts.isIdentifier(original) ? original.text : undefined;
  const number = module.site(range, "iterate", name);
  return module.build.callRuntime("iterate", module.build.number(number), value);
}

/** Arrays, strings and what TypeScript's own library iterates perform nothing of ours. */
function mayPerform(module: Module, node: ts.Expression): boolean {
  const { checker, program } = module.loaded;
  const type = checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => {
    if ((part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0)
      return false;
    if (checker.isArrayType(part) || checker.isTupleType(part)) return false;
    const declarations = part.getSymbol()?.getDeclarations();
    return !declarations?.every((declaration) =>
      program.isSourceFileDefaultLibrary(declaration.getSourceFile()),
    );
  });
}

/** A rest element of a pattern that assigns. */
function isTarget(node: ts.SpreadElement): boolean {
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent))
      return parent.left === at && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent))
      return parent.initializer === at;
    if (
      !ts.isArrayLiteralExpression(parent) &&
      !ts.isObjectLiteralElementLike(parent) &&
      !ts.isObjectLiteralExpression(parent)
    )
      return false;
  }
  return false;
}
