/**
 * Loops. Each turn counts fuel; a twin's may stop there. `for … of` over what may stop goes by the runtime's steps, closed as
 * ECMA-262 closes an iterator: with nothing of its own where an exception passes.
 */
import ts from "typescript";
import type { Patterns } from "./patterns.ts";
import { type Known, spins } from "./spins.ts";
import type { Stops } from "./stops.ts";
import { constant, id, result, resultStatement, runtime, stop, type Work } from "./work.ts";

const { factory } = ts;

export type Loop = ts.IterationStatement;

/** What the person wrote there, where it is of that kind. */
function originalOf<T extends ts.Node>(
  node: T,
  isOfKind: (original: ts.Node) => original is T,
): T | undefined {
  const original = ts.getParseTreeNode(node);
  return original !== undefined && isOfKind(original) ? original : undefined;
}

export function makeLoops(work: Work, stops: Stops, patterns: Patterns) {
  /** `if (--$f.left <= 0 && $t.edge() === $S) yield 4;` */
  const edge = (node: ts.Node): ts.Statement[] => {
    if (!work.loopsStop) return [];
    const { fuel, suspended } = work.names;
    const left = factory.createPrefixDecrement(
      factory.createPropertyAccessExpression(id(fuel), "left"),
    );
    if (!work.scope.twin) return [factory.createExpressionStatement(left)];
    const empty = factory.createLessThanEquals(left, factory.createNumericLiteral(0));
    const stopped = factory.createStrictEquality(runtime(work, "edge"), id(suspended));
    return [
      factory.createIfStatement(
        factory.createLogicalAnd(empty, stopped),
        factory.createExpressionStatement(stop(work, node)),
      ),
    ];
  };

  /** Loops that may come back to where they were: their turns are told, by their number and with what they change. */
  const told = new Map<
    ts.Node,
    { readonly loop: number; readonly given: readonly ts.Expression[] }
  >();

  const body = (
    statement: ts.Statement,
    node: ts.Node,
    first: readonly ts.Statement[] = [],
  ): ts.Statement => {
    const inner = work.visit<ts.Node>(statement) as ts.Statement | ts.Statement[];
    const rest = Array.isArray(inner) ? inner : [inner];
    const before = [...turn(node), ...edge(node), ...first];
    if (before.length === 0 && rest.length === 1) return rest[0];
    const own =
      first.length === 0 && rest.length === 1 && ts.isBlock(rest[0]) ? rest[0] : undefined;
    const statements = own === undefined ? rest : own.statements;
    return ts.setTextRange(factory.createBlock([...before, ...statements], true), statement);
  };

  const turn = (node: ts.Node): ts.Statement[] => {
    const known = told.get(node);
    if (known === undefined) return [];
    const { loop, given } = known;
    const number = factory.createNumericLiteral(loop);
    const values = given.length === 0 ? [] : [factory.createArrayLiteralExpression([...given])];
    return [factory.createExpressionStatement(runtime(work, "turn", number, ...values))];
  };

  /** Of calls that the compiler has put in nothing is known. */
  const known: Known = {
    isOfStd: (call) => {
      const original = originalOf(call, ts.isCallExpression);
      return original && work.effects.isOfStd(original);
    },
    functionOf: (call) => {
      const original = originalOf(call, ts.isCallExpression);
      return original && work.effects.functionOf(original);
    },
    isAccessor: (access) => {
      const original = originalOf(access, ts.isPropertyAccessExpression);
      return original !== undefined && work.effects.isAccessor(original);
    },
  };

  /** `{ $t.begins(5); while (…) { $t.turn(5, [last]); … } }` where it may come back to where it was. */
  const loop = (node: Loop, labels: readonly ts.Identifier[]): ts.Statement => {
    const given = work.loopsStop && work.scope.twin ? spins(node, known) : undefined;
    if (given === undefined) return emitted(node, labels);
    const number = work.point(node);
    const { this: self } = work.scope;
    const named = (one: ts.Node): ts.Node =>
      one.kind === ts.SyntaxKind.ThisKeyword && self !== undefined
        ? id(self)
        : ts.visitEachChild(one, named, work.context);
    told.set(node, { loop: number, given: given.map((one) => named(one) as ts.Expression) });
    const begins = runtime(work, "begins", factory.createNumericLiteral(number));
    const statement = factory.createExpressionStatement(begins);
    return factory.createBlock([statement, emitted(node, labels)], true);
  };

  /** `labels`: what the loop is called; they stay with the loop that `continue` means. */
  const emitted = (node: Loop, labels: readonly ts.Identifier[]): ts.Statement => {
    const labelled = (statement: ts.Statement): ts.Statement =>
      labels.reduceRight((inner, label) => factory.createLabeledStatement(label, inner), statement);
    if (ts.isWhileStatement(node))
      return labelled(
        factory.updateWhileStatement(node, work.visit(node.expression), body(node.statement, node)),
      );
    if (ts.isDoStatement(node))
      return labelled(
        factory.updateDoStatement(node, body(node.statement, node), work.visit(node.expression)),
      );
    if (ts.isForStatement(node))
      return labelled(
        factory.updateForStatement(
          node,
          node.initializer && work.visit(node.initializer),
          node.condition && work.visit(node.condition),
          node.incrementor && work.visit(node.incrementor),
          body(node.statement, node),
        ),
      );
    if (ts.isForInStatement(node))
      return labelled(
        factory.updateForInStatement(
          node,
          work.visit(node.initializer),
          work.visit(node.expression),
          body(node.statement, node),
        ),
      );
    const each = node as ts.ForOfStatement;
    const steps =
      work.scope.twin && each.awaitModifier === undefined && stops.iterationStops(each.expression);
    return steps ? bySteps(each, labelled) : labelled(native(each));
  };

  /** Over what cannot stop; its elements may have to be taken apart by what can. */
  const native = (node: ts.ForOfStatement): ts.Statement => {
    const { initializer } = node;
    if (work.scope.twin && headStops(initializer)) {
      const item = work.names.fresh("v");
      return factory.updateForOfStatement(
        node,
        node.awaitModifier,
        factory.createVariableDeclarationList(
          [factory.createVariableDeclaration(item)],
          ts.NodeFlags.Const,
        ),
        work.visit(node.expression),
        body(node.statement, node, [given(initializer, id(item))]),
      );
    }
    const head = ts.isVariableDeclarationList(initializer)
      ? work.visit(initializer)
      : patterns.target(initializer);
    return factory.updateForOfStatement(
      node,
      node.awaitModifier,
      head,
      work.visit(node.expression),
      body(node.statement, node),
    );
  };

  const headStops = (initializer: ts.ForInitializer): boolean => {
    if (!ts.isVariableDeclarationList(initializer))
      return stops.targetStops(initializer) || stops.patternStops(initializer, undefined);
    const { name } = initializer.declarations[0];
    return (
      stops.mayStop(name) || (ts.isArrayBindingPattern(name) && stops.patternStops(name, undefined))
    );
  };

  /** The head takes what a step gives. */
  const given = (initializer: ts.ForInitializer, value: ts.Expression): ts.Statement => {
    if (ts.isVariableDeclarationList(initializer)) {
      const { name } = initializer.declarations[0];
      const safe = !ts.isArrayBindingPattern(name) || !stops.patternStops(name, undefined);
      const list = factory.createVariableDeclarationList(
        patterns.declare(name, value, safe),
        initializer.flags & ts.NodeFlags.BlockScoped,
      );
      return factory.createVariableStatement(undefined, list);
    }
    const assigned = factory.createAssignment(initializer, value);
    return factory.createExpressionStatement(
      work.visit(factory.createParenthesizedExpression(assigned)),
    );
  };

  const bySteps = (
    node: ts.ForOfStatement,
    labelled: (statement: ts.Statement) => ts.Statement,
  ): ts.Statement => {
    const taken = work.names.fresh("v");
    const caught = work.names.fresh("e");
    const member = (name: string): ts.CallExpression =>
      factory.createCallExpression(
        factory.createPropertyAccessExpression(id(taken), name),
        undefined,
        [],
      );
    const iterable = runtime(work, "steps", work.visit(node.expression));
    ts.setTextRange(iterable, node.expression);
    const turns = factory.createWhileStatement(
      result(work, ts.setTextRange(member("next"), node.expression), node.expression),
      body(node.statement, node, [
        given(node.initializer, factory.createPropertyAccessExpression(id(taken), "value")),
      ]),
    );
    return factory.createBlock(
      [
        constant(taken, result(work, iterable, node.expression)),
        factory.createTryStatement(
          factory.createBlock([labelled(ts.setTextRange(turns, node))], true),
          factory.createCatchClause(
            caught,
            factory.createBlock(
              [
                factory.createExpressionStatement(member("fail")),
                factory.createThrowStatement(id(caught)),
              ],
              true,
            ),
          ),
          factory.createBlock([resultStatement(work, member("close"), node.expression)], true),
        ),
      ],
      true,
    );
  };

  return { loop };
}
