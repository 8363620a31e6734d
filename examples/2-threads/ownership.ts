// @threadloom
//
// What crosses to another thread is shared, moved, copied or refused; here is one of each. A lock is shared. A channel's end
// moves: who sent it away cannot use it any more. Plain data is copied: what the thread does to it, nobody else sees. What only
// makes sense in its own thread is refused, with the field to blame. In the editor each of these is said while one types.
import { assert, channel, MovedError, Mutex, NotSendError, spawn } from "threadloom:std";

function refusal(attempt: () => void): string {
  try {
    attempt();
    return "it went through";
  } catch (error) {
    if (error instanceof MovedError) return "moved: it belongs to another thread now";
    if (error instanceof NotSendError) return `refused, because of ${error.path}`;
    throw error;
  }
}

const shared = new Mutex(0);
const copied = { visits: 0 };
const ends = channel<number>();

const visitor = spawn(
  () => {
    const [tx] = ends; // both ends move, inside of the array
    using guard = shared.lock();
    guard.value++;
    const mine = { ...copied, visits: copied.visits + 1 };
    tx.send(mine.visits);
    return ends[1].recv();
  },
  { name: "visitor" },
);

console.log(`the thread's copy says ${visitor.join()}, ours ${copied.visits}`);
console.log(refusal(() => ends[0].send(2)));

const [tx] = channel<object>();
const machine: object = { name: "counter", steps: [1, 2, 3].values() };
console.log(refusal(() => tx.send(machine)));

using guard = shared.lock();
assert(guard.value === 1);
