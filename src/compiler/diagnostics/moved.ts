/**
 * Uses of a channel's end or a JoinHandle after it has moved into a thread. Only what is certain: the spawn and the use
 * stand in one list of statements, the use in a later one, and both run whenever the list does.
 */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { bare, capturesOf, symbolOf, visitUses } from "./captures.ts";
import { documentOf, reportAt, type Checking } from "./checking.ts";
import type { Destination } from "./crossings.ts";
import { spanOf } from "./diagnose.ts";
import { PIPE_ENDS } from "./sendable.ts";
import { stdTypeName } from "./std-calls.ts";

const MOVES = new Set(
  (
    "Sender Receiver JoinHandle OneshotSender OneshotReceiver BroadcastSender WatchSender WatchReceiver AsyncSender AsyncReceiver PipeWriter " +
    "PipeReader TcpListener TcpStream Process AsyncSender AsyncReceiver"
  ).split(" "),
);
/** What leaves this memory is refused, but for the ends of pipes that go into a process. */
export const MOVING: Readonly<Record<Destination, ReadonlySet<string>>> = {
  thread: MOVES,
  process: PIPE_ENDS,
  parent: new Set(),
};
const CLONES = new Set(["Sender", "Receiver", "BroadcastSender", "WatchReceiver", "AsyncSender"]);

/** A handle that is gone, from a statement on. */
interface Move {
  readonly symbol: ts.Symbol;
  readonly handle: string;
  readonly statement: ts.Statement;
  readonly at: ts.Node;
  readonly how: string;
}

export function checkMoved(checking: Checking): void {
  for (const crossings of checking.crossings.values()) {
    for (const crossing of crossings) {
      const moves = MOVING[crossing.to];
      if (crossing.kind === "value") {
        const moved = movedVariable(crossing.argument, moves, checking);
        const statement = moved && statementOf(crossing.argument);
        if (statement)
          follow({ ...moved, statement, at: crossing.argument, how: crossing.name }, checking);
      } else if (crossing.literal) {
        const statement = statementOf(crossing.call);
        if (!statement) continue;
        for (const { use, through } of capturesOf(crossing.literal, checking)) {
          const moved =
            through.length === 0 && ts.isIdentifier(use) && movedVariable(use, moves, checking);
          if (moved) follow({ ...moved, statement, at: use, how: crossing.name }, checking);
        }
      }
    }
  }
}

function movedVariable(argument: ts.Expression, moves: ReadonlySet<string>, { checker }: Checking) {
  const value = bare(argument);
  if (!ts.isIdentifier(value)) return undefined;
  const handle = stdTypeName(checker.getTypeAtLocation(value));
  const symbol = symbolOf(value, checker);
  return symbol && handle !== undefined && moves.has(handle) ? { symbol, handle } : undefined;
}

/** The statement that a call is part of, if the call runs whenever the statement does. */
function statementOf(call: ts.Node): ts.Statement | undefined {
  for (let node = call; ; node = node.parent) {
    const { parent } = node;
    if (ts.isExpressionStatement(parent) || ts.isReturnStatement(parent)) return listed(parent);
    if (ts.isVariableStatement(parent)) return listed(parent);
    const goesOn =
      ts.isParenthesizedExpression(parent) ||
      ts.isPropertyAccessExpression(parent) ||
      ts.isVariableDeclaration(parent) ||
      ts.isVariableDeclarationList(parent) ||
      ts.isAwaitExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      (ts.isCallExpression(parent) && parent.questionDotToken === undefined) ||
      (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken);
    if (!goesOn) return undefined;
  }
}

function listed(statement: ts.Statement): ts.Statement | undefined {
  const { parent } = statement;
  return ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)
    ? statement
    : undefined;
}

/** Finds the first use in the statements after the move; an assignment gives the variable a new handle. */
function follow(move: Move, checking: Checking): void {
  const { statements } = move.statement.parent as ts.SourceFile | ts.Block | ts.CaseOrDefaultClause;
  for (const statement of statements.slice(statements.indexOf(move.statement) + 1)) {
    const uses = usesIn(statement, move.symbol, checking.checker);
    const [first] = uses;
    if (!first) continue;
    if (isAssigned(first)) return;
    if (isDisposal(first)) continue;
    if (runsSurely(first, statement)) report(first, move, checking);
    return;
  }
}

function usesIn(
  statement: ts.Statement,
  symbol: ts.Symbol,
  checker: ts.TypeChecker,
): ts.Identifier[] {
  const uses: ts.Identifier[] = [];
  visitUses(statement, (use) => {
    if (ts.isIdentifier(use) && symbolOf(use, checker) === symbol) uses.push(use);
  });
  return uses;
}

/** The target of an assignment, alone or in a pattern. */
function isAssigned(use: ts.Identifier): boolean {
  let target: ts.Node = use;
  while (
    ts.isArrayLiteralExpression(target.parent) ||
    ts.isObjectLiteralExpression(target.parent) ||
    ts.isShorthandPropertyAssignment(target.parent) ||
    (ts.isPropertyAssignment(target.parent) && target.parent.initializer === target)
  ) {
    target = target.parent;
  }
  const { parent } = target;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === target &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** `drop(tx)` and `tx.drop()`: disposing of a moved handle does nothing. */
function isDisposal(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isCallExpression(parent))
    return ts.isIdentifier(parent.expression) && parent.expression.text === "drop";
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === use &&
    parent.name.text === "drop"
  );
}

/** Not in a function, a branch or a `try` that catches: a program may want the error. */
function runsSurely(use: ts.Node, statement: ts.Statement): boolean {
  for (let node: ts.Node = use; node !== statement; node = node.parent) {
    const { parent } = node;
    if (ts.isFunctionLike(parent) || ts.isClassLike(parent)) return false;
    if (ts.isConditionalExpression(parent) && parent.condition !== node) return false;
    if (ts.isBinaryExpression(parent) && parent.right === node && isShortCircuit(parent))
      return false;
    if (ts.isIfStatement(parent) && parent.expression !== node) return false;
    if (ts.isTryStatement(parent)) return false;
    if (ts.isSwitchStatement(parent) && parent.expression !== node) return false;
    if (ts.isIterationStatement(parent, false) && parent.statement === node) return false;
  }
  return true;
}

function isShortCircuit({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function report(use: ts.Identifier, { handle, at, how }: Move, checking: Checking): void {
  const source = at.getSourceFile();
  const line = source.getLineAndCharacterOfPosition(at.getStart()).line + 1;
  const name = use.text;
  const remedy = CLONES.has(handle)
    ? `Clone it before, \`const theirs = ${name}.clone()\`, and let the thread take the clone.`
    : "Use it before it moves, or leave its use to the thread that has it now.";
  reportAt(
    use,
    checking,
    MESSAGES.moved,
    { name, how: `\`${how}\``, line, remedy },
    {
      stops: false, // the engine throws a MovedError there, which is the more telling sight
      related: [
        {
          at: documentOf(at, checking),
          span: spanOf(at, source),
          message: `\`${name}\` moves here.`,
        },
      ],
    },
  );
}
