/**
 * Values by which threads tell whether they have the same: two words (`objects/value-words.ts`), made of a value here and made a
 * value again. What is no object is compared by what it is; an object is published when it is stored.
 */
import type { Address } from "../base/brand.ts";
import { letGo } from "../objects/held.ts";
import { High, isNumber, numbered, numberOf, numberWords } from "../objects/value-words.ts";
import { crossingOf } from "./handle.ts";
import { encodeHeld } from "./held.ts";
import { engine } from "./intrinsics.ts";

/** The words of the value that was identified last. */
export const identity = { low: 0, high: 0 };

/**
 * Words that stand for a value, where it goes to be compared: nothing is published. `at`: the object that it goes to, by which
 * messages call it; 0 while there is none.
 */
export function identify(value: unknown, at: Address): void {
  if (identifyPrimitive(value)) return;
  if (isPublishable(value)) put(engine.addressOf(value), High.OBJECT);
  else put(encodeHeld(value, nameFor(value, at)), High.BLOCK);
}

/**
 * The same, where it goes to be stored. Throws `NotSendError`. An object is published by `stored` if it was stored, and by
 * nothing otherwise.
 */
export function identifyToStore(value: unknown, at: Address): void {
  if (identifyPrimitive(value)) return;
  if (!isPublishable(value)) return put(encodeHeld(value, nameFor(value, at)), High.BLOCK);
  const { site } = engine;
  const address = engine.publish(value, nameFor(value, at));
  engine.site = site;
  put(address, High.OBJECT);
}

/** The same for a value that goes by copy: nothing is published, and what moves is refused. */
export function copyToStore(value: unknown, at: Address): void {
  if (!identifyPrimitive(value)) put(encodeHeld(value, nameFor(value, at)), High.BLOCK);
}

/** Whether what `identifyToStore` gave words for was stored. */
export function stored(low: number, high: number, isStored: boolean): void {
  if (high === High.OBJECT) engine.published(isStored);
  else if (!isStored) release(low, high);
}

/** Who makes values again: an engine, or somebody who only looks. */
interface Maker {
  decode(block: Address): unknown;
  publishedAt(address: Address): object;
}

/** The value of these words. */
export function valueOf(low: number, high: number, by: Maker = engine): unknown {
  if (isNumber(high)) return numberOf(low, high);
  switch (high) {
    case High.UNDEFINED:
      return undefined;
    case High.NULL:
      return null;
    case High.FALSE:
      return false;
    case High.TRUE:
      return true;
    case High.BLOCK:
      return by.decode(low as Address);
    default:
      return by.publishedAt(low as Address);
  }
}

/** Lets go what the words hold, if they hold anything. */
export function release(low: number, high: number): void {
  if (high === High.BLOCK && letGo(engine.words, low as Address)) engine.release(low as Address);
}

/** The value of words that were given to this thread to let go. */
export function take(low: number, high: number): unknown {
  const value = valueOf(low, high);
  release(low, high);
  return value;
}

function identifyPrimitive(value: unknown): boolean {
  if (typeof value === "number") {
    numberWords(value);
    put(numbered.low, numbered.high);
  } else if (value === undefined) put(0, High.UNDEFINED);
  else if (value === null) put(0, High.NULL);
  else if (typeof value === "boolean") put(0, value ? High.TRUE : High.FALSE);
  else return false;
  return true;
}

/** Whether it is known by an address. A shared handle and a class are known by their own words. */
function isPublishable(value: unknown): value is object {
  if (typeof value === "function") {
    const isClass = Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
    return !isClass && crossingOf(value) === undefined;
  }
  return typeof value === "object" && value !== null && crossingOf(value) === undefined;
}

/** What is refused is called by the name of the object; texts and big numbers are not. */
function nameFor(value: unknown, at: Address): string {
  const canBeRefused = typeof value !== "string" && typeof value !== "bigint";
  return canBeRefused && at !== 0 ? engine.nameOf(at) : "value";
}

function put(low: number, high: number): void {
  identity.low = low;
  identity.high = high;
}
