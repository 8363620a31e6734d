/**
 * What an array method does to its array: the essential internal methods of ECMA-262 (§6.1.7.2) for indices and the
 * length. The methods beside this file are the algorithms of §23.1.3 over these few calls, each of which is an operation
 * that a thread may be stopped at. They are ordinary functions, and call what they are given directly, so that an engine
 * that suspends calls suspends them as well; the language's own methods over a proxy it could not.
 *
 * Where they leave the specification: a shared array has no species and no properties but indices and length, so results
 * are ordinary arrays; and an array is never sparse.
 */
export interface ArrayAccess {
  /** [[Get]] of `length`. */
  length(): number;
  /** [[HasProperty]] of an index. */
  has(index: number): boolean;
  /**
   * [[Get]] of an index. What stands there may be an object of shared memory: then this is no value, and may be given to
   * `set`, `shown` and `taken` alone.
   */
  get(index: number): unknown;
  /** [[Set]] of an index: that element alone, the length stays. */
  set(index: number, value: unknown): void;
  /** [[Delete]] of an index. */
  delete(index: number): void;
  /** [[Set]] of `length`. */
  setLength(length: number): void;

  /** What `get` gave, as a value for callbacks and results: of an object that stays in the array, a frozen copy. */
  shown(got: unknown): unknown;
  /** The same for what leaves the array: a copy that is nobody else's. */
  taken(got: unknown): unknown;
  /** The array itself: the result of `sort`, the third argument of callbacks. */
  self(): unknown;
}

/** A method of an array, with the arguments that it was called with. */
export type ArrayMethod = (array: ArrayAccess, args: readonly unknown[]) => unknown;

export type Callback = (...args: unknown[]) => unknown;

const LONGEST = 2 ** 53 - 1;

/** ToIntegerOrInfinity (§7.1.5); throws for symbols and bigints, as ToNumber does. */
export function toInteger(value: unknown): number {
  const number = Math.trunc(+(value as number));
  return Number.isNaN(number) ? 0 : number + 0;
}

/** A relative index, within 0 … length: what `slice`, `fill` and others make of their first arguments. */
export function relativeIndex(value: unknown, length: number): number {
  const index = toInteger(value);
  return index < 0 ? Math.max(length + index, 0) : Math.min(index, length);
}

/** The same for an end, where `undefined` means the array's. */
export function relativeEnd(value: unknown, length: number): number {
  return value === undefined ? length : relativeIndex(value, length);
}

/** IsCallable (§7.2.3), in V8's words. */
export function callback(value: unknown): Callback {
  if (typeof value === "function") return value as Callback;
  const told = typeof value === "object" && value !== null ? "#<Object>" : describe(value);
  throw new TypeError(`${told} is not a function`);
}

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Call (§7.3.14) with up to three arguments. */
export function call(run: Callback, self: unknown, a: unknown, b: unknown, c: unknown): unknown {
  return self === undefined ? run(a, b, c) : run.call(self, a, b, c);
}

/** Throws where an array would be longer than an array can be. */
export function assertLength(length: number): void {
  if (length > LONGEST) throw new TypeError("Invalid array length");
}
