// @threadloom
// A process that fails takes nobody along: its exit status says so, what it has sent is not lost, and another one goes on
// where it stopped. One that does not come to an end is killed.
import { Process, type Port } from "threadloom:std";

const JOBS = [3, 1, 4, 0, 5];

function work(parent: Port<number, number>): void {
  for (;;) {
    const job = parent.recv();
    if (job === 0) throw new RangeError("cannot divide by zero");
    parent.send(60 / job);
  }
}

let worker = Process.spawn(work, { name: "worker-1" });
const results: string[] = [];
for (const job of JOBS) {
  worker.send(job);
  if (job !== 0) {
    results.push(String(worker.recv()));
    continue;
  }
  const { code } = worker.wait();
  results.push(`failed with ${code}`);
  worker = Process.spawn(work, { name: "worker-2" });
}
console.log(results.join(", "));
worker.kill();
console.log(`ended by ${worker.wait().signal}`);
