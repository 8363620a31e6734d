/**
 * What an error has beside its fields: properties that do not enumerate. A bit set of those that are there, then their
 * values. The stack crosses as the text it is, so that it still tells where the error was made.
 */
import type { Code } from "./externals.ts";
import { ERRORS } from "./builtin.ts";
import { Way } from "./place.ts";
import type { Decoding, Encoding } from "./walk.ts";

/** By bit; never change the order. */
export const ERROR_PARTS = [
  "message",
  "stack",
  "cause",
  "errors",
  "error",
  "suppressed",
  "name",
] as const;

/** `kind`: the number of the standard error that it arrives as; undefined where its own class crosses with it. */
export function writeErrorParts(
  to: Encoding,
  error: object,
  kind: number | undefined,
  depth: number,
): void {
  const values = ERROR_PARTS.map((part) => valueOf(error, part));
  if (kind !== undefined) values[ERROR_PARTS.indexOf("name")] ??= nameOfClass(error, kind);
  let present = 0;
  values.forEach((value, bit) => {
    if (value !== undefined) present |= 1 << bit;
  });
  to.out.put(present);
  values.forEach((value, bit) => {
    if (value !== undefined) to.child(value.value, depth, Way.FIELD, ERROR_PARTS[bit]);
  });
}

/** Boxed, since a part may be there and undefined. */
function valueOf(
  error: object,
  part: (typeof ERROR_PARTS)[number],
): { value: unknown } | undefined {
  const property = Object.getOwnPropertyDescriptor(error, part);
  if (property !== undefined) {
    // One that enumerates is a field like any other.
    return property.enumerable ? undefined : { value: (error as Record<string, unknown>)[part] };
  }
  // The stack may be an accessor of the prototype, which gives undefined for what is no error.
  if (part === "stack" && "stack" in error && typeof error.stack === "string") {
    return { value: error.stack };
  }
  return undefined;
}

/** The name that an error inherits from a class which does not cross: told where it is another than it will inherit. */
function nameOfClass(error: object, kind: number): { value: unknown } | undefined {
  if (!("name" in error) || Object.hasOwn(error, "name")) return undefined;
  const { prototype } = ERRORS[kind] ?? Error;
  return error.name === (prototype as Error).name ? undefined : { value: error.name };
}

export function fillErrorParts(by: Decoding, error: object, depth: number): void {
  const present = by.from.take();
  if (present >>> ERROR_PARTS.length !== 0) by.from.damaged("an error has no such parts");
  ERROR_PARTS.forEach((part, bit) => {
    if ((present & (1 << bit)) !== 0) {
      const value = by.value(depth + 1);
      // Not of a frozen one, which has no other: then it is what it was.
      Reflect.defineProperty(error, part, {
        value,
        writable: true,
        configurable: true,
        enumerable: false,
      });
    } else if (
      Object.hasOwn(error, part) &&
      !Object.prototype.propertyIsEnumerable.call(error, part)
    ) {
      Reflect.deleteProperty(error, part);
    }
  });
}

/** An empty error of the kind that `payload` tells, with the prototype of `made`; undefined for an unknown kind. */
export function emptyError(payload: number): object | undefined {
  if (!(payload >= 0 && payload < ERRORS.length)) return undefined;
  const constructor = ERRORS[payload] ?? Error;
  const values: unknown[] = constructor === AggregateError ? [[]] : [];
  return Reflect.construct(constructor, values) as object;
}

/** The constructor that `payload` tells. */
export function errorBase(payload: number): Code | undefined {
  return payload >= 0 && payload < ERRORS.length ? (ERRORS[payload] ?? Error) : undefined;
}
