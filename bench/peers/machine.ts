/** Limits of the machine, measured the way the engine would have to do it at the least. All in nanoseconds. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { median } from "../row.ts";

/** The median of some rounds of `count` repetitions, per repetition; the first round warms up and does not count. */
export function perRepetition(
  count: number,
  rounds: number,
  body: (count: number) => void,
): number {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now();
    body(count);
    if (round > 0) times.push(((performance.now() - began) * 1e6) / count);
  }
  return median(times);
}

/** Taking and giving back a lock that nobody else wants: a compare-and-exchange each. */
export function compareAndSwapLock(): number {
  const words = new Int32Array(new SharedArrayBuffer(64));
  return perRepetition(1_000_000, 7, (count) => {
    for (let i = 0; i < count; i++) {
      if (Atomics.compareExchange(words, 0, 0, 1) !== 0) throw new Error("The lock was taken");
      if (Atomics.compareExchange(words, 0, 1, 0) !== 1) throw new Error("The lock was lost");
    }
  });
}

/** A record of six words into a ring in shared memory, with a time-stamp, published: what one event must cost. */
export function ringRecordWithStamp(): number {
  const mask = (1 << 16) - 1;
  const ring = new Int32Array(new SharedArrayBuffer((mask + 1) * 4));
  const head = new Int32Array(new SharedArrayBuffer(4));
  let at = 0;
  return perRepetition(500_000, 7, (count) => {
    for (let i = 0; i < count; i++) {
      const time = performance.now() * 1e6;
      const row = (at * 6) & mask;
      ring[row] = time | 0;
      ring[(row + 1) & mask] = (time / 0x1_0000_0000) | 0;
      ring[(row + 2) & mask] = 7;
      ring[(row + 3) & mask] = i;
      ring[(row + 4) & mask] = 1;
      ring[(row + 5) & mask] = 3;
      Atomics.store(head, 0, ++at);
    }
  });
}

/** `postMessage` of a small object from one worker to another, one way, sent without waiting. */
export async function postMessageOneWay(): Promise<number> {
  const messages = 20_000;
  const receiver = new Worker(
    `const { workerData, parentPort, receiveMessageOnPort } = require("node:worker_threads");
     parentPort.once("message", ({ port }) => {
       let count = 0;
       let began = 0;
       port.on("message", () => {
         if (count++ === 0) began = performance.now();
         if (count % ${messages} === 0) {
           parentPort.postMessage((performance.now() - began) * 1e6 / (${messages} - 1));
           count = 0;
         }
       });
     });`,
    { eval: true },
  );
  const sender = new Worker(
    `const { parentPort } = require("node:worker_threads");
     let port;
     parentPort.on("message", (message) => {
       if (message.port) { port = message.port; return; }
       for (let i = 0; i < ${messages}; i++) port.postMessage({ id: i, text: "hello", done: false });
     });`,
    { eval: true },
  );
  try {
    const { port1, port2 } = new MessageChannel();
    receiver.postMessage({ port: port1 }, [port1 as never]);
    sender.postMessage({ port: port2 }, [port2 as never]);
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
      const answer = once(receiver, "message") as Promise<[number]>;
      sender.postMessage({});
      const [time] = await answer;
      if (round > 0) times.push(time);
    }
    return median(times);
  } finally {
    await Promise.all([sender.terminate(), receiver.terminate()]);
  }
}
