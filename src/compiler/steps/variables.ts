/**
 * Variables: those that live in boxes are declared, read and written there; imports become what they mean; function
 * declarations are created at the start of their scope, as ECMA-262 does, but as values that a later step can lift.
 *
 * Since `x.v` is an assignment target, every kind of read and write is the same replacement, with three exceptions:
 * shorthand properties get their name back, calls keep `this` undefined by `(0, f.v)()`, and declarations become
 * assignments.
 *
 * Left out: where a variable lives in a box, assigning to a constant, or before the declaration, does not throw.
 * TypeScript points out the first, and the second where it can.
 */
import ts from "typescript";
import { TRANSFORM_MESSAGES } from "../../base/catalogue/transform.ts";
import { lateFile } from "../late-imports.ts";
import type { Module } from "../module.ts";
import { boundNames, isLexical } from "../scopes/declare.ts";
import type { Binding } from "../scopes/scope.ts";
import { skipOuter } from "../scopes/syntax.ts";
import { lowerEnum } from "./enums.ts";
import { boxLoop } from "./loops.ts";
import { visitFunction } from "./parameters.ts";
import { assignmentTarget } from "./patterns.ts";
import { scopeStart } from "./scope-start.ts";
import type { Step } from "./step.ts";
import { expressionOf, isBoxed, plainReference } from "./variable-references.ts";
import { boxInPlace, type VariablesVisitor } from "./variables-visitor.ts";

const { factory } = ts;

export const variables: Step = {
  name: "variables",
  does: "puts shared variables into boxes and resolves imports",
  transform: (module) => (context) => (file) =>
    ts.visitNode(file, makeVisitor(module, context)) as ts.SourceFile,
};

function makeVisitor(module: Module, context: ts.TransformationContext): ts.Visitor {
  const { build } = module;
  const visitor: VariablesVisitor = {
    module,
    functions: new Map(),
    unfolding: new Map(),
    visit: (node) => ts.visitNode(node, visit) as typeof node,
    visitChildren: (node) => ts.visitEachChild(node, visit, context),
    isBoxedDeclaration: (declaration) =>
      [...boundNames(declaration.name)].some((name) => isBoxed(module, name)),
    assignDeclared(declaration, keepsNothing) {
      const value = declaration.initializer && visitor.visit(declaration.initializer);
      if (value === undefined && keepsNothing) return undefined;
      const target = assignmentTarget(
        declaration.name,
        (name) => build.get(build.id(name.text), "v"),
        visitor.visit,
      );
      return ts.setTextRange(build.assign(target, value ?? build.undefined()), declaration);
    },
  };

  const visit = (node: ts.Node): ts.VisitResult<ts.Node | undefined> => {
    const original = ts.getOriginalNode(node);
    if (ts.isIdentifier(node)) return expressionOf(module, node) ?? node;
    if (ts.isPropertyAccessExpression(node)) {
      const member = module.namespaceMembers.get(original);
      if (member !== undefined) return ts.setTextRange(plainReference(module, member), node);
    }
    if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const own = lateFile(module, node);
      if (own !== undefined)
        return ts.setTextRange(
          build.callModule("imported", build.number(module.imports.of(own))),
          node,
        );
      const args = ts.visitNodes(node.arguments, visit, ts.isExpression);
      return ts.setTextRange(build.callModule("import", ...args), node);
    }
    if (ts.isCallExpression(node)) {
      const callee = detached(node.expression);
      if (callee !== undefined)
        return factory.updateCallExpression(
          node,
          callee,
          node.typeArguments,
          ts.visitNodes(node.arguments, visit, ts.isExpression),
        );
    }
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = detached(node.tag);
      if (tag !== undefined)
        return factory.updateTaggedTemplateExpression(
          node,
          tag,
          node.typeArguments,
          visitor.visit(node.template),
        );
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return build.module("meta");
    if (ts.isVariableStatement(node)) return variableStatement(node);
    if (ts.isFunctionDeclaration(node) && module.literals.of.has(original)) {
      visitor.functions.set(original, visitFunction(visitor, node) as ts.FunctionDeclaration);
      return undefined; // created at the start of its scope
    }
    if (ts.isClassDeclaration(node) && module.literals.of.has(original))
      return classDeclaration(node);
    if (ts.isEnumDeclaration(node)) return enumDeclaration(node);
    if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node))
      return boxLoop(visitor, node);
    if (ts.isSwitchStatement(node)) return switchStatement(node);
    if (ts.isCatchClause(node)) return catchClause(node);
    if (ts.isBlock(node)) return block(node);
    if (ts.isArrowFunction(node)) return arrow(node);
    if (ts.isFunctionLike(node) && "body" in node) return visitFunction(visitor, node);
    if (ts.isModuleDeclaration(node)) return namespaceDeclaration(node);
    return ts.visitEachChild(node, visit, context);
  };

  const shorthand = (node: ts.ShorthandPropertyAssignment): ts.Node => {
    const value = expressionOf(module, node.name);
    const fallback =
      node.objectAssignmentInitializer && visitor.visit(node.objectAssignmentInitializer);
    if (value === undefined)
      return factory.updateShorthandPropertyAssignment(node, node.name, fallback);
    return ts.setTextRange(
      factory.createPropertyAssignment(
        node.name.text,
        fallback === undefined ? value : build.assign(value, fallback),
      ),
      node,
    );
  };

  /** A callee that became a member of something: called without it as `this`. */
  const detached = (callee: ts.Expression): ts.Expression | undefined => {
    const inner = skipOuter(callee);
    const member = module.namespaceMembers.get(ts.getOriginalNode(inner));
    const value = ts.isIdentifier(inner)
      ? expressionOf(module, inner)
      : member && plainReference(module, member);
    if (value === undefined || !ts.isPropertyAccessExpression(value)) return undefined;
    if (ts.isIdentifier(value.expression) && isStd(value.expression.text)) return value;
    return ts.setTextRange(build.comma(build.number(0), ts.setTextRange(value, inner)), inner);
  };
  const isStd = (name: string): boolean =>
    module.stds.items.some((_, index) => module.names.std(index) === name);

  const variableStatement = (node: ts.VariableStatement): ts.VisitResult<ts.Node | undefined> => {
    const { declarations } = node.declarationList;
    if (!declarations.some(visitor.isBoxedDeclaration))
      return ts.visitEachChild(node, visit, context);
    const statements: ts.Statement[] = [];
    for (const declaration of declarations) {
      if (visitor.isBoxedDeclaration(declaration)) {
        const assignment = visitor.assignDeclared(declaration, !isLexical(node.declarationList));
        if (assignment !== undefined)
          statements.push(ts.setTextRange(build.statement(parenthesized(assignment)), declaration));
      } else {
        const list = factory.createVariableDeclarationList(
          [visitor.visit(declaration)],
          node.declarationList.flags,
        );
        statements.push(
          ts.setTextRange(factory.createVariableStatement(undefined, list), declaration),
        );
      }
    }
    return statements;
  };

  /** An object pattern cannot begin a statement. */
  const parenthesized = (assignment: ts.Expression): ts.Expression =>
    ts.isBinaryExpression(assignment) && ts.isObjectLiteralExpression(assignment.left)
      ? factory.createParenthesizedExpression(assignment)
      : assignment;

  const classDeclaration = (node: ts.ClassDeclaration): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    const expression = factory.createClassExpression(
      inner.modifiers?.filter(ts.isDecorator),
      inner.name,
      inner.typeParameters,
      inner.heritageClauses,
      inner.members,
    );
    ts.setOriginalNode(ts.setTextRange(expression, node), node);
    const name = node.name!;
    const binding = module.scopes.bindingOf.get(name)!;
    return ts.setTextRange(defined(binding, expression, name), node);
  };

  const defined = (binding: Binding, value: ts.Expression, name: ts.Identifier): ts.Statement => {
    if (module.boxed.has(binding))
      return build.statement(build.assign(build.get(build.id(binding.name), "v"), value));
    const assigned = binding.references.some((reference) => reference.write);
    return build.constant(name, value, assigned ? ts.NodeFlags.Let : ts.NodeFlags.Const);
  };

  const enumDeclaration = (node: ts.EnumDeclaration): ts.VisitResult<ts.Node | undefined> => {
    const binding = module.scopes.bindingOf.get(node.name);
    // One in a namespace, or of which only types exist, is TypeScript's own business.
    if (binding === undefined || binding.scope.kind === "namespace") return node;
    const boxed = module.boxed.has(binding);
    const before =
      binding.declarations[0] === ts.getOriginalNode(node)
        ? undefined
        : boxed
          ? build.get(build.id(binding.name), "v")
          : build.id(binding.name);
    const value = lowerEnum(visitor, node, before);
    if (boxed) return build.statement(build.assign(build.get(build.id(binding.name), "v"), value));
    return build.constant(node.name.text, value, ts.NodeFlags.None);
  };

  const namespaceDeclaration = (node: ts.ModuleDeclaration): ts.VisitResult<ts.Node> => {
    const inner = ts.visitEachChild(node, visit, context);
    const binding = ts.isIdentifier(node.name) ? module.scopes.bindingOf.get(node.name) : undefined;
    const original = ts.getOriginalNode(node);
    if (binding?.kind === "function" || binding?.kind === "class")
      module.report(
        TRANSFORM_MESSAGES.mergedNamespace,
        { name: binding.name },
        { pos: original.getStart(module.file), end: node.name.end },
      );
    if (binding === undefined || !module.boxed.has(binding)) return inner;
    // TypeScript declares the namespace's own name: its box goes by another.
    const box = build.get(build.id(module.boxNameOf(binding)), "v");
    return [inner, build.statement(build.assign(box, build.id(binding.name)))];
  };

  const block = (node: ts.Block): ts.Node => {
    const original = ts.getOriginalNode(node);
    const scope = module.scopes.scopeOf.get(scopeNode(original));
    const inner = ts.visitEachChild(node, visit, context);
    if (scope === undefined) return inner;
    const start = scopeStart(visitor, scope);
    if (start.length === 0) return inner;
    return factory.updateBlock(inner, [...start, ...inner.statements]);
  };

  /** An arrow without a block gets one where its scope begins with something. */
  const arrow = (node: ts.ArrowFunction): ts.Node => {
    const scope = module.scopes.scopeOf.get(ts.getOriginalNode(node));
    const inner = visitFunction(visitor, node) as ts.ArrowFunction;
    const isOurs = ts.isBlock(inner.body) && ts.getParseTreeNode(inner.body) === undefined;
    if ((ts.isBlock(inner.body) && !isOurs) || scope === undefined) return inner;
    const start = scopeStart(visitor, scope);
    if (start.length === 0) return inner;
    const rest = ts.isBlock(inner.body)
      ? inner.body.statements
      : [ts.setTextRange(factory.createReturnStatement(inner.body), inner.body)];
    return factory.updateArrowFunction(
      inner,
      inner.modifiers,
      inner.typeParameters,
      inner.parameters,
      inner.type,
      inner.equalsGreaterThanToken,
      build.block([...start, ...rest]),
    );
  };

  /** A switch has no place for statements at its scope's start but around it, after what it switches on. */
  const switchStatement = (node: ts.SwitchStatement): ts.Node => {
    const scope = module.scopes.scopeOf.get(ts.getOriginalNode(node.caseBlock));
    const inner = ts.visitEachChild(node, visit, context);
    const start = scope === undefined ? [] : scopeStart(visitor, scope);
    if (start.length === 0) return inner;
    const on = module.names.fresh("s");
    const held = build.constant(on, inner.expression);
    const rest = factory.updateSwitchStatement(inner, build.id(on), inner.caseBlock);
    return build.block([held, build.block([...start, rest])]);
  };

  const catchClause = (node: ts.CatchClause): ts.Node => {
    const inner = ts.visitEachChild(node, visit, context);
    const scope = module.scopes.scopeOf.get(ts.getOriginalNode(node));
    const boxes = [...(scope?.bindings.values() ?? [])].filter((binding) =>
      module.boxed.has(binding),
    );
    if (boxes.length === 0) return inner;
    return factory.updateCatchClause(
      inner,
      inner.variableDeclaration,
      factory.updateBlock(inner.block, [
        ...boxes.map((binding) => boxInPlace(module, binding)),
        ...inner.block.statements,
      ]),
    );
  };

  return visit;
}

/** The node that the scope of a block is known by: a function's, where the block is its body. */
function scopeNode(block: ts.Node): ts.Node {
  const parent = block.parent as ts.Node | undefined;
  return parent !== undefined &&
    (ts.isFunctionLike(parent) || ts.isClassStaticBlockDeclaration(parent))
    ? parent
    : block;
}
