// @threadloom
//
// A server starts: everybody waits behind a latch until it has opened, once and for all; who comes first reads the settings, the
// others wait until it has and take the same (`Once`, `OnceCell`); and main waits for all, however many they have become
// (`WaitGroup`). A latch opens once; a barrier, for comparison, opens again and again.
import { assert, AtomicI32, Latch, Once, OnceCell, spawn, WaitGroup } from "threadloom:std";

const open = new Latch(1);
const greeting = new Once();
const settings = new OnceCell<{ port: number }>();
const done = new WaitGroup();
const reads = new AtomicI32(0);
const ports = new AtomicI32(0);

for (const name of ["ada", "ben", "cleo"]) {
  done.add();
  spawn(
    () => {
      open.wait();
      greeting.call(() => console.log("open"));
      const { port } = settings.getOrInit(() => {
        reads.fetchAdd(1);
        return { port: 8080 };
      });
      ports.fetchAdd(port);
      done.done();
    },
    { name },
  );
}

open.countDown();
done.wait();
console.log(`read ${reads.load()} time, by ${ports.load() / 8080} workers`);
assert(reads.load() === 1 && ports.load() === 3 * 8080);
