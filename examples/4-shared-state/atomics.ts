// @threadloom
//
// Atomics: one value, changed as a whole, without a lock. Nobody holds them and nobody waits, unless it asks to. One says when to
// stop, one counts, one counts beyond 2^53, and one is waited for until it changes. Two of them together are no longer atomic:
// what must change together needs a lock.
import { exploring } from "threadloom:check";
import { assert, AtomicBool, AtomicI32, AtomicI64, scope } from "threadloom:std";

const ROUNDS = exploring() ? 2 : 50;
const stop = new AtomicBool(false);
const rounds = new AtomicI32(0);
const distance = new AtomicI64(9_007_199_254_740_992n);

scope((s) => {
  for (const name of ["north", "south"]) {
    s.spawn(
      () => {
        do {
          distance.fetchAdd(1n);
          if (rounds.fetchAdd(1) === 0) rounds.notify();
        } while (!stop.load() && rounds.load() < ROUNDS);
      },
      { name },
    );
  }
  rounds.wait(0); // sleeps until somebody has done a round
  stop.store(true);
});

const went = distance.load() - 9_007_199_254_740_992n;
console.log(`each round counted once: ${went === BigInt(rounds.load())}`);
assert(rounds.load() >= 2);
