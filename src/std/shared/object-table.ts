/** The table of a shared object: how many fields, their names (an encoded block), then a cell for each. */
import type { Address } from "../../base/brand.ts";
import { engine } from "../intrinsics.ts";

export const ObjectTableWord = { COUNT: 0, NAMES: 1, CELLS: 2 } as const;
const { COUNT, NAMES, CELLS } = ObjectTableWord;

/** Names by the address of their block; they never change. */
const names = new Map<Address, readonly string[]>();

export function makeObjectTable(
  value: Record<string, unknown>,
  path: string,
  createCell: (path: string, initial: unknown) => Address,
): Address {
  const keys = Object.keys(value);
  const cells = keys.map((key) => createCell(`${path}.${key}`, value[key]));
  const namesBlock = engine.encode(keys, path);
  const table = engine.allocate(CELLS + keys.length);
  const { words } = engine;
  words[table + COUNT] = keys.length;
  words[table + NAMES] = namesBlock;
  words.set(cells, table + CELLS);
  return table;
}

export function fieldNames(table: Address): readonly string[] {
  const block = engine.words[table + NAMES] as Address;
  let known = names.get(block);
  if (known === undefined) names.set(block, (known = engine.decode(block) as string[]));
  return known;
}

/** The cell of a field, 0 if there is none of that name. */
export function fieldCell(table: Address, name: string): Address {
  const index = fieldNames(table).indexOf(name);
  return (index < 0 ? 0 : engine.words[table + CELLS + index]) as Address;
}

/** The cells of all fields, in the order of their names. */
export function fieldCells(table: Address): Int32Array {
  const { words } = engine;
  return words.slice(table + CELLS, table + CELLS + words[table + COUNT]);
}
