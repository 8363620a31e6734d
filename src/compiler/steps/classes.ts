/**
 * Classes with `#private` members get a static pair by which the engine takes an instance's private fields and gives
 * them to another, `[$.save]` and `[$.restore]`. Field initialisers of such classes, and of those that extend them, do
 * nothing while an instance is restored; their constructors neither (see parameters.ts).
 *
 * Parameter properties are lowered here rather than by TypeScript, which would put the assignments before what later
 * steps put at the constructor's start.
 */
import ts from "typescript";
import { hasModifier, hasPrivateState, isStatic } from "../classes.ts";
import type { Module } from "../module.ts";
import type { ClassNode } from "../scopes/scope.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

export const classes: Step = {
  name: "classes",
  does: "makes `#private` fields cross, and lowers parameter properties",
  transform: (module) => (context) => (file) => {
    const visit: ts.Visitor = (node) => {
      const inner = ts.visitEachChild(node, visit, context);
      const original = ts.getParseTreeNode(node);
      if (original === undefined) return inner;
      if (ts.isPropertyDeclaration(inner) && module.guarded.has(original))
        return guardedField(module, inner);
      if (ts.isConstructorDeclaration(inner)) return constructor(module, inner);
      if (ts.isClassLike(inner)) return withExtras(module, inner, original as ClassNode);
      return inner;
    };
    return ts.visitEachChild(file, visit, context);
  },
};

/** `x = $.restoring ? void 0 : value` */
function guardedField(module: Module, node: ts.PropertyDeclaration): ts.Node {
  const { build } = module;
  const guarded = factory.createConditionalExpression(
    build.runtime("restoring"),
    undefined,
    build.undefined(),
    undefined,
    node.initializer!,
  );
  return factory.updatePropertyDeclaration(
    node,
    node.modifiers,
    node.name,
    node.questionToken ?? node.exclamationToken,
    node.type,
    guarded,
  );
}

const isProperty = (parameter: ts.ParameterDeclaration): boolean =>
  ts.isParameterPropertyDeclaration(
    ts.getOriginalNode(parameter),
    ts.getOriginalNode(parameter).parent,
  );

/** `constructor(private x = 1) { … }` → `constructor(x = 1) { this.x = x; … }` */
function constructor(module: Module, node: ts.ConstructorDeclaration): ts.Node {
  const properties = node.parameters.filter(isProperty);
  if (properties.length === 0 || node.body === undefined) return node;
  const { build } = module;
  const assignments = properties.map((parameter) => {
    const name = parameter.name as ts.Identifier;
    const binding = module.scopes.bindingOf.get(name)!;
    const field = build.get(factory.createThis(), name.text);
    return ts.setTextRange(build.statement(build.assign(field, module.use(binding))), parameter);
  });
  const { statements } = node.body;
  const start = statements.findIndex(isSuperCall) + 1;
  return factory.updateConstructorDeclaration(
    node,
    node.modifiers,
    node.parameters.map((parameter) =>
      isProperty(parameter)
        ? factory.updateParameterDeclaration(
            parameter,
            parameter.modifiers?.filter(ts.isDecorator),
            parameter.dotDotDotToken,
            parameter.name,
            parameter.questionToken,
            parameter.type,
            parameter.initializer,
          )
        : parameter,
    ),
    factory.updateBlock(node.body, [
      ...statements.slice(0, start),
      ...assignments,
      ...statements.slice(start),
    ]),
  );
}

/** `super(…)` as a statement, perhaps with its site set before it. */
function isSuperCall(statement: ts.Statement): boolean {
  const original = ts.getOriginalNode(statement);
  return (
    ts.isExpressionStatement(original) &&
    ts.isCallExpression(original.expression) &&
    original.expression.expression.kind === ts.SyntaxKind.SuperKeyword
  );
}

function withExtras(
  module: Module,
  node: ts.ClassLikeDeclaration,
  original: ClassNode,
): ts.ClassLikeDeclaration {
  const constructs = original.members.find(
    (member) => ts.isConstructorDeclaration(member) && member.body !== undefined,
  ) as ts.ConstructorDeclaration | undefined;
  const fields = (constructs?.parameters.filter(isProperty) ?? []).map((parameter) =>
    factory.createPropertyDeclaration(
      undefined,
      (parameter.name as ts.Identifier).text,
      undefined,
      undefined,
      undefined,
    ),
  );
  const pair = hasPrivateState(original) ? saveAndRestore(module, original) : [];
  if (fields.length === 0 && pair.length === 0) return node;
  const members = [...fields, ...pair, ...node.members];
  const parts = [node.name, node.typeParameters, node.heritageClauses, members] as const;
  return ts.isClassExpression(node)
    ? factory.updateClassExpression(node, node.modifiers, ...parts)
    : factory.updateClassDeclaration(node, node.modifiers, ...parts);
}

function saveAndRestore(module: Module, node: ClassNode): ts.ClassElement[] {
  const { build } = module;
  const fields = node.members.filter(
    (member): member is ts.PropertyDeclaration =>
      ts.isPropertyDeclaration(member) &&
      !isStatic(member) &&
      (ts.isPrivateIdentifier(member.name) ||
        (hasModifier(member, ts.SyntaxKind.AccessorKeyword) && ts.isIdentifier(member.name))),
  );
  const field = ({ name }: ts.PropertyDeclaration): ts.Expression =>
    factory.createPropertyAccessExpression(
      build.id("o"),
      ts.isPrivateIdentifier(name)
        ? factory.createPrivateIdentifier(name.text)
        : (name as ts.Identifier).text,
    );
  const method = (name: string, parameters: string[], body: ts.Statement[]): ts.ClassElement =>
    factory.createMethodDeclaration(
      [factory.createModifier(ts.SyntaxKind.StaticKeyword)],
      undefined,
      factory.createComputedPropertyName(build.runtime(name)),
      undefined,
      undefined,
      parameters.map((one) => factory.createParameterDeclaration(undefined, undefined, one)),
      undefined,
      build.block(body),
    );
  const saved = factory.createArrayLiteralExpression(fields.map(field));
  const restored = fields.map((one, index) =>
    build.statement(
      build.assign(
        field(one),
        factory.createElementAccessExpression(build.id("v"), build.number(index)),
      ),
    ),
  );
  return [
    method("save", ["o"], [factory.createReturnStatement(saved)]),
    method("restore", ["o", "v"], restored),
  ];
}
