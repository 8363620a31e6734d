/**
 * Values that cannot cross to another thread, at the places where they would: captured by a thread's body, returned by
 * it, sent, put into a lock. Refused for certain is an error that stops; what is only possible, or stands in a `try` that
 * catches (a program may want the error), is a warning.
 */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { bare, capturesOf, runnerOf, symbolOf, type Capture } from "./captures.ts";
import { documentOf, reportAt, type Checking } from "./checking.ts";
import type { Crossing, Destination } from "./crossings.ts";
import { spanOf, type Extra } from "./diagnose.ts";
import { moduleOf } from "./std-calls.ts";
import { whatIsNotSend, type Refused } from "./sendable.ts";

export function checkSend(checking: Checking): void {
  for (const crossings of checking.crossings.values()) {
    for (const crossing of crossings) {
      if (crossing.kind === "value") checkValue(crossing, checking);
      else checkBody(crossing, checking);
    }
  }
}

function checkValue({ argument, to }: Crossing, checking: Checking): void {
  const foreign = foreignFunction(argument, checking);
  const where = { at: argument, crossing: argument, to };
  if (foreign) return say(where, foreign, checking);
  const value = bare(argument);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) {
    for (const capture of capturesOf(value, checking)) {
      checkCapture(capture, argument, to, checking);
    }
    return;
  }
  const text = /^[\w$.]{1,40}$/.test(value.getText()) ? value.getText() : "value";
  const type = checking.checker.getTypeAtLocation(argument);
  const refused = whatIsNotSend(type, text, argument, { ...checking, to });
  if (refused) say(where, refused, checking);
}

function checkBody(crossing: Crossing & { kind: "body" }, checking: Checking): void {
  const { call, argument, literal, to } = crossing;
  if (!literal) {
    const foreign = foreignFunction(argument, checking);
    if (foreign) say({ at: argument, crossing: call, to }, foreign, checking);
    return;
  }
  for (const capture of capturesOf(literal, checking)) checkCapture(capture, call, to, checking);
  // What a process's body returns goes nowhere.
  if (to !== "thread") return;
  const { checker } = checking;
  const [signature] = checker.getTypeAtLocation(literal).getCallSignatures();
  const result = signature && checker.getAwaitedType(signature.getReturnType());
  const refused = result && whatIsNotSend(result, "result", literal, { ...checking, to });
  if (!refused) return;
  const body = bare(argument);
  const at = ts.isArrowFunction(body) && !ts.isBlock(body.body) ? body.body : call.expression;
  say({ at, crossing: call, to }, { ...refused, certain: false }, checking);
}

function checkCapture(
  capture: Capture,
  crossing: ts.Node,
  to: Destination,
  checking: Checking,
): void {
  const { symbol, use, from, through } = capture;
  const declaration = symbol.valueDeclaration;
  if (!declaration) return;
  for (const { shared } of checking.annotations.values()) {
    if ((shared as ReadonlySet<ts.Node>).has(declaration)) return;
  }
  const later =
    runnerOf(declaration) === runnerOf(crossing) && declaration.getStart() > crossing.getStart();
  if (later) return; // nothing is in it yet when the thread starts
  const way =
    through.length === 0 ? "" : ` (through ${through.map((name) => `${name}()`).join(", ")})`;
  const name = `captures.${use.getText()}`;
  const initializer =
    ts.isVariableDeclaration(declaration) && isConst(declaration)
      ? declaration.initializer
      : undefined;
  const refused =
    (initializer && foreignFunction(initializer, checking)) ??
    whatIsNotSend(typeOf(use, checking.checker), name, use, { ...checking, to });
  if (!refused) return;
  const path = initializer && refused.path === initializer.getText() ? name : refused.path || name;
  const related: Extra["related"] = [
    {
      at: documentOf(declaration, checking),
      span: spanOf(
        (declaration as ts.NamedDeclaration).name ?? declaration,
        declaration.getSourceFile(),
      ),
      message: `\`${use.getText()}\` is declared here.`,
    },
  ];
  say(
    { at: from, crossing, to },
    { ...refused, path: path + way },
    checking,
    use === from
      ? related
      : [
          {
            at: documentOf(use, checking),
            span: spanOf(use, use.getSourceFile()),
            message: `\`${use.getText()}\` is used here.`,
          },
          ...related,
        ],
  );
}

/** The type of `this` is one parameter of its class; what is asked for is the class. */
function typeOf(use: Capture["use"], checker: ts.TypeChecker): ts.Type {
  const type = checker.getTypeAtLocation(use);
  return ts.isIdentifier(use) ? type : (checker.getBaseConstraintOfType(type) ?? type);
}

function isConst(declaration: ts.VariableDeclaration): boolean {
  return (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** Where it is said, what crosses there, and where that goes. */
interface Where {
  readonly at: ts.Node;
  readonly crossing: ts.Node;
  readonly to: Destination;
}

function say(
  { at, crossing, to }: Where,
  { path, what, why, remedy, certain }: Refused,
  checking: Checking,
  related?: Extra["related"],
): void {
  const stops = certain && !isCaught(crossing);
  reportAt(
    at,
    checking,
    to === "thread" ? MESSAGES.notSend : MESSAGES.notSendToProcess,
    { path, what, why, remedy },
    {
      severity: stops ? "error" : "warning",
      ...(related && { related }),
    },
  );
}

/** Whether an exception thrown there is caught in the same function. */
function isCaught(node: ts.Node): boolean {
  const runner = runnerOf(node);
  for (let at = node; at !== runner; at = at.parent) {
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause)
      return true;
  }
  return false;
}

/** A function that certainly stems from no file of the person's: native, bound, or of a package. */
function foreignFunction(argument: ts.Expression, checking: Checking): Refused | undefined {
  const { checker } = checking;
  const value = bare(argument);
  const type = checker.getTypeAtLocation(value);
  if (type.getCallSignatures().length === 0 || type.getConstructSignatures().length > 0)
    return undefined;
  const refused = (what: string): Refused => ({
    path: /^[\w$.]{1,40}$/.test(value.getText()) ? value.getText() : "",
    what,
    why: "it does not stem from a function literal of the program's own files",
    remedy: "Wrap it in a literal of your own: `(...values) => f(...values)`.",
    certain: true,
  });
  if (ts.isCallExpression(value)) {
    const bind =
      ts.isPropertyAccessExpression(value.expression) &&
      value.expression.name.text === "bind" &&
      checker.getTypeAtLocation(value.expression.expression).getCallSignatures().length > 0;
    return bind ? { ...refused("a bound function"), path: "" } : undefined;
  }
  if (!ts.isIdentifier(value) && !ts.isPropertyAccessExpression(value)) return undefined;
  const symbol = ts.isIdentifier(value)
    ? symbolOf(value, checker)
    : checker.getSymbolAtLocation(value.name);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return undefined;
  const file = declaration.getSourceFile();
  const { fileName } = file;
  const ofPlatform =
    checking.program.isSourceFileDefaultLibrary(file) ||
    fileName.includes("/node_modules/@types/node/") ||
    fileName.startsWith("/threadloom:");
  const native = ts.isFunctionDeclaration(declaration) || ts.isMethodSignature(declaration);
  if (!ofPlatform && fileName.includes("/node_modules/")) {
    const ofPackage = ts.isFunctionDeclaration(declaration) && moduleOf(declaration) === undefined;
    return ofPackage ? refused(`the function ${symbol.name} of a package`) : undefined;
  }
  return native && ofPlatform ? refused(`the native function ${symbol.name}`) : undefined;
}
