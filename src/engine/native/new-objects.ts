/** What is new in a run's memory: objects, and the slots of threads. */
import type { Address, ThreadId } from "../../base/brand.ts";
import { indexOfKind } from "../../objects/kinds.ts";
import { Head, type ObjectKind } from "../../objects/object.ts";
import type { Heap } from "../heap.ts";
import { STAND_WORDS } from "./control/words.ts";
import { RunWord, SLOT_WORDS, SlotWord, THREAD_TABLE } from "./layout.ts";
import type { RunMemory } from "./memory.ts";

/** A new object, set up and seen by nobody yet. */
export function createObject(
  memory: RunMemory,
  heap: Heap,
  kind: ObjectKind,
  a: number,
  b: number,
  site: number,
): Address {
  const size = Head.OWN + kind.words;
  const at = heap.allocate(size);
  const { words } = memory;
  words.fill(0, at, at + size);
  words[at + Head.ID] = Atomics.add(words, RunWord.NEXT_OBJECT, 1);
  words[at + Head.KIND] = indexOfKind(kind);
  words[at + Head.SITE] = site;
  kind.create(words, at, a, b);
  return at;
}

/** The slot of a new thread, in the table of threads. */
export function createSlot(
  memory: RunMemory,
  heap: Heap,
  thread: ThreadId,
  object: Address,
  parent: ThreadId | -1,
): number {
  const slot = heap.allocate(SLOT_WORDS);
  const { words } = memory;
  words.fill(0, slot, slot + SLOT_WORDS);
  words[slot + SlotWord.OBJECT] = object;
  words[slot + SlotWord.PARENT] = parent;
  words[slot + SlotWord.ARGUMENT] = -1;
  if (words[RunWord.CONTROL] !== 0) {
    const stand = heap.allocate(STAND_WORDS);
    memory.words.fill(0, stand, stand + STAND_WORDS);
    memory.words[slot + SlotWord.STAND] = stand;
  }
  Atomics.store(memory.words, THREAD_TABLE + thread, slot);
  return slot;
}
