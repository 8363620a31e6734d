/**
 * Accesses of `@guardedBy` variables at which nobody can hold the lock: no function on a way from a thread's beginning, or from
 * the top level, to the access has taken it before. One such way is enough. What leads to a function by other ways than calls
 * that can be seen (a callback that somebody keeps, an accessor) is not judged; exploring does that.
 */
import ts from "typescript";
import { CHECK_MESSAGES as MESSAGES } from "../../base/catalogue/compiler-checks.ts";
import { isWithin, literalOf, symbolOf } from "./captures.ts";
import { documentOf, reportAt, type Checking } from "./checking.ts";
import { spanOf, type Extra } from "./diagnose.ts";
import { type Region, regionsOf } from "./lock-regions.ts";
import { moduleOf } from "./std-calls.ts";

/** A function, or a file for what stands at its top level. */
type Body = ts.FunctionLikeDeclaration | ts.SourceFile;

interface Guard {
  readonly variable: ts.VariableDeclaration;
  readonly lock: ts.VariableDeclaration;
}

export function checkGuarded(checking: Checking): void {
  const guards = guardsIn(checking);
  if (guards.size === 0) return;
  const roots = new Set<ts.Node>();
  for (const [, crossings] of checking.crossings) {
    for (const crossing of crossings) {
      if (crossing.kind === "body" && crossing.literal) roots.add(crossing.literal);
    }
  }
  for (const { threads } of checking.annotations.values()) {
    for (const { declaration } of threads) {
      const literal = literalOf(declaration);
      if (literal) roots.add(literal);
    }
  }
  const judge = new Judge(checking, roots);
  for (const file of checking.files) judge.look(file, guards);
}

function guardsIn({ annotations }: Checking): Map<ts.Declaration, Guard> {
  const found = new Map<ts.Declaration, Guard>();
  for (const { guards } of annotations.values()) {
    for (const [variable, made] of guards) {
      let lock: ts.Node = made.parent;
      while (!ts.isVariableDeclaration(lock)) lock = lock.parent;
      found.set(variable, { variable, lock });
    }
  }
  return found;
}

class Judge {
  readonly #checking: Checking;
  readonly #roots: ReadonlySet<ts.Node>;
  readonly #regions = new Map<Body, Map<ts.Node, readonly Region[]>>();
  readonly #leaving = new Map<ts.Node, ReadonlySet<ts.Node>>();
  /** By function: the calls of it that can be seen. Made when it is asked for first. */
  #calls: ReadonlyMap<ts.Node, readonly ts.Node[]> | undefined;

  constructor(checking: Checking, roots: ReadonlySet<ts.Node>) {
    this.#checking = checking;
    this.#roots = roots;
  }

  look(file: ts.SourceFile, guards: ReadonlyMap<ts.Declaration, Guard>): void {
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
      if (ts.isIdentifier(node)) this.#lookAt(node, guards);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }

  #lookAt(use: ts.Identifier, guards: ReadonlyMap<ts.Declaration, Guard>): void {
    const declaration = symbolOf(use, this.#checking.checker)?.valueDeclaration;
    const guard = declaration && guards.get(declaration);
    if (guard === undefined || guard.variable.name === use || isNoAccess(use)) return;
    const writes = isWritten(use);
    if (!this.#mayComeWithout(use, guard.lock, writes, new Set())) return;
    report(use, guard, writes, this.#checking);
  }

  /** Whether `node` is come to on a way on which the lock is not held for that. */
  #mayComeWithout(
    node: ts.Node,
    lock: ts.VariableDeclaration,
    writes: boolean,
    passed: Set<Body>,
  ): boolean {
    const body = bodyAround(node);
    const at = node.getStart();
    const isHeld = this.#regionsIn(body, lock).some(
      ({ start, end, reads }) => start <= at && at < end && !(reads && writes),
    );
    if (isHeld || passed.has(body)) return false;
    passed.add(body);
    if (ts.isSourceFile(body) || this.#roots.has(body)) return true;
    const way = syncCallOf(body, this.#checking.checker);
    if (way !== undefined) return this.#mayComeWithout(way, lock, writes, passed);
    const callers = this.#callsOf(body);
    return callers.some((call) => this.#mayComeWithout(call, lock, writes, passed));
  }

  #regionsIn(body: Body, lock: ts.VariableDeclaration): readonly Region[] {
    let known = this.#regions.get(body);
    if (known === undefined) {
      known = new Map<ts.Node, readonly Region[]>();
      this.#regions.set(body, known);
    }
    let regions = known.get(lock);
    if (regions === undefined) known.set(lock, (regions = this.#findRegions(body, lock)));
    return regions;
  }

  #findRegions(body: Body, lock: ts.VariableDeclaration): readonly Region[] {
    const { checker } = this.#checking;
    const leaving = this.#leavingOf(lock);
    return regionsOf(lock, body, checker, (call) => {
      const callee =
        leaving.size === 0 ? undefined : checker.getResolvedSignature(call)?.declaration;
      return callee !== undefined && leaving.has(callee);
    });
  }

  /** Functions that may come back with the lock held, whoever gives it back. */
  #leavingOf(lock: ts.VariableDeclaration): ReadonlySet<ts.Node> {
    const known = this.#leaving.get(lock);
    if (known !== undefined) return known;
    const { checker, files } = this.#checking;
    const leaving = new Set<ts.Node>();
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
        const regions = regionsOf(lock, node, checker, () => false);
        if (regions.some(({ plain }) => !plain)) leaving.add(node);
      }
      ts.forEachChild(node, visit);
    };
    for (const file of files) visit(file);
    for (const callee of leaving) {
      for (const call of this.#callsOf(callee as Body)) {
        const caller = bodyAround(call);
        if (!ts.isSourceFile(caller)) leaving.add(caller);
      }
    }
    this.#leaving.set(lock, leaving);
    return leaving;
  }

  #callsOf(body: Body): readonly ts.Node[] {
    this.#calls ??= callsIn(this.#checking);
    return this.#calls.get(body) ?? [];
  }
}

const isBody = (node: ts.Node): node is Body =>
  ts.isSourceFile(node) || (ts.isFunctionLike(node) && "body" in node);

function bodyAround(node: ts.Node): Body {
  let at = node.parent;
  while (!isBody(at)) at = at.parent;
  return at;
}

/** Which calls lead to which function of the program, as far as types tell. O(calls). */
function callsIn({ files, checker, isOwn }: Checking): Map<ts.Node, ts.Node[]> {
  const calls = new Map<ts.Node, ts.Node[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const callee = checker.getResolvedSignature(node)?.declaration;
      if (callee !== undefined && isOwn(callee.getSourceFile())) {
        const known = calls.get(callee);
        if (known === undefined) calls.set(callee, [node]);
        else known.push(node);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return calls;
}

/** Where a function literal is handed to a method of the language that calls it at once (`forEach`): that call. */
function syncCallOf(body: Body, checker: ts.TypeChecker): ts.CallExpression | undefined {
  const { parent } = body;
  if (parent === undefined || !ts.isCallExpression(parent)) return undefined;
  if (!parent.arguments.includes(body as ts.Node as ts.Expression)) return undefined;
  const callee = checker.getResolvedSignature(parent)?.declaration;
  if (callee === undefined || !ts.isPropertyAccessExpression(parent.expression)) return undefined;
  const owner = callee.parent;
  const isCollection =
    ts.isInterfaceDeclaration(owner) && /^(Readonly)?(Array|Map|Set)$/.test(owner.name.text);
  return isCollection && moduleOf(callee) === undefined ? parent : undefined;
}

/** `typeof counter`, an export: nothing is read. */
function isNoAccess({ parent }: ts.Identifier): boolean {
  return (
    ts.isTypeQueryNode(parent) || ts.isExportSpecifier(parent) || ts.isTypeOfExpression(parent)
  );
}

/** Whether the variable, or what is in it, is given a new value by a path that begins here. */
function isWritten(use: ts.Identifier): boolean {
  let path: ts.Node = use;
  for (;;) {
    const { parent } = path;
    const isPath =
      (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
      parent.expression === path;
    if (!isPath && !ts.isNonNullExpression(parent) && !ts.isParenthesizedExpression(parent)) {
      if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
        const { operator } = parent;
        return (
          operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken
        );
      }
      if (!ts.isBinaryExpression(parent) || parent.left !== path) return false;
      const { kind } = parent.operatorToken;
      return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    }
    path = parent;
  }
}

function report(use: ts.Identifier, guard: Guard, writes: boolean, checking: Checking): void {
  const lock = guard.lock.name.getText();
  const fix = taking(use, guard, checking);
  reportAt(
    use,
    checking,
    MESSAGES.unguarded,
    { name: use.text, did: writes ? "written" : "read", lock },
    {
      severity: "warning",
      related: [
        {
          at: documentOf(guard.variable, checking),
          span: spanOf(guard.variable.name, guard.variable.getSourceFile()),
          message: `It is @guardedBy ${lock}.`,
        },
      ],
      ...(fix && { fix }),
    },
  );
}

/** A block of its own around the statement, which takes the lock first; where the lock can be named there. */
function taking(use: ts.Identifier, { lock }: Guard, { checker }: Checking): Extra["fix"] {
  let statement: ts.Node = use;
  while (!ts.isStatement(statement)) {
    if (ts.isFunctionLike(statement) || ts.isSourceFile(statement)) return undefined;
    statement = statement.parent;
  }
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { Value, Alias, ExportValue } = ts.SymbolFlags;
  const isLock = (symbol: ts.Symbol): boolean => {
    const target = (symbol.flags & Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
    return target.declarations?.includes(lock) === true;
  };
  const name = checker.getSymbolsInScope(use, Value | Alias | ExportValue).find(isLock)?.name;
  if (name === undefined || isWithin(statement, lock)) return undefined;
  const takes =
    checker.getTypeAtLocation(lock.name).getSymbol()?.name === "RwLock" ? "write" : "lock";
  const text = `{ using guard = ${name}.${takes}(); ${statement.getText()} }`;
  const span = { start: statement.getStart(), end: statement.end };
  return { title: `Hold ${name} here`, span, text };
}
