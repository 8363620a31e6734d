/** What "set expression" names: a variable of a scope, or a member of a value. Read by acorn, since it is the person's JavaScript. */
import { type Expression, parseExpressionAt } from "acorn";
import type { AssignmentTarget } from "../../../protocol/step.ts";

/** Undefined where it is nothing that holds a value. */
export function assignmentTarget(text: string): AssignmentTarget | undefined {
  const expression = parsed(text);
  if (expression?.type === "Identifier") return { kind: "name", name: expression.name };
  if (expression?.type !== "MemberExpression" || expression.optional) return undefined;
  const { object, property } = expression;
  const of = text.slice(object.start, object.end);
  if (property.type === "PrivateIdentifier")
    return { kind: "member", of, member: `#${property.name}` };
  if (!expression.computed && property.type === "Identifier") {
    return { kind: "member", of, member: property.name };
  }
  if (property.type === "Literal") return { kind: "member", of, member: String(property.value) };
  return { kind: "computed", of, expression: text.slice(property.start, property.end) };
}

function parsed(text: string): Expression | undefined {
  try {
    const expression = parseExpressionAt(text, 0, { ecmaVersion: "latest" });
    return text.slice(expression.end).trim() === "" ? expression : undefined;
  } catch {
    return undefined; // no expression at all is nothing that holds a value, either
  }
}
