// @threadloom
// Two processes look for primes, each in a memory of its own: whoever started them sends ranges and receives counts. Nothing
// else is between them, so nothing can be locked, shared or raced for.
import { Process, type Port } from "threadloom:std";

interface Range {
  readonly from: number;
  readonly to: number;
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return n > 1;
}

function count(parent: Port<number, Range | "done">): void {
  for (let asked = parent.recv(); asked !== "done"; asked = parent.recv()) {
    let found = 0;
    for (let n = asked.from; n < asked.to; n++) if (isPrime(n)) found++;
    parent.send(found);
  }
}

const low = Process.spawn(count, { name: "low" });
const high = Process.spawn(count, { name: "high" });
for (let from = 0; from < 1000; from += 250) {
  low.send({ from, to: from + 250 });
  high.send({ from: from + 1000, to: from + 1250 });
}
let sum = 0;
for (let answers = 0; answers < 4; answers++) sum += low.recv() + high.recv();
low.send("done");
high.send("done");
console.log(`${sum} primes below 2000`);
console.log(`ended with ${low.wait().code} and ${high.wait().code}`);
