// @threadloom
// @expect assertion
//
// A bug that nobody can reproduce. The price is looked up once and kept, and each step of that is under the lock; but the lock
// is given back in between. Here the second shop comes 20 ms after the first, so that every trace ends well, on every machine.
// **Explore** does not believe in time: it finds the order in which both see nothing and both look it up, the same one each
// time, and it can be stepped through, back and forth.
import { assert, Mutex, sleep, spawn } from "threadloom:std";

const kept = new Mutex<number | undefined>(undefined);
const lookUps = new Mutex(0);

function lookUp(): number {
  using guard = lookUps.lock();
  guard.value++;
  return 42;
}

function seen(): number | undefined {
  using guard = kept.lock();
  return guard.value;
}

function price(): number {
  const known = seen();
  if (known !== undefined) return known;
  const found = lookUp();
  using guard = kept.lock();
  guard.value = found;
  return found;
}

const shops = [0, 20].map((comesAfter, index) =>
  spawn(
    () => {
      sleep(comesAfter);
      return price();
    },
    { name: index === 0 ? "early" : "late" },
  ),
);
for (const shop of shops) assert(shop.join() === 42);
using guard = lookUps.lock();
assert(guard.value === 1, "looked up once");
