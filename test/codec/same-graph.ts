/** Whether two graphs are the same in all that a program can see: values, order, identity within each. */

/** The way to the first difference, or undefined if there is none. No recursion: graphs may be deep. */
export function difference(left: unknown, right: unknown): string | undefined {
  const partner = new Map<object, object>();
  const taken = new Map<object, object>();
  const open: [unknown, unknown, string][] = [[left, right, "value"]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [a, b, way] = next;
    if (!isObject(a) || !isObject(b)) {
      if (!Object.is(a, b)) return `${way}: ${String(a)} is not ${String(b)}`;
      continue;
    }
    if (partner.has(a) || taken.has(b)) {
      if (partner.get(a) !== b || taken.get(b) !== a) return `${way}: another object`;
      continue;
    }
    partner.set(a, b);
    taken.set(b, a);
    const parts = [partsOf(a), partsOf(b)] as const;
    const names = parts.map((list) => list.map(([name]) => String(name)).join());
    if (names[0] !== names[1]) return `${way}: {${names[0]}} is not {${names[1]}}`;
    parts[0].forEach(([name, value], index) => {
      open.push([value, parts[1][index][1], `${way}.${String(name)}`]);
    });
  }
  return undefined;
}

/** Past fields of the same name. */
const source = Object.getOwnPropertyDescriptor(RegExp.prototype, "source");

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

type Part = readonly [name: PropertyKey, value: unknown];

function partsOf(object: object): Part[] {
  const parts: Part[] = [["type", Object.prototype.toString.call(object)]];
  // Of a prototype only the name counts for classes that are made again; the language's own are the same.
  const prototype = Object.getPrototypeOf(object) as { constructor?: { name: string } } | null;
  parts.push(["prototype", prototype?.constructor?.name ?? null]);
  if (typeof object === "function") return parts;
  parts.push(["frozen", Object.isFrozen(object)]);
  parts.push(["sealed", Object.isSealed(object)]);
  parts.push(["extensible", Object.isExtensible(object)]);
  if (object instanceof ArrayBuffer) {
    parts.push(["bytes", [...new Uint8Array(object)].join()]);
    parts.push(["most", object.resizable ? object.maxByteLength : -1]);
    return parts;
  }
  if (ArrayBuffer.isView(object)) {
    parts.push(["offset", object.byteOffset], ["length", object.byteLength]);
    parts.push(["buffer", object.buffer]);
    return parts;
  }
  if (object instanceof Map) {
    [...object].forEach(([key, value], index) => {
      parts.push([`key ${index}`, key], [`value ${index}`, value]);
    });
  }
  if (object instanceof Set)
    [...object].forEach((value, index) => parts.push([`member ${index}`, value]));
  if (object instanceof Date) parts.push(["time", object.getTime()]);
  if (object instanceof RegExp)
    parts.push(["source", source!.get!.call(object)], ["lastIndex", object.lastIndex]);
  if (object instanceof Number || object instanceof String || object instanceof Boolean)
    parts.push(["primitive", object.valueOf()]);
  if (object instanceof BigInt || object instanceof Symbol)
    parts.push(["primitive", object.valueOf()]);
  if (object instanceof Error)
    for (const name of ["message", "stack", "cause", "errors", "error", "suppressed"])
      parts.push([`has ${name}`, name in object], [name, (object as never)[name]]);
  if (Array.isArray(object)) parts.push(["length", object.length]);
  for (const key of Reflect.ownKeys(object)) {
    if (Object.prototype.propertyIsEnumerable.call(object, key))
      parts.push([key, (object as Record<PropertyKey, unknown>)[key]]);
  }
  return parts;
}
