// @threadloom
// Twelve jobs, three threads: a pool runs them as threads come free, so that a long job holds up nobody but its own thread.
// `parallelMap` does the same for the items of an array, and keeps their order.
import { parallelMap, ThreadPool } from "threadloom:std";

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return n > 1;
}

function countPrimes(from: number, to: number): number {
  let count = 0;
  for (let n = from; n < to; n++) if (isPrime(n)) count++;
  return count;
}

{
  using pool = new ThreadPool(3, { name: "crew" });
  const jobs = Array.from({ length: 12 }, (_, i) =>
    pool.submit(() => countPrimes(1000 * i, 1000 * (i + 1))),
  );
  const counts = jobs.map((job) => job.join());
  console.log(`${counts.reduce((sum, n) => sum + n)} primes below 12000`);
} // shut down here: all jobs are done, the threads have ended

const numbers = [97, 561, 7919, 10_000];
console.log(parallelMap(numbers, isPrime, { threads: 2 }).join(" "));
