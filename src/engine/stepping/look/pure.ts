/**
 * Which of the language's own functions change nothing, whatever they are given: those that an expression of somebody who looks may
 * call. Methods of arrays work on a plain copy, as `constructor` and holes of the original could run code.
 */
type Method = (...args: unknown[]) => unknown;

const NAMESPACES: Readonly<Record<string, object>> = { Math, Number, Array, Object, String };

const STATIC: ReadonlyMap<object, ReadonlySet<string>> = new Map<object, ReadonlySet<string>>([
  [Math, new Set(Object.getOwnPropertyNames(Math).filter((name) => name !== "random"))],
  [Number, new Set(["isInteger", "isFinite", "isNaN", "isSafeInteger", "parseFloat", "parseInt"])],
  [Array, new Set(["isArray"])],
  [Object, new Set(["is", "keys"])],
  [String, new Set(["fromCharCode"])],
]);

const STRINGS = new Set(
  (
    "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf padEnd padStart repeat slice " +
    "startsWith substring toLowerCase toUpperCase trim trimEnd trimStart toString"
  ).split(" "),
);
const ARRAYS = new Set(
  (
    "at concat every filter find findIndex findLast findLastIndex flat flatMap includes indexOf lastIndexOf map " +
    "reduce reduceRight slice some toReversed"
  ).split(" "),
);
const NUMBERS = new Set(["toFixed", "toPrecision", "toString", "toExponential"]);

const PURE: ReadonlyMap<object, ReadonlySet<string>> = new Map<object, ReadonlySet<string>>([
  [String.prototype, STRINGS],
  [Array.prototype, ARRAYS],
  [Number.prototype, NUMBERS],
  [BigInt.prototype, new Set(["toString"])],
  [Boolean.prototype, new Set(["toString"])],
  [Map.prototype, new Set(["get", "has", "size"])],
  [Set.prototype, new Set(["has", "size"])],
  [Date.prototype, new Set(["getTime", "toISOString", "getFullYear", "getMonth", "getDate"])],
  [RegExp.prototype, new Set(["source", "flags"])],
  [Object.getPrototypeOf(Int32Array.prototype) as object, new Set([...ARRAYS, "length"])],
]);

/** `Math`, `Number` … themselves. */
export function pureNamespace(name: string): object | undefined {
  return Object.hasOwn(NAMESPACES, name) ? NAMESPACES[name] : undefined;
}

/** The harmless function or getter `name` of one of the language's own objects, for what it is called on. */
export function pureMethod(
  holder: object,
  name: PropertyKey,
): ((self: unknown) => Method) | undefined {
  if (typeof name !== "string") return undefined;
  const isPure = PURE.get(holder)?.has(name) === true || STATIC.get(holder)?.has(name) === true;
  if (!isPure) return undefined;
  const found = Object.getOwnPropertyDescriptor(holder, name)!;
  const method = found.value as Method | undefined;
  return (self) =>
    (...args) =>
      method?.apply(ARRAYS.has(name) && typeof self === "object" ? copyOf(self!) : self, args);
}

function copyOf(value: object): unknown {
  if (!Array.isArray(value)) return value;
  const copy: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    copy.push(Object.getOwnPropertyDescriptor(value, index)?.value);
  }
  return copy;
}
