// @threadloom
//
// A future does nothing until it is polled; an executor polls it, and again when its waker was called. This one waits for a
// thread: look how the thread that blocks in `blockOn` waits until the other has called the waker.
import {
  Future,
  join,
  lazy,
  Runtime,
  select,
  sleep,
  timeout,
  TimeoutError,
} from "threadloom:async";
import { Mutex, sleep as block, spawn } from "threadloom:std";

/** Ready when a thread has slept for so long: the timer of the book on async Rust. */
function timer(ms: number, says: string): Future<string> {
  const state = new Mutex({ begun: false, done: false });
  return new Future<string>((waker) => {
    using guard = state.lock();
    if (guard.value.done) return { ready: true, value: says };
    if (!guard.value.begun) {
      guard.value.begun = true;
      spawn(
        () => {
          block(ms);
          {
            using guard = state.lock();
            guard.value.done = true;
          }
          waker.wake();
        },
        { name: says },
      );
    }
    return { ready: false };
  });
}

const runtime = new Runtime();
const lazily = lazy(async () => {
  console.log("only now");
  return timer(10, "tea");
});
console.log("nothing has begun");
console.log(runtime.blockOn(join(lazily, timer(20, "eggs"))));

// Whoever loses is cancelled: its `finally` runs.
const slow = async () => {
  try {
    await sleep(60_000);
    return "slow";
  } finally {
    console.log("slow was given up");
  }
};
console.log(runtime.blockOn(select(slow(), timer(5, "quick"))));
try {
  runtime.blockOn(timeout(5, slow()));
} catch (error) {
  console.log(error instanceof TimeoutError ? "too late" : error);
}
