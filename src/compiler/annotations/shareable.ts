/**
 * Which types can live in shared memory, cell by cell: numbers, booleans, bigints, strings, objects of a fixed shape and
 * arrays of these (SEMANTICS, `@shared`). Answers only what is certain: `any`, `unknown` and type parameters pass, and
 * the engine looks at the value.
 */
import ts from "typescript";
import { moduleOf } from "../diagnostics/std-calls.ts";

type NotShareable =
  /** An object of `threadloom:*`: shared as it is. */
  | { readonly kind: "handle"; readonly what: string }
  | { readonly kind: "part"; readonly path: string; readonly what: string };

const PLAIN =
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.Never |
  ts.TypeFlags.Void |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.EnumLike |
  ts.TypeFlags.NonPrimitive |
  ts.TypeFlags.Instantiable;

/** Deeper than this nobody looks; recursive types end by their identity. */
const DEEPEST = 12;

export function whatCannotBeShared(
  type: ts.Type,
  path: string,
  at: ts.Node,
  program: ts.Program,
): NotShareable | undefined {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Type>();

  const look = (type: ts.Type, path: string, depth: number): NotShareable | undefined => {
    if (type.flags & PLAIN || seen.has(type) || depth > DEEPEST) return undefined;
    seen.add(type);
    const part = (what: string): NotShareable => ({ kind: "part", path, what });
    if (type.flags & ts.TypeFlags.ESSymbolLike) return part("a symbol");
    if (type.isUnion()) return first(type.types, (one) => look(one, path, depth));
    if (type.isIntersection() && type.types.some(({ flags }) => flags & PLAIN)) return undefined;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const elements = checker.getTypeArguments(type as ts.TypeReference);
      return first(elements, (element) => look(element, `${path}[]`, depth + 1));
    }
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) {
      return part("a function");
    }
    const symbol = type.getSymbol();
    const declared = symbol?.declarations?.[0];
    const name = checker.typeToString(type);
    if (declared && symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
      if (moduleOf(declared) !== undefined) {
        return depth === 0
          ? { kind: "handle", what: `${article(name)} ${name}` }
          : part(`${article(name)} ${name}, a handle`);
      }
      if (symbol.flags & ts.SymbolFlags.Class) return part(`an instance of the class ${name}`);
      if (program.isSourceFileDefaultLibrary(declared.getSourceFile())) {
        return part(`${article(name)} ${name}`);
      }
    }
    if (checker.getIndexInfosOfType(type).length > 0) {
      return part(`an object of no fixed shape, ${name}`);
    }
    return first(type.getProperties(), (property) => {
      const where = `${path}.${property.name}`;
      if (property.flags & ts.SymbolFlags.Accessor) {
        return { kind: "part", path: where, what: "computed by an accessor" };
      }
      return look(checker.getTypeOfSymbolAtLocation(property, at), where, depth + 1);
    });
  };
  return look(type, path, 0);
}

function first<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Answer | undefined,
): Answer | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function article(name: string): string {
  return /^[AEIOU]/i.test(name) ? "an" : "a";
}
