/**
 * Lifts functions and classes to the module's level, each as a factory over its environment, so that another thread can
 * make it again from the values that cross:
 *
 *     const $l1 = (db, i) => $m.fn(1, [db, i], () => …);   $m.factory(1, $l1);        … spawn($l1(db, i))
 *
 * An arrow's `this`, `arguments` and `new.target` are part of its environment. A literal that uses `#private` names
 * stays within their class, as a static member that only the class sees.
 */
import ts from "typescript";
import { lateFilesIn } from "../late-imports.ts";
import type { Module } from "../module.ts";
import type { Literal } from "../scopes/literals.ts";
import type { Binding, ClassNode } from "../scopes/scope.ts";
import { inferredName, methodName, named } from "./naming.ts";
import type { Step } from "./step.ts";

const { factory } = ts;

export const lift: Step = {
  name: "lift",
  does: "lifts functions and classes to factories over their environments",
  transform: (module) => (context) => (file) => liftAll(module, context, file),
};

/** What `this` and its like are called where we are. */
interface Around {
  readonly this: () => ts.Expression;
  readonly arguments: () => ts.Expression;
  readonly newTarget: () => ts.Expression;
}

function liftAll(
  module: Module,
  context: ts.TransformationContext,
  file: ts.SourceFile,
): ts.SourceFile {
  const { build, names } = module;
  const factories: { readonly index: number; readonly statements: ts.Statement[] }[] = [];
  const withinClass = new Map<ts.Node, ts.ClassElement[]>();
  const selfOf = new Map<ts.Node, Binding>();
  for (const scope of module.scopes.scopeOf.values())
    for (const binding of scope.bindings.values())
      if (binding.literal !== undefined && binding.kind === "variable")
        selfOf.set(binding.literal.node, binding);

  const native: Around = {
    this: () => factory.createThis(),
    arguments: () => build.id("arguments"),
    newTarget: () =>
      factory.createMetaProperty(ts.SyntaxKind.NewKeyword, factory.createIdentifier("target")),
  };
  const topLevel: Around = { ...native, this: build.undefined };

  const visitIn =
    (around: Around): ts.Visitor =>
    (node) => {
      const original = ts.getOriginalNode(node);
      const literal = module.literals.of.get(original);
      if (literal !== undefined) {
        if (ts.isMethodDeclaration(node)) return method(node, literal, around);
        if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node))
          return made(literal, node, around);
      }
      if (ts.isClassLike(node)) return classBody(node, undefined, around);
      if (isFunctionWithThis(node)) return inFunction(node, around);
      if (node.kind === ts.SyntaxKind.ThisKeyword && ts.getParseTreeNode(node) !== undefined)
        return around.this();
      if (ts.isIdentifier(node) && module.scopes.argumentUses.has(node)) return around.arguments();
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword)
        return around.newTarget();
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
      return ts.visitEachChild(node, visitIn(around), context);
    };

  /** A function has a `this` of its own, but its computed name and decorators belong to what is around it. */
  const inFunction = (node: ts.Node, around: Around): ts.Node =>
    ts.visitEachChild(
      node,
      (child) =>
        ts.isComputedPropertyName(child) || ts.isDecorator(child)
          ? ts.visitNode(child, visitIn(around))
          : ts.visitNode(child, visitIn(native)),
      context,
    );

  const made = (
    literal: Literal,
    node: ts.ArrowFunction | ts.FunctionExpression | ts.ClassExpression,
    around: Around,
  ): ts.Expression => {
    define(literal, node);
    return ts.setTextRange(callFactory(literal, around), node);
  };

  const method = (node: ts.MethodDeclaration, literal: Literal, around: Around): ts.Node => {
    define(literal, node);
    let name = ts.visitNode(node.name, visitIn(around)) as ts.PropertyName;
    // `__proto__: value` would set the prototype.
    if (!ts.isComputedPropertyName(name) && name.text === "__proto__")
      name = factory.createComputedPropertyName(build.text("__proto__"));
    return ts.setTextRange(
      factory.createPropertyAssignment(name, ts.setTextRange(callFactory(literal, around), node)),
      node,
    );
  };

  const callFactory = (literal: Literal, around: Around): ts.CallExpression => {
    const environment = literal.captures.map(
      (one) => build.id(module.boxNameOf(one)) as ts.Expression,
    );
    if (literal.takesNewTarget) environment.unshift(around.newTarget());
    if (literal.takesArguments) environment.unshift(around.arguments());
    if (literal.takesThis) environment.unshift(around.this());
    const base = boxedBase(literal);
    if (base !== undefined) environment.unshift(build.get(build.id(module.boxNameOf(base)), "v"));
    const name = factoryName(literal);
    if (literal.within === undefined) return build.call(build.id(name), environment);
    const owner = classId(literal.within);
    return build.call(
      factory.createPropertyAccessExpression(owner, factory.createPrivateIdentifier(`#${name}`)),
      [owner, ...environment],
    );
  };

  const factoryName = ({ index, frame }: Literal): string =>
    names.factory(index, frame.kind === "class" ? "class" : "function");

  /** Names for classes that have none, where something within must name them. */
  const classNames = new Map<ts.Node, string>();
  const classId = (node: ClassNode): ts.Identifier => {
    if (node.name !== undefined) return build.id(node.name.text);
    const known = classNames.get(node) ?? names.fresh("class");
    classNames.set(node, known);
    return build.id(known);
  };

  /**
   * The variable behind `extends`, if it lives in a box: the class takes its value along as well, since it must be there
   * when the class is made in another thread, where boxes are filled last.
   */
  const boxedBase = ({ frame: { node } }: Literal): Binding | undefined => {
    if (!ts.isClassLike(node)) return undefined;
    const base = node.heritageClauses?.find(isExtends)?.types[0]?.expression;
    if (base === undefined || !ts.isIdentifier(base)) return undefined;
    const used = module.used(base);
    const binding = used !== undefined && "binding" in used ? used.binding : used;
    return binding !== undefined && module.boxed.has(binding) ? binding : undefined;
  };
  const baseNames = new Map<Literal, string>();
  const baseName = (literal: Literal): string => {
    const known = baseNames.get(literal) ?? names.fresh("base");
    baseNames.set(literal, known);
    return known;
  };

  const environmentNames = (literal: Literal): string[] => [
    ...(literal.within === undefined ? [] : [classId(literal.within).text]),
    ...(boxedBase(literal) === undefined ? [] : [baseName(literal)]),
    ...(literal.takesThis ? [names.this] : []),
    ...(literal.takesArguments ? [names.arguments] : []),
    ...(literal.takesNewTarget ? [names.newTarget] : []),
    ...literal.captures.map((one) => module.boxNameOf(one)),
  ];

  const define = (
    literal: Literal,
    node: ts.ArrowFunction | ts.FunctionExpression | ts.ClassExpression | ts.MethodDeclaration,
  ): void => {
    const taken: Around = {
      this: () => (literal.takesThis ? build.id(names.this) : factory.createThis()),
      arguments: () => build.id(literal.takesArguments ? names.arguments : "arguments"),
      newTarget: () => (literal.takesNewTarget ? build.id(names.newTarget) : native.newTarget()),
    };
    const parameters = environmentNames(literal);
    // The factory has no parameters for files: a thread knows them by itself.
    const files = lateFilesIn(module, literal.frame.node).map((file) =>
      build.callModule("file", build.number(module.imports.of(file))),
    );
    const environment = factory.createArrayLiteralExpression([
      ...parameters.map((one) => build.id(one)),
      ...files,
    ]);
    const value = ts.isClassExpression(node)
      ? named(build, classBody(node, { literal, environment }, taken), inferredName(node))
      : build.callModule(
          "fn",
          build.number(literal.index),
          environment,
          asValue(literal, node, taken),
        );
    const make = build.arrow(parameters, factoryBody(literal, value));
    const name = factoryName(literal);
    if (literal.within === undefined) {
      factories.push({
        index: literal.index,
        statements: [
          build.constant(name, make),
          build.statement(build.callModule("factory", build.number(literal.index), build.id(name))),
        ],
      });
      return;
    }
    const members = withinClass.get(literal.within) ?? [];
    members.push(...privateFactory(name, literal.index, make));
    withinClass.set(literal.within, members);
  };

  const factoryBody = (literal: Literal, value: ts.Expression): ts.ConciseBody => {
    const { node } = literal.frame;
    const self = selfOf.get(node);
    const body =
      self !== undefined && usesItself(self)
        ? [build.constant(self.name, value), factory.createReturnStatement(build.id(self.name))]
        : [factory.createReturnStatement(value)];
    const given = classNames.get(node);
    if (given !== undefined) body.unshift(build.constant(given, undefined, ts.NodeFlags.Let));
    return body.length === 1 ? value : build.block(body);
  };

  /** `static #$l3 = (…) => …; static { $m.factory(3, this.#$l3); }` */
  const privateFactory = (name: string, index: number, make: ts.Expression): ts.ClassElement[] => {
    const hidden = factory.createPrivateIdentifier(`#${name}`);
    return [
      factory.createPropertyDeclaration(
        [factory.createModifier(ts.SyntaxKind.StaticKeyword)],
        hidden,
        undefined,
        undefined,
        make,
      ),
      staticBlock(
        build.statement(
          build.callModule(
            "factory",
            build.number(index),
            factory.createPropertyAccessExpression(factory.createThis(), hidden),
          ),
        ),
      ),
    ];
  };

  const asValue = (
    literal: Literal,
    node: ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration,
    taken: Around,
  ): ts.Expression => {
    if (ts.isMethodDeclaration(node)) {
      const inner = ts.visitEachChild(node, visitIn(native), context);
      return named(build, inner, methodName(node));
    }
    const inner = ts.visitEachChild(
      node,
      visitIn(ts.isArrowFunction(node) ? taken : native),
      context,
    );
    const { node: original } = literal.frame;
    if (ts.isFunctionDeclaration(original) && original.name !== undefined) {
      const binding = module.scopes.bindingOf.get(original.name);
      // A function that something assigns to is not itself under its own name.
      if (binding !== undefined && binding.literal === undefined)
        return named(build, withoutName(inner as ts.FunctionExpression), original.name.text);
    }
    return named(build, inner, inferredName(node));
  };

  /**
   * The body of a class. A lifted one makes itself known before its own static initialisers run, since these may
   * already send instances.
   */
  const classBody = <T extends ts.ClassLikeDeclaration>(
    node: T,
    lifted: { readonly literal: Literal; readonly environment: ts.Expression } | undefined,
    around: Around,
  ): T => {
    const original = ts.getOriginalNode(node) as ClassNode;
    const inner = ts.visitEachChild(
      node,
      (child) => {
        if (
          ts.isHeritageClause(child) &&
          isExtends(child) &&
          lifted !== undefined &&
          boxedBase(lifted.literal)
        )
          return withBase(child, build.id(baseName(lifted.literal)));
        if (!ts.isClassElement(child)) return ts.visitNode(child, visitIn(around));
        return inFunction(child, around);
      },
      context,
    );
    const first: ts.ClassElement[] = [];
    const given = classNames.get(original);
    if (given !== undefined)
      first.push(staticBlock(build.statement(build.assign(build.id(given), factory.createThis()))));
    if (lifted !== undefined) {
      const { literal, environment } = lifted;
      const once = isOnce(literal) ? factory.createTrue() : factory.createFalse();
      const index = build.number(literal.index);
      const known = build.callModule("class", index, environment, factory.createThis(), once);
      first.push(staticBlock(build.statement(known)));
    }
    first.push(...(withinClass.get(original) ?? []));
    return withMembers(inner, [...first, ...inner.members]);
  };

  const usesItself = (self: Binding): boolean =>
    self.references.some(({ frame }) => {
      for (let at: typeof frame | undefined = frame; at !== undefined; at = at.parent)
        if (at === self.literal) return true;
      return false;
    });

  const result = ts.visitEachChild(file, visitIn(topLevel), context);
  const lifted = factories
    .sort((a, b) => a.index - b.index)
    .flatMap(({ statements }) => statements);
  const main = result.statements.length - 1;
  return factory.updateSourceFile(result, [
    ...result.statements.slice(0, main),
    ...lifted,
    ...result.statements.slice(main),
  ]);
}

/** Functions of the person's that have a `this` of their own; the one around main is ours. */
function isFunctionWithThis(node: ts.Node): boolean {
  return (
    ts.getParseTreeNode(node) !== undefined &&
    (ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isAccessor(node) ||
      ts.isConstructorDeclaration(node))
  );
}

/** Whether a class is evaluated once: it stands in top-level code, in no loop. */
function isOnce({ frame }: Literal): boolean {
  if (frame.parent?.kind !== "module") return false;
  for (let node = frame.node.parent; node !== undefined; node = node.parent)
    if (ts.isIterationStatement(node, false)) return false;
  return true;
}

const isExtends = (clause: ts.HeritageClause): boolean =>
  clause.token === ts.SyntaxKind.ExtendsKeyword;

const withBase = (clause: ts.HeritageClause, base: ts.Expression): ts.HeritageClause =>
  factory.updateHeritageClause(
    clause,
    clause.types.map((type) =>
      factory.updateExpressionWithTypeArguments(type, base, type.typeArguments),
    ),
  );

const staticBlock = (statement: ts.Statement): ts.ClassElement =>
  factory.createClassStaticBlockDeclaration(factory.createBlock([statement], true));

const withoutName = (node: ts.FunctionExpression): ts.FunctionExpression =>
  factory.updateFunctionExpression(
    node,
    node.modifiers,
    node.asteriskToken,
    undefined,
    node.typeParameters,
    node.parameters,
    node.type,
    node.body,
  );

function withMembers<T extends ts.ClassLikeDeclaration>(
  node: T,
  members: readonly ts.ClassElement[],
): T {
  const parts = [node.name, node.typeParameters, node.heritageClauses, members] as const;
  return (
    ts.isClassExpression(node)
      ? factory.updateClassExpression(node, node.modifiers, ...parts)
      : factory.updateClassDeclaration(node, node.modifiers, ...parts)
  ) as T;
}
