/** Words being read, from any memory, a shared one too; every step is checked against the value's end. */
import { DamageError } from "./damage.ts";
import { TAG_BITS } from "./word.ts";

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
const NO_WORDS = new Int32Array(0);

export class Reader {
  words: Int32Array = NO_WORDS;
  /** Next word. */
  at = 0;
  first = 0;
  end = 0;

  open(words: Int32Array, at: number, length: number): void {
    this.words = words;
    this.at = this.first = at;
    this.end = at + length;
    if (!(at >= 0 && length > 0 && this.end <= words.length)) {
      this.end = at;
      this.damaged("it lies outside its memory");
    }
  }

  close(): void {
    this.words = NO_WORDS;
  }

  damaged(reason: string, cause?: unknown): never {
    throw new DamageError(
      this.at - this.first,
      reason,
      cause === undefined ? undefined : { cause },
    );
  }

  get left(): number {
    return this.end - this.at;
  }

  take(): number {
    if (this.at >= this.end) this.damaged("it ends too early");
    return this.words[this.at++];
  }

  /** A count of things of which each takes a word at least. */
  count(): number {
    const count = this.take();
    if (count < 0) this.damaged(`${count} is no count`);
    this.expect(count);
    return count;
  }

  /** Checks that `count` words are left. */
  expect(count: number): void {
    if (!(count <= this.end - this.at)) this.damaged(`${count} more words should follow`);
  }

  /** The size that a first word holds. */
  sizeOf(word: number): number {
    const size = word >> TAG_BITS;
    if (size >= 0) return size;
    if (size !== -1) this.damaged(`${size} is no size`);
    return this.take() >>> 0;
  }

  double(): number {
    this.expect(2);
    halves[0] = this.words[this.at++];
    halves[1] = this.words[this.at++];
    return double[0];
  }

  /** A copy of `count` words. */
  copy(count: number): Int32Array<ArrayBuffer> {
    this.expect(count);
    const copied = new Int32Array(this.words.subarray(this.at, this.at + count));
    this.at += count;
    return copied;
  }

  /** `length` bytes where they are: good until the memory changes. */
  window(length: number): Uint8Array {
    const count = Math.ceil(length / 4);
    this.expect(count);
    const { buffer, byteOffset } = this.words;
    const window = new Uint8Array(buffer, byteOffset + this.at * 4, length);
    this.at += count;
    return window;
  }

  /** A copy of `length` bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.copy(Math.ceil(length / 4)).buffer, 0, length);
  }
}
