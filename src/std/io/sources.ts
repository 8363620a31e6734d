/** What a poller can wait for, as each source answers it. */
import type { Address } from "../../base/brand.ts";

export type Interest = "readable" | "writable" | "both";

/** The key under which a source answers what to ask of which objects. */
export const polled: unique symbol = Symbol("threadloom.polled");

/** A question that goes through when the source is ready. */
export interface Question {
  readonly object: Address;
  readonly operation: number;
  /** The operation that is asked where it must come to something; 0 where the first one always does. */
  readonly surely: number;
}

export interface PolledSource {
  /** Undefined once the source is closed. Throws `MovedError` where it has moved. */
  [polled](interest: Interest): readonly Question[] | undefined;
  /** What it can be ready for. */
  readonly [directions]: number;
}

/** The key under which a source answers which of `Ready` it can be. */
export const directions: unique symbol = Symbol("threadloom.directions");
