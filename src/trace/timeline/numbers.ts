/** A list of 32-bit integers that grows: 4 bytes an entry rather than a boxed array's many. */
export class Numbers {
  count = 0;
  at = new Int32Array(8);

  push(value: number): void {
    if (this.count === this.at.length) {
      const grown = new Int32Array(Math.ceil(this.at.length * 1.5));
      grown.set(this.at);
      this.at = grown;
    }
    this.at[this.count++] = value;
  }
}
