/** Values that several threads read: encoded once, decoded by each reader, given back by the last. */
import type { Address } from "../base/brand.ts";
import { beginHeld, letGo } from "../objects/held.ts";
import { encodeForMany } from "./for-many.ts";
import { engine } from "./intrinsics.ts";

/** A copy of the value, called `what`, held by the object that it goes to. Throws `NotSendError`, also where something in it would move. */
export function encodeHeld(value: unknown, what = "message"): Address {
  const block = encodeForMany(value, what);
  beginHeld(engine.words, block);
  return block;
}

/** The value of one that was received, and lets it go. */
export function readHeld<T>(block: Address): T {
  const value = engine.decode(block) as T;
  releaseHeld(block);
  return value;
}

/** Lets one go; nothing where it is 0. */
export function releaseHeld(block: Address): void {
  if (block !== 0 && letGo(engine.words, block)) engine.release(block);
}
