/** Giving up what was awaited: a future that lost a `select`, whose time was up, or whose task was cancelled. */
import { type Job } from "../tasks/job.ts";
import { promiseResolve, stopWaiting, TaskPromise, waitFor } from "../tasks/promise.ts";

/** The promise of what an awaitable comes to; what is lazy runs from here on. */
export function driving<T>(value: PromiseLike<T>): TaskPromise<T> {
  return promiseResolve(TaskPromise, value) as TaskPromise<T>;
}

/** Who waits for several promises, and can give up those that have not come yet. */
export class Waits {
  readonly #waits = new Map<TaskPromise<unknown>, Job>();

  /** `came`: performed with what the promise comes to. */
  add(promise: TaskPromise<unknown>, came: Job["perform"]): void {
    const job: Job = {
      perform: (state, value) => {
        if (this.#waits.delete(promise)) came(state, value);
      },
    };
    this.#waits.set(promise, job);
    waitFor(promise, job);
  }

  giveUp(): void {
    const waits = [...this.#waits];
    this.#waits.clear();
    for (const [promise, job] of waits) stopWaiting(promise, job);
  }
}
