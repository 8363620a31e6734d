/**
 * Which classes are *guarded*: their constructors and field initialisers are skipped while the engine restores an
 * instance that arrived from another thread. Only `new` installs `#private` members, so an instance of a class that has
 * some, or inherits some, is made by `new`, without the person's code.
 *
 * Where the text does not tell what a class extends, it is guarded: to be ready to be skipped costs next to nothing.
 */
import ts from "typescript";
import type { LoadedProgram } from "./loaded.ts";
import type { ClassNode, Scopes } from "./scopes/scope.ts";

/** The constructors, and the field declarations with initialisers, of guarded classes. */
export function findGuarded(loaded: LoadedProgram, scopes: Scopes): Set<ts.Node> {
  const guarded = new Set<ts.Node>();
  for (const { kind, node } of scopes.frames) {
    if (kind !== "class" || !isGuarded(loaded, node as ClassNode, new Set())) continue;
    for (const member of (node as ClassNode).members) {
      const constructs = ts.isConstructorDeclaration(member) && member.body !== undefined;
      const initialises =
        ts.isPropertyDeclaration(member) && member.initializer !== undefined && !isStatic(member);
      if (constructs || initialises) guarded.add(member);
    }
  }
  return guarded;
}

export const isStatic = (member: ts.ClassElement): boolean =>
  hasModifier(member, ts.SyntaxKind.StaticKeyword);

export const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((one) => one.kind === kind);

/** Members that hold state that only the class itself can reach: `#name` and `accessor`, and the brand of `#methods`. */
export function hasPrivateState(node: ClassNode): boolean {
  return node.members.some(
    (member) =>
      !isStatic(member) &&
      member.name !== undefined &&
      (ts.isPrivateIdentifier(member.name) || hasModifier(member, ts.SyntaxKind.AccessorKeyword)),
  );
}

function isGuarded(loaded: LoadedProgram, node: ClassNode, seen: Set<ts.Node>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  if (hasPrivateState(node)) return true;
  const heritage = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    ?.types[0];
  if (heritage === undefined) return false;
  let symbol = loaded.checker.getSymbolAtLocation(heritage.expression);
  if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0)
    symbol = loaded.checker.getAliasedSymbol(symbol);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined) return true;
  if (declaration.getSourceFile().isDeclarationFile) return false; // a package's, or the language's own: no state of ours
  return ts.isClassLike(declaration) ? isGuarded(loaded, declaration, seen) : true;
}
