/**
 * A shared array as array methods see it: each access of theirs is one operation on a cell, at the place of the call,
 * whatever ran in between (a callback). The array is the one that stood there when the method was called, as the language
 * has it, even if another takes its place meanwhile.
 *
 * There are no holes, so whether an element is there is no access: it is there below the length that the method has found,
 * and what another thread cut off since then reads as undefined.
 */
import type { Address, SiteId } from "../../base/brand.ts";
import { engine } from "../intrinsics.ts";
import { elementCell, lengthCell } from "./array-table.ts";
import type { ArrayAccess } from "./array/access.ts";
import { createCell, readCell, Tree, writeCell } from "./cells.ts";
import { copyOf } from "./copy.ts";

/** The place at which the array stands. */
export interface ArrayHost {
  readonly path: string;
  /** Cells of elements of that table that this thread has used, by index: they stay where they are. */
  elementCells(table: Address): (Address | undefined)[];
  /** What stands for the array itself. */
  view(): unknown;
}

/** No array is longer: the list of its cells would not fit a block of the heap. */
export const MOST_ELEMENTS = 2 ** 26;

export class ArrayCells implements ArrayAccess {
  readonly #host: ArrayHost;
  readonly #table: Address;
  readonly #cells: (Address | undefined)[];
  readonly #site: SiteId;
  #length = 0;

  constructor(host: ArrayHost, table: Address) {
    this.#host = host;
    this.#table = table;
    this.#cells = host.elementCells(table);
    this.#site = engine.site;
  }

  length(): number {
    engine.site = this.#site;
    return (this.#length = readCell(lengthCell(this.#table), this.#host.path) as number);
  }

  has(index: number): boolean {
    return index < this.#length;
  }

  get(index: number): unknown {
    const at = this.#cell(index);
    engine.site = this.#site;
    const value = readCell(at, this.#host.path);
    return value instanceof Tree ? new Tree(value.tag, value.table, this.#pathOf(index)) : value;
  }

  set(index: number, value: unknown): void {
    const at = this.#cell(index);
    engine.site = this.#site;
    writeCell(at, value, typeof value === "object" ? this.#pathOf(index) : this.#host.path);
  }

  delete(index: number): void {
    this.set(index, undefined);
  }

  setLength(length: number): void {
    engine.site = this.#site;
    writeCell(lengthCell(this.#table), length, this.#host.path);
    this.#length = length;
  }

  shown(got: unknown): unknown {
    return got instanceof Tree ? this.#copy(got, true) : got;
  }

  taken(got: unknown): unknown {
    return got instanceof Tree ? this.#copy(got, false) : got;
  }

  self(): unknown {
    return this.#host.view();
  }

  #copy(tree: Tree, frozen: boolean): object {
    engine.site = this.#site;
    return copyOf(tree, frozen);
  }

  #pathOf(index: number): string {
    return `${this.#host.path}[${index}]`;
  }

  #cell(index: number): Address {
    const known = this.#cells[index];
    if (known !== undefined) return known;
    if (index >= MOST_ELEMENTS) throw new RangeError("Invalid array length");
    const at = elementCell(this.#table, index, () => createCell(this.#pathOf(index), undefined));
    // A list with gaps is a slow one; an element far out is looked up again.
    if (index <= this.#cells.length) this.#cells[index] = at;
    return at;
  }
}
