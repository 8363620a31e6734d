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

const RECEIVER = `
  const { parentPort } = require("node:worker_threads");
  parentPort.once("message", ({ port, messages }) => {
    let count = 0;
    let began = 0;
    port.on("message", () => {
      if (count++ === 0) began = performance.now();
      if (count % messages === 0) {
        parentPort.postMessage((performance.now() - began) * 1e6 / (messages - 1));
        count = 0;
      }
    });
  });`;

const SENDER = `
  const { parentPort } = require("node:worker_threads");
  let port;
  parentPort.on("message", (message) => {
    if (message.port) { port = message.port; return; }
    for (let i = 0; i < message.messages; i++) port.postMessage({ id: i, text: "hello", done: false });
  });`;

/** The first time 20,000 are sent, and the median of the next times. */
export interface Messages {
  readonly first: number;
  readonly steady: number;
}

/**
 * `postMessage` of a small object from one worker to another, one way: sent as fast as can be, without waiting, so that the
 * receiver's event loop takes many at a time. It is what a queue moves, not how long one message is under way.
 */
export async function postMessageOneWay(): Promise<Messages> {
  const messages = 20_000;
  const [receiver, sender] = [RECEIVER, SENDER].map((text) => new Worker(text, { eval: true }));
  try {
    const { port1, port2 } = new MessageChannel();
    receiver.postMessage({ port: port1, messages }, [port1 as never]);
    sender.postMessage({ port: port2 }, [port2 as never]);
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
      const answer = once(receiver, "message") as Promise<[number]>;
      sender.postMessage({ messages });
      times.push((await answer)[0]);
    }
    return { first: times[0], steady: median(times.slice(1)) };
  } finally {
    await Promise.all([sender.terminate(), receiver.terminate()]);
  }
}

/** The number that a worker of this text posts. */
async function answerOf(text: string): Promise<number> {
  const worker = new Worker(text, { eval: true });
  try {
    const [answer] = (await once(worker, "message")) as [number];
    return answer;
  } finally {
    await worker.terminate();
  }
}

/** A number there and back between two workers by `postMessage`, each waiting for the other. */
export function postMessageRoundTrip(): Promise<number> {
  return answerOf(`
    const { parentPort, Worker } = require("node:worker_threads");
    const turns = 2000;
    const other = new Worker(
      'const { parentPort } = require("node:worker_threads");' +
      'parentPort.on("message", (message) => parentPort.postMessage(message));', { eval: true });
    let [count, began] = [0, 0];
    other.on("message", () => {
      if (++count === turns) began = performance.now();
      if (count < 2 * turns) return other.postMessage(count);
      const took = (performance.now() - began) * 1e6 / turns;
      other.terminate().then(() => parentPort.postMessage(took));
    });
    other.postMessage(0);`);
}

/** Two workers that park and wake each other by turns: the floor for a hand-over between threads that do not spin. */
export function parkAndWake(): Promise<number> {
  return answerOf(`
    const { parentPort, Worker } = require("node:worker_threads");
    const turns = 2000;
    const words = new Int32Array(new SharedArrayBuffer(8));
    const other = new Worker(
      'const { workerData: words } = require("node:worker_threads");' +
      'for (let i = 0; i < ${2 * 2000}; i++) {' +
      '  while (Atomics.load(words, 0) <= i) Atomics.wait(words, 0, i);' +
      '  Atomics.store(words, 1, i + 1); Atomics.notify(words, 1); }', { eval: true, workerData: words });
    other.once("online", () => {
      let began = 0;
      for (let i = 0; i < 2 * turns; i++) {
        if (i === turns) began = performance.now();
        Atomics.store(words, 0, i + 1); Atomics.notify(words, 0);
        while (Atomics.load(words, 1) <= i) Atomics.wait(words, 1, i);
      }
      parentPort.postMessage((performance.now() - began) * 1e6 / turns);
    });`);
}
