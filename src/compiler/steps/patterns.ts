/** Patterns that declare, rewritten as patterns that assign: `{ a, b: [c] = d }` → `({ a: a.v, b: [c.v] = d } = …)`. */
import ts from "typescript";

const { factory } = ts;

/**
 * `target` gives what is assigned in place of a name; `visit` transforms the expressions within (keys, defaults).
 */
export function assignmentTarget(
  name: ts.BindingName,
  target: (name: ts.Identifier) => ts.Expression,
  visit: <T extends ts.Node>(node: T) => T,
): ts.Expression {
  if (ts.isIdentifier(name)) return ts.setTextRange(target(name), name);
  const withDefault = (element: ts.BindingElement): ts.Expression => {
    const inner = assignmentTarget(element.name, target, visit);
    return element.initializer === undefined
      ? inner
      : factory.createAssignment(inner, visit(element.initializer));
  };
  if (ts.isArrayBindingPattern(name)) {
    const elements = name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return element;
      return element.dotDotDotToken === undefined
        ? withDefault(element)
        : factory.createSpreadElement(withDefault(element));
    });
    return ts.setTextRange(factory.createArrayLiteralExpression(elements), name);
  }
  const properties = name.elements.map((element) => {
    if (element.dotDotDotToken !== undefined)
      return factory.createSpreadAssignment(assignmentTarget(element.name, target, visit));
    const key = element.propertyName ?? (element.name as ts.Identifier);
    return factory.createPropertyAssignment(
      ts.isComputedPropertyName(key) ? visit(key) : plainKey(key),
      withDefault(element),
    );
  });
  return ts.setTextRange(factory.createObjectLiteralExpression(properties), name);
}

/** A key that is a name, without being a use of the variable of that name. */
function plainKey(key: ts.PropertyName): ts.PropertyName {
  return ts.isIdentifier(key) ? factory.createIdentifier(key.text) : key;
}
