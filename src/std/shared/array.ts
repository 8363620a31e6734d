/**
 * A shared array as the language's own array methods see it: each is made of the reads and writes of elements and length
 * that ECMA-262 says (§23.1.3), and every one of those is an event.
 */

/** The cells of one shared array. */
export interface ArrayCells {
  readElement(index: number): unknown;
  /** That element alone: the methods see to the length themselves. */
  writeElement(index: number, value: unknown): void;
  readLength(): number;
  writeLength(length: unknown): void;
}

function indexOf(key: string | symbol): number {
  if (typeof key === "symbol") return -1;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && String(index) === key ? index : -1;
}

/**
 * An array whose elements and length are those cells, for one call of a method. There are no holes, so whether an element
 * is there is no access: it is as long as the method found it, and what another thread cut off meanwhile reads as undefined.
 */
export function arrayView(cells: ArrayCells): unknown[] {
  let known: number | undefined;
  const readLength = (): number => (known = cells.readLength());
  const has = (key: string | symbol): boolean => {
    const index = indexOf(key);
    return index < 0 ? key === "length" || key in Array.prototype : index < (known ?? readLength());
  };
  const set = (key: string | symbol, value: unknown): boolean => {
    const index = indexOf(key);
    if (index >= 0) {
      cells.writeElement(index, value);
    } else if (key === "length") {
      cells.writeLength(value);
      known = Number(value);
    } else {
      return false;
    }
    return true;
  };
  return new Proxy<unknown[]>([], {
    get(target, key) {
      const index = indexOf(key);
      if (index >= 0) return cells.readElement(index);
      if (key === "length") return readLength();
      // Methods that make arrays make ordinary ones.
      return key === "constructor" ? undefined : (Reflect.get(target, key) as unknown);
    },
    set: (_target, key, value) => set(key, value),
    defineProperty: (_target, key, { value }) => set(key, value),
    has: (_target, key) => has(key),
    deleteProperty(_target, key) {
      const index = indexOf(key);
      if (index >= 0) cells.writeElement(index, undefined);
      return index >= 0;
    },
  });
}
