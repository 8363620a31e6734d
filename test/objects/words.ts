/** Reading of lists in an object's words, for tests. */
import type { Address, ThreadId } from "../../src/base/brand.ts";
import { EndWord } from "../../src/objects/ends.ts";
import { Head, type ObjectKind } from "../../src/objects/object.ts";
import { NODE_WORDS, NodeWord } from "../../src/objects/waiters.ts";

/** What the word `word` holds in each node of the list that begins at `first`. */
export function chain(words: Int32Array, first: number, word: number): number[] {
  const found: number[] = [];
  for (let node = words[first]; node !== 0; node = words[node + NodeWord.NEXT]) {
    found.push(words[node + word]);
  }
  return found;
}

/** The ends of a side that `thread` owns, in the list whose first stands at `list`. */
export function endsIn(words: Int32Array, list: number, thread: ThreadId, side: number): Address[] {
  const ends: Address[] = [];
  for (let end = words[list]; end !== 0; end = words[end + EndWord.NEXT]) {
    const isOwn = words[end + EndWord.OWNER] === thread + 1 && words[end + EndWord.SIDE] === side;
    if (isOwn) ends.push(end as Address);
  }
  return ends;
}

/** The waiter's node of a thread, where the subject made them right after its object, in order of threads. */
export function nodeOf(kind: ObjectKind, at: Address, thread: ThreadId): Address {
  return (at + Head.OWN + kind.words + thread * (NODE_WORDS + 1)) as Address;
}
