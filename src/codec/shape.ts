/**
 * Key lists of objects. A program has few of them and many objects, so a list is written once in a message and
 * referred to afterwards, its words are kept from one message to the next, and a reader that knows the words has the
 * keys without making a string. (The same idea as V8's maps, and as the class descriptors of Kryo and Java.)
 */
import type { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

const CACHE_BITS = 8;
const CACHE_MASK = (1 << CACHE_BITS) - 1;
/** Longer lists belong to objects that serve as dictionaries, no two alike: they are not remembered. */
const LONGEST_REMEMBERED = 32;

interface WrittenShape {
  readonly keys: readonly PropertyKey[];
  readonly words: Int32Array;
  readonly hash: number;
  /** The message in which it was written last, and its number there. */
  message: number;
  number: number;
}

/** The writing side. */
export class ShapeWriter {
  readonly #known: (WrittenShape | undefined)[] = new Array<undefined>(1 << CACHE_BITS).fill(
    undefined,
  );
  readonly #scratch = new Writer();
  readonly #writeKey: (out: Writer, key: PropertyKey) => void;
  #message = 0;
  #count = 0;

  constructor(writeKey: (out: Writer, key: PropertyKey) => void) {
    this.#writeKey = writeKey;
  }

  begin(): void {
    this.#message++;
    this.#count = 0;
  }

  write(out: Writer, keys: readonly PropertyKey[]): void {
    const shape = this.#find(keys);
    if (shape.message === this.#message) {
      out.put(shape.number << 1);
      return;
    }
    shape.message = this.#message;
    shape.number = this.#count++;
    const { words } = shape;
    const count = words.length;
    out.need(3 + count);
    const to = out.words;
    let at = out.at;
    to[at++] = (keys.length << 1) | 1;
    to[at++] = shape.hash;
    to[at++] = count;
    for (let index = 0; index < count; index++) to[at++] = words[index];
    out.at = at;
  }

  #find(keys: readonly PropertyKey[]): WrittenShape {
    const count = keys.length;
    if (count > LONGEST_REMEMBERED) return this.#make(keys);
    let slot = count;
    for (let index = 0; index < count; index++) slot = Math.imul(slot, 31) + keyMark(keys[index]);
    slot = (slot ^ (slot >>> CACHE_BITS)) & CACHE_MASK;
    const known = this.#known[slot];
    if (known !== undefined && sameKeys(known.keys, keys)) return known;
    return (this.#known[slot] = this.#make(keys));
  }

  #make(keys: readonly PropertyKey[]): WrittenShape {
    const scratch = this.#scratch;
    scratch.rewind();
    for (const key of keys) this.#writeKey(scratch, key);
    const words = scratch.words.slice(0, scratch.at);
    return { keys: [...keys], words, hash: hashOf(words), message: -1, number: 0 };
  }
}

/** A cheap number that tells most keys apart. */
function keyMark(key: PropertyKey): number {
  if (typeof key !== "string" || key.length === 0) return 0;
  return key.length + (key.charCodeAt(0) << 4) + (key.charCodeAt(key.length - 1) << 8);
}

function sameKeys(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function hashOf(words: Int32Array): number {
  let hash = words.length;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash | 0;
}

export interface Shape {
  readonly keys: readonly PropertyKey[];
  /** Whether `__proto__` is among the keys: it must be defined, as assigning it would do something else. */
  readonly odd: boolean;
}

interface ReadShape extends Shape {
  readonly words: Int32Array;
}

/** The reading side. */
export class ShapeReader {
  readonly #known: (ReadShape | undefined)[] = new Array<undefined>(1 << CACHE_BITS).fill(
    undefined,
  );
  readonly #readKey: (from: Reader) => PropertyKey;
  /** Those of the message under way; the array may be longer. */
  #here: Shape[] = [];
  #count = 0;

  constructor(readKey: (from: Reader) => PropertyKey) {
    this.#readKey = readKey;
  }

  begin(): void {
    if (this.#count > LONGEST_REMEMBERED) this.#here = [];
    this.#count = 0;
  }

  read(from: Reader): Shape {
    const word = from.take();
    if ((word & 1) === 0) {
      const number = word >>> 1;
      if (number >= this.#count) from.damaged(`there is no shape ${number}`);
      return this.#here[number];
    }
    const slot = (from.take() ^ (from.words[from.at - 1] >>> CACHE_BITS)) & CACHE_MASK;
    const length = from.take();
    if (length < 0) from.damaged("a list of keys has no length");
    from.expect(length);
    const known = this.#known[slot];
    let shape: Shape;
    if (
      known !== undefined &&
      known.keys.length === word >> 1 &&
      this.#matches(known, from, length)
    ) {
      from.at += length;
      shape = known;
    } else {
      shape = this.#make(from, word >> 1, length, slot);
    }
    this.#here[this.#count++] = shape;
    return shape;
  }

  #matches(known: ReadShape, from: Reader, length: number): boolean {
    const { words } = known;
    if (words.length !== length) return false;
    const there = from.words;
    const { at } = from;
    for (let index = 0; index < length; index++) {
      if (words[index] !== there[at + index]) return false;
    }
    return true;
  }

  #make(from: Reader, count: number, length: number, slot: number): Shape {
    if (count < 0 || count > length) from.damaged(`${count} keys do not fit in ${length} words`);
    const first = from.at;
    const keys: PropertyKey[] = [];
    for (let index = 0; index < count; index++) keys.push(this.#readKey(from));
    if (from.at !== first + length) from.damaged("a list of keys is not as long as it says");
    const shape = { keys, odd: keys.includes("__proto__") };
    if (count <= LONGEST_REMEMBERED) {
      this.#known[slot] = { ...shape, words: from.words.slice(first, from.at) };
    }
    return shape;
  }
}
