/**
 * The npm package `multithreading`: the nearest thing to what programs get from us, without a trace. Its blocking calls are
 * measured, since ours block. All in nanoseconds.
 */
import { channel, move, Mutex, RwLock, Semaphore, shutdown, spawn } from "multithreading";
import { median } from "../row.ts";
import type { Messages } from "./machine.ts";

export interface Multithreading extends AsyncDisposable {
  lockAndUnlock(): Promise<number>;
  /** Two threads at it; whoever's it was. */
  contendedLock(): Promise<number>;
  readAndUnlock(): Promise<number>;
  acquireAndRelease(): Promise<number>;
  /** A function on a worker that is there already: there and back. */
  spawnAndJoin(): Promise<number>;
  channelMessage(): Promise<Messages>;
}

/** Disposing it ends its workers. */
export function multithreading(): Multithreading {
  return {
    lockAndUnlock,
    contendedLock,
    readAndUnlock,
    acquireAndRelease,
    spawnAndJoin,
    channelMessage,
    [Symbol.asyncDispose]: () => Promise.resolve(shutdown()),
  };
}

/** The functions below are sent to its workers as text: they see nothing but their parameters. */
async function lockAndUnlock(): Promise<number> {
  const mutex = new Mutex(new Int32Array(new SharedArrayBuffer(4)));
  const times = await valueOf(
    spawn(move(mutex), (lock) => {
      const rounds: number[] = [];
      for (let round = 0; round < 6; round++) {
        const began = performance.now();
        for (let i = 0; i < 100_000; i++) {
          const guard = lock.blockingLock();
          guard.value[0]++;
          guard.dispose();
        }
        rounds.push(((performance.now() - began) * 1e6) / 100_000);
      }
      return rounds;
    }),
  );
  return median(times.slice(1));
}

/** Both begin each round together: whoever comes first waits for the other, awake. */
async function contendedLock(): Promise<number> {
  const mutex = new Mutex(new Int32Array(new SharedArrayBuffer(8)));
  const fight = () =>
    spawn(move(mutex), (lock) => {
      const rounds: number[] = [];
      for (let round = 0; round < 6; round++) {
        let arrived = 0;
        for (let came = false; arrived < 2 * (round + 1);) {
          const guard = lock.blockingLock();
          if (!came) guard.value[1]++;
          came = true;
          arrived = guard.value[1];
          guard.dispose();
        }
        const began = performance.now();
        for (let i = 0; i < 5_000; i++) {
          const guard = lock.blockingLock();
          guard.value[0]++;
          guard.dispose();
        }
        rounds.push(((performance.now() - began) * 1e6) / 10_000);
      }
      return rounds;
    });
  const both = await Promise.all([valueOf(fight()), valueOf(fight())]);
  return Math.max(...both.map((times) => median(times.slice(1))));
}

async function readAndUnlock(): Promise<number> {
  const times = await valueOf(
    spawn(move(new RwLock(new Int32Array(new SharedArrayBuffer(4)))), (lock) => {
      const rounds: number[] = [];
      for (let round = 0; round < 6; round++) {
        const began = performance.now();
        for (let i = 0; i < 20_000; i++) lock.blockingRead().dispose();
        rounds.push(((performance.now() - began) * 1e6) / 20_000);
      }
      return rounds;
    }),
  );
  return median(times.slice(1));
}

async function acquireAndRelease(): Promise<number> {
  const times = await valueOf(
    spawn(move(new Semaphore(1)), (semaphore) => {
      const rounds: number[] = [];
      for (let round = 0; round < 6; round++) {
        const began = performance.now();
        for (let i = 0; i < 20_000; i++) semaphore.blockingAcquire().dispose();
        rounds.push(((performance.now() - began) * 1e6) / 20_000);
      }
      return rounds;
    }),
  );
  return median(times.slice(1));
}

async function spawnAndJoin(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const began = performance.now();
    await valueOf(spawn(() => 0));
    times.push((performance.now() - began) * 1e6);
  }
  return median(times.slice(20));
}

async function channelMessage(): Promise<Messages> {
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    const [tx, rx] = channel<{ id: number; text: string; done: boolean }>(256);
    const sending = spawn(move(tx), (sender) => {
      for (let i = 0; i < 5_000; i++) sender.blockingSend({ id: i, text: "hello", done: false });
      sender.close();
    });
    const receiving = spawn(move(rx), (receiver) => {
      let began = 0;
      let count = 0;
      while (receiver.blockingRecv().ok) if (count++ === 0) began = performance.now();
      return ((performance.now() - began) * 1e6) / (count - 1);
    });
    const time = await valueOf(receiving);
    await valueOf(sending);
    times.push(time);
  }
  return { first: times[0], steady: median(times.slice(1)) };
}

async function valueOf<T>(handle: {
  join(): Promise<{ ok: true; value: T } | { ok: false; error: unknown }>;
}): Promise<T> {
  const result = await handle.join();
  if (!result.ok) throw result.error;
  return result.value;
}
