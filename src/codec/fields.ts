/** The own enumerable fields of objects: which there are, and how they are put back, into new objects and known ones. */
import type { Shape } from "./shape.ts";
import type { Decoding } from "./walk.ts";

type Fields = Record<PropertyKey, unknown>;

/** The keys of an object's fields, in order: names, then symbols. */
export function fieldKeys(object: object): readonly PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(object);
  const names = Array.isArray(object) ? namedKeys(object) : Object.keys(object);
  if (symbols.length === 0) return names;
  const enumerable = symbols.filter((symbol) =>
    Object.prototype.propertyIsEnumerable.call(object, symbol),
  );
  return enumerable.length === 0 ? names : [...names, ...enumerable];
}

/** An array's keys that are no indices. */
function namedKeys(array: readonly unknown[]): string[] {
  const keys = Object.keys(array);
  // Indices come first (ECMA-262, OrdinaryOwnPropertyKeys), so the end tells whether there are others at all.
  let first = keys.length;
  while (first > 0 && String(Number(keys[first - 1]) >>> 0) !== keys[first - 1]) first--;
  return keys.slice(first);
}

/** Fills a new object that has no fields. `inherits`: from more than `Object.prototype`, whose fields can all be replaced. */
export function fillFields(
  by: Decoding,
  object: object,
  { keys, odd }: Shape,
  inherits: boolean,
  depth: number,
): void {
  const fields = object as Fields;
  const count = keys.length;
  if (!odd && !inherits) {
    for (let index = 0; index < count; index++) fields[keys[index]] = by.value(depth + 1);
  } else {
    for (let index = 0; index < count; index++) add(fields, keys[index], by.value(depth + 1));
  }
}

/** Adds a field even where a prototype has a setter, or a constant, of that name. */
function add(fields: Fields, key: PropertyKey, value: unknown): void {
  if (key in fields && !Object.hasOwn(fields, key)) define(fields, key, value);
  else fields[key] = value;
}

function define(fields: Fields, key: PropertyKey, value: unknown): void {
  Object.defineProperty(fields, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/**
 * Gives a known object the fields of the words, in their order, and no others. `locked`: it is not extensible, and what
 * cannot be changed stays as it is.
 */
export function refreshFields(
  by: Decoding,
  object: object,
  { keys }: Shape,
  locked: boolean,
  depth: number,
): void {
  const fields = object as Fields;
  const present = fieldKeys(object);
  let same = 0;
  while (same < present.length && present[same] === keys[same]) same++;
  for (let index = same; index < present.length; index++) {
    Reflect.deleteProperty(fields, present[index]);
  }
  for (let index = 0; index < keys.length; index++) {
    const value = by.value(depth + 1);
    const key = keys[index];
    if (locked) Reflect.set(fields, key, value);
    else if (index < same) replace(fields, key, value);
    else add(fields, key, value);
  }
}

function replace(fields: Fields, key: PropertyKey, value: unknown): void {
  try {
    fields[key] = value;
  } catch {
    // A getter without a setter, or a constant: what arrives is data, here as in every other thread.
    define(fields, key, value);
  }
}
