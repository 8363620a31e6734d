/** What is known of the language's own library: which of its parameters are called back, and what of it is a mere shape. */
import ts from "typescript";

/** Interfaces of the library that programs implement: a call by one of them may come to anything. */
const SHAPES: ReadonlySet<string> = new Set([
  ..."Iterator Iterable Generator IteratorObject IterableIterator Disposable PromiseLike".split(
    " ",
  ),
  ..."AsyncIterator AsyncIterable AsyncGenerator AsyncIteratorObject AsyncDisposable".split(" "),
  ..."Function CallableFunction NewableFunction".split(" "),
]);

export function isStructural(declaration: ts.SignatureDeclaration): boolean {
  const { parent } = declaration;
  return (
    // A function type of the library's: `EventListener`, `PropertyDescriptor.get`.
    ts.isFunctionTypeNode(declaration) ||
    (parent !== undefined && ts.isInterfaceDeclaration(parent) && SHAPES.has(parent.name.text))
  );
}

/** Whether the parameter at `index` is called back or gone through, as it is declared; in doubt, yes. */
export function callsBack(
  checker: ts.TypeChecker,
  declaration: ts.SignatureDeclaration,
  index: number,
): boolean {
  const { parameters } = declaration;
  const last = parameters.at(-1);
  const parameter = parameters[index] ?? (last?.dotDotDotToken === undefined ? undefined : last);
  if (parameter === undefined || !ts.isParameter(parameter)) return false;
  return mayBeCalled(checker, checker.getTypeAtLocation(parameter));
}

const ITERATED: ReadonlySet<string> = new Set(["Iterable", "Iterator", "Function", "ArrayLike"]);

function mayBeCalled(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnionOrIntersection()) return type.types.some((one) => mayBeCalled(checker, one));
  if (type.getCallSignatures().length > 0) return true;
  return ITERATED.has(type.getSymbol()?.name ?? "");
}
