/** Records about one object in the order of its operations, in whatever order the collector found them. */
import { orderOf } from "./in-order.ts";
import { Numbers } from "./numbers.ts";

export class OrderedRows {
  readonly #rows = new Numbers();
  readonly #versions = new Numbers();

  take(row: number, version: number): void {
    this.#rows.push(row);
    this.#versions.push(version);
  }

  /** O(n log n) at worst, O(n) where they came in order. */
  inOrder(): Int32Array {
    const order = orderOf(this.#versions.at, this.#versions.count);
    return order.map((at) => this.#rows.at[at]);
  }
}
