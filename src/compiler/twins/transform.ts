/**
 * The step itself: over the final code of a module, with TypeScript's types, enums and decorators gone. Every function that
 * may stop gets its twin; everything else stays as it is.
 */
import ts from "typescript";
import { makeAssignments } from "./assignments.ts";
import { makeCalls } from "./calls.ts";
import { makeClasses } from "./classes.ts";
import type { Effects } from "./effects.ts";
import { makeFunctions } from "./functions.ts";
import { makeLoops } from "./loops.ts";
import { makeMembers } from "./members.ts";
import type { TwinNames } from "./names.ts";
import { makePatterns } from "./patterns.ts";
import { elementOf, propertyName } from "./pieces.ts";
import { findStops, isAssignment } from "./stops.ts";
import {
  assign,
  commas,
  constant,
  id,
  result,
  resultStatement,
  runtime,
  skip,
  stopAt,
  temp,
  text,
  type Work,
} from "./work.ts";

const { factory } = ts;

export interface Twinning {
  readonly effects: Effects;
  readonly names: TwinNames;
  readonly loopsStop: boolean;
  /** The number of a place, in the function that a person knows by `name`. */
  readonly point: (node: ts.Node, name: string) => number;
  /** A call that is no function's, and answers for itself whether it stops. */
  readonly isOperation?: (call: ts.CallExpression) => boolean;
}

export function twinFile(
  { effects, names, loopsStop, point, isOperation = () => false }: Twinning,
  context: ts.TransformationContext,
  file: ts.SourceFile,
): ts.SourceFile {
  const stops = findStops(effects, names, loopsStop, factoriesOf(file, names));
  const work: Work = {
    effects,
    names,
    context,
    loopsStop,
    scope: { twin: false, hands: false, name: "", temps: [] },
    privates: [],
    makers: [],
    links: [],
    visit: (node) => ts.visitNode(node, visit) as typeof node,
    visitChildren: (node) => ts.visitEachChild(node, visit, context),
    point: (node) => point(node, work.scope.name),
    mayStop: (node) => stops.mayStop(node),
  };

  /** What gets its name from where it stands. */
  const visitNamed = (value: ts.Expression, name: string | undefined): ts.Expression => {
    const inner = skip(value);
    if (name !== undefined) {
      if (ts.isArrowFunction(inner) || (ts.isFunctionExpression(inner) && !inner.name))
        return functions.literal(inner, name);
      if (ts.isClassExpression(inner) && inner.name === undefined)
        return classExpression(inner, name);
    }
    return work.visit(value);
  };

  const calls = makeCalls(work, stops, isOperation);
  const patterns = makePatterns(work, stops, visitNamed);
  const functions = makeFunctions(work, stops, patterns);
  const members = makeMembers(work, stops, functions);
  const loops = makeLoops(work, stops, patterns);
  const classes = makeClasses(work, stops, functions, members, visitNamed);

  const visit = (node: ts.Node): ts.VisitResult<ts.Node | undefined> => {
    const { scope } = work;
    if (ts.isFunctionDeclaration(node)) return functions.declaration(node);
    if (ts.isFunctionExpression(node) || ts.isArrowFunction(node))
      return functions.literal(node, undefined);
    if (ts.isClassExpression(node)) return classExpression(node, undefined);
    if (ts.isClassDeclaration(node)) return classDeclaration(node);
    if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) return functions.plain(node, "");
    if (ts.isObjectLiteralExpression(node))
      return members.objectLiteral(node) ?? work.visitChildren(node);
    if (ts.isBlock(node)) return block(node);
    if (ts.isVariableDeclaration(node)) return probed(node) ?? patterns.declaration(node);
    if (ts.isParameter(node)) return parameter(node);
    if (ts.isBindingElement(node)) return bindingElement(node);
    if (ts.isPropertyAssignment(node)) return property(node);
    if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
    if (ts.isLabeledStatement(node)) return labelled(node);
    if (ts.isIterationStatement(node, false)) return loops.loop(node, []);
    if (node.kind === ts.SyntaxKind.ThisKeyword)
      return scope.this === undefined ? node : id(scope.this);
    if (ts.isIdentifier(node))
      return node.text === "arguments" && scope.arguments !== undefined
        ? id(scope.arguments)
        : node;
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword)
      return scope.newTarget === undefined ? node : id(scope.newTarget);
    if (ts.isDeleteExpression(node) && ts.isOptionalChain(skip(node.expression))) return node;
    if (isAccess(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
      return superAccess(node);
    if (ts.isCallExpression(node)) return call(node);
    if (ts.isBinaryExpression(node)) return askedByEngine(node) ?? assignments.binary(node);
    if (ts.isReturnStatement(node)) return returned(node);
    if (ts.isElementAccessExpression(node)) {
      const lone = members.loneMethod(node.expression);
      if (lone !== undefined) return lone;
    }
    if (ts.isExpressionStatement(node) && isRuntimeCall(node.expression, "pause"))
      return paused(node.expression);
    if (!scope.twin) {
      return ts.isPropertyAccessExpression(node) ? member(node) : work.visitChildren(node);
    }
    if (ts.isExpressionStatement(node)) return expressionStatement(node);
    if (ts.isIfStatement(node)) return branches(node);
    if (ts.isOptionalChain(node) && calls.chainStops(node)) return calls.chain(node);
    if (ts.isNewExpression(node) && stops.callStops(node))
      return result(work, calls.construct(node), node);
    if (ts.isTaggedTemplateExpression(node) && stops.callStops(node))
      return result(work, calls.tagged(node), node);
    if (ts.isPropertyAccessExpression(node)) return member(node);
    if (ts.isSpreadElement(node)) return spread(node);
    if (ts.isYieldExpression(node)) return yielded(node);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
      return assignments.unary(node);
    return work.visitChildren(node);
  };

  const block = (node: ts.Block): ts.Block => {
    const outer = work.links;
    const { scope } = work;
    const { probe } = scope;
    work.links = [];
    const inner = work.visitChildren(node);
    const { links } = work;
    work.links = outer;
    scope.probe = probe;
    return links.length === 0 ? inner : factory.updateBlock(inner, [...links, ...inner.statements]);
  };

  /** `$p3 = $.scope(…)`: from here on in its block, what stops tells of it. */
  const probed = (node: ts.VariableDeclaration): ts.Node | undefined => {
    const made = node.initializer;
    if (made === undefined || !isRuntimeCall(made, "scope")) return undefined;
    const values = made.arguments.map((one) => work.visit(one));
    work.scope.probe = (node.name as ts.Identifier).text;
    return factory.updateVariableDeclaration(
      node,
      node.name,
      undefined,
      undefined,
      runtime(work, "scope", ...values),
    );
  };

  /** `$.pause(17, $p3)`: nothing where code cannot be left, else a question. */
  const paused = ({ arguments: [point, probe] }: ts.CallExpression): ts.Statement =>
    work.scope.twin
      ? factory.createIfStatement(
          factory.createStrictEquality(runtime(work, "pause", point, probe), id(names.suspended)),
          factory.createExpressionStatement(stopAt(work, point)),
        )
      : factory.createEmptyStatement();

  const isRuntimeCall = (node: ts.Node, name: string): node is ts.CallExpression =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ts.isIdentifier(node.expression.expression) &&
    node.expression.expression.text === names.program?.runtime &&
    node.expression.name.text === name;

  const call = (node: ts.CallExpression): ts.Expression => {
    const made = functions.bodyCall(node) ?? calls.privateGenerator(node);
    if (made !== undefined) return made;
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword)
      return work.scope.made === undefined
        ? work.visitChildren(node)
        : classes.superCall(calls.args(node.arguments), node);
    if (!work.scope.twin) return work.visitChildren(node);
    if (ts.isOptionalChain(node))
      return calls.chainStops(node) ? calls.chain(node) : work.visitChildren(node);
    const applied = calls.call(node);
    return applied === undefined ? work.visitChildren(node) : result(work, applied, node);
  };

  /** An `else` goes with the nearest `if`: the branch before it may have become one that has none. */
  const branches = (node: ts.IfStatement): ts.Statement => {
    const made = work.visitChildren(node);
    const { expression, thenStatement, elseStatement } = made;
    if (elseStatement === undefined || ts.isBlock(thenStatement)) return made;
    const block = factory.createBlock([thenStatement], true);
    return factory.updateIfStatement(made, expression, block, elseStatement);
  };

  const expressionStatement = (node: ts.ExpressionStatement): ts.Statement => {
    const inner = skip(node.expression);
    if (ts.isCallExpression(inner)) {
      const made = calls.call(inner);
      if (made !== undefined) return resultStatement(work, made, node);
    }
    return work.visitChildren(node);
  };

  const member = (node: ts.PropertyAccessExpression): ts.Expression => {
    if (ts.isPrivateIdentifier(node.name)) {
      const kind = calls.privateKind(node.name.text);
      if (kind === undefined || kind === "plain") return accessOf(node);
      return calls.memberOf(node, work.visit(node.expression));
    }
    return work.scope.twin && stops.readStops(node) && !ts.isOptionalChain(node)
      ? calls.memberOf(node, work.visit(node.expression))
      : accessOf(node);
  };

  /** `$m.roots = () => …` and its like: asked for by the engine, outside of every thread. */
  const askedByEngine = (node: ts.BinaryExpression): ts.Expression | undefined => {
    if (!isAssignment(node) || !ts.isArrowFunction(node.right)) return undefined;
    const target = skip(node.left);
    const list = ts.isElementAccessExpression(target) ? skip(target.expression) : target;
    const isAsked =
      ts.isPropertyAccessExpression(list) &&
      ts.isIdentifier(list.expression) &&
      list.expression.text === names.program?.module &&
      list.name.text !== "main";
    if (!isAsked) return undefined;
    const plain = functions.plain(node.right, "");
    return factory.updateBinaryExpression(node, node.left, node.operatorToken, plain);
  };

  /** Only the object is visited: a name is no use of a variable. */
  const accessOf = (node: ts.PropertyAccessExpression): ts.Expression => {
    const lone = members.loneMethod(node.expression);
    if (lone !== undefined) return lone;
    const object = work.visit(node.expression);
    return ts.isPropertyAccessChain(node)
      ? factory.updatePropertyAccessChain(node, object, node.questionDotToken, node.name)
      : factory.updatePropertyAccessExpression(node, object, node.name);
  };

  const superAccess = (
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  ): ts.Expression => {
    const key = ts.isPropertyAccessExpression(node)
      ? text(node.name.text)
      : work.visit(node.argumentExpression);
    const { scope } = work;
    if (scope.made !== undefined)
      return runtime(work, "superGet", id(scope.made.name), key, id(scope.made.instance));
    if (scope.super !== undefined)
      return factory.createCallExpression(id(scope.super), undefined, [key]);
    return ts.isPropertyAccessExpression(node) ? node : work.visitChildren(node);
  };

  const classExpression = (node: ts.ClassExpression, name: string | undefined): ts.Expression => {
    const { made, after } = classes.transform(node, name);
    if (after === undefined) return made;
    const held = temp(work);
    // Its name is the one that it gets from where it stands, or none.
    let value: ts.Expression = made;
    if (made.name === undefined)
      value =
        name === undefined
          ? commas(factory.createNumericLiteral(0), made)
          : elementOf(
              factory.createObjectLiteralExpression([
                factory.createPropertyAssignment(propertyName(name), made),
              ]),
              name,
            );
    return commas(assign(id(held), value), after, id(held));
  };

  const classDeclaration = (node: ts.ClassDeclaration): ts.Node | ts.Node[] => {
    const { made, after } = classes.transform(node, "default");
    return after === undefined ? made : [made, factory.createExpressionStatement(after)];
  };

  const parameter = (node: ts.ParameterDeclaration): ts.ParameterDeclaration => {
    const own = ts.isIdentifier(node.name) ? node.name.text : undefined;
    return factory.updateParameterDeclaration(
      node,
      node.modifiers,
      node.dotDotDotToken,
      work.visit(node.name),
      undefined,
      undefined,
      node.initializer && visitNamed(node.initializer, own),
    );
  };

  const bindingElement = (node: ts.BindingElement): ts.BindingElement => {
    const own = ts.isIdentifier(node.name) ? node.name.text : undefined;
    return factory.updateBindingElement(
      node,
      node.dotDotDotToken,
      node.propertyName && ts.isComputedPropertyName(node.propertyName)
        ? work.visit(node.propertyName)
        : node.propertyName,
      work.visit(node.name),
      node.initializer && visitNamed(node.initializer, own),
    );
  };

  const property = (node: ts.PropertyAssignment): ts.ObjectLiteralElementLike => {
    const { name } = node;
    if (!ts.isComputedPropertyName(name)) {
      const own = (name as ts.Identifier).text;
      return factory.updatePropertyAssignment(node, name, visitNamed(node.initializer, own));
    }
    const value = skip(node.initializer);
    const anonymous =
      ts.isArrowFunction(value) || (ts.isFunctionExpression(value) && value.name === undefined);
    if (!anonymous || !functions.isTwinned(value))
      return factory.updatePropertyAssignment(node, work.visit(name), work.visit(node.initializer));
    const held = temp(work);
    const key = runtime(work, "key", work.visit(name.expression));
    return factory.updatePropertyAssignment(
      node,
      factory.updateComputedPropertyName(name, assign(id(held), key)),
      runtime(work, "named", functions.literal(value, undefined), id(held)),
    );
  };

  const shorthand = (node: ts.ShorthandPropertyAssignment): ts.ObjectLiteralElementLike => {
    if (node.name.text === "arguments" && work.scope.arguments !== undefined)
      return factory.createPropertyAssignment("arguments", id(work.scope.arguments));
    const { objectAssignmentInitializer: fallback } = node;
    return factory.updateShorthandPropertyAssignment(
      node,
      node.name,
      fallback && visitNamed(fallback, node.name.text),
    );
  };

  const labelled = (node: ts.LabeledStatement): ts.Statement => {
    const labels: ts.Identifier[] = [];
    let inner: ts.Statement = node;
    while (ts.isLabeledStatement(inner)) {
      labels.push(inner.label);
      inner = inner.statement;
    }
    if (ts.isIterationStatement(inner, false)) return loops.loop(inner, labels);
    const visited = work.visit(inner);
    return labels.reduceRight<ts.Statement>(
      (statement, label) => factory.createLabeledStatement(label, statement),
      visited,
    );
  };

  const spread = (node: ts.SpreadElement): ts.SpreadElement => {
    const value = work.visit(node.expression);
    return stops.iterationStops(node.expression)
      ? factory.updateSpreadElement(node, result(work, runtime(work, "collect", value), node))
      : factory.updateSpreadElement(node, value);
  };

  const yielded = (node: ts.YieldExpression): ts.Expression => {
    if (!work.scope.hands) return work.visitChildren(node);
    const value =
      node.expression === undefined ? factory.createVoidZero() : work.visit(node.expression);
    return node.asteriskToken === undefined
      ? factory.updateYieldExpression(node, undefined, runtime(work, "handOut", value))
      : factory.updateYieldExpression(node, node.asteriskToken, runtime(work, "delegate", value));
  };

  /** A constructor that gives something else than its instance. */
  const returned = (node: ts.ReturnStatement): ts.Statement => {
    const { made } = work.scope;
    // An arrow within a constructor goes on with its class, but returns what it likes.
    if (made === undefined || !work.scope.name.startsWith("new ")) return work.visitChildren(node);
    const value =
      node.expression === undefined ? factory.createVoidZero() : work.visit(node.expression);
    const derived = made.derived ? factory.createTrue() : factory.createFalse();
    return factory.updateReturnStatement(
      node,
      runtime(work, "constructed", value, id(made.instance), derived),
    );
  };

  const assignments = makeAssignments(work, stops, calls, patterns, visitNamed, accessOf);
  const statements = ts.visitLexicalEnvironment(file.statements, visit, context);
  return factory.updateSourceFile(file, [
    ...headOf(work),
    ...work.makers,
    ...work.links,
    ...statements,
  ]);
}

/** `let $r; const $S = $t.SUSPENDED, $f = $t.fuel;` */
function headOf({ names, scope }: Work): ts.Statement[] {
  const of = (name: string): ts.Expression =>
    factory.createPropertyAccessExpression(id(names.runtime), name);
  return [
    constant(names.result, undefined, ts.NodeFlags.Let),
    constant(names.suspended, of("SUSPENDED")),
    constant(names.fuel, of("fuel")),
    ...scope.temps.map((one) => constant(one, undefined, ts.NodeFlags.Let)),
  ];
}

/** The factories that an earlier step put at the module's level, by name. */
function factoriesOf(file: ts.SourceFile, names: TwinNames): Map<string, ts.Node> {
  const found = new Map<string, ts.Node>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && names.isFactory(name.text) && initializer !== undefined)
        found.set(name.text, initializer);
  }
  return found;
}

const isAccess = (
  node: ts.Node,
): node is ts.PropertyAccessExpression | ts.ElementAccessExpression =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
