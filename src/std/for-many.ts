/** Values that several threads will decode: nothing in them may move, as there is one owner of what moves. */
import type { Address } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { NotSendError, text } from "./errors.ts";
import { crossingOf } from "./handle.ts";
import { engine } from "./intrinsics.ts";

/** A copy of the value; `what` names it. Throws `NotSendError`, also where something in it would move, which stays where it is. */
export function encodeForMany(value: unknown, what: string): Address {
  const { site } = engine;
  const block = engine.encode(value, what);
  engine.site = site;
  const moving = engine.departing(engine.thread).find((handle) => crossingOf(handle)?.moves);
  if (moving !== undefined) {
    engine.stayed(block);
    const { kind } = crossingOf(moving)!;
    throw new NotSendError(text(RUNTIME_MESSAGES.movesToMany, { what: kind }), what);
  }
  engine.departed();
  return block;
}
