// @threadloom
//
// The same work on one thread and on as many as there are processors: parallel computing, and not only concurrent. In the first
// region one lane is busy; in the second the bars stand above each other, and the region is shorter. It is never quite N times as
// fast: starting a thread takes time, and the slowest decides. `npm run bench -- pool` measures it carefully.
import { assert, availableParallelism, parallelMap, region } from "threadloom:std";

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return n > 1;
}

function countPrimes(from: number): number {
  let count = 0;
  for (let n = from; n < from + 2000; n++) if (isPrime(n)) count++;
  return count;
}

const starts = Array.from({ length: 16 }, (_, i) => 100_000 + 2000 * i);
const cores = Math.min(4, Math.max(2, availableParallelism()));

function countOn(threads: number): number {
  using _ = region(`on ${threads}`);
  return parallelMap(starts, countPrimes, { threads }).reduce((a, b) => a + b);
}

const alone = countOn(1);
const together = countOn(cores);
assert(alone === together);
console.log(`${alone} primes, on however many threads`);
