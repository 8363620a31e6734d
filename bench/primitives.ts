/**
 * What each primitive costs on real threads, with a trace and without, alone and fought for, beside what a person would take
 * instead from npm or write with `Atomics`. Peers trace nothing, so that theirs stand beside ours without a trace; the price
 * of the trace is in a row of its own.
 */
import * as asyncMutex from "./peers/async-mutex.ts";
import * as atomics from "./peers/atomics.ts";
import { compareAndSwapLock } from "./peers/machine.ts";
import { multithreading, type Multithreading } from "./peers/multithreading.ts";
import { ALONE, alone, CONTENDED, contended } from "./programs/primitives.ts";
import { Bench } from "./programs/run.ts";
import { compared, type Row } from "./row.ts";

/** Who else does it: words, and how to measure it. */
type Peers = Readonly<
  Record<string, readonly (readonly [string, () => number | Promise<number>])[]>
>;

const aloneElsewhere = (peer: Multithreading): Peers => ({
  "Mutex: lock, add, unlock": [
    ["Atomics, compare and swap", compareAndSwapLock],
    ["async-mutex", asyncMutex.lockAndRelease],
    ["multithreading", () => peer.lockAndUnlock()],
  ],
  "RwLock: read, unlock": [["multithreading", () => peer.readAndUnlock()]],
  "Semaphore: acquire, release": [
    ["async-mutex", asyncMutex.acquireAndRelease],
    ["multithreading", () => peer.acquireAndRelease()],
  ],
  "AtomicI32: fetchAdd": [["Atomics.add", atomics.fetchAdd]],
  "channel: send, recv": [["MessageChannel", atomics.messagePort]],
});

const contendedElsewhere = (peer: Multithreading): Peers => ({
  "Mutex: lock, add, unlock": [
    ["Atomics, futex mutex", atomics.contendedMutex],
    ["async-mutex, two tasks", asyncMutex.contendedLock],
    ["multithreading", () => peer.contendedLock()],
  ],
  "AtomicI32: fetchAdd": [["Atomics.add", atomics.contendedFetchAdd]],
});

export async function run(): Promise<Row[]> {
  await using bench = new Bench();
  await using peer = multithreading();
  const rows: Row[] = [];
  const tell = async (name: string, words: string, untraced: number, traced: number, of: Peers) => {
    const row = { name: words, median: untraced, unit: "ns" } as const;
    const others = of[name] ?? [];
    for (const [who, measure] of others) rows.push(compared(row, who, await measure()));
    rows.push(compared({ ...row, name: `${words}; traced`, median: traced }, "untraced", untraced));
  };
  const untraced = await bench.figures(alone(), false);
  const traced = await bench.figures(alone(), true);
  for (const name of Object.keys(ALONE)) {
    await tell(name, name, untraced[name], traced[name], aloneElsewhere(peer));
  }
  for (const name of Object.keys(CONTENDED)) {
    const free = await bench.figures(contended(name), false);
    const seen = await bench.figures(contended(name), true);
    await tell(name, `two threads, ${name}`, free[name], seen[name], contendedElsewhere(peer));
  }
  return rows;
}
