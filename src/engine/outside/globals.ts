/**
 * Has a program ask its thread's `Outside` where it asks the language or the browser: `Date`, `Math.random`, `performance.now`,
 * `crypto`. What Node has beside them is `native/node-world.ts`'s.
 */
import type { Outside } from "./outside.ts";

/** What is replaced. */
export interface OutsideGlobals {
  Date: DateConstructor;
  readonly Math: Math;
  readonly performance: { now(): number };
  readonly crypto?: WebCrypto;
}

interface WebCrypto {
  getRandomValues(array: unknown): unknown;
  randomUUID(): string;
}

/** `asking`: the outside of the thread that runs. */
export function installOutside(target: OutsideGlobals, asking: () => Outside): void {
  target.Math.random = () => asking().random();
  target.performance.now = () => asking().world.performance() / 1e6;
  target.Date = dateOf(target.Date, () => asking().world.wall());
  const { crypto } = target;
  if (crypto === undefined) return;
  const real = crypto.getRandomValues.bind(crypto);
  const fill = (bytes: Uint8Array): void => asking().world.fill(bytes);
  const getRandomValues = (array: unknown): unknown => {
    // What is no array of integers, or too long, is refused as it always is.
    if (!isFillable(array)) return real(array);
    fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return array;
  };
  for (const [name, value] of Object.entries({
    getRandomValues,
    randomUUID: () => randomUuid(fill),
  })) {
    Object.defineProperty(crypto, name, { value, writable: true, configurable: true });
  }
}

/** By the Web Cryptography API. */
const MOST_AT_ONCE = 65_536;

function isFillable(array: unknown): array is ArrayBufferView {
  const isOfIntegers = /^\[object (Big)?(Ui|I)nt\d+(Clamped)?Array\]$/;
  return (
    ArrayBuffer.isView(array) &&
    array.byteLength <= MOST_AT_ONCE &&
    isOfIntegers.test(Object.prototype.toString.call(array))
  );
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** A random UUID by RFC 9562, version 4. */
export function randomUuid(
  fill: (bytes: Uint8Array) => void,
): `${string}-${string}-${string}-${string}-${string}` {
  const bytes = new Uint8Array(16);
  fill(bytes);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
}

/** The same class to whoever looks, but that without arguments it tells the time that it is given. */
function dateOf(Real: DateConstructor, now: () => number): DateConstructor {
  const Dated = function (this: unknown, ...given: unknown[]): unknown {
    if (new.target === undefined) return new Real(now()).toString();
    const made = given.length === 0 ? [now()] : given;
    return Reflect.construct(Real, made, new.target === Dated ? Real : new.target);
  } as unknown as DateConstructor;
  for (const key of Reflect.ownKeys(Real)) {
    const described = Object.getOwnPropertyDescriptor(Real, key)!;
    Object.defineProperty(Dated, key, { ...described, ...(key === "now" ? { value: now } : {}) });
  }
  Object.defineProperty(Real.prototype, "constructor", {
    value: Dated,
    writable: true,
    configurable: true,
  });
  return Dated;
}
