/**
 * What stands for a shared array where a method of the language gives the array itself: the result of `sort` and `fill`,
 * the third argument of callbacks. No reference to the array: each use of it is a use of the array, as by its path, and an
 * event at the place that the engine knows last.
 */
import { inspected } from "../inspect.ts";
import type { ArrayAccess } from "./array/access.ts";
import { ARRAY_METHODS } from "./array/methods.ts";

export interface Viewed {
  /** The cells, for one use. */
  cells(): ArrayAccess;
  write(index: number, value: unknown): void;
  writeLength(value: unknown): void;
  snapshot(): unknown;
}

function indexOf(key: string | symbol): number {
  if (typeof key === "symbol") return -1;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && String(index) === key ? index : -1;
}

export function arrayView(viewed: Viewed): unknown[] {
  const target: unknown[] = [];
  // Looked up by consoles, past the proxy.
  Object.defineProperty(target, inspected, { value: () => viewed.snapshot() });
  const methodOf = (name: PropertyKey): unknown => {
    const method = ARRAY_METHODS.get(name === Symbol.iterator ? "values" : String(name));
    return method && ((...args: unknown[]) => method(viewed.cells(), args));
  };
  const set = (key: string | symbol, value: unknown): boolean => {
    const index = indexOf(key);
    if (index >= 0) viewed.write(index, value);
    else if (key === "length") viewed.writeLength(value);
    else return false;
    return true;
  };
  return new Proxy(target, {
    get(_target, key) {
      const cells = viewed.cells();
      const index = indexOf(key);
      if (index >= 0) return cells.shown(cells.get(index));
      if (key === "length") return cells.length();
      return methodOf(key) ?? (key === "constructor" ? Array : undefined);
    },
    set: (_target, key, value) => set(key, value),
    defineProperty: (_target, key, { value }) => set(key, value),
    has(_target, key) {
      const index = indexOf(key);
      return index >= 0 ? index < viewed.cells().length() : key === "length" || key in target;
    },
    deleteProperty(_target, key) {
      const index = indexOf(key);
      if (index >= 0) viewed.cells().delete(index);
      return index >= 0;
    },
  });
}
