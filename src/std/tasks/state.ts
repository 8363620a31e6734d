/** What one thread's tasks are made of: kept in the thread's activation. */
import type { SiteId } from "../../base/brand.ts";
import type { Job, State } from "./job.ts";
import { JobQueue } from "./job.ts";
import { host } from "./host.ts";
import { TimerQueue } from "./timer-queue.ts";

/** An operation on an object that tasks wait for: a case of a select (`awaiting.ts`). */
export interface AwaitedOperation {
  /** Where it was begun. */
  readonly site: SiteId;
  /** Whether it can still be waited for; else that is what its promise comes to. */
  isPossible(): boolean;
}

/** A runtime whose tasks run on threads of its own, as the thread sees it that is in it. */
export interface SpawnsTasks {
  spawn(body: () => PromiseLike<unknown>, name: string | undefined): object;
}

export class Tasks {
  readonly jobs = new JobQueue();
  readonly timers = new TimerQueue();
  /** Callbacks of `setImmediate`, in order. */
  readonly immediates = new Set<{ fire(): void }>();
  /** Callbacks of `process.nextTick`, in order. */
  readonly ticks: (() => void)[] = [];
  /** Rejected promises that nobody has looked at yet. */
  readonly rejected = new Map<object, unknown>();
  /** Operations on objects that tasks wait for, in the order in which they came to. */
  readonly awaiting = new Set<AwaitedOperation>();
  /** The call of an async function that runs, with what it calls (`callers.ts`); undefined: no task does. */
  running: object | undefined;
  /** Code of a task or a callback is on the stack. */
  performing = false;
  /** Whether somebody is about to perform the jobs. */
  awake = false;
  /** By channel end that a task of this thread captured: the task that it belongs to. */
  readonly holders = new Map<object, object>();
  /** How many tasks have begun, where that is recorded. */
  begun = 0;
  /** How many callbacks of `setImmediate` were called, where time is virtual. */
  called = 0;
  /** How many tasks were spawned by name. */
  spawned = 0;
  /** Where `spawn` puts them; undefined: into this thread. */
  runtime: SpawnsTasks | undefined;

  /** Whether nothing waits to be run. */
  get isIdle(): boolean {
    const { jobs, timers, immediates, ticks, rejected, awaiting } = this;
    return (
      jobs.isEmpty &&
      timers.first === undefined &&
      immediates.size + ticks.length + rejected.size + awaiting.size === 0
    );
  }

  /** As new. */
  clear(): void {
    this.awake = false;
    this.performing = false;
    this.begun = 0;
    this.called = 0;
    this.spawned = 0;
    this.runtime = undefined;
    this.running = undefined;
    if (this.holders.size > 0) this.holders.clear();
    if (this.isIdle) return;
    this.jobs.clear();
    this.timers.clear();
    this.immediates.clear();
    this.ticks.length = 0;
    this.rejected.clear();
    this.awaiting.clear();
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
