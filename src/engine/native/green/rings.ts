/**
 * Rings of workers that carry many threads: a ring for each thread would take 192 kB of each of ten thousand. Records say whose they
 * are, and a thread stays with its worker, so the order of each thread's records is kept.
 */
import type { Address } from "../../../base/brand.ts";
import { ringWords } from "../../../trace/ring.ts";
import type { Heap } from "../../heap.ts";
import { RING_CAPACITY, RunWord } from "../layout.ts";
import type { RunMemory } from "../memory.ts";

/** Before the ring: the next one. */
const LINK_WORDS = 1;

/** A new one, which the collector finds: its address. */
export function makeWorkerRing(memory: RunMemory, heap: Heap): Address {
  const size = ringWords(RING_CAPACITY) + LINK_WORDS;
  const at = heap.allocate(size);
  const words = memory.fresh();
  words.fill(0, at, at + size);
  for (;;) {
    const first = Atomics.load(words, RunWord.WORKER_RINGS);
    words[at] = first;
    if (Atomics.compareExchange(words, RunWord.WORKER_RINGS, first, at) === first) break;
  }
  return (at + LINK_WORDS) as Address;
}

/** How many rings there were before it. */
export function numberOfRing(memory: RunMemory, ring: number): number {
  let before = 0;
  for (let at = memory.words[ring - LINK_WORDS]; at !== 0; at = memory.fresh()[at]) before++;
  return before;
}

export function workerRings(memory: RunMemory): Address[] {
  const rings: Address[] = [];
  let at = Atomics.load(memory.words, RunWord.WORKER_RINGS);
  for (; at !== 0; at = memory.fresh()[at]) rings.push((at + LINK_WORDS) as Address);
  return rings;
}
