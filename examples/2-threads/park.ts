// @threadloom
//
// A thread that has nothing to do parks until somebody wakes it by name: the smallest way of waiting, of which locks and channels
// are made. A wake-up that comes early is kept, so that it cannot be missed; but it says nothing of what happened, and so the
// one who wakes looks at a flag, again and again (`while`, not `if`).
import { AtomicBool, current, park, spawn, yieldNow } from "threadloom:std";

const ready = new AtomicBool(false);

const sleeper = spawn(
  () => {
    let naps = 0;
    while (!ready.load()) {
      naps++;
      park();
    }
    return `${current().name} saw the flag after ${naps > 1 ? "some naps" : "a nap or none"}`;
  },
  { name: "sleeper" },
);

yieldNow(); // a hint, no more: another thread may go first
ready.store(true); // first the flag, then the call: the other way round, it might sleep for ever
sleeper.thread.unpark();
console.log(sleeper.join());
