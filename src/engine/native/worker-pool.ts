/**
 * Workers started ahead: one takes tens of milliseconds to start, and a thread shall not wait for that. Each is used for one
 * thread of one run; the pool fills itself up again when the machine has nothing better to do.
 */
import { Worker } from "node:worker_threads";

export class WorkerPool {
  readonly #script: URL;
  readonly #size: number;
  readonly #heapLimitMb: number;
  readonly #warm: Worker[] = [];
  #closed = false;

  /** `size`: how many are kept ready. `heapLimitMb`: what the JavaScript heap of one may take. */
  constructor(script: URL, size: number, heapLimitMb: number) {
    this.#script = script;
    this.#size = size;
    this.#heapLimitMb = heapLimitMb;
    this.fill();
  }

  /** A worker that has been started, or is being started now if none is ready. It has no listeners. */
  take(): Worker {
    const worker = this.#warm.shift() ?? this.#start();
    worker.removeAllListeners();
    return worker;
  }

  fill(): void {
    while (!this.#closed && this.#warm.length < this.#size) {
      const worker = this.#start();
      this.#warm.push(worker);
      // One that dies before it was used is of no use to anybody; its successor comes with the next fill.
      worker.once("exit", () => {
        const at = this.#warm.indexOf(worker);
        if (at >= 0) this.#warm.splice(at, 1);
      });
      worker.on("error", () => worker.removeAllListeners("message"));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#warm.splice(0).map((worker) => worker.terminate()));
  }

  #start(): Worker {
    return new Worker(this.#script, {
      name: "threadloom",
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: this.#heapLimitMb },
    });
  }
}
