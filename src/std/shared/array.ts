/**
 * A shared array as the language's own array methods see it: each is made of the reads and writes of elements and length
 * that ECMA-262 says (§23.1.3), and every one of those is an event.
 */
import { engine } from "../intrinsics.ts";
import { element, length, type Place, read, writeCell } from "./place.ts";

function indexOf(key: string | symbol): number {
  if (typeof key === "symbol") return -1;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && String(index) === key ? index : -1;
}

/** An array whose elements and length are those of the place. */
export function arrayView(place: Place): unknown[] {
  const { site } = engine;
  const here = (): Place => {
    engine.site = site;
    return place;
  };
  const has = (key: string | symbol): boolean => {
    const index = indexOf(key);
    return index < 0
      ? key === "length" || key in Array.prototype
      : index < (read(length(here())) as number);
  };
  const set = (key: string | symbol, value: unknown): boolean => {
    const index = indexOf(key);
    if (index < 0 && key !== "length") return false;
    writeCell(index < 0 ? length(here()) : element(here(), index), value);
    return true;
  };
  return new Proxy<unknown[]>([], {
    get(target, key) {
      const index = indexOf(key);
      if (index >= 0) return read(element(here(), index));
      if (key === "length") return read(length(here()));
      // Methods that make arrays make ordinary ones.
      return key === "constructor" ? undefined : (Reflect.get(target, key) as unknown);
    },
    set: (_target, key, value) => set(key, value),
    defineProperty: (_target, key, { value }) => set(key, value),
    has: (_target, key) => has(key),
    deleteProperty(_target, key) {
      const index = indexOf(key);
      if (index >= 0) writeCell(element(here(), index), undefined);
      return index >= 0;
    },
  });
}
