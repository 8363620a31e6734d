/** Values that several threads read: encoded once, decoded by each reader, given back by the last. */
import type { Address } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { beginHeld, letGo } from "../objects/held.ts";
import { NotSendError, text } from "./errors.ts";
import { crossingOf } from "./handle.ts";
import { engine } from "./intrinsics.ts";

/** A copy of the value, held by the object that it goes to. Throws `NotSendError`, also where something in it would move. */
export function encodeHeld(value: unknown): Address {
  const { site } = engine;
  const block = engine.encode(value, "message");
  engine.site = site;
  const moving = engine.departing(engine.thread).find((handle) => crossingOf(handle)?.moves);
  if (moving !== undefined) {
    engine.stayed(block);
    const what = crossingOf(moving)!.kind;
    throw new NotSendError(text(RUNTIME_MESSAGES.movesToMany, { what }), "message");
  }
  engine.departed();
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
