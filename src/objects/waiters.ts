/**
 * Lists of waiters inside an object's words: singly linked, first and last in two neighbouring words of the object, each
 * node three words that the waiting thread brings. All under the object's word-lock.
 */
import type { Address, ThreadId } from "../base/brand.ts";

export const NodeWord = {
  NEXT: 0,
  /** Thread + 1. */
  THREAD: 1,
  /** 0 waits; what else it may be is the kind's business. */
  STATE: 2,
  /** A word for the kind: the message that an offer carries. */
  LOAD: 3,
} as const;
export const NODE_WORDS = 4;

/** Appends `node` for `thread` to the list whose first and last words are at `list` and `list + 1`. O(1). */
export function appendNode(words: Int32Array, list: number, node: Address, thread: ThreadId): void {
  words[node + NodeWord.NEXT] = 0;
  words[node + NodeWord.THREAD] = thread + 1;
  words[node + NodeWord.STATE] = 0;
  const last = words[list + 1];
  if (last === 0) words[list] = node;
  else words[last + NodeWord.NEXT] = node;
  words[list + 1] = node;
}

/** Takes the first node out, 0 if there is none. O(1). */
export function takeNode(words: Int32Array, list: number): Address {
  const node = words[list];
  if (node === 0) return 0 as Address;
  const next = words[node + NodeWord.NEXT];
  words[list] = next;
  if (next === 0) words[list + 1] = 0;
  return node as Address;
}

/** The first node that is not `thread`'s own, 0 if there is none. O(1), but for a thread that waits several times. */
export function othersNode(words: Int32Array, list: number, thread: ThreadId): Address {
  let node = words[list];
  while (node !== 0 && words[node + NodeWord.THREAD] === thread + 1) {
    node = words[node + NodeWord.NEXT]!;
  }
  return node as Address;
}

/** Takes that one out. */
export function takeOther(words: Int32Array, list: number, thread: ThreadId): Address {
  const node = othersNode(words, list, thread);
  if (node === words[list]) return takeNode(words, list);
  unlinkNode(words, list, node);
  return node;
}

/** The node at `index` from the front; the list is long enough. O(index). */
export function nodeAt(words: Int32Array, list: number, index: number): Address {
  let node = words[list];
  for (; index > 0; index--) node = words[node + NodeWord.NEXT]!;
  return node as Address;
}

/** Takes `node` out wherever it stands; whether it was there. O(length). */
export function unlinkNode(words: Int32Array, list: number, node: Address): boolean {
  let before = 0;
  for (let here = words[list]; here !== 0; here = words[here + NodeWord.NEXT]!) {
    if (here === node) {
      const next = words[node + NodeWord.NEXT];
      if (before === 0) words[list] = next;
      else words[before + NodeWord.NEXT] = next;
      if (words[list + 1] === node) words[list + 1] = before;
      return true;
    }
    before = here;
  }
  return false;
}
