/**
 * Loops that may come back to where they were: a turn of one leaves nothing behind in its thread but new values of variables and
 * fields that can be named, and does nothing but operations that others can see. Where a turn has only read, it comes to the same
 * until something that it read has changed; where it has done things, all may be as it was in the end. Who explores is told of each
 * turn, with those values, and lets such a thread wait instead of making turn after turn.
 *
 * Told from the text alone, and so with care: a turn may call what is known to look or to be seen, assign what it declares itself,
 * what the compiler has put in, what a lock protects whose guard is its own, and what can be named where it begins.
 *
 * Left out: loops that count with each turn. They come to their end, or are never where they were.
 */
import ts from "typescript";

/**
 * Methods of `std` that leave nothing behind in their thread: they look, or change what is shared, of which it is seen at run
 * time whether it is as it was after a turn. And what a loop does to be polite.
 */
const LOOKS: ReadonlySet<string> = new Set([
  "load",
  "compareExchange",
  "fetchAdd",
  "fetchSub",
  "swap",
  "tryLock",
  "tryRead",
  "tryWrite",
  "tryRecv",
  "trySend",
  "tryAcquire",
  "lockFor",
  "readFor",
  "writeFor",
  "acquireFor",
  "recvFor",
  "recv",
  "sendFor",
  "send",
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

/** Methods of `std` that give a guard, through which what a lock protects is written. */
const GUARDS: ReadonlySet<string> = new Set([
  "lock",
  "tryLock",
  "lockFor",
  "write",
  "tryWrite",
  "writeFor",
]);

type IsOfStd = (call: ts.CallExpression) => boolean | undefined;

/** What types tell. */
export interface Known {
  /** Whether a call of the person's is one of `std`, since others may be called the same; undefined: the compiler has put it in. */
  readonly isOfStd: IsOfStd;
  /** Whether code of the person's may run where this is read or written. */
  readonly isAccessor: (access: ts.PropertyAccessExpression) => boolean;
  /** The function of the program's that a call of the person's always comes to, where that is known. */
  readonly functionOf: (call: ts.CallExpression) => ts.FunctionLikeDeclaration | undefined;
}

/**
 * `loop` as it is before it becomes a twin's: JavaScript, with shared variables as places. Answers what turns give new values to,
 * as expressions that can be evaluated where a turn begins; undefined: it is no such loop.
 */
export function spins(
  loop: ts.IterationStatement,
  known: Known,
): readonly ts.Expression[] | undefined {
  if (ts.isForInStatement(loop) || ts.isForOfStatement(loop)) return undefined;
  const { own, guards } = declaredIn(loop.statement, known);
  for (const name of onlyGiven(loop)) own.add(name);
  const leaving = isCaught(loop) ? NONE : leavingBlocks(loop.statement);
  const told: Told = {
    ...{ ...known, own, guards, leaving },
    ...{ given: new Map(), calls: 0, entered: new Set() },
  };
  if (countsAlways(loop, own)) return undefined;
  if (ts.forEachChild(loop, (node) => changes(node, told) || undefined)) return undefined;
  const given = [...told.given.values()];
  return given.length > 0 && told.calls === 0 ? undefined : given;
}

/** Variables that are declared in it, and those of them that hold guards. */
function declaredIn(
  body: ts.Node,
  { isOfStd }: Known,
): { readonly own: Set<string>; readonly guards: Set<string> } {
  const own = new Set<string>();
  const guards = new Set<string>();
  const declare = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) own.add(name.text);
    else name.elements.forEach((one) => ts.isBindingElement(one) && declare(one.name));
  };
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) {
      declare(node.name);
      const { name, initializer } = node;
      if (ts.isIdentifier(name) && initializer && isGuard(initializer, isOfStd))
        guards.add(name.text);
    }
    ts.forEachChild(node, collect);
  };
  collect(body);
  return { own, guards };
}

interface Told extends Known {
  /** Variables of the turn. */
  readonly own: ReadonlySet<string>;
  /** Those of them that hold guards. */
  readonly guards: ReadonlySet<string>;
  /** After these there is no other turn. */
  readonly leaving: ReadonlySet<ts.Node>;
  /** What is given new values, by its text. */
  readonly given: Map<string, ts.Expression>;
  /** How many calls there are: without any nobody sees what the loop does. */
  calls: number;
  /** Functions that are called, and those that these call. */
  readonly entered: Set<ts.Node>;
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

/** Whether each turn makes something larger or smaller that outlives it. */
function countsAlways(loop: ts.IterationStatement, own: ReadonlySet<string>): boolean {
  const counts = (node: ts.Node | undefined): boolean => {
    if (node === undefined) return false;
    if (ts.isExpressionStatement(node) || ts.isParenthesizedExpression(node))
      return counts(node.expression);
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.CommaToken) return counts(node.left) || counts(node.right);
      const isStep =
        kind === ts.SyntaxKind.PlusEqualsToken || kind === ts.SyntaxKind.MinusEqualsToken;
      return isStep && !isOwn(node.left, own);
    }
    return isCount(node) && !isOwn(node.operand, own);
  };
  const { statement } = loop;
  if (ts.isForStatement(loop) && counts(loop.incrementor)) return true;
  return ts.isBlock(statement) ? statement.statements.some(counts) : counts(statement);
}

/** `n++`, `--n` */
function isCount(node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return false;
  const { operator } = node;
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** Whether it may change what is there when the next turn begins, and cannot be named. */
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

function isChange(node: ts.Node, told: Told): boolean {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
    return !isGiven(node.left, told);
  }
  if (isCount(node)) return !isGiven(node.operand, told);
  if (ts.isPropertyAccessExpression(node)) return told.isAccessor(node);
  if (ts.isCallExpression(node)) {
    told.calls++;
    return !looks(node, told.isOfStd) && !callsWhatLooks(node, told);
  }
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

/** Whether it is known what a new value of it means: nothing to the next turn, or it is told. */
function isGiven(target: ts.Expression, { own, guards, given, isAccessor }: Told): boolean {
  if (isOwn(target, own)) return true;
  const root = rootOf(target);
  if (root === undefined) return false;
  if (ts.isIdentifier(root)) {
    // What a lock protects is told by the lock.
    if (guards.has(root.text)) return root !== target;
    if (own.has(root.text)) return false;
  }
  if (ts.isPropertyAccessExpression(target) && isAccessor(target)) return false;
  const path = pathText(target);
  if (!given.has(path)) given.set(path, optional(target));
  return true;
}

/** What a path of names begins with: `state` of `state.seen.n`, `this`. */
function rootOf(target: ts.Expression): ts.Identifier | ts.ThisExpression | undefined {
  if (ts.isIdentifier(target)) return target;
  if (target.kind === ts.SyntaxKind.ThisKeyword) return target as ts.ThisExpression;
  return ts.isPropertyAccessExpression(target) ? rootOf(target.expression) : undefined;
}

function pathText(target: ts.Expression): string {
  if (!ts.isPropertyAccessExpression(target)) return ts.isIdentifier(target) ? target.text : "this";
  return `${pathText(target.expression)}.${target.name.text}`;
}

/** The same path, evaluated where nobody has asked whether it leads anywhere. */
function optional(target: ts.Expression): ts.Expression {
  if (!ts.isPropertyAccessExpression(target)) {
    return ts.isIdentifier(target)
      ? ts.factory.createIdentifier(target.text)
      : ts.factory.createThis();
  }
  return ts.factory.createPropertyAccessChain(
    optional(target.expression),
    ts.factory.createToken(ts.SyntaxKind.QuestionDotToken),
    ts.isPrivateIdentifier(target.name)
      ? ts.factory.createPrivateIdentifier(target.name.text)
      : ts.factory.createIdentifier(target.name.text),
  );
}

/** A variable of the turn, or one that only the compiler's code has: `$v`, `$.site`. */
function isOwn(target: ts.Expression, own: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(target)) return own.has(target.text) || target.text.startsWith("$");
  if (!ts.isPropertyAccessExpression(target)) return false;
  if (isCompilers(target.expression)) return true;
  // A variable of the person's that lives in a box.
  const original = ts.getParseTreeNode(target);
  return original !== undefined && ts.isIdentifier(original) && own.has(original.text);
}

function looks(call: ts.CallExpression, isOfStd: IsOfStd): boolean {
  const called = calledBy(call);
  if (!ts.isPropertyAccessExpression(called)) return false;
  const known = isOfStd(call);
  return known === undefined
    ? isCompilers(called.expression)
    : known && LOOKS.has(called.name.text);
}

/** A function of the program's that does nothing but a turn may do, and gives nothing new values that outlives it. */
function callsWhatLooks(call: ts.CallExpression, told: Told): boolean {
  const callee = told.functionOf(call);
  const body = callee?.body;
  if (callee === undefined || body === undefined || told.entered.has(callee)) return false;
  const isPlain =
    callee.asteriskToken === undefined &&
    !callee.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) &&
    callee.parameters.every(({ initializer, name }) => !initializer && ts.isIdentifier(name));
  if (!isPlain || isCaught(body)) return false;
  told.entered.add(callee);
  const { own, guards } = declaredIn(body, told);
  const within: Told = { ...told, own, guards, leaving: NONE, given: new Map() };
  const isChanged = changes(body, within) || within.given.size > 0;
  told.calls = within.calls;
  told.entered.delete(callee);
  return !isChanged;
}

/** Whether a value is a guard's: `$u.add($.at(3, m).lock())`, or without `using`. */
function isGuard(value: ts.Expression, isOfStd: IsOfStd): boolean {
  if (!ts.isCallExpression(value)) return false;
  const called = calledBy(value);
  if (!ts.isPropertyAccessExpression(called)) return false;
  if (isCompilers(called.expression))
    return value.arguments.some((argument) => isGuard(argument, isOfStd));
  return isOfStd(value) === true && GUARDS.has(called.name.text);
}

function calledBy({ expression }: ts.CallExpression): ts.Expression {
  return ts.isParenthesizedExpression(expression) ? lastOf(expression.expression) : expression;
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
