// @threadloom
//
// Useful work while slow devices answer. Three answers take 20 ms each. Asked one after another they cost their sum; asked by a
// thread each, the longest of them, and main computes meanwhile. Compare the two regions of main's lane: faint sleeps in the
// first, work in the second. `sleep` stands for a disk or a server: neither needs a processor while one waits for it.
import { assert, region, sleep, spawn } from "threadloom:std";

const ANSWER_MS = 20;

function ask(device: string): string {
  sleep(ANSWER_MS);
  return `${device} answered`;
}

function countPrimesBelow(limit: number): number {
  let found = 0;
  for (let n = 2; n < limit; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) found++;
  }
  return found;
}

const devices = ["disk", "printer", "server"];

function oneAfterAnother(): string[] {
  using _ = region("one after another");
  return devices.map(ask);
}

function overlapped(): string[] {
  using _ = region("overlapped");
  const asked = devices.map((device) => spawn(() => ask(device), { name: device }));
  console.log(`${countPrimesBelow(5000)} primes found while waiting`);
  return asked.map((thread) => thread.join());
}

const first = oneAfterAnother();
const second = overlapped();
assert(first.join() === second.join(), "the answers are the same, and in order");
console.log(second.join(", "));
