/** Shared memory grows while threads run: whatever one of them makes beyond another's view arrives whole. */
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const { prints } = programs;

/** More than a run's memory has at first. */
const LARGE = `"x".repeat(3_000_000)`;

for (const [how, make] of [
  ["a rendezvous", "std.syncChannel<string>(0)"],
  ["a queue", "std.channel<string>()"],
] as const) {
  test(`through ${how}, to a receiver that waits already`, () =>
    prints(
      `const [tx, rx] = ${make};
       const [ready, isReady] = std.syncChannel<number>(0);
       const h = std.spawn(() => { ready.send(1); let sum = 0; for (const m of rx) sum += m.length; return sum; });
       isReady.recv();
       std.sleep(20);
       for (let i = 0; i < 3; i++) tx.send(${LARGE});
       tx.drop();
       console.log(h.join());`,
      ["9000000"],
    ));
}

test("as a thread's result", () =>
  prints(`console.log(std.spawn(() => ${LARGE}).join().length);`, ["3000000"]));

test("under a lock", () =>
  prints(
    `const m = new std.Mutex("");
     const h = std.spawn(() => { using g = m.lock(); g.value = ${LARGE}; });
     h.join();
     console.log(m.lock().value.length);`,
    ["3000000"],
  ));

test("in a cell of @shared memory", () =>
  prints(
    `/** @shared */ let s = "";
     const h = std.spawn(() => { s = ${LARGE}; });
     h.join();
     console.log(s.length);`,
    ["3000000"],
  ));

test("a @shared array that one thread made long is read by another that has waited for that", () =>
  prints(
    `/** @shared */ const list: number[] = [];
     const flag = new std.AtomicI32(0);
     const h = std.spawn(() => { list.push(1); flag.wait(0); return list.length + list[29_999]; });
     while (list.length === 0) std.yieldNow();
     for (let i = list.length; i < 30_000; i++) list.push(i);
     flag.store(1); flag.notify();
     console.log(h.join());`,
    ["59999"],
  ));

test("an object that replaces a @shared one is read by another thread", () =>
  prints(
    `/** @shared */ const box: { item: any } = { item: { a: 1 } };
     const [tx, rx] = std.syncChannel<number>(0);
     const h = std.spawn(() => { rx.recv(); return box.item.more[49_999]; });
     box.item = { more: Array.from({ length: 50_000 }, (_, i) => i) };
     tx.send(1);
     console.log(h.join());`,
    ["49999"],
  ));

test("threads that are spawned beyond the view of workers that wait for one all run", () =>
  prints(
    `std.sleep(300);
     const long = ${LARGE};
     const rows = [0, 1, 2, 3, 4, 5].map((i) => std.spawn(() => long.length + i));
     console.log(rows.map((row) => row.join() % 10).join());
     console.log([6, 7].map((i) => std.spawn(() => i).join()).join());`,
    ["0,1,2,3,4,5", "6,7"],
  ));
