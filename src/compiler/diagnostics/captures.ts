/**
 * What a function takes along when it crosses to another thread: the variables of its surroundings that it uses, and
 * those that own functions and classes use which it uses in turn.
 *
 * Names that are imported from packages are not among them: each thread has its own instance of a package.
 */
import ts from "typescript";

export interface Capture {
  readonly symbol: ts.Symbol;
  /** Where the variable is used: in the function itself, or in one that it leads to. */
  readonly use: ts.Identifier | ts.ThisExpression;
  /** In the function itself: where the way to the use begins. Equal to `use` for what it uses directly. */
  readonly from: ts.Identifier | ts.ThisExpression;
  /** Names of the functions on the way. */
  readonly through: readonly string[];
}

interface Scope {
  readonly checker: ts.TypeChecker;
  /** Whether a file is the person's own. */
  readonly isOwn: (file: ts.SourceFile) => boolean;
  /** Kept from call to call, for one checker. */
  readonly uses: WeakMap<Literal, readonly Use[]>;
}

export interface Use {
  readonly node: ts.Identifier | ts.ThisExpression;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
}

export type Literal = ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration;

/** The first use of each captured variable, in source order; deeper ones after nearer ones. */
export function capturesOf(literal: Literal, scope: Scope): Capture[] {
  const captures = new Map<ts.Symbol, Capture>();
  const entered = new Set<ts.Node>([literal]);
  const queue: { literal: Literal; from?: Capture["from"]; through: readonly string[] }[] = [
    { literal, through: [] },
  ];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { literal: inner, from, through } = next;
    for (const { node: use, symbol, declaration } of usesOf(inner, scope)) {
      const begin = from ?? use;
      const code = literalOf(declaration);
      if (code) {
        if (entered.has(code)) continue;
        entered.add(code);
        const name = use.getText();
        queue.push({ literal: code, from: begin, through: [...through, name] });
      }
      const plain =
        ts.isVariableDeclaration(declaration) ||
        ts.isParameter(declaration) ||
        ts.isBindingElement(declaration);
      if (!plain && use.kind !== ts.SyntaxKind.ThisKeyword) continue;
      if (!captures.has(symbol)) captures.set(symbol, { symbol, use, from: begin, through });
    }
  }
  return [...captures.values()];
}

/** The uses of what own files declare outside of the literal. Several threads often reach the same functions. */
export function usesOf(literal: Literal, { checker, isOwn, uses }: Scope): readonly Use[] {
  const known = uses.get(literal);
  if (known) return known;
  const found: Use[] = [];
  visitUses(literal, (node) => {
    const symbol = symbolOf(node, checker);
    const declaration = symbol?.valueDeclaration;
    if (!symbol || !declaration || isWithin(declaration, literal)) return;
    if (isOwn(declaration.getSourceFile())) found.push({ node, symbol, declaration });
  });
  uses.set(literal, found);
  return found;
}

/** Identifiers that stand for values, and `this` of a surrounding function, in source order. */
export function visitUses(
  literal: ts.Node,
  found: (use: ts.Identifier | ts.ThisExpression) => void,
): void {
  const visit = (node: ts.Node, ownThis: boolean): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node)) {
      if (!isMereName(node)) found(node);
      return;
    }
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      if (!ownThis) found(node as ts.ThisExpression);
      return;
    }
    const brings =
      ownThis || (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => visit(child, brings));
  };
  visit(literal, false);
}

/** Names of members, properties and declarations, which stand for no variable. */
function isMereName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) {
    return (ts.isPropertyAccessExpression(parent) ? parent.name : parent.right) === node;
  }
  if (ts.isBindingElement(parent)) return parent.propertyName === node || parent.name === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return "name" in parent && parent.name === node;
}

/** The variable that is meant, where it came from by imports too. */
export function symbolOf(
  use: ts.Identifier | ts.ThisExpression,
  checker: ts.TypeChecker,
): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(use.parent)
    ? checker.getShorthandAssignmentValueSymbol(use.parent)
    : checker.getSymbolAtLocation(use);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  return checker.getAliasedSymbol(symbol);
}

/** The function or class that a name always stands for: declared as one, or a constant that holds a literal. */
export function literalOf(declaration: ts.Declaration): Literal | undefined {
  if (ts.isClassDeclaration(declaration)) return declaration;
  if (ts.isFunctionDeclaration(declaration)) return implementationOf(declaration);
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  if (!(declaration.parent.flags & ts.NodeFlags.Const)) return undefined;
  const value = bare(declaration.initializer);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value)
    ? value
    : undefined;
}

/** Of overloads the one that has a body; nothing where none has, as in a package's declarations. */
function implementationOf(declaration: ts.FunctionDeclaration): Literal | undefined {
  if (declaration.body) return declaration;
  const { parent } = declaration;
  if (!ts.isSourceFile(parent) && !ts.isBlock(parent)) return undefined;
  return parent.statements.find(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) &&
      statement.body !== undefined &&
      statement.name?.text === declaration.name?.text,
  );
}

/** Without parentheses, `as`, `satisfies` and `!`. */
export function bare(expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** The function, class body or file whose statements run a node. */
export function runnerOf(node: ts.Node): ts.Node {
  let at = node.parent;
  while (
    at &&
    !ts.isFunctionLike(at) &&
    !ts.isSourceFile(at) &&
    !ts.isClassStaticBlockDeclaration(at)
  ) {
    at = at.parent;
  }
  return at;
}
