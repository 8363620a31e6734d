/** What a table of shared memory consists of, for who only looks at memory: no cell is made, and nothing is an event. */
import type { Address } from "../../base/brand.ts";
import { CellWord } from "../../objects/cell.ts";
import { ArrayTableWord } from "./array-table.ts";
import { ObjectTableWord } from "./object-table.ts";

export type Parts =
  /** A cell is 0 where none was ever used. */
  | { readonly kind: "array"; readonly cells: readonly Address[] }
  /** `names`: a block that holds as many texts as there are cells. */
  | { readonly kind: "object"; readonly names: Address; readonly cells: readonly Address[] };

export function parts(words: Int32Array, isArray: boolean, table: Address): Parts {
  if (!isArray) {
    const first = table + ObjectTableWord.CELLS;
    const cells = words.slice(first, first + words[table + ObjectTableWord.COUNT]);
    return {
      kind: "object",
      names: words[table + ObjectTableWord.NAMES] as Address,
      cells: Array.from(cells) as Address[],
    };
  }
  // A length is always an integer.
  const length = words[words[table + ArrayTableWord.LENGTH_CELL] + CellWord.LOW];
  const capacity = words[table + ArrayTableWord.CAPACITY];
  const list = words[table + ArrayTableWord.LIST];
  const cells = Array.from({ length: Math.min(length, capacity) }, (_, i) => words[list + i]);
  return { kind: "array", cells: cells as Address[] };
}
