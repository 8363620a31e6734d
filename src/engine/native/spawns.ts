/**
 * Threads that were spawned and have no worker yet: a queue in shared memory, from which workers that wait for a thread
 * help themselves, so that spawning needs nobody else while one waits.
 */
import type { ThreadId } from "../../base/brand.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";
import type { RunMemory } from "./memory.ts";

/** Takes the queue's lock. Slots that others have queued may lie beyond this thread's view: answers one that has them all. */
function acquire(memory: RunMemory): Int32Array {
  while (Atomics.compareExchange(memory.words, RunWord.PENDING_LOCK, 0, 1) !== 0);
  return memory.fresh();
}

/** Queues a thread and wakes a worker; false if nobody waits for one, so that a worker must be sent for. */
export function pushSpawn(memory: RunMemory, thread: ThreadId): boolean {
  const words = acquire(memory);
  const slot = words[THREAD_TABLE + thread];
  words[slot + SlotWord.NEXT] = 0;
  const last = words[RunWord.PENDING_LAST];
  if (last === 0) words[RunWord.PENDING_FIRST] = thread + 1;
  else words[words[THREAD_TABLE + last - 1] + SlotWord.NEXT] = thread + 1;
  words[RunWord.PENDING_LAST] = thread + 1;
  const waiting = ++words[RunWord.PENDING_COUNT];
  Atomics.add(words, RunWord.SPAWNS, 1);
  Atomics.store(words, RunWord.PENDING_LOCK, 0);
  Atomics.notify(words, RunWord.SPAWNS, 1);
  return Atomics.load(words, RunWord.IDLE) >= waiting;
}

/** Takes a thread that waits for a worker, -1 if there is none. */
export function takeSpawn(memory: RunMemory): ThreadId | -1 {
  const words = acquire(memory);
  const first = words[RunWord.PENDING_FIRST];
  if (first !== 0) {
    const next = words[words[THREAD_TABLE + first - 1] + SlotWord.NEXT];
    words[RunWord.PENDING_FIRST] = next;
    if (next === 0) words[RunWord.PENDING_LAST] = 0;
    words[RunWord.PENDING_COUNT]--;
  }
  Atomics.store(words, RunWord.PENDING_LOCK, 0);
  return (first - 1) as ThreadId | -1;
}

/** Waits for a thread to run. */
export function awaitSpawn(memory: RunMemory): ThreadId {
  for (;;) {
    const { words } = memory;
    const seen = Atomics.load(words, RunWord.SPAWNS);
    const thread = takeSpawn(memory);
    if (thread !== -1) return thread;
    Atomics.add(words, RunWord.IDLE, 1);
    Atomics.wait(words, RunWord.SPAWNS, seen);
    Atomics.sub(words, RunWord.IDLE, 1);
  }
}
