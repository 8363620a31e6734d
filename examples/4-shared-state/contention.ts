// @threadloom
//
// The same work twice, by three threads that share a cache and a journal. In the first half they compute while they hold
// `cache`: one works, two wait, and the lane of `cache` is hatched throughout. In the second half they compute first and
// lock afterwards: the waits shrink to slivers, and the threads run side by side. Compare the two regions of each lane.
import { assert, Condvar, label, Mutex, region, spawn } from "threadloom:std";

/** Work that takes a while. */
function countPrimesBelow(limit: number): number {
  let found = 0;
  for (let n = 2; n < limit; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) found++;
  }
  return found;
}

const names = ["ada", "ben", "cleo"];
const REQUESTS = 6;

const cache = new Mutex(new Map<number, number>());
const journal = new Mutex<string[]>([]);

function note(entry: string) {
  using guard = journal.lock();
  guard.value.push(entry);
}

/** Computes under the lock: simple, correct, and nobody else gets on. */
function serveHoldingTheLock(limit: number) {
  using guard = cache.lock();
  guard.value.set(limit, countPrimesBelow(limit));
}

/** Computes first; the lock is held for one entry. */
function serveBriefly(limit: number) {
  const found = countPrimesBelow(limit);
  using guard = cache.lock();
  guard.value.set(limit, found);
}

const arrived = new Mutex(0);
const everybody = new Condvar();

/** Waits until all threads are here, so that they begin each half together. */
function meet(half: number) {
  using guard = arrived.lock();
  guard.value++;
  if (guard.value === half * names.length) everybody.notifyAll();
  else everybody.waitWhile(guard, (count) => count < half * names.length);
}

function serveAll(name: string, first: number, serve: (limit: number) => void) {
  for (let request = 0; request < REQUESTS; request++) {
    serve(first + request);
    note(`${name} served request ${request}`);
  }
}

const threads = names.map((name, index) =>
  spawn(
    () => {
      meet(1);
      {
        using _ = region("computing inside the lock");
        serveAll(name, 8000 + 100 * index, serveHoldingTheLock);
      }
      label("half-time");
      meet(2);
      {
        using _ = region("computing before the lock");
        serveAll(name, 8000 + 100 * index, serveBriefly);
      }
    },
    { name },
  ),
);
for (const thread of threads) thread.join();

using guard = journal.lock();
console.log(`${guard.value.length} requests served`);
assert(guard.value.length === 2 * names.length * REQUESTS);
