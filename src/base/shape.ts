/**
 * Checks of values whose type nobody vouches for: what crosses into or out of a page. A check says whether a value has a
 * shape; fields that a shape does not name are nobody's business, and are left out by `picked`.
 */
export type Check = (value: unknown) => boolean;
export type Shape = Readonly<Record<string, Check>>;
type Fields = Readonly<Record<string, unknown>>;

export const text: Check = (value) => typeof value === "string";
export const flag: Check = (value) => typeof value === "boolean";
/** An integer from 0 on. */
export const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const amount: Check = (value) => Number.isFinite(value);
export const bytes: Check = (value) => value instanceof Uint8Array;

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const oneOf =
  (...known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);

export const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => check(item));

export const object =
  (shape: Shape): Check =>
  (value) =>
    isFields(value) && Object.entries(shape).every(([name, check]) => check(value[name]));

/** One of several objects, told apart by a text in their field `key`. */
export const variant =
  (key: string, shapes: Readonly<Record<string, Shape>>): Check =>
  (value) => {
    if (!isFields(value)) return false;
    const name = value[key];
    return typeof name === "string" && Object.hasOwn(shapes, name) && object(shapes[name])(value);
  };

/** An object whose values are texts, under any names. */
export const table: Check = (value) =>
  isFields(value) && Object.values(value).every((item) => text(item));

export const place: Check = object({ file: text, line: whole, column: whole });

/** The named field that is not as it should be; undefined if all are. */
export function wrongField(value: unknown, shape: Shape): string | undefined {
  if (!isFields(value)) return "";
  return Object.entries(shape).find(([name, check]) => !check(value[name]))?.[0];
}

/** The fields that the shape names and the value has. */
export function picked(value: object, shape: Shape): Fields {
  const fields = value as Fields;
  const names = Object.keys(shape).filter((name) => fields[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
