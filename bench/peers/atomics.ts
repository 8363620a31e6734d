/**
 * What a person writes who takes `worker_threads` and `Atomics` as they are: no trace, no check, and no type for what a word
 * means. Nanoseconds an operation; where two workers fight, whoever's it was.
 */
import { once } from "node:events";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { perRepetition } from "./machine.ts";
import { median } from "../row.ts";

export function fetchAdd(): number {
  const words = new Int32Array(new SharedArrayBuffer(4));
  return perRepetition(1_000_000, 7, (count) => {
    for (let i = 0; i < count; i++) Atomics.add(words, 0, 1);
  });
}

/** A message into a port and out of the other, by one thread. */
export function messagePort(): number {
  const { port1, port2 } = new MessageChannel();
  try {
    return perRepetition(20_000, 7, (count) => {
      for (let i = 0; i < count; i++) {
        port1.postMessage(i);
        if (receiveMessageOnPort(port2)?.message !== i) throw new Error("The message was lost");
      }
    });
  } finally {
    port1.close();
  }
}

/** The futex mutex of U. Drepper, "Futexes are tricky" (2011), mutex 2: free, taken, taken and wanted. */
const MUTEX = `
  let state = Atomics.compareExchange(words, 1, 0, 1);
  if (state !== 0) {
    if (state !== 2) state = Atomics.exchange(words, 1, 2);
    while (state !== 0) { Atomics.wait(words, 1, 2); state = Atomics.exchange(words, 1, 2); }
  }
  words[2]++;
  if (Atomics.sub(words, 1, 1) !== 1) { Atomics.store(words, 1, 0); Atomics.notify(words, 1, 1); }`;

export const contendedFetchAdd = (): Promise<number> => contended("Atomics.add(words, 2, 1);");
export const contendedMutex = (): Promise<number> => contended(MUTEX);

/** Two workers do it over and over; both begin each round together. */
async function contended(body: string): Promise<number> {
  const words = new Int32Array(new SharedArrayBuffer(64));
  const text = `
    const { parentPort, workerData: words } = require("node:worker_threads");
    const times = [];
    function meet(target) {
      if (Atomics.add(words, 0, 1) + 1 === target) return void Atomics.notify(words, 0);
      for (let seen; (seen = Atomics.load(words, 0)) < target; ) Atomics.wait(words, 0, seen);
    }
    for (let round = 0; round < 12; round++) {
      meet(4 * round + 2);
      const began = performance.now();
      for (let i = 0; i < 5000; i++) { ${body} }
      meet(4 * round + 4);
      times.push((performance.now() - began) * 1e6 / 10_000);
    }
    parentPort.postMessage(times.slice(4));`;
  const workers = [0, 1].map(() => new Worker(text, { eval: true, workerData: words }));
  const answers = await Promise.all(
    workers.map(async (worker) => {
      const [[times]] = (await Promise.all([once(worker, "message"), once(worker, "exit")])) as [
        [number[]],
        unknown,
      ];
      return median(times);
    }),
  );
  return Math.max(...answers);
}
