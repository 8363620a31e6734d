// @threadloom
// A queue of jobs that counts them apart. Trace it, and nothing is wrong. Click Explore: small scenarios of its operations are made
// up, every interleaving of each is tried, and what the calls returned is held against a plain list. The smallest history that no
// order of the calls explains is drawn as bars, one above another where calls overlapped: a queue with -1 jobs in it.
// Count while the lock is held, in `add` and in `take`, and it passes.
import { AtomicI32, Mutex } from "threadloom:std";
import { linearizable } from "threadloom:check";

class Jobs {
  readonly #waiting = new Mutex<number[]>([]);
  readonly #count = new AtomicI32(0);

  add(job: number): void {
    {
      using waiting = this.#waiting.lock();
      waiting.value.push(job);
    }
    this.#count.fetchAdd(1);
  }

  take(): number | undefined {
    using waiting = this.#waiting.lock();
    const job = waiting.value.shift();
    if (job !== undefined) this.#count.fetchSub(1);
    return job;
  }

  count(): number {
    return this.#count.load();
  }
}

/** What is right, called by one thread. */
class List {
  readonly #waiting: number[] = [];
  add = (job: number): void => void this.#waiting.push(job);
  take = (): number | undefined => this.#waiting.shift();
  count = (): number => this.#waiting.length;
}

linearizable<Pick<Jobs, "add" | "take" | "count">>({
  create: () => new Jobs(),
  model: () => new List(),
  operations: {
    add: (jobs, n) => jobs.add(n),
    take: (jobs) => jobs.take(),
    count: (jobs) => jobs.count(),
  },
});
