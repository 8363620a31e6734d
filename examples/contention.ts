// @threadloom
//
// The same work twice, by three threads that share a cache and a journal. In the first half they compute while they hold
// `cache`: one works, two wait, and the lane of `cache` is hatched throughout. In the second half they compute first and
// lock afterwards: the waits shrink to slivers and the threads run side by side. Compare the two regions on main's lane.
import { assert, label, Mutex, region, spawn } from "threadloom:std";

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

const cache = new Mutex(new Map<number, number>());
const journal = new Mutex<string[]>([]);
const names = ["ada", "ben", "cleo"];
const REQUESTS = 6;

function note(entry: string) {
  using guard = journal.lock();
  guard.value.push(entry);
}

/** Computes under the lock: simple, correct, and nobody else gets on. */
function serveHoldingTheLock(limit: number) {
  using guard = cache.lock();
  guard.value.set(limit, countPrimesBelow(limit));
}

/** Computes first; the lock is held for a look and an entry. */
function serveBriefly(limit: number) {
  const found = countPrimesBelow(limit);
  using guard = cache.lock();
  guard.value.set(limit, found);
}

function everybody(serve: (limit: number) => void) {
  const threads = names.map((name, index) =>
    spawn(
      () => {
        for (let request = 0; request < REQUESTS; request++) {
          serve(2500 + 100 * request + index);
          note(`${name} served request ${request}`);
        }
        label(`${name} is done`);
      },
      { name },
    ),
  );
  for (const thread of threads) thread.join();
}

{
  using _ = region("computing inside the lock");
  everybody(serveHoldingTheLock);
}
{
  using _ = region("computing before the lock");
  everybody(serveBriefly);
}

using guard = journal.lock();
console.log(`${guard.value.length} requests served`);
assert(guard.value.length === 2 * names.length * REQUESTS);
