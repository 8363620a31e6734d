/**
 * Which of the language's own kinds an object is. Told by its prototype first, which is one look-up, and then by a
 * check that no program can deceive: an object that only inherits from `Map.prototype` is no Map.
 */
import type { Code } from "./externals.ts";
import type { Refusal } from "./crossing-error.ts";
import { NATIVE_STATE, REFUSED } from "./refusal.ts";
import { Tag } from "./word.ts";

/** `payload` tells errors and views apart. */
export interface Builtin {
  readonly tag: number;
  readonly payload: number;
  readonly constructor: Code;
}

type Constructor = new (...args: never[]) => object;

const globals = globalThis as unknown as Record<string, Constructor | undefined>;

/** By payload; never change the order, add at the end. Some are missing on older platforms. */
export const ERRORS: readonly (Constructor | undefined)[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
  globals["SuppressedError"],
];

/** By payload; never change the order, add at the end. */
export const VIEWS: readonly (Constructor | undefined)[] = [
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  globals["Float16Array"],
];

const OBJECT: Builtin = { tag: Tag.OBJECT, payload: 0, constructor: Object };
const ARRAY: Builtin = { tag: Tag.ARRAY, payload: 0, constructor: Array };

const byPrototype = new Map<object, Builtin>();

function known(constructor: Constructor | undefined, tag: number, payload = 0): void {
  if (constructor === undefined) return;
  byPrototype.set(constructor.prototype as object, { tag, payload, constructor });
}
known(Map, Tag.MAP);
known(Set, Tag.SET);
known(Date, Tag.DATE);
known(RegExp, Tag.REGEXP);
ERRORS.forEach((constructor, index) => known(constructor, Tag.ERROR, index));
for (const constructor of [Number, String, Boolean, BigInt, Symbol]) {
  known(constructor as unknown as Constructor, Tag.BOXED);
}
known(ArrayBuffer, Tag.BUFFER);
VIEWS.forEach((constructor, index) => known(constructor, Tag.VIEW, index));
known(globals["Buffer"], Tag.BYTES);

/** The kind of an object whose own prototype is one of the language's; `undefined` for all others. */
export function builtinOf(prototype: object, object: object): Builtin | Refusal | undefined {
  if (prototype === Array.prototype && Array.isArray(object)) return ARRAY;
  const found = byPrototype.get(prototype);
  if (found !== undefined) return isGenuine(found.tag, object) ? found : OBJECT;
  return REFUSED.get(prototype);
}

/** The kind of any other object: what its chain of prototypes leads to. */
export function baseOf(object: object): Builtin | Refusal {
  if (Array.isArray(object)) return ARRAY;
  for (
    let prototype = Object.getPrototypeOf(object) as object | null;
    prototype !== null;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    if (prototype === Object.prototype) break;
    const found = builtinOf(prototype, object);
    if (found !== undefined) return found;
    const native = nativeName(prototype);
    if (native !== undefined) return NATIVE_STATE(native);
  }
  return OBJECT;
}

/** The name of the platform's class that has this prototype (`URL`, `Intl.Collator`), if it is one. */
function nativeName(prototype: object): string | undefined {
  const constructor = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  if (typeof constructor !== "function") return undefined;
  const name: unknown = constructor.name;
  if (typeof name !== "string") return undefined;
  // An `Iterator` has no state of its own; those that have are refused by their own prototypes.
  if (name === "Iterator" || name === "Object") return undefined;
  for (const space of ["", "Intl", "WebAssembly", "Temporal"]) {
    const from = space === "" ? globalThis : globals[space];
    if (from === undefined) continue;
    if (Object.getOwnPropertyDescriptor(from, name)?.value === constructor) {
      return space === "" ? name : `${space}.${name}`;
    }
  }
  return undefined;
}

/** The language's own getter, as a function of the object: no field of the program's can stand in its way. */
const getter = (prototype: object, name: PropertyKey): ((object: object) => unknown) => {
  const property = Object.getOwnPropertyDescriptor(prototype, name);
  return (object): unknown => property!.get!.call(object) as unknown;
};

const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
const regexpSource = getter(RegExp.prototype, "source");
const regexpFlags = getter(RegExp.prototype, "flags");

function isGenuine(tag: number, object: object): boolean {
  try {
    switch (tag) {
      case Tag.MAP:
        mapSize(object);
        return true;
      case Tag.SET:
        setSize(object);
        return true;
      case Tag.DATE:
        Date.prototype.getTime.call(object as Date);
        return true;
      case Tag.REGEXP:
        regexpSource(object);
        return object !== RegExp.prototype;
      case Tag.BUFFER:
        bufferLength(object);
        return true;
      case Tag.VIEW:
      case Tag.BYTES:
        return ArrayBuffer.isView(object);
      case Tag.BOXED:
        unbox(object);
        return true;
      default:
        return true;
    }
  } catch {
    // The methods throw for an object of any other kind: that is the answer.
    return false;
  }
}

/** Source and flags, whatever fields of these names the program gave it. */
export function partsOfRegExp(regexp: object): readonly [source: string, flags: string] {
  return [regexpSource(regexp) as string, regexpFlags(regexp) as string];
}

const VALUES = [
  (object: object) => Number.prototype.valueOf.call(object),
  (object: object) => String.prototype.valueOf.call(object),
  (object: object) => Boolean.prototype.valueOf.call(object),
  (object: object) => BigInt.prototype.valueOf.call(object),
  (object: object) => Symbol.prototype.valueOf.call(object),
];

/** The primitive in a `Number`, `String` … object. Throws a TypeError for any other object. */
export function unbox(object: object): unknown {
  for (const value of VALUES) {
    try {
      return value(object);
    } catch {
      // Not of this type: the next may fit.
    }
  }
  throw new TypeError("no boxed primitive");
}

const INSIDE: readonly (readonly [what: string, ask: (object: object) => unknown])[] = [
  ["a Map", mapSize],
  ["a Set", setSize],
  ["a Date", (object) => Date.prototype.getTime.call(object as Date)],
  ["a RegExp", regexpSource],
  ["an ArrayBuffer", bufferLength],
  ["a WeakMap", (object) => WeakMap.prototype.has.call(object as WeakMap<object, unknown>, object)],
  ["a WeakSet", (object) => WeakSet.prototype.has.call(object as WeakSet<object>, object)],
  ["a boxed primitive", unbox],
];

/**
 * What an object is inside though its prototypes do not show it (it was given another prototype later), with an article.
 * Nothing tells a Promise, an iterator or an object of the platform's in such a dress without running its code.
 */
export function disguised(object: object): string | undefined {
  if (baseOf(object) !== OBJECT) return undefined;
  if (ArrayBuffer.isView(object)) return "a view of an ArrayBuffer";
  for (const [what, ask] of INSIDE) {
    try {
      ask(object);
      return what;
    } catch {
      // The methods throw for an object of any other kind: that is the answer.
    }
  }
  return undefined;
}
