/** Writes of a thread to its copies of captured variables: legal, and nearly always meant otherwise. */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { whatCannotBeShared } from "../annotations/shareable.ts";
import { isWithin, literalOf, usesOf, type Literal } from "./captures.ts";
import { documentOf, reportAt, type Checking } from "./checking.ts";
import { spanOf, type Extra } from "./diagnose.ts";
import { moduleOf } from "./std-calls.ts";

/** Methods of the language's collections that change them. */
const CHANGES = new Set(
  "push pop shift unshift splice sort reverse fill copyWithin set add delete clear".split(" "),
);

export function checkPlainWrites(checking: Checking): void {
  const said = new Set<ts.Node>();
  for (const [, crossings] of checking.crossings) {
    for (const crossing of crossings) {
      // That a process has copies of everything is what it is for.
      if (crossing.kind === "body" && crossing.literal && crossing.to === "thread") {
        checkThread(crossing.literal, crossing.call.expression, said, checking);
      }
    }
  }
  for (const { threads } of checking.annotations.values()) {
    for (const { declaration } of threads) {
      const literal = literalOf(declaration);
      if (literal) checkThread(literal, declaration.name ?? declaration, said, checking);
    }
  }
}

/** A thread's body, and what it calls of the person's own. */
function checkThread(body: Literal, starts: ts.Node, said: Set<ts.Node>, checking: Checking): void {
  const entered = new Set<Literal>([body]);
  for (const literal of entered) {
    for (const { node: use, declaration } of usesOf(literal, checking)) {
      // What a called function finds in the body that calls it is made anew for each thread.
      if (!ts.isIdentifier(use) || isWithin(declaration, body)) continue;
      const code = literalOf(declaration);
      if (code) {
        entered.add(code);
        continue;
      }
      if (!isPlainVariable(declaration, checking)) continue;
      const write = writeOf(use, checking);
      if (!write || said.has(write)) continue;
      said.add(write);
      report(write, use, declaration, starts, checking);
    }
  }
}

function isPlainVariable(declaration: ts.Declaration, { annotations, checker }: Checking): boolean {
  const variable =
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isBindingElement(declaration);
  if (!variable) return false;
  for (const { shared } of annotations.values()) {
    if ((shared as ReadonlySet<ts.Node>).has(declaration)) return false;
  }
  const type = checker.getTypeAtLocation(declaration);
  const declared = type.getSymbol()?.declarations?.[0];
  return !declared || moduleOf(declared) === undefined;
}

/** The expression that changes the variable, or what it holds, by a path that begins with its name. */
function writeOf(use: ts.Identifier, { checker }: Checking): ts.Node | undefined {
  let path: ts.Node = use;
  for (;;) {
    const { parent } = path;
    if (ts.isBinaryExpression(parent) && parent.left === path) {
      const { kind } = parent.operatorToken;
      const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
      return assigns ? parent : undefined;
    }
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
      const { operator } = parent;
      const counts =
        operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
      return counts ? parent : undefined;
    }
    const onward =
      ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
        parent.expression === path) ||
      ts.isNonNullExpression(parent) ||
      ts.isParenthesizedExpression(parent);
    if (!onward) {
      const call = ts.isCallExpression(parent) && parent.expression === path ? parent : undefined;
      const changes =
        call &&
        ts.isPropertyAccessExpression(path) &&
        CHANGES.has(path.name.text) &&
        isOfLanguage(path, checker);
      return changes ? call : undefined;
    }
    if (isHandle(parent, checker)) return undefined; // from there on it is shared: `lock.value = …` of a guard
    path = parent;
  }
}

function isHandle(node: ts.Node, checker: ts.TypeChecker): boolean {
  const declared = checker.getTypeAtLocation(node).getSymbol()?.declarations?.[0];
  return declared !== undefined && moduleOf(declared) !== undefined;
}

/** `push` of an array, not of a class of one's own (which may be anything). */
function isOfLanguage(path: ts.PropertyAccessExpression, checker: ts.TypeChecker): boolean {
  const name = checker.getTypeAtLocation(path.expression).getSymbol()?.name;
  return name === "Array" || name === "Map" || name === "Set";
}

function report(
  write: ts.Node,
  use: ts.Identifier,
  declaration: ts.Declaration,
  starts: ts.Node,
  checking: Checking,
): void {
  const source = starts.getSourceFile();
  const fix =
    write.getSourceFile() === declaration.getSourceFile() &&
    sharing(use.text, declaration, checking);
  reportAt(
    write,
    checking,
    MESSAGES.plainWrite,
    { name: use.text },
    {
      severity: "warning",
      related: [
        {
          at: documentOf(starts, checking),
          span: spanOf(starts, source),
          message: "The thread is started here.",
        },
      ],
      ...(fix && { fix }),
    },
  );
}

/** `@shared` before the declaration, where the type allows it. */
function sharing(
  name: string,
  declaration: ts.Declaration,
  { checker, program }: Checking,
): Extra["fix"] {
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name))
    return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length > 1)
    return undefined;
  const type = checker.getTypeAtLocation(declaration.name);
  if (whatCannotBeShared(type, name, declaration, program)) return undefined;
  const start = statement.getStart();
  return { title: `Make ${name} @shared`, span: { start, end: start }, text: "/** @shared */ " };
}
