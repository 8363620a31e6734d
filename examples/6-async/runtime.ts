// @threadloom
//
// An executor on two threads: eight tasks, each of which waits for a slow answer. A task that waits costs no thread; whoever is
// free takes the next. Its mutex is one for tasks: it is held across an `await`, and no thread blocks for it.
import { channel, join, Mutex, Runtime, sleep, spawnBlocking } from "threadloom:async";

const pages = new Mutex<string[]>([]);
const [tx, finished] = channel<string>(4);

using runtime = new Runtime({ threads: 2 });
const tasks = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
  const sender = tx.clone();
  return runtime.spawn(async () => {
    await sleep(5);
    using guard = await pages.lock();
    await sleep(1);
    guard.value.push(`page ${n}`);
    await sender.send(`page ${n}`);
    return n * n;
  });
});
tx.drop();

const arrivals = async () => {
  let count = 0;
  for await (const _ of finished) count++;
  return count;
};
const all = async () => {
  // All at once: with room for four, whoever sends the fifth waits until somebody receives.
  const [squares, arrived, sorted] = await join(
    join(...tasks),
    arrivals(),
    spawnBlocking(() => [3, 1, 2].toSorted()), // a thread of its own: nobody waits behind it
  );
  using guard = await pages.lock();
  return { squares, sorted, arrived, stored: guard.value.length };
};
console.log(runtime.blockOn(all()));
