// @threadloom
//
// Chance, without losing the run: `choose` and `random` are decisions like those of a scheduler. A trace keeps them, a replay
// makes them again, and **Explore** tries each outcome of `choose`: both sides of the coin, whichever thread is first. Real chance (`Math.random`) could be neither repeated nor explored.
import { choose, Mutex, spawn } from "threadloom:std";

const won = new Mutex(0);

const coin = spawn(
  () => {
    if (choose(2) === 0) return "tails";
    using guard = won.lock();
    guard.value += 1;
    return "heads";
  },
  { name: "coin" },
);

const side = coin.join();
using guard = won.lock();
console.log(`what fell was counted: ${(side === "heads") === (guard.value === 1)}`);
