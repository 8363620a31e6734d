/**
 * `await` while a lock of `threadloom:std` is held: its guard was taken in a block around the await, by the same function, and
 * is still there. The thread's other tasks run meanwhile, and one that takes the lock stops them all.
 *
 * Said only where it is plain: a guard that is given back, handed on or put anywhere between is none of our business.
 */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { symbolOf } from "./captures.ts";
import { documentOf, reportAt, type Checking } from "./checking.ts";
import { spanOf, type Extra } from "./diagnose.ts";
import { isGuardType } from "./lock-regions.ts";
import { moduleOf } from "./std-calls.ts";

export function checkAwaits(checking: Checking): void {
  for (const file of checking.files) {
    // What awaits nothing, or takes no lock, need not be walked through.
    if (!/\bawait\b/.test(file.text) || !/\b(?:lock|read|write)\w*\(/i.test(file.text)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isAwaitExpression(node)) lookAt(node, checking);
      else if (ts.isForOfStatement(node) && node.awaitModifier !== undefined)
        lookAt(node.awaitModifier, checking);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
}

function lookAt(awaits: ts.Node, checking: Checking): void {
  for (let at = awaits; at.parent !== undefined && !ts.isFunctionLike(at); at = at.parent) {
    const block = at.parent;
    if (!ts.isBlock(block) && !ts.isSourceFile(block) && !ts.isCaseOrDefaultClause(block)) continue;
    for (const statement of block.statements) {
      if (statement === at) break;
      const guard = guardMadeBy(statement, checking);
      if (guard === undefined || isUsedBefore(guard, awaits, block, checking)) continue;
      return report(awaits, guard, checking);
    }
  }
}

/** `using guard = m.lock();` of a lock that blocks its thread. */
function guardMadeBy(
  statement: ts.Statement,
  { checker }: Checking,
): (ts.VariableDeclaration & { readonly name: ts.Identifier }) | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  for (const one of statement.declarationList.declarations) {
    if (!ts.isIdentifier(one.name) || one.initializer === undefined) continue;
    if (!ts.isCallExpression(one.initializer)) continue;
    const type = checker.getTypeAtLocation(one.name);
    const declared = type.getSymbol()?.declarations?.[0];
    // What a try gives may be nothing.
    const isOfStd = declared !== undefined && moduleOf(declared) === "threadloom:std";
    if (isOfStd && isGuardType(type)) return one as never;
  }
  return undefined;
}

/** Whether the guard itself, and not what it gives, is used somewhere before the await: it may be gone. */
function isUsedBefore(
  guard: ts.VariableDeclaration & { readonly name: ts.Identifier },
  awaits: ts.Node,
  block: ts.Node,
  { checker }: Checking,
): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.pos > awaits.end) return false;
    if (ts.isIdentifier(node) && node !== guard.name && node.text === guard.name.text) {
      const isSame = symbolOf(node, checker)?.valueDeclaration === guard;
      return isSame && !isMereLook(node);
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(block);
}

/** `guard.value` */
const isMereLook = ({ parent }: ts.Identifier): boolean =>
  ts.isPropertyAccessExpression(parent) && parent.name.text === "value";

function report(
  awaits: ts.Node,
  guard: ts.VariableDeclaration & { readonly name: ts.Identifier },
  checking: Checking,
): void {
  const fix = releasing(awaits, guard, checking);
  const source = guard.getSourceFile();
  reportAt(
    firstWordOf(awaits),
    checking,
    MESSAGES.awaitUnderLock,
    { guard: guard.name.text, taken: guard.initializer!.getText() },
    {
      severity: "warning",
      related: [
        {
          at: documentOf(guard, checking),
          span: spanOf(guard, source),
          message: `${guard.name.text} is taken here, and given back at the end of its block.`,
        },
      ],
      ...(fix && { fix }),
    },
  );
}

/** `await` itself, not all that is awaited. */
function firstWordOf(awaits: ts.Node): ts.Node {
  return ts.isAwaitExpression(awaits) ? (awaits.getFirstToken() ?? awaits) : awaits;
}

/** Gives the guard back before the statement that awaits, if nobody uses it from there on. */
function releasing(
  awaits: ts.Node,
  guard: ts.VariableDeclaration & { readonly name: ts.Identifier },
  { checker }: Checking,
): Extra["fix"] {
  let statement = awaits;
  while (!ts.isStatement(statement)) statement = statement.parent;
  if (!ts.isBlock(statement.parent) && !ts.isSourceFile(statement.parent)) return undefined;
  // In a loop the next turn may use it.
  if (statement.parent !== guard.parent.parent.parent) return undefined;
  const isUsed = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.pos >= statement.pos && node.text === guard.name.text) {
      if (symbolOf(node, checker)?.valueDeclaration === guard) return true;
    }
    return ts.forEachChild(node, (child) => isUsed(child) || undefined) ?? false;
  };
  if (isUsed(statement.parent)) return undefined;
  const start = statement.getStart();
  const { text } = statement.getSourceFile();
  const indent = /[ \t]*$/.exec(text.slice(0, start))![0];
  const isOwnLine = text.slice(0, start - indent.length).endsWith("\n");
  const name = guard.name.text;
  const after = isOwnLine ? `\n${indent}` : " ";
  return {
    title: `Give ${name} back before the await`,
    span: { start, end: start },
    text: `${name}.unlock();${after}`,
  };
}
