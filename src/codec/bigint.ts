/** Bigints ↔ words: a sign and the magnitude, 32 bits to a word from the low end. Linear in the number's length. */
import type { Reader } from "./reader.ts";
import { Tag } from "./word.ts";
import type { Writer } from "./writer.ts";

const wide = new BigInt64Array(1);
const halves = new Int32Array(wide.buffer);
const DIGITS = 8;
/** No engine makes a longer one: V8 stops at 2^30 bits. */
const MOST_WORDS = 1 << 25;

export function writeBigInt(out: Writer, value: bigint): void {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  if (magnitude <= 0x7fff_ffff_ffff_ffffn) {
    wide[0] = magnitude;
    out.sized(Tag.BIGINT, halves[1] === 0 ? 1 : 2);
    out.put(negative ? 1 : 0);
    out.put(halves[0]);
    if (halves[1] !== 0) out.put(halves[1]);
    return;
  }
  const digits = magnitude.toString(16);
  const count = Math.ceil(digits.length / DIGITS);
  out.sized(Tag.BIGINT, count);
  out.need(count + 1);
  out.put(negative ? 1 : 0);
  for (let end = digits.length; end > 0; end -= DIGITS) {
    out.put(Number.parseInt(digits.slice(Math.max(0, end - DIGITS), end), 16) | 0);
  }
}

/** A bigint whose first word was `word`. */
export function readBigInt(from: Reader, word: number): bigint {
  const count = from.sizeOf(word);
  if (count > MOST_WORDS) from.damaged("no bigint is that long");
  from.expect(count + 1);
  const negative = from.take() !== 0;
  let magnitude: bigint;
  if (count <= 2) {
    halves[0] = count > 0 ? from.take() : 0;
    halves[1] = count > 1 ? from.take() : 0;
    magnitude = BigInt.asUintN(64, wide[0]);
  } else {
    const parts: string[] = ["0x"];
    for (let index = from.at + count - 1; index >= from.at; index--) {
      parts.push((from.words[index] >>> 0).toString(16).padStart(DIGITS, "0"));
    }
    from.at += count;
    magnitude = BigInt(parts.join(""));
  }
  return negative ? -magnitude : magnitude;
}
