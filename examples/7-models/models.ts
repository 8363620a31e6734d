// @threadloom model=parallel cores=2 quantum=25
//
// Two threads compute and never pause; beside them somebody types, and a screen shows each key. Who gets to run when is the
// execution model's business. Choose one under **Run as** in the timeline, or click **Compare models** for all in one picture:
//
// - parallel: two cores at once; where four threads want two cores, a quantum shares them out. Keys appear soon.
// - time-sliced: one core, and whoever has had 25 ticks must let the next one on. Concurrent, never parallel.
// - cooperative: one core, and nobody is interrupted. The computing threads never yield, so the screen stands still.
// - green: many green threads on two threads of the system. Both are taken by those who compute: the screen stands still
//   here, too, though there are two cores.
//
// Let `compute` yield in its loop, by `yieldNow()`, and compare again: what does it change, and for whom?
import { channel, spawn, yieldNow } from "threadloom:std";

/** Work: an event or an edge of a loop costs one tick, whatever it does. */
function compute(rounds: number): number {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += round % 7;
  return sum;
}

const [keys, typed] = channel<string>();

const computing = ["solver", "encoder"].map((name) => spawn(() => compute(240), { name }));

const screen = spawn(
  () => {
    for (const key of typed) console.log(`${key} is on the screen`);
  },
  { name: "screen" },
);

const typist = spawn(
  () => {
    for (const key of ["h", "e", "l", "l", "o"]) {
      compute(12); // the way from key to key
      keys.send(key);
      yieldNow();
    }
  },
  { name: "typist" },
);

for (const thread of [typist, screen, ...computing]) thread.join();
