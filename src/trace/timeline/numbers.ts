const NONE = new Int32Array(0);
const LEAST = 8;

/**
 * A list of 32-bit integers that grows: 4 bytes an entry rather than a boxed array's many. A run may make a million objects
 * of which nothing is ever listed, so an empty list takes no memory of its own.
 */
export class Numbers {
  count = 0;
  at = NONE;

  /** Makes room for so many more, to be spared copying when the number is known. */
  reserve(more: number): void {
    if (this.count + more > this.at.length) this.#grow(this.count + more);
  }

  push(value: number): void {
    if (this.count === this.at.length) this.#grow(0);
    this.at[this.count++] = value;
  }

  /** By half at least, so that a list that grows bit by bit is copied a few times only. */
  #grow(capacity: number): void {
    const grown = new Int32Array(Math.max(capacity, LEAST, Math.ceil(this.at.length * 1.5)));
    grown.set(this.at);
    this.at = grown;
  }
}
