/**
 * `// @final EXPR`, `// @invariant EXPR`: an expression over the module's names that the engine evaluates outside every
 * thread. It is parsed on its own, as comments are no part of the module; positions are carried over.
 */
import ts from "typescript";
import { ANNOTATION_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-annotations.ts";
import type { Span } from "../diagnostics/diagnose.ts";
import { moduleOf } from "../diagnostics/std-calls.ts";
import type { ConditionAnnotation } from "../loaded.ts";
import { nearest } from "./names.ts";
import { report, type Reading } from "./reading.ts";
import { isTopLevel, type Tag } from "./tags.ts";

/** What of `threadloom:*` a condition must not call: it may wait, or takes something from the threads. */
const BLOCKING = new Set(
  (
    "lock tryLock lockFor read tryRead write tryWrite recv tryRecv recvFor send trySend sendFor join joinFor wait " +
    "waitWhile waitFor acquire tryAcquire changed park sleep yieldNow select spawn scope call getOrInit poll submit"
  ).split(" "),
);

export function readCondition(tag: Tag, reading: Reading): ConditionAnnotation | undefined {
  const { name } = tag;
  if (!isTopLevel(tag, reading.source)) {
    const where = "Put it on a line of its own at the top level of the file.";
    report(reading, tag.span, MESSAGES.misplaced, { name, where });
    return undefined;
  }
  if (tag.text === "") {
    report(reading, tag.span, MESSAGES.conditionMissing, { name });
    return undefined;
  }
  const parsed = parseCondition(tag.text);
  const at = ({ start, end }: Span): Span => ({
    start: tag.rest.start + start,
    end: tag.rest.start + end,
  });
  if ("reason" in parsed) {
    report(reading, at(parsed.span), MESSAGES.conditionSyntax, { name, reason: parsed.reason });
    return undefined;
  }
  const before = reading.diagnostics.length;
  const spanOf = (node: ts.Node): Span => at({ start: node.getStart(), end: node.end });
  checkLooksOnly(parsed.expression, name, spanOf, reading);
  checkNames(parsed.expression, name, spanOf, reading);
  if (reading.diagnostics.length > before) return undefined;
  const { expression } = parsed;
  const span = spanOf(expression);
  return { expression, text: expression.getText(), pos: span.start, end: span.end };
}

type Parsed =
  { readonly expression: ts.Expression } | { readonly reason: string; readonly span: Span };

/** Offsets are those in `text`. */
export function parseCondition(text: string): Parsed {
  const file = ts.createSourceFile("condition.ts", text, ts.ScriptTarget.ESNext, true);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] };
  const [problem] = parseDiagnostics;
  if (problem) {
    const reason = ts.flattenDiagnosticMessageText(problem.messageText, " ");
    const start = Math.min(problem.start, text.length - 1);
    const end = Math.min(Math.max(start + 1, problem.start + problem.length), text.length);
    return { reason, span: { start, end } };
  }
  const [statement, second] = file.statements;
  if (!statement || !ts.isExpressionStatement(statement)) {
    return { reason: "a statement stands there", span: { start: 0, end: text.length } };
  }
  if (second) {
    const span = { start: second.getStart(), end: text.length };
    return { reason: "something follows it", span };
  }
  return { expression: statement.expression };
}

function checkLooksOnly(
  expression: ts.Expression,
  name: string,
  spanOf: (node: ts.Node) => Span,
  reading: Reading,
): void {
  const visit = (node: ts.Node): void => {
    const does = whatItChanges(node);
    if (does) {
      const operator = ts.isBinaryExpression(node) && node.operatorToken;
      const fix = operator &&
        operator.kind === ts.SyntaxKind.EqualsToken && {
          title: "Compare with ===",
          span: spanOf(operator),
          text: "===",
        };
      report(
        reading,
        spanOf(node),
        MESSAGES.conditionChanges,
        { name, does },
        { ...(fix && { fix }) },
      );
      return;
    }
    if (ts.isCallExpression(node)) {
      const call = blockingCall(node.expression, reading);
      if (call) report(reading, spanOf(node), MESSAGES.conditionBlocks, { name, call });
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
}

function whatItChanges(node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
      ? "assigns"
      : undefined;
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const counts =
      operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return counts ? "assigns" : undefined;
  }
  if (ts.isDeleteExpression(node)) return "deletes";
  if (ts.isAwaitExpression(node)) return "waits";
  if (ts.isYieldExpression(node)) return "yields";
  return undefined;
}

/** The name of what is called, where it is a blocking member of a module of ours. */
function blockingCall(callee: ts.Expression, { checker, moduleNames, source }: Reading) {
  const name = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : undefined;
  if (name === undefined) return undefined;
  const typeOf = (node: ts.Expression): ts.Type | undefined => {
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
      return typeOf(node.expression);
    if (ts.isIdentifier(node)) {
      const symbol = moduleNames.get(node.text);
      return symbol && checker.getTypeOfSymbolAtLocation(symbol, source);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const property = typeOf(node.expression)?.getProperty(node.name.text);
      return property && checker.getTypeOfSymbolAtLocation(property, source);
    }
    if (ts.isElementAccessExpression(node)) {
      return typeOf(node.expression)?.getNumberIndexType();
    }
    return undefined;
  };
  const declared = ts.isPropertyAccessExpression(callee)
    ? typeOf(callee.expression)?.getProperty(name)?.declarations?.[0]
    : typeOf(callee)?.getSymbol()?.declarations?.[0];
  if (!declared || moduleOf(declared) === undefined) return undefined;
  const called = (declared as ts.NamedDeclaration).name;
  const plain = called && ts.isIdentifier(called) ? called.text : name;
  return BLOCKING.has(plain) ? callee.getText() : undefined;
}

function checkNames(
  expression: ts.Expression,
  name: string,
  spanOf: (node: ts.Node) => Span,
  reading: Reading,
): void {
  const used: ts.Identifier[] = [];
  const own = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
      if (ts.isPropertyAssignment(parent) && parent.name === node) return;
      if (ts.isBindingElement(parent) && parent.propertyName === node) return;
      if (
        (ts.isParameter(parent) ||
          ts.isBindingElement(parent) ||
          ts.isVariableDeclaration(parent)) &&
        parent.name === node
      ) {
        own.add(node.text);
      } else if (ts.isFunctionExpression(parent) && parent.name === node) own.add(node.text);
      else used.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
  const strange = used.filter(({ text }) => !own.has(text) && !reading.moduleNames.has(text));
  if (strange.length === 0) return;
  const globals = globalNames(reading);
  for (const node of strange) {
    if (globals.has(node.text)) continue;
    const near = nearest(node.text, reading.moduleNames.keys(), 2)?.name;
    const span = spanOf(node);
    const fix = near && { title: `Change to ${near}`, span, text: near };
    const values = { name, unknown: node.text };
    report(reading, span, MESSAGES.conditionName, values, { ...(fix && { fix }) });
  }
}

function globalNames({ checker, source }: Reading): Set<string> {
  const symbols = checker.getSymbolsInScope(source, ts.SymbolFlags.Value);
  return new Set([...symbols.map((symbol) => symbol.name), "undefined", "globalThis"]);
}
