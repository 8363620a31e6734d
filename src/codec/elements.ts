/**
 * The elements of arrays. Holes stay holes: they are written as runs. A long array with few elements (`a[1e9] = 1`) is
 * walked by its keys once a long run was met, and is never allocated at its length when it is read.
 */
import { Way } from "./place.ts";
import { Tag, TAG_BITS, TAG_MASK } from "./word.ts";
import type { Decoding, Encoding } from "./walk.ts";

/** A run longer than this makes the writer look at the keys instead. */
const LONG_RUN = 64;

export function writeElements(to: Encoding, array: readonly unknown[], depth: number): void {
  const { out } = to;
  const { length } = array;
  out.put(length | 0);
  for (let index = 0; index < length; index++) {
    const value = array[index];
    if (typeof value === "number") {
      out.number(value);
    } else if (value !== undefined || Object.hasOwn(array, index)) {
      to.child(value, depth, Way.ELEMENT, index);
    } else {
      let end = index + 1;
      const far = Math.min(length, index + LONG_RUN);
      while (end < far && !Object.hasOwn(array, end)) end++;
      if (end === far && end < length) return writeByKeys(to, array, length, index, depth);
      out.sized(Tag.HOLES, end - index);
      index = end - 1;
    }
  }
}

/** The same from `first` on, at a cost by the number of elements that are there. */
function writeByKeys(
  to: Encoding,
  array: readonly unknown[],
  length: number,
  first: number,
  depth: number,
): void {
  let next = first;
  // Indices come first, in order (ECMA-262, OrdinaryOwnPropertyKeys).
  for (const key of Object.keys(array)) {
    const index = Number(key);
    if (String(index >>> 0) !== key || index >= length) break;
    if (index < first) continue;
    if (index > next) to.out.sized(Tag.HOLES, index - next);
    to.child(array[index], depth, Way.ELEMENT, index);
    next = index + 1;
  }
  if (next < length) to.out.sized(Tag.HOLES, length - next);
}

const FAR = 0xffff_fffd;
/** Holes that one message may make for each of its words, before arrays are made sparse. */
const HOLES_A_WORD = 8;

/** Reads elements of arrays; one for a message, as it keeps account of memory. */
export class ElementReader {
  /** Holes that may still be allocated. */
  #allowance = 0;

  begin(words: number): void {
    this.#allowance = words * HOLES_A_WORD;
  }

  /** Makes `array` what the words say; what it held is overwritten in place. `locked`: it cannot be changed. */
  fill(by: Decoding, array: unknown[], locked: boolean, depth: number): void {
    const { from } = by;
    const length = from.take() >>> 0;
    let index = 0;
    while (index < length) {
      const word = from.take();
      const tag = word & TAG_MASK;
      if (tag !== Tag.HOLES) {
        let value: unknown = word >> TAG_BITS;
        if (tag !== Tag.INTEGER) {
          from.at--;
          value = by.value(depth + 1);
        }
        if (locked) Reflect.set(array, index, value);
        else if (index < array.length) array[index] = value;
        else array.push(value);
        index++;
        continue;
      }
      const run = from.sizeOf(word);
      if (run === 0 || run > length - index) from.damaged(`${run} holes in an array of ${length}`);
      if (!locked) this.#holes(array, index, index + run);
      index += run;
    }
    if (!locked && array.length > length) array.length = length;
  }

  #holes(array: unknown[], first: number, end: number): void {
    if (array.length > first) {
      // An array of earlier: only what it has can be in the way.
      const far = Math.min(end, array.length);
      if (far - first <= LONG_RUN)
        for (let index = first; index < far; index++) Reflect.deleteProperty(array, index);
      else deleteByKeys(array, first, far);
    }
    if (array.length >= end) return;
    this.#allowance -= end - array.length;
    // Beyond the allowance: an element at the far end makes an engine keep an array as a table.
    if (this.#allowance < 0) {
      array[FAR] = undefined;
      Reflect.deleteProperty(array, FAR);
    }
    array.length = end;
  }
}

function deleteByKeys(array: unknown[], first: number, end: number): void {
  for (const key of Object.keys(array)) {
    const index = Number(key);
    if (index >= first && index < end) Reflect.deleteProperty(array, index);
  }
}
