/**
 * `for await (const x of xs) …`, as 14.7.5 of ECMA-262 has it:
 *
 *     const $steps = $.asyncSteps(xs);
 *     try { while ($steps.took(yield $steps.next())) { const x = $steps.value; … } }
 *     catch ($e) { $steps.fail($e); } finally { yield* $steps.close(); }
 */
import ts from "typescript";
import { awaited, callOf, id, type Lowering } from "./scope.ts";

const { factory } = ts;

export function lowerLoop(
  lowering: Lowering,
  node: ts.ForOfStatement,
  labels: readonly ts.Identifier[],
): ts.Statement {
  const { names } = lowering;
  const steps = names.fresh("steps");
  const caught = names.fresh("e");
  const $ = id(names.runtime);
  const at = <T extends ts.Node>(made: T, from: ts.Node): T => ts.setTextRange(made, from);
  const begin = at(callOf($, "asyncSteps", lowering.visit(node.expression)), node.expression);
  const value = factory.createPropertyAccessExpression(id(steps), "value");
  const turn = factory.createBlock(
    [head(lowering, node.initializer, value), lowering.visit(node.statement)],
    true,
  );
  const step = at(awaited(at(callOf(id(steps), "next"), node.expression)), node.expression);
  const loop = factory.createWhileStatement(
    at(callOf(id(steps), "took", step), node.expression),
    turn,
  );
  at(loop, node);
  const labelled = labels.reduceRight<ts.Statement>(
    (statement, label) => factory.createLabeledStatement(label, statement),
    loop,
  );
  const close = factory.createYieldExpression(
    factory.createToken(ts.SyntaxKind.AsteriskToken),
    callOf(id(steps), "close"),
  );
  const failed = callOf(id(steps), "fail", id(caught));
  return factory.createBlock(
    [
      constant(id(steps), begin),
      factory.createTryStatement(
        factory.createBlock([labelled], true),
        factory.createCatchClause(
          caught,
          factory.createBlock([factory.createExpressionStatement(failed)], true),
        ),
        factory.createBlock([at(factory.createExpressionStatement(close), node)], true),
      ),
    ],
    true,
  );
}

function head(
  lowering: Lowering,
  initializer: ts.ForInitializer,
  value: ts.Expression,
): ts.Statement {
  if (!ts.isVariableDeclarationList(initializer)) {
    const target = lowering.visit(initializer);
    const assigned = factory.createAssignment(target, value);
    return ts.setTextRange(
      factory.createExpressionStatement(
        ts.isObjectLiteralExpression(target)
          ? factory.createParenthesizedExpression(assigned)
          : assigned,
      ),
      initializer,
    );
  }
  const [declaration] = initializer.declarations;
  const flags = initializer.flags & ts.NodeFlags.BlockScoped;
  return ts.setTextRange(constant(lowering.visit(declaration.name), value, flags), initializer);
}

const constant = (
  name: ts.BindingName,
  value: ts.Expression,
  flags: ts.NodeFlags = ts.NodeFlags.Const,
): ts.Statement =>
  factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(
      [factory.createVariableDeclaration(name, undefined, undefined, value)],
      flags,
    ),
  );
