/** Plain copies of what stands in shared memory: one read for each primitive and each length. */
import type { Address } from "../../base/brand.ts";
import { CellTag } from "../../objects/cell.ts";
import { elementCell, lengthCell } from "./array-table.ts";
import { createCell, isTree, looked, readCell, tagAt, Tree } from "./cells.ts";
import { fieldCells, fieldNames } from "./object-table.ts";

/** `frozen`: all the way down, so that a change of it, which nobody would see, is an error. */
export function copyOf({ tag, table, path }: Tree, frozen: boolean): object {
  const copy =
    tag === CellTag.ARRAY ? arrayCopy(table, path, frozen) : objectCopy(table, path, frozen);
  return frozen ? Object.freeze(copy) : copy;
}

/** What a cell holds, copied. To find an object there is no event: its parts are read. */
export function copyOfCell(at: Address, path: () => string, frozen: boolean): unknown {
  const tag = tagAt(at);
  if (isTree(tag)) return copyOf(new Tree(tag, looked.low as Address, path()), frozen);
  const value = readCell(at, "");
  // It has come to be one only now: its path is told here.
  return value instanceof Tree ? copyOf(new Tree(value.tag, value.table, path()), frozen) : value;
}

function arrayCopy(table: Address, path: string, frozen: boolean): unknown[] {
  const length = readCell(lengthCell(table), path) as number;
  const copy: unknown[] = [];
  let index = 0;
  const partPath = (): string => `${path}[${index}]`;
  const create = (): Address => createCell(partPath(), undefined);
  for (; index < length; index++) {
    copy.push(copyOfCell(elementCell(table, index, create), partPath, frozen));
  }
  return copy;
}

function objectCopy(table: Address, path: string, frozen: boolean): object {
  const copy: Record<string, unknown> = {};
  const cells = fieldCells(table);
  fieldNames(table).forEach((name, index) => {
    copy[name] = copyOfCell(cells[index] as Address, () => `${path}.${name}`, frozen);
  });
  return copy;
}
