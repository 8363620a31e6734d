/**
 * Wires and listeners to which something was done that the runner has to know: a list in shared memory, last in first out, to
 * which any thread adds without a lock and which the runner takes as a whole.
 */
import type { Address } from "../../../base/brand.ts";
import { KINDS } from "../../../objects/kinds.ts";
import { Head } from "../../../objects/object.ts";
import { listener, ListenerWord } from "../../../objects/listener.ts";
import { WireWord } from "../../../objects/wire.ts";
import { RunWord } from "../layout.ts";

const LISTENER = KINDS.indexOf(listener);

export const isListener = (words: Int32Array, at: Address): boolean =>
  words[at + Head.KIND] === LISTENER;

/** Where an object says that it is in the list, and what comes after it there. */
function linkOf(words: Int32Array, at: Address): { readonly mark: number; readonly next: number } {
  return isListener(words, at)
    ? { mark: at + ListenerWord.CHANGED, next: at + ListenerWord.NEXT_CHANGED }
    : { mark: at + WireWord.CHANGED, next: at + WireWord.NEXT_CHANGED };
}

/** False where it was in the list already: then the runner has yet to look at it. */
export function addChanged(words: Int32Array, at: Address): boolean {
  const { mark, next } = linkOf(words, at);
  if (Atomics.exchange(words, mark, 1) === 1) return false;
  for (;;) {
    const first = Atomics.load(words, RunWord.CHANGED);
    words[next] = first;
    if (Atomics.compareExchange(words, RunWord.CHANGED, first, at) === first) return true;
  }
}

/** Empties the list. `freshWords`: a view that has all there is. */
export function takeChanged(freshWords: () => Int32Array): Address[] {
  const taken: Address[] = [];
  let at = Atomics.exchange(freshWords(), RunWord.CHANGED, 0) as Address;
  while (at !== 0) {
    const words = freshWords();
    const { mark, next } = linkOf(words, at);
    const after = words[next] as Address;
    // From here on it can be added again: what is done to it after this is seen in the next round.
    Atomics.store(words, mark, 0);
    taken.push(at);
    at = after;
  }
  return taken.reverse();
}
