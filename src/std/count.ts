/** Checks of numbers that count something. */
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { text } from "./errors.ts";

export const MOST_COUNTED = 2 ** 31 - 1;

/** A whole number from `least` to `most`. Throws `RangeError`. */
export function counted(
  value: number,
  operation: string,
  least: number,
  most = MOST_COUNTED,
): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw outOfRange(value, operation, least, most);
}

export function outOfRange(
  value: number,
  operation: string,
  least: number,
  most: number,
): RangeError {
  const told = { operation, value: String(value), least, most };
  return new RangeError(text(RUNTIME_MESSAGES.badCount, told));
}
