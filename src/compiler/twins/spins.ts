/**
 * Loops that wait by looking: a turn of one writes nothing that outlives the turn, so it comes to the same until something
 * that it read has changed. Who explores lets such a thread wait instead of making turn after turn; at run time it looks
 * whether a turn was indeed nothing but reads.
 *
 * Told from the text alone, and so with care: a turn may call what is known to look, assign what it declares itself and what
 * the compiler has put in, and nothing else.
 */
import ts from "typescript";

/**
 * Methods of `std` that leave nothing behind in their thread: they look, or change what is shared, of which it is seen at run
 * time whether it is as it was after a turn. And what a loop does to be polite.
 */
const LOOKS: ReadonlySet<string> = new Set([
  "load",
  "compareExchange",
  "tryLock",
  "tryRead",
  "tryWrite",
  "tryRecv",
  "trySend",
  "tryAcquire",
  "lockFor",
  "recvFor",
  "sendFor",
  "joinFor",
  "poll",
  "lock",
  "unlock",
  "acquire",
  "release",
  "store",
  "read",
  "write",
  "accept",
  "yieldNow",
  "sleep",
  "assert",
]);

/**
 * `loop` as it is before it becomes a twin's: JavaScript, with shared variables as places. `isOfStd`: whether a call of the
 * person's is one of `std`, since others may be called the same; undefined for a call that the compiler has put in.
 */
export function spins(
  loop: ts.IterationStatement,
  isOfStd: (call: ts.CallExpression) => boolean | undefined,
): boolean {
  if (ts.isForInStatement(loop) || ts.isForOfStatement(loop)) return false;
  const own = new Set<string>();
  const declare = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) own.add(name.text);
    else name.elements.forEach((one) => ts.isBindingElement(one) && declare(one.name));
  };
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) declare(node.name);
    ts.forEachChild(node, collect);
  };
  collect(loop.statement);
  for (const name of onlyGiven(loop)) own.add(name);
  const leaving = isCaught(loop) ? NONE : leavingBlocks(loop.statement);
  const told = { own, leaving, isOfStd };
  return !ts.forEachChild(loop, (node) => changes(node, told) || undefined);
}

interface Told {
  /** Variables of the turn. */
  readonly own: ReadonlySet<string>;
  /** After these there is no other turn. */
  readonly leaving: ReadonlySet<ts.Node>;
  readonly isOfStd: (call: ts.CallExpression) => boolean | undefined;
}

/** Variables that the loop gives values and never reads: only the last one counts, once it is over. */
function onlyGiven(loop: ts.IterationStatement): string[] {
  const given = new Set<string>();
  const read = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (isGiving(node)) {
      given.add(node.left.text);
      return visit(node.right);
    }
    if (ts.isPropertyAccessExpression(node)) return visit(node.expression);
    if (ts.isIdentifier(node)) read.add(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(loop, visit);
  return [...given].filter((name) => !read.has(name));
}

/** `name = …` */
function isGiving(node: ts.Node): node is ts.BinaryExpression & { readonly left: ts.Identifier } {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left)
  );
}

/** Whether it may change what is there when the next turn begins. */
function changes(node: ts.Node, told: Told): boolean {
  if (ts.isFunctionLike(node) || told.leaving.has(node)) return false;
  if (isChange(node, told)) return true;
  return ts.forEachChild(node, (child) => changes(child, told) || undefined) ?? false;
}

const NONE: ReadonlySet<ts.Node> = new Set();

/** Whether an exception may be caught by the person's code within the loop, which then goes on. */
function isCaught(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isCatchClause(node)) {
    const name = node.variableDeclaration?.name;
    const isOurs = name !== undefined && ts.isIdentifier(name) && name.text.startsWith("$");
    if (!isOurs) return true;
  }
  return ts.forEachChild(node, (child) => isCaught(child) || undefined) ?? false;
}

/** Blocks after which there is no other turn: what they change, no turn sees. */
function leavingBlocks(body: ts.Statement): ReadonlySet<ts.Node> {
  const found = new Set<ts.Node>();
  const visit = (node: ts.Node, breaks: boolean): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isBlock(node) && node !== body && leaves(node, breaks)) {
      found.add(node);
      return;
    }
    const isInner = ts.isIterationStatement(node, false) || ts.isSwitchStatement(node);
    ts.forEachChild(node, (child) => visit(child, breaks && !isInner));
  };
  visit(body, true);
  return found;
}

/** `breaks`: whether a `break` in it would be the loop's. */
function leaves(block: ts.Block, breaks: boolean): boolean {
  const last = block.statements.at(-1);
  if (last === undefined || goesOn(block)) return false;
  if (ts.isReturnStatement(last) || ts.isThrowStatement(last)) return true;
  return breaks && ts.isBreakStatement(last) && last.label === undefined;
}

/** Whether something in it begins another turn, of whatever loop. */
function goesOn(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isContinueStatement(node) || ts.isLabeledStatement(node)) return true;
  return ts.forEachChild(node, (child) => goesOn(child) || undefined) ?? false;
}

function isChange(node: ts.Node, { own, isOfStd }: Told): boolean {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
    return !isOwn(node.left, own);
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator, operand } = node;
    const steps =
      operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return steps && !isOwn(operand, own);
  }
  if (ts.isCallExpression(node)) return !looks(node, isOfStd);
  return (
    ts.isNewExpression(node) ||
    ts.isDeleteExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isTaggedTemplateExpression(node)
  );
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** A variable of the turn, or one that only the compiler's code has: `$v`, `$.site`. */
function isOwn(target: ts.Expression, own: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(target)) return own.has(target.text) || target.text.startsWith("$");
  return ts.isPropertyAccessExpression(target) && isCompilers(target.expression);
}

function looks(call: ts.CallExpression, isOfStd: Told["isOfStd"]): boolean {
  const { expression } = call;
  const called = ts.isParenthesizedExpression(expression)
    ? lastOf(expression.expression)
    : expression;
  if (!ts.isPropertyAccessExpression(called)) return false;
  const known = isOfStd(call);
  return known === undefined
    ? isCompilers(called.expression)
    : known && LOOKS.has(called.name.text);
}

/** Of `a, b`, what it comes to. */
function lastOf(expression: ts.Expression): ts.Expression {
  const isComma =
    ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.CommaToken;
  return isComma ? expression.right : expression;
}

function isCompilers(expression: ts.Expression): boolean {
  return ts.isIdentifier(expression) && expression.text.startsWith("$");
}
