import { CellOperation as Operation, CellTag } from "../../../src/objects/cell.ts";
import type { ThreadId } from "../../../src/base/brand.ts";
import type { Marks, Model } from "./model.ts";

export class CellModel implements Model {
  readonly #marks: Marks;
  #value: readonly [tag: number, low: number] = [CellTag.UNDEFINED, 0];

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  perform(_: ThreadId, call: { operation: number; a: number; low: number }): unknown {
    if (call.operation === Operation.READ) return this.#value;
    this.#value = [call.a, call.a === CellTag.BLOCK ? this.#marks(call.low) : call.low];
    return null;
  }

  givesUp(): never {
    throw new Error("nobody waits for a cell");
  }
}
