/** Futures of time: `sleep`, and `yieldNow`, which lets the thread's other tasks go on. */
import type { Milliseconds } from "../../base/brand.ts";
import { here } from "../activation.ts";
import { duration } from "../duration.ts";
import { State } from "../tasks/job.ts";
import { clearTimeout, setTimeout, type Timeout } from "../tasks/timers.ts";
import { Future, type Waker } from "./future.ts";

export function sleep(time: number): Future<void> {
  const limit: Milliseconds = duration(time, "sleep");
  let timer: Timeout | undefined;
  let isOver = false;
  let latest: Waker;
  const poll = (waker: Waker): { ready: true; value: undefined } | { ready: false } => {
    latest = waker;
    timer ??= setTimeout(() => {
      isOver = true;
      latest.wake();
    }, limit);
    return isOver ? { ready: true, value: undefined } : { ready: false };
  };
  return new Future<void>(poll, () => clearTimeout(timer));
}

export function yieldNow(): Future<void> {
  let hasYielded = false;
  return new Future<void>((waker) => {
    if (hasYielded) return { ready: true, value: undefined };
    hasYielded = true;
    // Behind all that can go on now.
    here.tasks.enqueue({ perform: () => waker.wake() }, State.FULFILLED, undefined);
    return { ready: false };
  });
}
