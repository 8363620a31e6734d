/**
 * Strings ↔ words. Most strings in programs are short and ASCII: four characters to a word, by plain loops, which beats
 * the platform's coders below some sixty characters. Everything else goes as UTF-16, two to a word, so that lone
 * surrogates survive.
 */
import type { Reader } from "./reader.ts";
import { Tag, TAG_MASK } from "./word.ts";
import type { Writer } from "./writer.ts";

/** From here on the platform's coders are faster than a loop (measured). */
const LONG = 64;
/** Arguments that `String.fromCharCode` takes at once; engines allow at least 65,535. */
const AT_ONCE = 1 << 13;

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder();

export function writeText(out: Writer, text: string): void {
  const length = text.length;
  const head = out.at;
  out.need(2 + ((length + 1) >> 1));
  out.sized(Tag.ASCII, length);
  if (length < LONG ? writeShort(out, text) : writeLong(out, text)) return;
  out.at = head;
  writeWide(out, text);
}

/** Answers false when `text` is not ASCII. Room is there. */
function writeShort(out: Writer, text: string): boolean {
  const { words } = out;
  const { length } = text;
  let at = out.at;
  let seen = 0;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    seen |= a | b | c | d;
    words[at++] = a | (b << 8) | (c << 16) | (d << 24);
  }
  if (index < length) {
    let word = 0;
    for (let shift = 0; index < length; index++, shift += 8) {
      const a = text.charCodeAt(index);
      seen |= a;
      word |= a << shift;
    }
    words[at++] = word;
  }
  out.at = at;
  return seen < 0x80;
}

function writeLong(out: Writer, text: string): boolean {
  const { length } = text;
  const count = (length + 3) >> 2;
  out.words[out.at + count - 1] = 0;
  const bytes = new Uint8Array(out.words.buffer, out.at * 4, length);
  // Anything but ASCII takes several bytes for a character, so that not all of the text finds room.
  if (utf8Encoder.encodeInto(text, bytes).read !== length) return false;
  out.at += count;
  return true;
}

function writeWide(out: Writer, text: string): void {
  const { length } = text;
  out.sized(Tag.WIDE, length);
  const { words } = out;
  let at = out.at;
  let index = 0;
  for (; index + 1 < length; index += 2) {
    words[at++] = text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16);
  }
  if (index < length) words[at++] = text.charCodeAt(index);
  out.at = at;
}

/** Short strings come again and again: those of at most so many words are remembered. */
const REMEMBERED_WORDS = 6;
const SLOT_BITS = 8;
const SLOT_WORDS = 8;

/** Reads strings, and remembers the short ones it read: what is known is compared, not made. */
export class TextReader {
  /** A slot: length, then the words. Nothing is remembered in a slot of length 0. */
  readonly #slots = new Int32Array(SLOT_WORDS << SLOT_BITS);
  readonly #texts: string[] = new Array<string>(1 << SLOT_BITS).fill("");

  /** A string whose first word was `word`. */
  ascii(from: Reader, word: number): string {
    const length = from.sizeOf(word);
    const count = Math.ceil(length / 4);
    from.expect(count);
    if (count > REMEMBERED_WORDS) return longAscii(from, length);
    const { words, at } = from;
    let hash = length;
    for (let index = at; index < at + count; index++) {
      hash = Math.imul(hash ^ words[index], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const slot = hash & ((1 << SLOT_BITS) - 1);
    const base = slot * SLOT_WORDS;
    const slots = this.#slots;
    from.at = at + count;
    if (slots[base] === length) {
      let index = 0;
      while (index < count && slots[base + 1 + index] === words[at + index]) index++;
      if (index === count) return this.#texts[slot];
    }
    const text = shortAscii(words, at, length);
    slots[base] = length;
    for (let index = 0; index < count; index++) slots[base + 1 + index] = words[at + index];
    this.#texts[slot] = text;
    return text;
  }

  /** A string of which no word was read. */
  any(from: Reader): string {
    const word = from.take();
    switch (word & TAG_MASK) {
      case Tag.ASCII:
        return this.ascii(from, word);
      case Tag.WIDE:
        return wide(from, word);
      default:
        return from.damaged("a string should stand here");
    }
  }
}

function shortAscii(words: Int32Array, at: number, length: number): string {
  let text = "";
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const word = words[at++];
    text += String.fromCharCode(
      word & 0xff,
      (word >> 8) & 0xff,
      (word >> 16) & 0xff,
      (word >>> 24) & 0xff,
    );
  }
  for (let shift = 0; index < length; index++, shift += 8) {
    text += String.fromCharCode((words[at] >> shift) & 0xff);
  }
  return text;
}

function longAscii(from: Reader, length: number): string {
  // A copy, since a TextDecoder takes no shared memory.
  return utf8Decoder.decode(from.bytes(length));
}

export function wide(from: Reader, word: number): string {
  const length = from.sizeOf(word);
  const units = new Uint16Array(from.copy(Math.ceil(length / 2)).buffer, 0, length);
  if (length <= AT_ONCE) return String.fromCharCode.apply(null, units as unknown as number[]);
  let text = "";
  for (let at = 0; at < length; at += AT_ONCE) {
    const some = units.subarray(at, at + AT_ONCE);
    text += String.fromCharCode.apply(null, some as unknown as number[]);
  }
  return text;
}
