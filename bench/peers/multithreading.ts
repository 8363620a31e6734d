/**
 * The npm package `multithreading`: the nearest thing to what programs get from us, without a trace. Its blocking calls are
 * measured, since ours block. All in nanoseconds.
 */
import { channel, move, Mutex, shutdown, spawn } from "multithreading";
import { median } from "../row.ts";
import type { Messages } from "./machine.ts";

export interface Multithreading extends AsyncDisposable {
  lockAndUnlock(): Promise<number>;
  channelMessage(): Promise<Messages>;
}

/** Disposing it ends its workers. */
export function multithreading(): Multithreading {
  return {
    lockAndUnlock,
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
