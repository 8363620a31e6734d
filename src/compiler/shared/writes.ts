/**
 * Assignments of every kind to places of shared memory. `x += f()` reads `x`, runs `f`, writes `x`: three things that
 * other threads may come between.
 *
 * Left out: `await` or `yield` on the right of a logical assignment whose path has an index with effects.
 */
import ts from "typescript";
import type { Names } from "../names.ts";
import { pathOf, type Path, type PathSource } from "./path.ts";

const { factory } = ts;

/** The operator that a compound assignment applies. */
const APPLIED = new Map<ts.SyntaxKind, ts.BinaryOperator>([
  [ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.PlusToken],
  [ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.MinusToken],
  [ts.SyntaxKind.AsteriskEqualsToken, ts.SyntaxKind.AsteriskToken],
  [ts.SyntaxKind.AsteriskAsteriskEqualsToken, ts.SyntaxKind.AsteriskAsteriskToken],
  [ts.SyntaxKind.SlashEqualsToken, ts.SyntaxKind.SlashToken],
  [ts.SyntaxKind.PercentEqualsToken, ts.SyntaxKind.PercentToken],
  [ts.SyntaxKind.LessThanLessThanEqualsToken, ts.SyntaxKind.LessThanLessThanToken],
  [ts.SyntaxKind.GreaterThanGreaterThanEqualsToken, ts.SyntaxKind.GreaterThanGreaterThanToken],
  [
    ts.SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken,
    ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  ],
  [ts.SyntaxKind.AmpersandEqualsToken, ts.SyntaxKind.AmpersandToken],
  [ts.SyntaxKind.BarEqualsToken, ts.SyntaxKind.BarToken],
  [ts.SyntaxKind.CaretEqualsToken, ts.SyntaxKind.CaretToken],
  [ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.BarBarToken],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, ts.SyntaxKind.AmpersandAmpersandToken],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.QuestionQuestionToken],
]);

const LOGICAL: ReadonlySet<ts.BinaryOperator> = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.QuestionQuestionToken,
] as const);

export function assignmentOf(
  source: PathSource,
  names: Names,
  node: ts.BinaryExpression,
): ts.Expression | undefined {
  const path = pathOf(source, node.left);
  if (path === undefined) return undefined;
  const { build } = source;
  const operator = APPLIED.get(node.operatorToken.kind);
  const value = source.visit(node.right);
  if (operator === undefined) return write(source, node, path.place(), value);
  const readSite = source.site(node.left, "read");
  const read = (place: ts.Expression): ts.Expression =>
    build.callRuntime("read", build.number(readSite), place);
  const apply = (left: ts.Expression, right: ts.Expression): ts.Expression =>
    factory.createBinaryExpression(left, operator, right);
  const logical = LOGICAL.has(operator);
  if (path.repeatable)
    return logical
      ? factory.createParenthesizedExpression(
          apply(read(path.place()), write(source, node, path.place(), value)),
        )
      : write(source, node, path.place(), apply(read(path.place()), value));
  const place = names.fresh("p");
  const old = names.fresh("o");
  const right = names.fresh("v");
  if (logical)
    return build.call(
      factory.createParenthesizedExpression(
        build.arrow(
          [place],
          apply(read(build.id(place)), write(source, node, build.id(place), value)),
        ),
      ),
      [path.place()],
    );
  // The value is evaluated out here, between the read and the write: it may await.
  const readFirst = build.call(
    factory.createParenthesizedExpression(
      build.arrow(
        [place],
        factory.createArrayLiteralExpression([build.id(place), read(build.id(place))]),
      ),
    ),
    [path.place()],
  );
  const finish = factory.createArrowFunction(
    undefined,
    undefined,
    [
      factory.createParameterDeclaration(
        undefined,
        undefined,
        factory.createArrayBindingPattern(
          [place, old].map((name) => factory.createBindingElement(undefined, undefined, name)),
        ),
      ),
      factory.createParameterDeclaration(undefined, undefined, right),
    ],
    undefined,
    undefined,
    write(source, node, build.id(place), apply(build.id(old), build.id(right))),
  );
  return build.call(factory.createParenthesizedExpression(finish), [readFirst, value]);
}

function write(
  source: PathSource,
  node: ts.BinaryExpression,
  place: ts.Expression,
  value: ts.Expression,
): ts.Expression {
  const { build } = source;
  return build.callRuntime("write", build.number(source.site(node, "write")), place, value);
}

/** `s.x++`, `--s.x`. */
export function incrementOf(
  source: PathSource,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
): ts.Expression | undefined {
  const by =
    node.operator === ts.SyntaxKind.PlusPlusToken
      ? 1
      : node.operator === ts.SyntaxKind.MinusMinusToken
        ? -1
        : undefined;
  const path = by === undefined ? undefined : pathOf(source, node.operand);
  if (path === undefined) return undefined;
  const { build } = source;
  return build.callRuntime(
    "increment",
    build.number(source.site(node, "write")),
    path.place(),
    build.number(by!),
    ts.isPrefixUnaryExpression(node) ? factory.createTrue() : factory.createFalse(),
  );
}

/** A place as the target of a pattern or a loop: something with a setter. `({ p: place, set v(x) { … } }).v` */
export function targetOf(source: PathSource, node: ts.Expression, path: Path): ts.Expression {
  const { build } = source;
  const site = build.number(source.site(node, "write"));
  const setter = factory.createSetAccessorDeclaration(
    undefined,
    "v",
    [factory.createParameterDeclaration(undefined, undefined, "x")],
    build.block([
      build.statement(
        build.callRuntime(
          "write",
          site,
          factory.createPropertyAccessExpression(factory.createThis(), "p"),
          build.id("x"),
        ),
      ),
    ]),
  );
  const holder = factory.createObjectLiteralExpression([
    factory.createPropertyAssignment("p", path.place()),
    setter,
  ]);
  return build.get(factory.createParenthesizedExpression(holder), "v");
}
