/**
 * `// @final` and `// @invariant`: their expressions, parsed apart, made part of the module. Names mean the module's
 * variables, and `@shared` ones are read as ordinary code reads them, but without a site.
 */
import ts from "typescript";
import type { ConditionAnnotation } from "../loaded.ts";
import type { Module } from "../module.ts";
import { analyseScopes } from "../scopes/analyse.ts";
import type { Binding } from "../scopes/scope.ts";
import { kindOfType } from "../shared/kinds.ts";
import { elementsOf, methodCallOf, readOf, type PathSource } from "../shared/path.ts";

const { factory } = ts;

/** The expression, in terms of the module's variables: to be transformed with the module. */
export function conditionExpression(
  module: Module,
  { expression }: ConditionAnnotation,
): ts.Expression {
  const { build } = module;
  const { checker } = module.loaded;
  const variables = variablesIn(module, expression);

  const typeOf = (node: ts.Expression): ts.Type | undefined => {
    if (ts.isIdentifier(node)) {
      const declaration = variables.get(node)?.declarations[0];
      return declaration && checker.getTypeAtLocation(declaration);
    }
    if (ts.isParenthesizedExpression(node)) return typeOf(node.expression);
    if (ts.isElementAccessExpression(node)) return typeOf(node.expression)?.getNumberIndexType();
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const property = typeOf(node.expression)?.getProperty(node.name.text);
    const declaration = property?.valueDeclaration;
    return property && declaration && checker.getTypeOfSymbolAtLocation(property, declaration);
  };

  const source: PathSource = {
    build,
    isRoot: (node) => {
      const binding = variables.get(node);
      return binding !== undefined && module.shared.has(binding);
    },
    root: (node) => module.use(variables.get(node)!),
    kindOf: (node) => kindOfType(checker, typeOf(node)),
    site: () => 0,
    visit: (node) => ts.visitNode(node, visit) as ts.Expression,
  };

  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isTypeNode(node)) return undefined; // `as T` and type arguments say nothing at run time
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node))
      return visit(node.expression);
    if (ts.isCallExpression(node)) {
      const method = methodCallOf(source, node);
      if (method !== undefined) return method;
    }
    if (ts.isSpreadElement(node)) {
      const elements = elementsOf(source, node.expression);
      if (elements !== undefined) return factory.createSpreadElement(elements);
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      const binding = variables.get(node.name);
      if (binding !== undefined)
        return factory.createPropertyAssignment(
          node.name.text,
          readOf(source, node.name) ?? module.use(binding),
        );
    }
    if (ts.isExpression(node)) {
      const read = readOf(source, node);
      if (read !== undefined) return read;
    }
    if (ts.isIdentifier(node)) {
      const binding = variables.get(node);
      if (binding !== undefined) return module.use(binding);
    }
    const inner = ts.visitEachChild(node, visit, undefined);
    return inner === node ? copyOf(node) : detached(inner);
  };
  return ts.visitNode(expression, visit) as ts.Expression;
}

/** Names of the `@shared` variables that a condition reads. */
export function conditionReads(module: Module, { expression }: ConditionAnnotation): string[] {
  const names = new Set<string>();
  for (const binding of variablesIn(module, expression).values())
    if (module.shared.has(binding)) names.add(binding.name);
  return [...names];
}

/** Which names of an expression mean variables of the module. */
function variablesIn(module: Module, expression: ts.Expression): Map<ts.Node, Binding> {
  const found = new Map<ts.Node, Binding>();
  for (const identifier of analyseScopes(expression.getSourceFile()).unresolved.keys()) {
    const binding = module.scopes.module.bindings.get(identifier.text);
    if (binding !== undefined) found.set(identifier, binding);
  }
  return found;
}

/** Without its place in the other text, which would be taken for a place in the person's file. */
const detached = (node: ts.Node): ts.Node =>
  ts.setOriginalNode(ts.setTextRange(node, { pos: -1, end: -1 }), undefined);

/** A copy of a node without parts, whose text the printer would otherwise look up by its position. */
function copyOf(node: ts.Node): ts.Node {
  if (ts.isIdentifier(node)) return factory.createIdentifier(node.text);
  if (ts.isNumericLiteral(node)) return factory.createNumericLiteral(node.text);
  if (ts.isBigIntLiteral(node)) return factory.createBigIntLiteral(node.text);
  if (ts.isStringLiteral(node)) return factory.createStringLiteral(node.text);
  if (ts.isNoSubstitutionTemplateLiteral(node))
    return factory.createNoSubstitutionTemplateLiteral(node.text, node.rawText);
  if (ts.isTemplateHead(node)) return factory.createTemplateHead(node.text, node.rawText);
  if (ts.isTemplateMiddle(node)) return factory.createTemplateMiddle(node.text, node.rawText);
  if (ts.isTemplateTail(node)) return factory.createTemplateTail(node.text, node.rawText);
  if (ts.isRegularExpressionLiteral(node)) return factory.createRegularExpressionLiteral(node.text);
  if (ts.isArrayLiteralExpression(node)) return factory.createArrayLiteralExpression();
  if (ts.isObjectLiteralExpression(node)) return factory.createObjectLiteralExpression();
  return node; // keywords and operators: their kind is all there is
}
