/** Whether going through a value of a type can run code that may stop: arrays, strings and collections cannot. */
import ts from "typescript";

const SAFE: ReadonlySet<string> = new Set([
  ..."Array ReadonlyArray Map ReadonlyMap Set ReadonlySet IArguments String".split(" "),
  ..."ArrayIterator MapIterator SetIterator StringIterator RegExpStringIterator".split(" "),
  ..."Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array".split(" "),
  ..."Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array".split(" "),
  ..."RegExpMatchArray RegExpExecArray TemplateStringsArray URLSearchParams Buffer".split(" "),
]);

const NEVER_ITERATED =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.Never;

export function isSafelyIterated(
  checker: ts.TypeChecker,
  type: ts.Type,
  isForeign: (file: ts.SourceFile) => boolean,
): boolean {
  if (type.isUnion()) return type.types.every((one) => isSafelyIterated(checker, one, isForeign));
  if ((type.flags & NEVER_ITERATED) !== 0) return true;
  if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint !== undefined && isSafelyIterated(checker, constraint, isForeign);
  }
  if (checker.isArrayType(type) || checker.isTupleType(type)) return true;
  const symbol = type.getSymbol();
  if (symbol === undefined || !SAFE.has(symbol.name)) return false;
  return symbol.declarations?.every((one) => isForeign(one.getSourceFile())) ?? false;
}
