/**
 * A value in two words, so that one step can compare it: a number as the double that it is, everything else in what doubles
 * leave free (NaN-boxing: the sign, the exponent and the quiet bit set, which no number here has). What takes more than two
 * words is a block: the encoded value itself, where its words are what it is (a string, a bigint, a shared handle), or the
 * address by which all threads know an object that was published (`engine/program/published.ts`).
 */
import type { Address } from "../base/brand.ts";
import { NODE_WORDS, NodeWord } from "./waiters.ts";

const LOWEST = 0xfff8_0000 | 0;
const tagged = (tag: number): number => LOWEST | tag;

/** High words of what is no number. The low word of the last two is an address, of the others 0. */
export const High = {
  UNDEFINED: tagged(0),
  NULL: tagged(1),
  FALSE: tagged(2),
  TRUE: tagged(3),
  /** An encoded value, counted (`held.ts`): two with the same words are the same. */
  BLOCK: tagged(4),
  /** A published object: two with the same address are the same. Address 0: one that no other thread can know. */
  OBJECT: tagged(5),
} as const;

const NAN = 0x7ff8_0000;
const MINUS_ZERO = 0x8000_0000 | 0;

const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

/** The words of the number that `numberWords` was given last. */
export const numbered = { low: 0, high: 0 };

/** A number's words; all NaNs are one. */
export function numberWords(value: number): void {
  float[0] = value;
  numbered.low = halves[0];
  numbered.high = value === value ? halves[1] : NAN;
}

export function isNumber(high: number): boolean {
  return high >>> 0 < LOWEST >>> 0;
}

export function numberOf(low: number, high: number): number {
  halves[0] = low;
  halves[1] = high;
  return float[0];
}

/** Whether two values are the same as `===` has it: 0 is -0, and NaN is nothing, not even NaN. */
export function isSame(
  words: Int32Array,
  low: number,
  high: number,
  otherLow: number,
  otherHigh: number,
): boolean {
  if (high === High.BLOCK && otherHigh === High.BLOCK) return holdSame(words, low, otherLow);
  if (low !== otherLow) return false;
  if (high === otherHigh) return high !== NAN && !(high === High.OBJECT && low === 0);
  return low === 0 && isZero(high) && isZero(otherHigh);
}

const isZero = (high: number): boolean => high === 0 || high === MINUS_ZERO;

/** Whether two blocks hold the same words. O(their length). */
export function holdSame(words: Int32Array, block: number, other: number): boolean {
  if (block === other) return true;
  const length = words[block + NodeWord.LOAD];
  if (words[other + NodeWord.LOAD] !== length) return false;
  for (let at = NODE_WORDS; at < NODE_WORDS + length; at++) {
    if (words[block + at] !== words[other + at]) return false;
  }
  return true;
}

/** What traces show of a value: whole numbers and truth values as they are, the rest as 0. */
export function shownOf(low: number, high: number): number {
  if (!isNumber(high)) return high === High.TRUE ? 1 : 0;
  const value = numberOf(low, high);
  return (value | 0) === value ? value : 0;
}

/** The block that a value takes along, 0 for none. */
export function blockOf(low: number, high: number): Address {
  return (high === High.BLOCK ? low : 0) as Address;
}
