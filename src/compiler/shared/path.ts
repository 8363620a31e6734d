/**
 * Paths into shared memory: `s`, `s.x`, `s.items[i]`, `s.items.length`. A path is built into an expression for its
 * *place*; only reading or writing a place is an event.
 */
import ts from "typescript";
import type { Build } from "../build.ts";
import { skipOuter } from "../scopes/syntax.ts";
import type { Kind } from "./kinds.ts";

/** What building a path needs to know of the code around it. */
export interface PathSource {
  readonly build: Build;
  /** Whether a name, or `ns.name`, is that of a shared variable. */
  isRoot(node: ts.Node): boolean;
  /** What stands for the variable itself, which holds the place. */
  root(node: ts.Expression): ts.Expression;
  kindOf(expression: ts.Expression): Kind;
  /** A new site for an access of the place that `node` names. */
  site(node: ts.Node, kind: "read" | "write" | "call"): number;
  visit(node: ts.Expression): ts.Expression;
}

export interface Path {
  /** Builds the place; more than once only if `repeatable`. */
  place(): ts.Expression;
  readonly kind: Kind;
  /** Whether building it twice evaluates nothing twice that anyone could tell. */
  readonly repeatable: boolean;
}

/** The path that an expression is; nothing if it is none, or goes on from a primitive value. */
export function pathOf(source: PathSource, node: ts.Node): Path | undefined {
  const { build } = source;
  const inner = skipOuter(node);
  if (ts.isExpression(inner) && source.isRoot(inner))
    return { place: () => source.root(inner), kind: source.kindOf(inner), repeatable: true };
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner))
    return undefined;
  const base = pathOf(source, inner.expression);
  if (base === undefined || base.kind === "primitive") return undefined;
  const kind = source.kindOf(inner);
  if (ts.isElementAccessExpression(inner)) {
    const index = source.visit(inner.argumentExpression);
    return {
      place: () => build.callRuntime("element", base.place(), index),
      kind,
      repeatable: base.repeatable && isRepeatable(inner.argumentExpression),
    };
  }
  const name = inner.name.text;
  if (base.kind === "array") {
    if (name !== "length") return undefined;
    return {
      place: () => build.callRuntime("length", base.place()),
      kind,
      repeatable: base.repeatable,
    };
  }
  return {
    place: () => build.callRuntime("field", base.place(), build.text(name)),
    kind,
    repeatable: base.repeatable,
  };
}

/** Names, literals and arithmetic of them: evaluating these again changes nothing. */
function isRepeatable(node: ts.Expression): boolean {
  const inner = skipOuter(node);
  if (ts.isBinaryExpression(inner)) {
    const { kind } = inner.operatorToken;
    return (
      kind >= ts.SyntaxKind.PlusToken &&
      kind <= ts.SyntaxKind.PercentToken &&
      isRepeatable(inner.left) &&
      isRepeatable(inner.right)
    );
  }
  return ts.isIdentifier(inner) || ts.isStringLiteralLike(inner) || ts.isNumericLiteral(inner);
}

/**
 * The value of a path, or of a member of what stands there where types do not tell what that is.
 * Nothing if the expression is no path.
 */
export function readOf(source: PathSource, node: ts.Expression): ts.Expression | undefined {
  const { build } = source;
  const inner = skipOuter(node);
  if (ts.isPropertyAccessExpression(inner)) {
    const base = pathOf(source, inner.expression);
    const unclear =
      base?.kind === "unknown" ||
      (base?.kind === "array" && inner.name.text !== "length") ||
      (base !== undefined && base.kind !== "primitive" && inner.questionDotToken !== undefined);
    if (base !== undefined && unclear)
      return build.callRuntime(
        "member",
        build.number(source.site(inner, "read")),
        base.place(),
        build.text(inner.name.text),
      );
  }
  const path = pathOf(source, inner);
  return path && build.callRuntime("read", build.number(source.site(inner, "read")), path.place());
}

/** `s.items.push(1)`: a method of a shared array, or of whatever stands at a place of unknown type. */
export function methodCallOf(
  source: PathSource,
  node: ts.CallExpression,
): ts.Expression | undefined {
  const { build } = source;
  const callee = skipOuter(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const base = pathOf(source, callee.expression);
  if (base === undefined || base.kind === "primitive" || base.kind === "object") return undefined;
  const args = node.arguments.map((argument) =>
    ts.isSpreadElement(argument)
      ? ts.factory.createSpreadElement(
          elementsOf(source, argument.expression) ?? source.visit(argument.expression),
        )
      : source.visit(argument),
  );
  return build.callRuntime(
    "method",
    build.number(source.site(callee, "call")),
    base.place(),
    build.text(callee.name.text),
    ts.factory.createArrayLiteralExpression(args),
  );
}

/** What `for … of`, spread and array patterns take from a shared array. */
export function elementsOf(source: PathSource, node: ts.Expression): ts.Expression | undefined {
  const path = pathOf(source, node);
  if (path === undefined || path.kind === "primitive") return undefined;
  return source.build.callRuntime(
    "elements",
    source.build.number(source.site(node, "read")),
    path.place(),
  );
}
