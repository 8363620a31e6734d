/** `join`, `select` and `timeout`: futures made of others. What they do not need any more they give up. */
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { duration } from "../duration.ts";
import { text, TimeoutError } from "../errors.ts";
import { State } from "../tasks/job.ts";
import {
  driven,
  makePromiseOf,
  rejectPromise,
  resolvePromise,
  type TaskPromise,
} from "../tasks/promise.ts";
import { driving, Waits } from "./abandon.ts";
import { sleep } from "./sleep.ts";

export function join(...futures: PromiseLike<unknown>[]): TaskPromise<unknown[]> {
  const waits = new Waits();
  const promise = makePromiseOf<unknown[]>({ abandon: () => waits.giveUp() });
  const values: unknown[] = new Array<unknown>(futures.length).fill(undefined);
  let left = futures.length;
  if (left === 0) resolvePromise(promise, values);
  for (const [index, future] of futures.entries()) {
    waits.add(driving(future), (state, value) => {
      if (state === State.REJECTED) {
        waits.giveUp();
        rejectPromise(promise, value);
        return;
      }
      values[index] = value;
      if (--left === 0) resolvePromise(promise, values);
    });
  }
  return promise;
}

export function select<T>(...futures: PromiseLike<T>[]): TaskPromise<{ index: number; value: T }> {
  if (futures.length === 0) {
    const told = { operation: "select", expected: "at least one future", value: "none" };
    throw new TypeError(text(TASK_MESSAGES.notGiven, told));
  }
  const waits = new Waits();
  const promise = makePromiseOf<{ index: number; value: T }>({ abandon: () => waits.giveUp() });
  for (const [index, future] of futures.entries()) {
    waits.add(driving(future), (state, value) => {
      waits.giveUp();
      if (state === State.REJECTED) rejectPromise(promise, value);
      else resolvePromise(promise, { index, value });
    });
  }
  return promise;
}

export function timeout<T>(time: number, future: PromiseLike<T>): TaskPromise<T> {
  const limit = duration(time, "timeout");
  const waits = new Waits();
  const promise = makePromiseOf<T>({ abandon: () => waits.giveUp() });
  waits.add(driving(future), (state, value) => {
    waits.giveUp();
    if (state === State.REJECTED) rejectPromise(promise, value);
    else resolvePromise(promise, value);
  });
  waits.add(sleep(limit)[driven](), () => {
    waits.giveUp();
    rejectPromise(promise, new TimeoutError(text(TASK_MESSAGES.timedOut, { duration: limit })));
  });
  return promise;
}
