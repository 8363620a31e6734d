/** The native engine against what the machine allows, and against the npm package `multithreading`. */
import { Bench } from "./programs/run.ts";
import { compareAndSwapLock, postMessageOneWay, ringRecordWithStamp } from "./peers/machine.ts";
import { multithreading } from "./peers/multithreading.ts";
import { compared } from "./row.ts";
import type { Row } from "./row.ts";

/**
 * Median of rounds of `body`, in nanoseconds a repetition; the first rounds warm up. A round's records fit into the ring, and
 * the pause lets the collector empty it: what is measured is the thread's own cost, not how fast a disk is.
 */
const repeated = (count: number, body: string) => `
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    sleep(8);
    const began = performance.now();
    for (let i = 0; i < ${count}; i++) { ${body} }
    if (round >= 20) times.push((performance.now() - began) * 1e6 / ${count});
  }
  times.sort((a, b) => a - b);
  console.log(times[times.length >> 1]);
`;

const EVENT = `
  import { AtomicI32, sleep } from "threadloom:std";
  const n = new AtomicI32();
  ${repeated(2_000, "n.load();")}`;

const LOCK = `
  import { Mutex, sleep } from "threadloom:std";
  const m = new Mutex(0);
  ${repeated(2_000, "const guard = m.lock(); guard.value++; guard.unlock();")}`;

const MESSAGES = 20_000;
const CHANNEL = `
  import { channel, spawn } from "threadloom:std";
  const [tx, rx] = channel<{ id: number; text: string; done: boolean }>();
  const [ready, go] = channel<boolean>();
  spawn(() => {
    go.recv();
    for (let i = 0; i < ${MESSAGES}; i++) tx.send({ id: i, text: "hello", done: false });
  });
  console.log(spawn(() => {
    ready.send(true);
    rx.recv();
    const began = performance.now();
    let count = 0;
    for (const _ of rx) count++;
    return (performance.now() - began) * 1e6 / count;
  }).join());`;

/** Two threads, one lock, about ten microseconds of work between its uses: how programs are, other than benchmarks. */
const CONTENDED = `
  import { AtomicI32, Mutex, spawn } from "threadloom:std";
  function work(): number {
    let x = 1;
    for (let i = 0; i < 4000; i++) x = (Math.imul(x, 1103515245) + 12345) | 0;
    return x;
  }
  const total = new Mutex(0);
  const gate = new AtomicI32(0);
  const threads = [1, 2].map(() => spawn(() => {
    for (let i = 0; i < 500; i++) work();
    if (gate.fetchAdd(1) === 0) gate.wait(1); else gate.notify();
    const began = performance.now();
    for (let i = 0; i < 5000; i++) {
      const x = work();
      using guard = total.lock();
      guard.value = (guard.value + x) | 0;
    }
    return performance.now() - began;
  }));
  console.log(Math.max(...threads.map((thread) => thread.join())));`;

export async function run(): Promise<Row[]> {
  const [swap, record] = [compareAndSwapLock(), ringRecordWithStamp()];
  const post = await postMessageOneWay();
  const peer = await multithreading();
  await using bench = new Bench();
  const event = await bench.both(EVENT);
  const lock = await bench.both(LOCK);
  const message = await bench.both(CHANNEL);
  const contended = await bench.both(CONTENDED);
  const row = (name: string, median: number, unit: Row["unit"], goal?: string) => ({
    ...{ name, median, unit },
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    compared(
      row("what a traced event adds", event.traced - event.untraced, "ns", "≤ 1.5 ×"),
      "ring record with stamp",
      record,
    ),
    compared(
      row("lock + unlock, traced", lock.traced, "ns", "≤ 250 ns, ≤ 0.1 ×"),
      "multithreading, untraced",
      peer.lockAndUnlock,
    ),
    compared(row("lock + unlock, untraced", lock.untraced, "ns"), "compare-and-swap pair", swap),
    compared(row("message, traced", message.traced, "ns", "≤ 1 ×"), "postMessage one way", post),
    compared(
      row("message, traced", message.traced, "ns", "≤ 0.1 ×"),
      "multithreading, untraced",
      peer.channelMessage,
    ),
    compared(
      row("message, untraced", message.untraced, "ns"),
      "multithreading, untraced",
      peer.channelMessage,
    ),
    compared(
      row("contended program, traced", contended.traced, "ms", "≤ 1.05 ×"),
      "the same untraced",
      contended.untraced,
    ),
  ];
}
