/**
 * What variables hold, as text: a loop that gives variables new values is as it was where these read the same. Plain objects
 * and arrays are told by what is in them, since a result is made anew each time; everything else by which object it is.
 *
 * Left out: what cannot be told in few words, which is as no other.
 */

/** A larger value is none that a loop comes back to. */
const MOST_PARTS = 64;

export class Locals {
  #ids = new WeakMap<object, number>();
  #next = 0;

  /** All objects are new ones. */
  reset(): void {
    this.#ids = new WeakMap();
    this.#next = 0;
  }

  /** O(what they hold), up to a bound. */
  tell(values: readonly unknown[]): string {
    const told: string[] = [];
    return this.#tellAll(values, told) ? told.join(" ") : `#${++this.#next}`;
  }

  #tellAll(values: readonly unknown[], told: string[]): boolean {
    return values.every((value) => this.#tellOne(value, told));
  }

  #tellOne(value: unknown, told: string[]): boolean {
    if (told.length >= MOST_PARTS) return false;
    if (typeof value === "function") return told.push(`f${this.#idOf(value)}`) > 0;
    if (typeof value !== "object" || value === null) return told.push(plainText(value)) > 0;
    const keys = keysOf(value);
    if (keys === undefined) return told.push(`o${this.#idOf(value)}`) > 0;
    told.push(Array.isArray(value) ? "[" : "{");
    for (const key of keys) {
      const property = Reflect.getOwnPropertyDescriptor(value, key)!;
      told.push(JSON.stringify(key));
      // A getter's answer is nothing that the object holds.
      if (!("value" in property) || !this.#tellOne(property.value, told)) return false;
    }
    told.push("}");
    return true;
  }

  #idOf(value: object): number {
    const known = this.#ids.get(value) ?? ++this.#next;
    this.#ids.set(value, known);
    return known;
  }
}

function plainText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return Object.is(value, -0) ? "-0" : `${typeof value}:${String(value)}`;
}

/** Of a plain object or array; undefined: it is none, or has what cannot be listed. */
function keysOf(value: object): readonly string[] | undefined {
  const prototype = Reflect.getPrototypeOf(value);
  const isPlain =
    prototype === Object.prototype || prototype === Array.prototype || prototype === null;
  if (!isPlain) return undefined;
  const keys = Reflect.ownKeys(value);
  return keys.every((key) => typeof key === "string") ? keys : undefined;
}
