/** What one thread's tasks are made of: kept in the thread's activation. */
import type { Job, State } from "./job.ts";
import { JobQueue } from "./job.ts";
import { host } from "./host.ts";
import { TimerQueue } from "./timer-queue.ts";

export class Tasks {
  readonly jobs = new JobQueue();
  readonly timers = new TimerQueue();
  /** Callbacks of `setImmediate`, in order. */
  readonly immediates = new Set<{ fire(): void }>();
  /** Callbacks of `process.nextTick`, in order. */
  readonly ticks: (() => void)[] = [];
  /** Rejected promises that nobody has looked at yet. */
  readonly rejected = new Map<object, unknown>();
  /** Whether somebody is about to perform the jobs. */
  awake = false;
  /** How many tasks have begun, where that is recorded. */
  begun = 0;

  /** Whether nothing waits to be run. */
  get isIdle(): boolean {
    const { jobs, timers, immediates, ticks, rejected } = this;
    return (
      jobs.isEmpty &&
      timers.first === undefined &&
      immediates.size + ticks.length + rejected.size === 0
    );
  }

  /** As new. */
  clear(): void {
    this.awake = false;
    this.begun = 0;
    if (this.isIdle) return;
    this.jobs.clear();
    this.timers.clear();
    this.immediates.clear();
    this.ticks.length = 0;
    this.rejected.clear();
  }

  enqueue(job: Job, state: State, value: unknown): void {
    this.jobs.push(job, state, value);
    job.woken?.();
    this.#wake();
  }

  /** Nobody has looked at a promise that came to nothing: looked at again once there is nothing else to do. */
  reject(promise: object, reason: unknown): void {
    this.rejected.set(promise, reason);
    this.#wake();
  }

  #wake(): void {
    if (this.awake) return;
    this.awake = true;
    host.wake();
  }
}
