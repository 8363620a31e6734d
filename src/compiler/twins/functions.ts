/**
 * Functions that may stop: the body becomes the twin's, a generator's; the plain function only runs the twin, and is made
 * from it by a function of the module's head, once for each place in the text:
 *
 *     const $k3 = ($g) => $t.link(function f(a, b) { return $t.run($g.call(this, a, b)); }, $g);
 *     …  $k3(function* f(a, b) { … })
 *
 * Parameters that may stop move into the body. Left out: `new.target` of a function with a twin that is constructed as the
 * parent of a class, which is the function itself.
 */
import ts from "typescript";
import { lexicalUses, mentions } from "./lexical.ts";
import type { Patterns } from "./patterns.ts";
import {
  arrowOf,
  callWithThis,
  declareTemps,
  elementOf,
  isName,
  isPlainParameter,
  leading,
  newTargetExpression,
  parameter,
  propertyName,
  spreadParameter,
  star,
  superReader,
  withBody,
  withoutFirst,
} from "./pieces.ts";
import { hasTwin, type Stops } from "./stops.ts";
import { bodyCall } from "./task-bodies.ts";
import { constant, id, runtime, type Scope, within, type Work } from "./work.ts";

const { factory } = ts;

export type Literal = ts.FunctionExpression | ts.ArrowFunction;

const PLAIN: Omit<Scope, "name" | "temps"> = { twin: false, hands: false };

/** A body as it is written: parameters and statements. */
export interface Written {
  readonly parameters: ts.ParameterDeclaration[];
  readonly statements: ts.Statement[];
}

export function makeFunctions(work: Work, stops: Stops, patterns: Patterns) {
  /** A function's code, in a scope of its own; `twin` may stop. */
  const write = (
    node: ts.FunctionLikeDeclaration,
    scope: Omit<Scope, "temps">,
    first: () => ts.Statement[] = () => [],
  ): Written =>
    within(work, { ...scope, temps: [] }, () => {
      const moves =
        scope.twin &&
        node.parameters.some(
          (one) =>
            stops.mayStop(one.initializer) ||
            stops.mayStop(one.name) ||
            stops.patternStops(one.name, undefined),
        );
      const before = work.scope.temps.length;
      let parameters = node.parameters.map((one) => (moves ? one : work.visit(one)));
      // A variable of the body cannot be seen from the parameters.
      const needs = moves || work.scope.temps.length > before;
      let moved: ts.Statement[] = [];
      if (needs) [parameters, moved] = unfold(parameters, moves);
      const start = first();
      const body = [...start, ...moved, ...statementsOf(node.body)];
      const { temps } = work.scope;
      return { parameters, statements: [...declareTemps(temps), ...body] };
    });

  /** Parameters from the first that is not plain on become one pattern in the body. */
  const unfold = (
    parameters: readonly ts.ParameterDeclaration[],
    unvisited: boolean,
  ): [ts.ParameterDeclaration[], ts.Statement[]] => {
    const from = parameters.findIndex((one) => !isPlainParameter(one));
    const rest = work.names.fresh("v");
    const pattern = factory.createArrayBindingPattern(
      parameters
        .slice(from)
        .map((one) =>
          factory.createBindingElement(one.dotDotDotToken, undefined, one.name, one.initializer),
        ),
    );
    const declarations = unvisited
      ? patterns.declare(pattern, id(rest), true)
      : [factory.createVariableDeclaration(pattern, undefined, undefined, id(rest))];
    const list = factory.createVariableDeclarationList(declarations, ts.NodeFlags.None);
    const moved = factory.createVariableStatement(undefined, list);
    return [
      [
        ...parameters.slice(0, from),
        factory.createParameterDeclaration(
          undefined,
          factory.createToken(ts.SyntaxKind.DotDotDotToken),
          rest,
        ),
      ],
      [moved],
    ];
  };

  const statementsOf = (body: ts.ConciseBody | undefined): readonly ts.Statement[] => {
    if (body === undefined) return [];
    if (ts.isBlock(body)) return work.visit(body).statements;
    return [ts.setTextRange(factory.createReturnStatement(work.visit(body)), body)];
  };

  /** A function that stays as it is, but for what is in it. */
  const plain = <T extends ts.FunctionLikeDeclaration>(node: T, name: string): T => {
    const outer = work.scope;
    // An arrow goes on with what stands for `this` around it.
    const kept = ts.isArrowFunction(node)
      ? {
          this: outer.this,
          arguments: outer.arguments,
          newTarget: outer.newTarget,
          super: outer.super,
          made: outer.made,
        }
      : {};
    return within(work, { ...PLAIN, ...kept, name, temps: [] }, () => {
      const inner = work.visitChildren(node);
      const { temps } = work.scope;
      if (temps.length === 0 || inner.body === undefined) return inner;
      const body = ts.isBlock(inner.body)
        ? inner.body.statements
        : [factory.createReturnStatement(inner.body)];
      return withBody(inner, factory.createBlock([...declareTemps(temps), ...body], true));
    });
  };

  /** A function expression or arrow; `given`: the name that it gets from where it stands. */
  const literal = (node: Literal, given: string | undefined): ts.Expression => {
    const name = ts.isFunctionExpression(node) ? (node.name?.text ?? given) : given;
    if (!hasTwin(stops, node)) {
      const inner = plain(node, name ?? "");
      return inner;
    }
    if (node.asteriskToken !== undefined)
      return generatorLiteral(node as ts.FunctionExpression, name);
    return ts.isArrowFunction(node) ? arrow(node, name) : expression(node, name);
  };

  const expression = (node: ts.FunctionExpression, name: string | undefined): ts.Expression => {
    const uses = lexicalUses(...node.parameters, node.body);
    const newTarget = uses.newTarget ? work.names.fresh("target") : undefined;
    // It comes as the first argument.
    const shifted = uses.newTarget && uses.arguments ? work.names.fresh("args") : undefined;
    const written = write(
      node,
      { twin: true, hands: false, name: name ?? "", newTarget, arguments: shifted },
      () => (shifted === undefined ? [] : [constant(shifted, withoutFirst(id("arguments")))]),
    );
    if (newTarget !== undefined) written.parameters.unshift(parameter(newTarget));
    const maker = addMaker(node, name, "function", newTarget !== undefined);
    return selfNamed(
      node,
      factory.createCallExpression(id(maker), undefined, [generator(name, written, node)]),
    );
  };

  /** A function expression's own name means the plain function. */
  const selfNamed = (node: ts.FunctionExpression, made: ts.Expression): ts.Expression => {
    const own = node.name?.text;
    if (own === undefined || !mentions(own, ...node.parameters, node.body)) return made;
    const body = factory.createBlock(
      [constant(own, made), factory.createReturnStatement(id(own))],
      true,
    );
    return factory.createCallExpression(
      factory.createParenthesizedExpression(arrowOf([], body)),
      undefined,
      [],
    );
  };

  const arrow = (node: ts.ArrowFunction, name: string | undefined): ts.Expression => {
    const outer = work.scope;
    const uses = lexicalUses(...node.parameters, node.body);
    const taken: { name: string; value: ts.Expression }[] = [];
    const take = (
      wanted: boolean,
      known: string | undefined,
      stem: string,
      value: ts.Expression,
    ) => {
      if (!wanted || known !== undefined) return known;
      const own = work.names.fresh(stem);
      taken.push({ name: own, value });
      return own;
    };
    const scope = {
      twin: true,
      hands: false,
      name: name ?? "",
      made: outer.made,
      this: take(uses.this, outer.this, "self", factory.createThis()),
      arguments: take(uses.arguments, outer.arguments, "args", id("arguments")),
      newTarget: take(uses.newTarget, outer.newTarget, "target", newTargetExpression()),
      super: take(uses.super && outer.made === undefined, outer.super, "super", superReader(work)),
    };
    const written = write(node, scope);
    const maker = addMaker(node, name, "arrow", false);
    const twin = generator(name, written, node);
    const bound =
      taken.length === 0
        ? twin
        : factory.createCallExpression(
            factory.createParenthesizedExpression(
              arrowOf(
                taken.map((one) => one.name),
                twin,
              ),
            ),
            undefined,
            taken.map(({ value }) => value),
          );
    return ts.setTextRange(factory.createCallExpression(id(maker), undefined, [bound]), node);
  };

  const generatorLiteral = (
    node: ts.FunctionExpression,
    name: string | undefined,
  ): ts.Expression => {
    const written = write(node, { twin: true, hands: true, name: name ?? "" });
    const made = runtime(
      work,
      "generatorFunction",
      generator(name, written, node),
      factory.createStringLiteral(name ?? ""),
      factory.createNumericLiteral(leading(node.parameters)),
    );
    return selfNamed(node, made);
  };

  /** The body of a task that is begun where it stands: its generator is made from the twin alone. */
  const bodyCalled = (node: ts.CallExpression): ts.Expression | undefined => {
    const found = bodyCall(node);
    if (found === undefined || !hasTwin(stops, found.body)) return undefined;
    const { body, how } = found;
    const name = found.name ?? body.name?.text;
    const written = write(body, { twin: true, hands: true, name: name ?? "" });
    const frame = factory.createCallExpression(
      factory.createPropertyAccessExpression(
        factory.createParenthesizedExpression(generator(name, written, body)),
        how,
      ),
      undefined,
      node.arguments.map((one) => work.visit(one)),
    );
    return runtime(work, "generator", factory.createNull(), frame);
  };

  /** The twin as an expression; by the function's name where that means nothing else in it. */
  const generator = (
    name: string | undefined,
    { parameters, statements }: Written,
    node: ts.Node,
  ): ts.Expression => {
    const body = ts.setTextRange(factory.createBlock(statements, true), (node as Literal).body);
    const own =
      name !== undefined && isName(name) && !mentions(name, ...parameters, body) ? name : undefined;
    const made = factory.createFunctionExpression(
      undefined,
      star(),
      own,
      undefined,
      parameters,
      undefined,
      body,
    );
    ts.setTextRange(made, node);
    if (own !== undefined || name === undefined || name === "") return made;
    const method = factory.createMethodDeclaration(
      undefined,
      star(),
      propertyName(name),
      undefined,
      undefined,
      parameters,
      undefined,
      body,
    );
    return elementOf(factory.createObjectLiteralExpression([ts.setTextRange(method, node)]), name);
  };

  /** Puts `const $k3 = …` into the module's head, and answers its name. */
  const addMaker = (
    node: ts.FunctionLikeDeclaration,
    name: string | undefined,
    kind: "function" | "arrow" | "method",
    takesTarget: boolean,
  ): string => {
    const maker = work.names.fresh("k");
    const twin = work.names.fresh("g");
    const plain = plainFunction(node, name, kind, twin, takesTarget);
    const linked = takesTarget ? targeted(twin, plain) : runtime(work, "link", plain, id(twin));
    work.makers.push(constant(maker, arrowOf([twin], linked)));
    return maker;
  };

  /** The same for a generator method: what makes the generator function from its twin. */
  const addGeneratorMaker = (node: ts.FunctionLikeDeclaration, name: string): string => {
    const maker = work.names.fresh("k");
    const twin = work.names.fresh("g");
    const made = runtime(
      work,
      "generatorFunction",
      id(twin),
      factory.createStringLiteral(name),
      factory.createNumericLiteral(leading(node.parameters)),
    );
    work.makers.push(constant(maker, arrowOf([twin], made)));
    return maker;
  };

  /** A twin that takes `new.target` first: its own function, where it was called by `new`. */
  const targeted = (twin: string, plain: ts.Expression): ts.ConciseBody => {
    const [made, rest] = [work.names.fresh("f"), work.names.fresh("v")];
    const target = factory.createConditionalExpression(
      factory.createBinaryExpression(
        factory.createThis(),
        ts.SyntaxKind.InstanceOfKeyword,
        id(made),
      ),
      undefined,
      id(made),
      undefined,
      factory.createVoidZero(),
    );
    const calling = factory.createFunctionExpression(
      undefined,
      undefined,
      undefined,
      undefined,
      [spreadParameter(rest)],
      undefined,
      factory.createBlock([
        factory.createReturnStatement(
          callWithThis(id(twin), [target, factory.createSpreadElement(id(rest))]),
        ),
      ]),
    );
    return factory.createBlock(
      [
        constant(made, plain),
        factory.createReturnStatement(runtime(work, "link", id(made), calling)),
      ],
      true,
    );
  };

  const plainFunction = (
    node: ts.FunctionLikeDeclaration,
    name: string | undefined,
    kind: "function" | "arrow" | "method",
    twin: string,
    takesTarget: boolean,
  ): ts.Expression => {
    const { parameters, passed } = passing(node);
    if (takesTarget) passed.unshift(newTargetExpression());
    const frame =
      kind === "arrow"
        ? factory.createCallExpression(id(twin), undefined, passed)
        : callWithThis(id(twin), passed);
    const run = runtime(work, "run", frame);
    if (kind === "arrow") {
      const made = arrowOf(parameters, run);
      return name === undefined || name === ""
        ? made
        : elementOf(
            factory.createObjectLiteralExpression([
              factory.createPropertyAssignment(propertyName(name), made),
            ]),
            name,
          );
    }
    const body = factory.createBlock([factory.createReturnStatement(run)]);
    if (kind === "function" && (name === undefined || isName(name)))
      return factory.createFunctionExpression(
        undefined,
        undefined,
        name,
        undefined,
        parameters,
        undefined,
        body,
      );
    if (kind === "function")
      return elementOf(
        factory.createObjectLiteralExpression([
          factory.createPropertyAssignment(
            propertyName(name!),
            factory.createFunctionExpression(
              undefined,
              undefined,
              undefined,
              undefined,
              parameters,
              undefined,
              body,
            ),
          ),
        ]),
        name!,
      );
    const key = name ?? "";
    const method = factory.createMethodDeclaration(
      undefined,
      undefined,
      propertyName(key),
      undefined,
      undefined,
      parameters,
      undefined,
      body,
    );
    return elementOf(factory.createObjectLiteralExpression([method]), key);
  };

  /** The plain function's own parameters, as many as count for `length`, and how it passes them on. */
  const passing = (node: ts.FunctionLikeDeclaration) => {
    const count = leading(node.parameters);
    const { runtime: prefix } = work.names;
    const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const parameters = names.map(parameter);
    const passed: ts.Expression[] = names.map(id);
    const all = count === node.parameters.length && !usesArguments(node);
    if (!all && !usesArguments(node)) {
      const rest = `${prefix}s`;
      parameters.push(spreadParameter(rest));
      passed.push(factory.createSpreadElement(id(rest)));
    } else if (!all) {
      // As many as there are.
      passed.splice(0, count, factory.createSpreadElement(id("arguments")));
    }
    return { parameters, passed };
  };
  const usesArguments = (node: ts.FunctionLikeDeclaration): boolean =>
    !ts.isArrowFunction(node) && lexicalUses(...node.parameters, node.body).arguments;

  /** A declaration that is not lifted: hoisted as it was, its twin beside it, linked where the block begins. */
  const declaration = (node: ts.FunctionDeclaration): ts.Node | ts.Node[] => {
    const name = node.name?.text;
    if (name === undefined || !hasTwin(stops, node)) return plain(node, name ?? "");
    const twin = work.names.fresh("g");
    const isGenerator = node.asteriskToken !== undefined;
    const written = write(node, { twin: true, hands: isGenerator, name });
    const twinned = factory.createFunctionDeclaration(
      undefined,
      star(),
      twin,
      undefined,
      written.parameters,
      undefined,
      ts.setTextRange(factory.createBlock(written.statements, true), node.body),
    );
    ts.setTextRange(twinned, node);
    const { parameters, passed } = passing(node);
    const frame = callWithThis(id(twin), passed);
    const answer = isGenerator
      ? runtime(
          work,
          "generator",
          factory.createPropertyAccessExpression(id(name), "prototype"),
          frame,
        )
      : runtime(work, "run", frame);
    if (!isGenerator)
      work.links.push(factory.createExpressionStatement(runtime(work, "link", id(name), id(twin))));
    const outside = factory.createFunctionDeclaration(
      node.modifiers,
      undefined,
      name,
      undefined,
      parameters,
      undefined,
      factory.createBlock([factory.createReturnStatement(answer)]),
    );
    return [outside, twinned];
  };

  const isTwinned = (node: Literal): boolean => hasTwin(stops, node);
  return {
    write,
    plain,
    literal,
    declaration,
    bodyCall: bodyCalled,
    addMaker,
    addGeneratorMaker,
    isTwinned,
  };
}
