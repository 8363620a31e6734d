/** What the step that makes tasks has left (`../tasks/functions.ts`): generators that are called once, where they stand. */
import ts from "typescript";
import { skip } from "./work.ts";

/** `(function* f() { … }).call(this, …)`: making the generator never stops. */
export interface BodyCall {
  readonly body: ts.FunctionExpression;
  /** What the person calls it, where it does not say so itself. */
  readonly name: string | undefined;
  /** `call` or `apply`. */
  readonly how: ts.MemberName;
}

export function bodyCall(node: ts.Node): BodyCall | undefined {
  if (!ts.isCallExpression(node) || ts.getParseTreeNode(node) !== undefined) return undefined;
  const callee = skip(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const given = skip(callee.expression);
  if (isGenerator(given)) return { body: given, name: undefined, how: callee.name };
  // `({ f: function* () { … } }).f`
  if (!ts.isPropertyAccessExpression(given) && !ts.isElementAccessExpression(given))
    return undefined;
  const object = skip(given.expression);
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  const [property] = object.properties;
  if (property === undefined || !ts.isPropertyAssignment(property)) return undefined;
  const body = skip(property.initializer);
  const name = ts.isPropertyAccessExpression(given)
    ? given.name.text
    : (given.argumentExpression as ts.StringLiteral).text;
  return isGenerator(body) ? { body, name, how: callee.name } : undefined;
}

const isGenerator = (node: ts.Node): node is ts.FunctionExpression =>
  ts.isFunctionExpression(node) && node.asteriskToken !== undefined;

/** The body that `$.task(…)` or `$.taskOf(() => …)` runs. */
export function taskBody(call: ts.CallExpression): ts.FunctionExpression | undefined {
  const [argument] = call.arguments;
  if (argument === undefined) return undefined;
  const made = skip(argument);
  const inner = ts.isArrowFunction(made) ? skip(made.body) : made;
  return bodyCall(inner)?.body;
}
