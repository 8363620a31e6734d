/** Checks of arguments that programs pass, with errors in words. */
import type { Milliseconds } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { text } from "./errors.ts";

/** A duration in milliseconds: 0 or more, `Infinity` allowed. Throws `RangeError`. */
export function duration(value: number, operation: string): Milliseconds {
  if (typeof value !== "number" || Number.isNaN(value) || value < 0) {
    throw new RangeError(text(RUNTIME_MESSAGES.badDuration, { value: String(value), operation }));
  }
  return value as Milliseconds;
}
