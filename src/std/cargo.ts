/**
 * A value as a tag and two words: primitives inline, everything else as an encoded block. What a mutex keeps and what the
 * cells of `@shared` memory keep.
 */
import type { Address } from "../base/brand.ts";
import { CellTag } from "../objects/cell.ts";

const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

/** The words of the last value that `packs` packed. */
export const packed = { tag: 0, low: 0, high: 0 };

/** Whether it is packed as an integer: -0 is not. */
export function isInteger(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value && !Object.is(value, -0);
}

/** Packs a value that needs no block into `packed`; false if it needs one. */
export function packs(value: unknown): boolean {
  packed.low = 0;
  packed.high = 0;
  if (typeof value === "number") {
    if (isInteger(value)) {
      packed.tag = CellTag.INTEGER;
      packed.low = value;
    } else {
      packed.tag = CellTag.FLOAT;
      float[0] = value;
      packed.low = halves[0]!;
      packed.high = halves[1]!;
    }
    return true;
  }
  if (value === undefined) packed.tag = CellTag.UNDEFINED;
  else if (value === null) packed.tag = CellTag.NULL;
  else if (value === true) packed.tag = CellTag.TRUE;
  else if (value === false) packed.tag = CellTag.FALSE;
  else return false;
  return true;
}

/** The value of these words, `block` being asked for one that is encoded. */
export function unpack(
  tag: number,
  low: number,
  high: number,
  block: (at: Address) => unknown,
): unknown {
  switch (tag) {
    case CellTag.UNDEFINED:
      return undefined;
    case CellTag.NULL:
      return null;
    case CellTag.FALSE:
      return false;
    case CellTag.TRUE:
      return true;
    case CellTag.INTEGER:
      return low;
    case CellTag.FLOAT:
      halves[0] = low;
      halves[1] = high;
      return float[0];
    default:
      return block(low as Address);
  }
}
