/**
 * What stands at a shared place, as far as types tell: whether a path goes on into shared memory from there, or reads a
 * member of an ordinary value.
 */
import ts from "typescript";

export type Kind = "array" | "object" | "primitive" | "unknown";

const PRIMITIVE =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.ESSymbolLike |
  ts.TypeFlags.EnumLike;

const EMPTY = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void;

export function kindOfType(checker: ts.TypeChecker, type: ts.Type | undefined): Kind {
  if (type === undefined) return "unknown";
  const parts = type.isUnion() ? type.types : [type];
  const kinds = new Set<Kind>();
  for (const part of parts) {
    if ((part.flags & EMPTY) !== 0) continue;
    if ((part.flags & PRIMITIVE) !== 0) kinds.add("primitive");
    else if (checker.isArrayType(part) || checker.isTupleType(part)) kinds.add("array");
    else if ((part.flags & ts.TypeFlags.Object) !== 0) kinds.add("object");
    else kinds.add("unknown"); // any, unknown, never, type parameters
  }
  if (kinds.size === 0) return "primitive"; // nothing but null and undefined
  return kinds.size === 1 ? [...kinds][0] : "unknown";
}
