/**
 * Methods and accessors. The compiler writes the twin in the method's place, as a generator: so it has the right `super`
 * and is written once; as soon as the class or object exists, the plain function takes its place, as the property that the
 * person wrote.
 */
import type { Twin } from "../../../protocol/twins.ts";

type Plain = (twin: Twin) => Function;
type Holder = Record<PropertyKey, unknown>;

export function method(holder: object, key: PropertyKey, plain: Plain): void {
  const property = Object.getOwnPropertyDescriptor(holder, key)!;
  const made = named(plain(property.value as Twin), key);
  Object.defineProperty(holder, key, { ...property, value: made });
}

export function accessor(
  holder: object,
  key: PropertyKey,
  getTwin: PropertyKey | undefined,
  setTwin: PropertyKey | undefined,
  plainGet?: Plain,
  plainSet?: Plain,
): void {
  const property = Object.getOwnPropertyDescriptor(holder, key)!;
  const made = { ...property };
  if (plainGet) made.get = taken(holder, getTwin!, plainGet, `get ${textOf(key)}`) as () => unknown;
  if (plainSet) made.set = taken(holder, setTwin!, plainSet, `set ${textOf(key)}`) as () => void;
  Object.defineProperty(holder, key, made);
}

function taken(holder: object, twinKey: PropertyKey, plain: Plain, name: string): Function {
  const twin = (holder as Holder)[twinKey] as Twin;
  delete (holder as Holder)[twinKey];
  const made = plain(twin);
  Object.defineProperty(made, "name", { value: name, configurable: true });
  return made;
}

const plains = new WeakMap<Twin, Function>();

export function plain(twin: Twin, make: Plain): Function {
  let made = plains.get(twin);
  if (made === undefined) plains.set(twin, (made = make(twin)));
  return made;
}

export function key(value: unknown): PropertyKey {
  return typeof value === "symbol" ? value : `${value as string}`;
}

const textOf = (of: PropertyKey): string =>
  typeof of === "symbol" ? (of.description === undefined ? "" : `[${of.description}]`) : String(of);

export function named<F extends Function>(made: F, of: PropertyKey): F {
  const name = textOf(of);
  if (made.name !== name) Object.defineProperty(made, "name", { value: name, configurable: true });
  return made;
}
