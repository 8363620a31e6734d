// @threadloom
// Threads that compute in steps: nobody begins the next step before all have done this one. Each smooths its own part of a
// row of numbers and reads its neighbours' parts, so that a step needs all of the step before it. One thread of each
// generation leads, and prints.
import { Barrier, Mutex, scope } from "threadloom:std";

const PARTS = 3;
const row = new Mutex([0, 0, 90, 0, 0, 0]);
const meeting = new Barrier(PARTS);

function look(): number[] {
  using guard = row.lock();
  return [...guard.value];
}

scope((s) => {
  for (let part = 0; part < PARTS; part++) {
    s.spawn(
      () => {
        for (let step = 1; step <= 3; step++) {
          const before = look();
          meeting.wait(); // everybody has looked
          {
            using guard = row.lock();
            for (const i of [2 * part, 2 * part + 1]) {
              guard.value[i] = ((before[i - 1] ?? 0) + before[i] + (before[i + 1] ?? 0)) / 3;
            }
          }
          if (meeting.wait().isLeader) console.log(`step ${step}: ${look().join(" ")}`);
        }
      },
      { name: `part-${part}` },
    );
  }
});
