// @threadloom
//
// A rule that always holds: `@invariant` is looked at after every step of every thread that writes what it names, so that no
// order of the threads may break it, not even for a moment. Take the lock out of `spend`, and **Explore** shows who saw money
// that was not there. A look at shared data that is to be kept is taken as a copy, by `snapshot`.
import { assert, Mutex, scope, snapshot } from "threadloom:std";

const door = new Mutex();

/** @shared */
const account = { spent: 0, left: 30 };
// @invariant account.left >= 0

function spend(amount: number) {
  using _ = door.lock();
  if (account.left < amount) return;
  account.left -= amount;
  account.spent += amount;
}

scope((s) => {
  for (const [name, amount] of [
    ["ada", 20],
    ["ben", 20],
  ] as const) {
    s.spawn(() => spend(amount), { name });
  }
});

using _ = door.lock();
const then = snapshot(account);
account.left = 0;
console.log(`spent ${then.spent}, with ${then.left} left`);
assert(then.spent === 20 && then.left === 10);
