/**
 * The table of a shared array: a cell for the length, and a list of cells for the elements that were ever used. The list
 * grows under a lock of its own; cells are never moved, so a place stays what it is.
 */
import type { Address } from "../../base/brand.ts";
import { engine } from "../intrinsics.ts";

export const ArrayTableWord = { LENGTH_CELL: 0, CAPACITY: 1, LIST: 2, LOCK: 3 } as const;
const TABLE_WORDS = 4;
const LEAST_CAPACITY = 8;

export function makeArrayTable(
  value: readonly unknown[],
  path: string,
  createCell: (path: string, initial: unknown) => Address,
): Address {
  const length = createCell(`${path}.length`, value.length);
  const cells = Array.from(value, (part, index) => createCell(`${path}[${index}]`, part));
  const capacity = Math.max(LEAST_CAPACITY, cells.length);
  const list = cleared(capacity);
  const table = engine.allocate(TABLE_WORDS);
  const { words } = engine;
  words.set(cells, list);
  words[table + ArrayTableWord.LENGTH_CELL] = length;
  words[table + ArrayTableWord.CAPACITY] = capacity;
  words[table + ArrayTableWord.LIST] = list;
  words[table + ArrayTableWord.LOCK] = 0;
  return table;
}

function cleared(capacity: number): Address {
  const list = engine.allocate(capacity);
  engine.words.fill(0, list, list + capacity);
  return list;
}

export function lengthCell(table: Address): Address {
  return engine.words[table + ArrayTableWord.LENGTH_CELL] as Address;
}

/** The cell of the element at `index`, made if it was never used. O(1) amortised. */
export function elementCell(table: Address, index: number, createCell: () => Address): Address {
  acquire(table);
  try {
    if (index >= engine.words[table + ArrayTableWord.CAPACITY]) grow(table, index);
    const slot = engine.words[table + ArrayTableWord.LIST] + index;
    const known = engine.words[slot] as Address;
    if (known !== 0) return known;
    const made = createCell();
    engine.words[slot] = made;
    return made;
  } finally {
    Atomics.store(engine.words, table + ArrayTableWord.LOCK, 0);
  }
}

function grow(table: Address, index: number): void {
  const capacity = engine.words[table + ArrayTableWord.CAPACITY];
  const wanted = Math.max(capacity * 2, index + 1);
  const list = cleared(wanted);
  const { words } = engine;
  const old = words[table + ArrayTableWord.LIST] as Address;
  words.copyWithin(list, old, old + capacity);
  words[table + ArrayTableWord.LIST] = list;
  words[table + ArrayTableWord.CAPACITY] = wanted;
  engine.release(old);
}

function acquire(table: Address): void {
  while (Atomics.compareExchange(engine.words, table + ArrayTableWord.LOCK, 0, 1) !== 0)
    engine.pause();
}
