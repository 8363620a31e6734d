// @threadloom
//
// Tasks: what `async` functions of one thread are. They take turns at each `await`, while threads run beside each other.
// A lock stops the whole thread, and every task on it: look how short this one is held, and that nobody awaits under it.
import { Mutex, spawn } from "threadloom:std";

const stock = new Mutex(new Map<string, number>());

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function* deliveries(shop: string, days: number): AsyncGenerator<string> {
  for (let day = 1; day <= days; day++) {
    await pause(10);
    yield `${shop} on day ${day}`;
  }
}

async function unpack(item: string, count: number): Promise<number> {
  await pause(count);
  using guard = stock.lock();
  const before = guard.value.get(item) ?? 0;
  guard.value.set(item, before + count);
  return count;
}

const shops = ["north", "south"].map((shop) =>
  spawn(async () => {
    let total = 0;
    for await (const delivery of deliveries(shop, 2)) {
      const counts = await Promise.all([unpack("apples", 3), unpack("pears", 2)]);
      total += counts.reduce((a, b) => a + b);
      console.log(delivery, total);
    }
    return total;
  }),
);

let sum = 0;
for (const shop of shops) sum += shop.join();
using guard = stock.lock();
console.log(sum, [...guard.value.entries()].toSorted());
