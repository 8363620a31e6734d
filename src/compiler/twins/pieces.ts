/** Small pieces of syntax that functions and classes are built from. */
import ts from "typescript";
import { id, type Work } from "./work.ts";

const { factory } = ts;

export const star = (): ts.AsteriskToken => factory.createToken(ts.SyntaxKind.AsteriskToken);

export const leading = (parameters: readonly ts.ParameterDeclaration[]): number => {
  const end = parameters.findIndex(
    (one) => one.initializer !== undefined || one.dotDotDotToken !== undefined,
  );
  return end < 0 ? parameters.length : end;
};

export const isPlainParameter = (one: ts.ParameterDeclaration): boolean =>
  one.initializer === undefined && one.dotDotDotToken === undefined && ts.isIdentifier(one.name);

export const declareTemps = (temps: readonly string[]): ts.Statement[] =>
  temps.length === 0
    ? []
    : [
        factory.createVariableStatement(
          undefined,
          factory.createVariableDeclarationList(
            temps.map((one) => factory.createVariableDeclaration(one)),
            ts.NodeFlags.None,
          ),
        ),
      ];

export const parameter = (name: string): ts.ParameterDeclaration =>
  factory.createParameterDeclaration(undefined, undefined, name);

export const spreadParameter = (name: string): ts.ParameterDeclaration =>
  factory.createParameterDeclaration(
    undefined,
    factory.createToken(ts.SyntaxKind.DotDotDotToken),
    name,
  );

export const arrowOf = (
  parameters: readonly (string | ts.ParameterDeclaration)[],
  body: ts.ConciseBody,
): ts.ArrowFunction =>
  factory.createArrowFunction(
    undefined,
    undefined,
    parameters.map((one) => (typeof one === "string" ? parameter(one) : one)),
    undefined,
    undefined,
    body,
  );

export const callWithThis = (
  callee: ts.Expression,
  args: readonly ts.Expression[],
): ts.CallExpression =>
  factory.createCallExpression(factory.createPropertyAccessExpression(callee, "call"), undefined, [
    factory.createThis(),
    ...args,
  ]);

/** `Array.from(list).slice(1)` */
export const withoutFirst = (list: ts.Expression): ts.Expression =>
  factory.createCallExpression(
    factory.createPropertyAccessExpression(
      factory.createCallExpression(
        factory.createPropertyAccessExpression(id("Array"), "from"),
        undefined,
        [list],
      ),
      "slice",
    ),
    undefined,
    [factory.createNumericLiteral(1)],
  );

export const newTargetExpression = (): ts.Expression =>
  factory.createMetaProperty(ts.SyntaxKind.NewKeyword, id("target"));

/** `(k) => super[k]` */
export function superReader(work: Work): ts.Expression {
  const key = work.names.fresh("v");
  return arrowOf([key], factory.createElementAccessExpression(factory.createSuper(), id(key)));
}

const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof var void while with yield"
  ).split(" "),
);

export const isName = (name: string): boolean =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && !RESERVED.has(name);

export function propertyName(name: string): ts.PropertyName {
  if (name === "__proto__")
    return factory.createComputedPropertyName(factory.createStringLiteral(name));
  return isName(name) ? id(name) : factory.createStringLiteral(name);
}

export const elementOf = (object: ts.Expression, name: string): ts.Expression =>
  isName(name)
    ? factory.createPropertyAccessExpression(object, name)
    : factory.createElementAccessExpression(object, factory.createStringLiteral(name));

export function withBody<T extends ts.FunctionLikeDeclaration>(node: T, body: ts.Block): T {
  let replaced = false;
  return ts.visitEachChild(
    node,
    (child) => {
      if (child !== node.body || replaced) return child;
      replaced = true;
      return body;
    },
    undefined,
  );
}
