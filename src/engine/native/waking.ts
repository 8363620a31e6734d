/**
 * Waking a thread that has been let go on. One that has its worker to itself sleeps on a word of its own. One that shares its
 * worker (`model=green`) does not sleep at all: its worker is given its slot, in a list that others push to and it alone takes
 * whole (Treiber's stack without the hard part), and is woken where it waits for whatever comes.
 */
import { RunWord, SlotWord } from "./layout.ts";

/** `words`: a view that has the slot. */
export function wake(words: Int32Array, slot: number): void {
  const carrier = words[slot + SlotWord.CARRIER];
  if (carrier === 0) {
    Atomics.notify(words, slot + SlotWord.PARK, 1);
    return;
  }
  for (;;) {
    const first = Atomics.load(words, carrier);
    words[slot + SlotWord.NEXT_WOKEN] = first;
    if (Atomics.compareExchange(words, carrier, first, slot) === first) break;
  }
  ring(words);
}

/** Has all workers look that wait for something to do. */
export function ring(words: Int32Array): void {
  Atomics.add(words, RunWord.SPAWNS, 1);
  Atomics.notify(words, RunWord.SPAWNS);
}

/** Takes the slots of those that were woken, the last one first. `carrier`: the word where their list begins. */
export function takeWoken(words: Int32Array, carrier: number): number[] {
  const slots: number[] = [];
  let slot = Atomics.exchange(words, carrier, 0);
  for (; slot !== 0; slot = words[slot + SlotWord.NEXT_WOKEN]) slots.push(slot);
  return slots;
}
