/**
 * What all that carries messages has in common: ends, each owned by one thread, and what sending and receiving answer.
 *
 * An end is a block of the heap, linked from a word of its object (`list`), so that the wait-for graph knows whose turn it
 * is. Changed under the object's word-lock only.
 */
import type { Address, ThreadId } from "../base/brand.ts";

export const EndWord = {
  NEXT: 0,
  SIDE: 1,
  /** Thread + 1; 0 while the end travels inside a message. */
  OWNER: 2,
  /** A word for the kind: how far a receiver of its own has come. */
  SEEN: 3,
} as const;
export const END_WORDS = 4;
export const EndSide = { SENDER: 0, RECEIVER: 1 } as const;

/** Results of sending, tried or not. */
export const SendResult = { SENT: 0, FULL: 1, CLOSED: 2 } as const;
/** Results of receiving that are no message's address. */
export const ReceiveResult = { EMPTY: 0, CLOSED: -1 } as const;

export function linkEnd(
  words: Int32Array,
  list: number,
  end: Address,
  side: number,
  owner: ThreadId,
): void {
  words[end + EndWord.SIDE] = side;
  words[end + EndWord.OWNER] = owner + 1;
  words[end + EndWord.SEEN] = 0;
  words[end + EndWord.NEXT] = words[list]!;
  words[list] = end;
}

/** O(ends). */
export function unlinkEnd(words: Int32Array, list: number, end: Address): void {
  let link = list;
  while (words[link] !== 0 && words[link] !== end) link = words[link] + EndWord.NEXT;
  if (words[link] === end) words[link] = words[end + EndWord.NEXT]!;
}

/** Whether an end was not dropped yet. O(ends). */
export function isLinked(words: Int32Array, list: number, end: Address): boolean {
  for (let here = words[list]; here !== 0; here = words[here + EndWord.NEXT]!) {
    if (here === end) return true;
  }
  return false;
}

/** The threads that own an end of this side, each once. */
export function ownersOf(words: Int32Array, list: number, side: number): ThreadId[] {
  const owners = new Set<ThreadId>();
  for (let end = words[list]; end !== 0; end = words[end + EndWord.NEXT]!) {
    const owner = words[end + EndWord.OWNER];
    if (words[end + EndWord.SIDE] === side && owner !== 0) owners.add((owner - 1) as ThreadId);
  }
  return [...owners];
}
