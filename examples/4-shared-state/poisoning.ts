// @threadloom
//
// Carol throws while she holds the lock, between taking the apple and adding the pear. Look at her lane: it ends in a
// panic, and the lock is marked as poisoned from there on. Main hears of the panic by `join`, and of the poison when it
// locks: so it cannot miss that the stock is half-made, and repairs it.
import { assert, Mutex, PanicError, PoisonError, spawn } from "threadloom:std";

const stock = new Mutex({ apples: 3, pears: 0 });

const carol = spawn(
  () => {
    using guard = stock.lock();
    guard.value.apples -= 1;
    throw new Error("no room for another pear");
  },
  { name: "carol" },
);

try {
  carol.join();
} catch (error) {
  if (!(error instanceof PanicError)) throw error;
  console.log(`${error.thread.name} panicked: ${(error.cause as Error).message}`);
}

assert(stock.isPoisoned);
try {
  using guard = stock.lock();
  console.log("never reached", guard.value);
} catch (error) {
  if (!(error instanceof PoisonError)) throw error;
  using guard = error.recover();
  console.log("found half-made:", guard.value);
  guard.value = { apples: 3, pears: 0 };
  stock.clearPoison();
}

using guard = stock.lock();
console.log("repaired:", guard.value);
assert(guard.value.apples + guard.value.pears === 3);
