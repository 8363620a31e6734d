/**
 * The cells of `@shared` memory, one by one: what is put into them, and what is read. A cell holds a primitive, or the
 * table of an object or array, whose parts are cells in turn.
 *
 * An object of shared memory is not a value: it is made a `Tree` here, which array methods may put elsewhere in the array
 * and which nobody else sees. Moving it moves its cells, so that they keep their names in traces (`items[1].done`, though
 * it now is the first).
 *
 * A replaced tree is never freed: another thread may stand in the middle of a path through it, between the place that it
 * has found and the access. `docs/annotations.md` says what that costs.
 */
import type { Address } from "../../base/brand.ts";
import { RUNTIME_MESSAGES } from "../../base/catalogue/runtime.ts";
import { cell, CellOperation, CellTag, CellWord, COUNT_WORD } from "../../objects/cell.ts";
import { Head } from "../../objects/object.ts";
import { packed, packs, unpack } from "../cargo.ts";
import { text } from "../errors.ts";
import { engine } from "../intrinsics.ts";
import { makeArrayTable } from "./array-table.ts";
import { makeObjectTable } from "./object-table.ts";

/** An object or array of shared memory. */
export class Tree {
  readonly tag: number;
  readonly table: Address;
  /** Where it was found: what cells are called that are made only now. */
  readonly path: string;

  constructor(tag: number, table: Address, path: string) {
    this.tag = tag;
    this.table = table;
    this.path = path;
  }
}

export function isTree(tag: number): boolean {
  return tag === CellTag.OBJECT || tag === CellTag.ARRAY;
}

/** The words of the cell that was looked at last. */
export const looked = { low: 0, high: 0 };

/** How often a cell is looked at again before the thread that writes it is let run. */
const LOOKS = 100;

/**
 * The tag of what stands in a cell, and its words in `looked`, without an event: what a path needs on its way. Other
 * threads may be writing: the words belong together if nobody was in the middle of an operation before and after they were
 * read, and none went through in between (a seqlock: Boehm, "Can seqlocks get along with programming language memory
 * models?", MSPC 2012).
 */
export function look(at: Address): number {
  for (let looks = 1; ; looks++) {
    const { words } = engine;
    const version = Atomics.load(words, at + Head.VERSION);
    if (Atomics.load(words, at + Head.WORD_LOCK) === 0) {
      const tag = words[at + CellWord.TAG];
      looked.low = words[at + CellWord.LOW]!;
      looked.high = words[at + CellWord.HIGH]!;
      const isSame = Atomics.load(words, at + Head.VERSION) === version;
      if (isSame && Atomics.load(words, at + Head.WORD_LOCK) === 0) return tag;
    }
    if (looks % LOOKS === 0) engine.pause();
  }
}

/** The tag of what stands in a cell; of an object or array, its table in `looked.low`. No event, and no other words. */
export function tagAt(at: Address): number {
  const tag = engine.words[at + CellWord.TAG];
  return isTree(tag) ? look(at) : tag;
}

/** A cell of the tree: a field or an element. */
export function createCell(path: string, initial: unknown): Address {
  const at = engine.create(cell, 0, 0, engine.traced ? engine.string(path) : 0);
  plant(at, initial, path);
  return at;
}

/** Puts a value into a cell that nobody sees yet: no event. */
export function plant(at: Address, value: unknown, path: string): void {
  pack(value, path);
  const { tag, low, high } = packed;
  const { words } = engine;
  words[at + CellWord.TAG] = tag;
  words[at + CellWord.LOW] = low;
  words[at + CellWord.HIGH] = high;
}

/** Packs a value; objects and arrays become new trees. Throws what cannot be shared. */
function pack(value: unknown, path: string): void {
  if (packs(value)) return;
  let tag: number = CellTag.BLOCK;
  let low: Address;
  if (typeof value === "string" || typeof value === "bigint") {
    low = engine.encode(value, path);
    engine.words[low + COUNT_WORD] = 1;
  } else if (value instanceof Tree) {
    ({ tag, table: low } = value);
  } else if (Array.isArray(value)) {
    tag = CellTag.ARRAY;
    low = makeArrayTable(value, path, createCell);
  } else if (isPlainObject(value)) {
    tag = CellTag.OBJECT;
    low = makeObjectTable(value, path, createCell);
  } else {
    const what = typeof value === "object" ? `a ${value!.constructor?.name}` : `a ${typeof value}`;
    throw new TypeError(text(RUNTIME_MESSAGES.cannotBeShared, { place: path, what }));
  }
  packed.tag = tag;
  packed.low = low;
  packed.high = 0;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

/** One read: a primitive, or a `Tree`, found at `path`. In an annotation's expression it is no event. */
export function readCell(at: Address, path: string): unknown {
  if (engine.evaluating) {
    const tag = look(at);
    if (isTree(tag)) return new Tree(tag, looked.low as Address, path);
    return unpack(tag, looked.low, looked.high, (block) => engine.decode(block));
  }
  const tag = engine.perform(at, CellOperation.READ);
  if (isTree(tag)) return new Tree(tag, engine.low as Address, path);
  return unpack(tag, engine.low, engine.high, takeBlock);
}

function takeBlock(block: Address): unknown {
  const value = engine.decode(block);
  giveBack(block);
  return value;
}

/** A reader or a cell lets go of a string's or bigint's block. */
function giveBack(block: Address): void {
  if (Atomics.sub(engine.words, block + COUNT_WORD, 1) === 1) engine.release(block);
}

/** Exactly one write, of this cell alone: a copy of the value, or the `Tree` itself. */
export function writeCell(at: Address, value: unknown, path: string): void {
  pack(value, path);
  engine.low = packed.low;
  engine.high = packed.high;
  const replaced = engine.perform(at, CellOperation.WRITE, packed.tag) as Address;
  if (replaced !== 0) giveBack(replaced);
}
