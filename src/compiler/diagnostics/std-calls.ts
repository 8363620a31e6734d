/** Which calls are calls of `threadloom:*`, told by what TypeScript resolves them to: names may be anything. */
import ts from "typescript";

interface StdMember {
  /** `spawn`, `send`, or the class's name for `new`. */
  readonly name: string;
  /** The class or interface that has it. */
  readonly owner?: string;
}

/** The member of a module of ours that is called, if it is one. */
export function calledMember(
  call: ts.CallExpression | ts.NewExpression,
  checker: ts.TypeChecker,
): StdMember | undefined {
  const declaration = checker.getResolvedSignature(call)?.declaration;
  if (!declaration || !moduleOf(declaration)) return undefined;
  const { parent } = declaration;
  const owner = (ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent)) && parent.name;
  if (ts.isConstructorDeclaration(declaration)) return owner ? { name: owner.text } : undefined;
  const { name } = declaration as ts.NamedDeclaration;
  if (!name || !ts.isIdentifier(name)) return undefined;
  return { name: name.text, ...(owner && { owner: owner.text }) };
}

/** The module of ours in which something is declared: `threadloom:std`. */
export function moduleOf(declaration: ts.Node): string | undefined {
  for (let node: ts.Node | undefined = declaration; node; node = node.parent) {
    if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
      return node.name.text.startsWith("threadloom:") ? node.name.text : undefined;
    }
  }
  return undefined;
}

/** The name of the interface or class of ours that a type is: `MutexGuard`. */
export function stdTypeName(type: ts.Type): string | undefined {
  const symbol = type.getSymbol();
  const declaration = symbol?.declarations?.[0];
  return declaration && moduleOf(declaration) ? symbol.name : undefined;
}
