/**
 * Threads that were spawned and have no worker yet: a queue in shared memory, from which workers that wait for a thread
 * help themselves, so that spawning needs nobody else while one waits.
 */
import type { ThreadId } from "../../base/brand.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "./layout.ts";

function acquire(words: Int32Array): void {
  while (Atomics.compareExchange(words, RunWord.PENDING_LOCK, 0, 1) !== 0);
}

/** Queues a thread and wakes a worker; false if nobody waits for one, so that a worker must be sent for. */
export function pushSpawn(words: Int32Array, thread: ThreadId): boolean {
  acquire(words);
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
export function takeSpawn(words: Int32Array): ThreadId | -1 {
  acquire(words);
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
export function awaitSpawn(words: Int32Array): ThreadId {
  for (;;) {
    const seen = Atomics.load(words, RunWord.SPAWNS);
    const thread = takeSpawn(words);
    if (thread !== -1) return thread;
    Atomics.add(words, RunWord.IDLE, 1);
    Atomics.wait(words, RunWord.SPAWNS, seen);
    Atomics.sub(words, RunWord.IDLE, 1);
  }
}
