/**
 * Selects that wait: each case is linked into a list of its object, so that whoever changes the object finds the thread and lets
 * it try again. A thread stands in one queue at a time, but may watch any number of objects. It takes its own cases out
 * again, or who completes one of them does, with the word-locks of all of them held.
 */
import type { Address, ThreadId } from "../../base/brand.ts";
import { Head } from "../../objects/object.ts";
import { caseAt, CaseWord, SelectWord } from "../../objects/select.ts";

export function watch(words: Int32Array, select: Address): void {
  for (let index = 0; index < words[select + SelectWord.COUNT]; index++) {
    const row = caseAt(select, index);
    const list = words[row + CaseWord.OBJECT] + Head.WATCHERS;
    words[row + CaseWord.SELECT] = select;
    words[row + CaseWord.NEXT] = words[list];
    words[list] = row;
  }
}

/** O(cases of all selects that watch its objects). */
export function unwatch(words: Int32Array, select: Address): void {
  for (let index = 0; index < words[select + SelectWord.COUNT]; index++) {
    const row = caseAt(select, index);
    let link = words[row + CaseWord.OBJECT] + Head.WATCHERS;
    while (words[link] !== row) link = words[link] + CaseWord.NEXT;
    words[link] = words[row + CaseWord.NEXT];
    words[row + CaseWord.SELECT] = 0;
  }
}

/** Whether it is in the lists. */
export function isWatching(words: Int32Array, select: Address): boolean {
  return words[caseAt(select, 0) + CaseWord.SELECT] !== 0;
}

/** Each thread whose select waits at `object` in one of `operations` (a bit set); one may come several times. */
export function* watching(
  words: Int32Array,
  object: Address,
  operations: number,
): Generator<ThreadId> {
  for (let row = words[object + Head.WATCHERS]; row !== 0; row = words[row + CaseWord.NEXT]) {
    const select = words[row + CaseWord.SELECT];
    if ((operations & (1 << words[row + CaseWord.OPERATION])) !== 0) {
      yield words[select + SelectWord.THREAD] as ThreadId;
    }
  }
}
