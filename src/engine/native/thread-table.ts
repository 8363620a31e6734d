/** The threads of a native run, as its table of threads has them: what the runner asks of all of them. */
import type { Address } from "../../base/brand.ts";
import { ThreadOutcome, ThreadWord } from "../../objects/thread.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import type { RunMemory } from "./memory.ts";

/** How many threads a message names. */
const MANY_NAMES = 5;

/** How many there were, those of its processes among them. */
export function threadsOf({ words }: RunMemory): number {
  return words[RunWord.NEXT_THREAD] + words[RunWord.FAR_THREADS];
}

/** `test`: given the words with the thread's object among them, and where that object and its slot are. */
export function threadsThat(
  memory: RunMemory,
  test: (words: Int32Array, object: Address, slot: number) => boolean,
): number[] {
  const count = memory.words[RunWord.NEXT_THREAD];
  const found: number[] = [];
  for (let id = 0; id < count; id++) {
    const slot = memory.words[THREAD_TABLE + id];
    // The object was made before the slot, and the slot before it was in the table.
    const words = memory.fresh();
    if (slot !== 0 && test(words, words[slot + SlotWord.OBJECT] as Address, slot)) found.push(id);
  }
  return found;
}

/** Whether any ended by an exception that nobody has joined for. */
export function anyPanicked(memory: RunMemory): boolean {
  const isPanic = (words: Int32Array, object: Address): boolean =>
    words[object + ThreadWord.OUTCOME] === ThreadOutcome.PANICKED &&
    words[object + ThreadWord.DELIVERED] === 0;
  return threadsThat(memory, isPanic).length > 0;
}

/** `Still running: main, worker-2 and 3 more.`; empty if none is. */
export function stillRunning(
  memory: RunMemory,
  nameOf: (thread: number) => string | undefined,
): string {
  const running = threadsThat(
    memory,
    (words, object, slot) =>
      words[object + ThreadWord.OUTCOME] === ThreadOutcome.RUNNING &&
      words[slot + SlotWord.WAIT_OBJECT] === 0,
  ).map(nameOf);
  const more = running.length > MANY_NAMES ? ` and ${running.length - MANY_NAMES} more` : "";
  const names = running.slice(0, MANY_NAMES).join(", ");
  return running.length === 0 ? "" : `Still running: ${names}${more}.`;
}
