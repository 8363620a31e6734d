/**
 * A message that several read: a block that counts who holds it. Its object holds it while it may still be received, and each
 * reader until it has decoded it; whoever lets it go last gives it back.
 */
import type { Address } from "../base/brand.ts";
import { NodeWord } from "./waiters.ts";

const HOLDERS = NodeWord.THREAD;

/** A new one, which nobody else has seen: held by the object that it goes to. */
export function beginHeld(words: Int32Array, block: Address): void {
  words[block + HOLDERS] = 1;
}

export function hold(words: Int32Array, block: Address): void {
  Atomics.add(words, block + HOLDERS, 1);
}

/** Whether nobody holds it any more. */
export function letGo(words: Int32Array, block: Address): boolean {
  return Atomics.sub(words, block + HOLDERS, 1) === 1;
}
