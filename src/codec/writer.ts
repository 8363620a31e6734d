/** Words being written: a buffer that grows, kept from one message to the next. */
import { Constant, SIZE_LIMIT, Tag, TAG_BITS } from "./word.ts";

const FIRST_CAPACITY = 1 << 10;
/** 4 MB: what is kept for the next message although the last ones did not need it. */
const KEPT_CAPACITY = 1 << 20;

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

export class Writer {
  words = new Int32Array(FIRST_CAPACITY);
  /** How many are written. */
  at = 0;

  /** Begins anew. What was written is gone. */
  rewind(): void {
    if (this.words.length > KEPT_CAPACITY && this.at < this.words.length >> 3) {
      this.words = new Int32Array(KEPT_CAPACITY);
    }
    this.at = 0;
  }

  /** Makes room for `count` words more. */
  need(count: number): void {
    const wanted = this.at + count;
    if (wanted <= this.words.length) return;
    const grown = new Int32Array(Math.max(wanted, this.words.length * 2));
    grown.set(this.words.subarray(0, this.at));
    this.words = grown;
  }

  put(word: number): void {
    if (this.at === this.words.length) this.need(1);
    this.words[this.at++] = word;
  }

  /** A first word whose payload is a size below 2^32. */
  sized(tag: number, size: number): void {
    if (size < SIZE_LIMIT) {
      this.put((size << TAG_BITS) | tag);
    } else {
      this.put((-1 << TAG_BITS) | tag);
      this.put(size | 0);
    }
  }

  /** The two words of a double, without a tag. */
  double(value: number): void {
    this.need(2);
    double[0] = value;
    this.words[this.at++] = halves[0];
    this.words[this.at++] = halves[1];
  }

  /** A number as a value. */
  number(value: number): void {
    if ((value << TAG_BITS) >> TAG_BITS === value && (value !== 0 || 1 / value > 0)) {
      this.put((value << TAG_BITS) | Tag.INTEGER);
    } else if (value === 0) {
      this.put(Constant.NEGATIVE_ZERO);
    } else if (Number.isFinite(value)) {
      this.put(Tag.DOUBLE);
      this.double(value);
    } else if (value !== value) {
      this.put(Constant.NAN);
    } else {
      this.put(value > 0 ? Constant.INFINITY : Constant.NEGATIVE_INFINITY);
    }
  }

  bytes(source: Uint8Array): void {
    const count = (source.length + 3) >> 2;
    this.need(count);
    if (count > 0) this.words[this.at + count - 1] = 0;
    new Uint8Array(this.words.buffer, this.at * 4, source.length).set(source);
    this.at += count;
  }
}
