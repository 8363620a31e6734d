/**
 * The native engine against what the machine allows, and against the npm package `multithreading`. A peer is measured by
 * turns with what is compared with it: the machine may be half as fast a minute later.
 */
import { Bench } from "./programs/run.ts";
import {
  compareAndSwapLock,
  parkAndWake,
  postMessageOneWay,
  postMessageRoundTrip,
  ringRecordWithStamp,
} from "./peers/machine.ts";
import { multithreading } from "./peers/multithreading.ts";
import { compared } from "./row.ts";
import type { Row } from "./row.ts";

/**
 * Median of rounds of `body`, in nanoseconds a repetition; the first rounds warm up. A round's records fit into the ring, and
 * the pause lets the collector empty it: what is measured is the thread's own cost, not how fast a disk is. It is a busy
 * pause, since a core that slept begins at half its speed.
 */
const repeated = (count: number, body: string) => `
  const times: number[] = [];
  for (let round = 0; round < 120; round++) {
    const from = performance.now();
    while (performance.now() < from + 8);
    const began = performance.now();
    for (let i = 0; i < ${count}; i++) { ${body} }
    if (round >= 60) times.push((performance.now() - began) * 1e6 / ${count});
  }
  times.sort((a, b) => a - b);
  console.log(times[times.length >> 1]);
`;

const EVENT = `
  import { AtomicI32 } from "threadloom:std";
  const n = new AtomicI32();
  ${repeated(2_000, "n.load();")}`;

const LOCK = `
  import { Mutex } from "threadloom:std";
  const m = new Mutex(0);
  ${repeated(2_000, "const guard = m.lock(); guard.value++; guard.unlock();")}`;

/**
 * One thread sends as fast as it can, another receives: nanoseconds a message, as the receiver sees it. Over and over, as
 * the peers are measured too, and the median once warm; or the first time alone, with the compiling that it takes.
 */
const messages = (rounds: number, skipped: number) => `
  import { channel, spawn } from "threadloom:std";
  const [tx, rx] = channel<{ id: number; text: string; done: boolean }>();
  const [ready, go] = channel<boolean>();
  const MESSAGES = 20_000;
  spawn(() => {
    for (let round = 0; round < ${rounds}; round++) {
      go.recv();
      for (let i = 0; i < MESSAGES; i++) tx.send({ id: i, text: "hello", done: false });
    }
  });
  console.log(spawn(() => {
    const times: number[] = [];
    for (let round = 0; round < ${rounds}; round++) {
      ready.send(true);
      rx.recv();
      const began = performance.now();
      for (let i = 1; i < MESSAGES; i++) rx.recv();
      if (round >= ${skipped}) times.push((performance.now() - began) * 1e6 / (MESSAGES - 1));
    }
    times.sort((a, b) => a - b);
    return times[times.length >> 1];
  }).join());`;

/** A message there and one back, one at a time: what a hand-over between two threads costs, in nanoseconds. */
const HAND_OVER = `
  import { channel, spawn } from "threadloom:std";
  const [there, arrived] = channel<number>();
  const [back, returned] = channel<number>();
  const TURNS = 20_000;
  spawn(() => { for (let i = 0; i < TURNS; i++) back.send(arrived.recv()); });
  console.log(spawn(() => {
    let began = 0;
    for (let i = 0; i < TURNS; i++) {
      if (i === TURNS / 2) began = performance.now();
      there.send(i);
      returned.recv();
    }
    return (performance.now() - began) * 1e6 / (TURNS / 2);
  }).join());`;

/**
 * Two threads, one lock, about ten microseconds of work between its uses: how programs are, other than benchmarks. A round is
 * long enough to have its share of the collector, which runs on the same cores; the median of rounds, once warm.
 */
const CONTENDED = `
  import { AtomicI32, Mutex, spawn } from "threadloom:std";
  function work(): number {
    let x = 1;
    for (let i = 0; i < 4000; i++) x = (Math.imul(x, 1103515245) + 12345) | 0;
    return x;
  }
  const total = new Mutex(0);
  const arrived = new AtomicI32(0);
  const threads = [1, 2].map(() => spawn(() => {
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      if (arrived.fetchAdd(1) % 2 === 0) arrived.wait(2 * round + 1); else arrived.notify();
      const began = performance.now();
      for (let i = 0; i < 5000; i++) {
        const x = work();
        using guard = total.lock();
        guard.value = (guard.value + x) | 0;
      }
      times.push(performance.now() - began);
    }
    return times;
  }));
  const [one, other] = threads.map((thread) => thread.join());
  const rounds = one.map((time, round) => Math.max(time, other[round])).slice(3);
  rounds.sort((a, b) => a - b);
  console.log(rounds[rounds.length >> 1]);`;

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  await using peer = multithreading();
  const event = await bench.both(EVENT, { record: ringRecordWithStamp });
  const lock = await bench.both(LOCK, {
    swap: compareAndSwapLock,
    multithreading: () => peer.lockAndUnlock(),
  });
  const message = await bench.both(messages(10, 4), {
    post: async () => (await postMessageOneWay()).steady,
    multithreading: async () => (await peer.channelMessage()).steady,
  });
  const cold = await bench.both(messages(1, 0), {
    post: async () => (await postMessageOneWay()).first,
  });
  const handOver = await bench.both(HAND_OVER, { post: postMessageRoundTrip, park: parkAndWake });
  const contended = await bench.both(CONTENDED, {});
  const row = (name: string, median: number, unit: Row["unit"], goal?: string) => ({
    ...{ name, median, unit },
    ...(goal === undefined ? {} : { goal }),
  });
  const traced = row("message, traced", message.traced, "ns", "≤ 1 ×");
  const bothWays = row("message and answer, traced", handOver.traced, "ns");
  return [
    compared(
      row("what a traced event adds", event.traced - event.untraced, "ns", "≤ 1.5 ×"),
      "ring record with stamp",
      event.peers.record,
    ),
    compared(
      row("lock + unlock, traced", lock.traced, "ns", "≤ 250 ns, ≤ 0.1 ×"),
      "multithreading, untraced",
      lock.peers.multithreading,
    ),
    compared(
      row("lock + unlock, untraced", lock.untraced, "ns"),
      "compare-and-swap pair",
      lock.peers.swap,
    ),
    compared(traced, "postMessage one way", message.peers.post),
    compared(
      { ...traced, goal: "≤ 0.1 ×" },
      "multithreading, untraced",
      message.peers.multithreading,
    ),
    compared(
      row("message, untraced", message.untraced, "ns"),
      "postMessage one way",
      message.peers.post,
    ),
    compared(
      row("message, traced, the first 20,000", cold.traced, "ns"),
      "postMessage, the first 20,000",
      cold.peers.post,
    ),
    compared(bothWays, "postMessage there and back", handOver.peers.post),
    compared(bothWays, "park and wake, there and back", handOver.peers.park),
    compared(
      row("contended program, traced", contended.traced, "ms", "≤ 1.05 ×"),
      "the same untraced",
      contended.untraced,
    ),
  ];
}
