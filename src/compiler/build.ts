/** Builds the pieces of syntax that the steps put in: calls of `$` and `$m`, constants, blocks. */
import ts from "typescript";
import type { Names } from "./names.ts";

const { factory } = ts;

export type Build = ReturnType<typeof makeBuild>;

export function makeBuild(names: Names) {
  const id = (text: string): ts.Identifier => factory.createIdentifier(text);
  const get = (object: ts.Expression, name: string): ts.Expression =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)
      ? factory.createPropertyAccessExpression(object, name)
      : factory.createElementAccessExpression(object, factory.createStringLiteral(name));
  const number = (value: number): ts.Expression =>
    value < 0
      ? factory.createPrefixMinus(factory.createNumericLiteral(-value))
      : factory.createNumericLiteral(value);
  const call = (callee: ts.Expression, args: readonly ts.Expression[]): ts.CallExpression =>
    factory.createCallExpression(callee, undefined, args);
  const assign = (target: ts.Expression, value: ts.Expression): ts.BinaryExpression =>
    factory.createAssignment(target, value);
  const constant = (
    name: string | ts.BindingName,
    value: ts.Expression | undefined,
    flags: ts.NodeFlags = ts.NodeFlags.Const,
  ): ts.VariableStatement =>
    factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList(
        [factory.createVariableDeclaration(name, undefined, undefined, value)],
        flags,
      ),
    );
  return {
    id,
    get,
    number,
    call,
    assign,
    constant,
    text: (value: string): ts.Expression => factory.createStringLiteral(value),
    undefined: (): ts.Expression => factory.createVoidZero(),
    statement: (expression: ts.Expression): ts.Statement =>
      factory.createExpressionStatement(expression),
    block: (statements: readonly ts.Statement[]): ts.Block => factory.createBlock(statements, true),
    arrow: (
      parameters: readonly string[],
      body: ts.ConciseBody,
      isAsync = false,
    ): ts.ArrowFunction =>
      factory.createArrowFunction(
        isAsync ? [factory.createModifier(ts.SyntaxKind.AsyncKeyword)] : undefined,
        undefined,
        parameters.map((name) => factory.createParameterDeclaration(undefined, undefined, name)),
        undefined,
        undefined,
        body,
      ),
    /** `(first, second)` */
    comma: (first: ts.Expression, second: ts.Expression): ts.Expression =>
      factory.createParenthesizedExpression(factory.createComma(first, second)),
    /** `$.name` */
    runtime: (name: string): ts.Expression => get(id(names.runtime), name),
    /** `$.name(…)` */
    callRuntime: (name: string, ...args: ts.Expression[]): ts.CallExpression =>
      call(get(id(names.runtime), name), args),
    /** `$m.name` */
    module: (name: string): ts.Expression => get(id(names.module), name),
    /** `$m.name(…)` */
    callModule: (name: string, ...args: ts.Expression[]): ts.CallExpression =>
      call(get(id(names.module), name), args),
    /** `$.at(site, value)` */
    at: (site: number, value: ts.Expression): ts.Expression =>
      call(get(id(names.runtime), "at"), [number(site), value]),
    /** `$.site = site` */
    setSite: (site: number): ts.Expression => assign(get(id(names.runtime), "site"), number(site)),
  };
}
