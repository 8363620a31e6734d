/**
 * Async methods. One of a class becomes a generator method in its place, so that `super`, `this` and private names are what
 * they were; what programs see is put there as soon as the class exists:
 *
 *     class A { static { $.asyncMethod(this.prototype, "m", false); } *m() { … } }
 *
 * A private method calls a private generator beside it. One of an object is a property; those with `super` or a computed key
 * make their generator function in each call.
 */
import ts from "typescript";
import { lexicalUses } from "../twins/lexical.ts";
import { star } from "../twins/pieces.ts";
import { bodyFunction, calling, eachCall, withoutAsync, written } from "./functions.ts";
import { callOf, id, inScope, type Lowering, PLAIN, type Scope } from "./scope.ts";

const { factory } = ts;

const isStatic = (node: ts.MethodDeclaration): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;

/** A key that can be evaluated a second time. */
function keyOf(name: ts.PropertyName): ts.Expression | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name))
    return factory.createStringLiteral(name.text);
  if (ts.isNumericLiteral(name)) return factory.createNumericLiteral(name.text);
  if (!ts.isComputedPropertyName(name)) return undefined;
  const { expression } = name;
  const isWellKnown =
    ts.isPropertyAccessExpression(expression) &&
    ts.isIdentifier(expression.expression) &&
    expression.expression.text === "Symbol";
  return isWellKnown ? expression : undefined;
}

export function lowerMethod(lowering: Lowering, node: ts.MethodDeclaration): ts.Node | ts.Node[] {
  const scope: Scope = { kind: node.asteriskToken === undefined ? "task" : "generator" };
  if (ts.isPrivateIdentifier(node.name)) return privateMethod(lowering, node, node.name, scope);
  const key = keyOf(node.name);
  const { replaced } = lowering;
  if (replaced !== undefined && key !== undefined) {
    const holder = isStatic(node)
      ? factory.createThis()
      : factory.createPropertyAccessExpression(factory.createThis(), "prototype");
    const isGenerator = scope.kind === "generator" ? factory.createTrue() : factory.createFalse();
    replaced.push(callOf(id(lowering.names.runtime), "asyncMethod", holder, key, isGenerator));
    return generatorMethod(lowering, node, node.name, scope);
  }
  const isProperty =
    replaced === undefined &&
    !ts.isComputedPropertyName(node.name) &&
    !lexicalUses(...node.parameters, node.body).super;
  if (!isProperty) return eachCall(lowering, node);
  const how = scope.kind === "generator" ? "asyncGeneratorFunction" : "async";
  const made = callOf(id(lowering.names.runtime), how, bodyFunction(lowering, node, scope));
  const property = factory.createPropertyAssignment(node.name, ts.setTextRange(made, node));
  return ts.setTextRange(property, node);
}

function generatorMethod(
  lowering: Lowering,
  node: ts.MethodDeclaration,
  name: ts.PropertyName,
  scope: Scope,
): ts.MethodDeclaration {
  const [parameters, body] = written(lowering, node, scope);
  const visited = ts.isComputedPropertyName(name) ? lowering.visit(name) : name;
  const made = factory.createMethodDeclaration(
    ...[withoutAsync(node), star(), visited, undefined, undefined, parameters, undefined, body],
  );
  return ts.setTextRange(made, node);
}

function privateMethod(
  lowering: Lowering,
  node: ts.MethodDeclaration,
  name: ts.PrivateIdentifier,
  scope: Scope,
): ts.Node[] {
  const beside = factory.createPrivateIdentifier(`#${lowering.names.fresh(name.text.slice(1))}`);
  const inner = factory.createPropertyAccessExpression(factory.createThis(), beside);
  const { modifiers, parameters, body } = calling(lowering, node, scope, inner, []);
  return [
    factory.updateMethodDeclaration(
      ...[node, modifiers, undefined, name, undefined, undefined, parameters, undefined, body],
    ),
    generatorMethod(lowering, node, beside, scope),
  ];
}

/** A class, whose methods are replaced before any of its own code runs. */
export function lowerClass<T extends ts.ClassLikeDeclaration>(lowering: Lowering, node: T): T {
  const outer = lowering.replaced;
  const replaced: ts.Expression[] = [];
  lowering.replaced = replaced;
  const inner = ts.visitEachChild(
    node,
    (child) => {
      if (ts.isClassElement(child)) return lowering.visitNode(child);
      // Its heritage is no part of it.
      lowering.replaced = outer;
      const visited = lowering.visit(child);
      lowering.replaced = replaced;
      return visited;
    },
    lowering.context,
  );
  lowering.replaced = outer;
  if (replaced.length === 0) return inner;
  const block = factory.createClassStaticBlockDeclaration(
    factory.createBlock(
      replaced.map((one) => factory.createExpressionStatement(one)),
      true,
    ),
  );
  return withMembers(inner, [block, ...inner.members]) as T;
}

function withMembers(
  node: ts.ClassLikeDeclaration,
  members: readonly ts.ClassElement[],
): ts.ClassLikeDeclaration {
  const { modifiers, name, typeParameters, heritageClauses } = node;
  return ts.isClassDeclaration(node)
    ? factory.updateClassDeclaration(
        ...[node, modifiers, name, typeParameters, heritageClauses, members],
      )
    : factory.updateClassExpression(
        ...[node, modifiers, name, typeParameters, heritageClauses, members],
      );
}

/** Of an object: its methods are not those of the class around it. */
export function lowerObject(
  lowering: Lowering,
  node: ts.ObjectLiteralExpression,
): ts.ObjectLiteralExpression {
  const outer = lowering.replaced;
  lowering.replaced = undefined;
  const inner = lowering.visitChildren(node);
  lowering.replaced = outer;
  return inner;
}

/** What a member becomes a generator for is no business of the code within; its computed name is of what is around it. */
export function lowerMember<T extends ts.Node>(lowering: Lowering, node: T): T {
  const { name } = node as Partial<ts.NamedDeclaration>;
  return ts.visitEachChild(
    node,
    (child) =>
      child === name
        ? lowering.visit(child)
        : inScope(lowering, PLAIN, () => lowering.visitNode(child)),
    lowering.context,
  );
}
