// @threadloom
// Two pumps, five cars: a semaphore lets two threads in at a time. Nobody is served in order, whoever is there when a pump
// comes free takes it. The permit is given back at the end of the block that declares it by `using`.
import { AtomicI32, scope, Semaphore, sleep } from "threadloom:std";

const pumps = new Semaphore(2);
const inside = new AtomicI32(0);
const most = new AtomicI32(0);

scope((s) => {
  for (const car of ["red", "green", "blue", "white", "black"]) {
    s.spawn(
      () => {
        using pump = pumps.acquire();
        const cars = inside.fetchAdd(1) + 1;
        if (cars > most.load()) most.store(cars);
        sleep(2);
        console.log(`${car} is full`);
        inside.fetchSub(1);
      },
      { name: car },
    );
  }
});

console.log(`never more than 2 at the pumps: ${most.load() <= 2}; free now: ${pumps.available}`);
