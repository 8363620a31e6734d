/**
 * The npm package `async-mutex`: locks for the tasks of one thread, which is what most people mean when they look for a mutex
 * in npm. Nanoseconds an operation.
 */
import { Mutex, Semaphore, type MutexInterface, type SemaphoreInterface } from "async-mutex";
import { median } from "../row.ts";

const COUNT = 20_000;

/** One task takes it and gives it back. */
export const lockAndRelease = (): Promise<number> => repeated(1, () => mutexTurns(new Mutex()));

/** Two tasks want it, and hold it across an `await` each time. */
export const contendedLock = (): Promise<number> => repeated(2, () => mutexTurns(shared));
const shared = new Mutex();

export const acquireAndRelease = (): Promise<number> =>
  repeated(1, () => semaphoreTurns(new Semaphore(1)));

let total = 0;

async function mutexTurns(mutex: MutexInterface): Promise<void> {
  for (let i = 0; i < COUNT; i++) {
    const release = await mutex.acquire();
    total++;
    release();
  }
}

async function semaphoreTurns(semaphore: SemaphoreInterface): Promise<void> {
  for (let i = 0; i < COUNT; i++) {
    const [, release] = await semaphore.acquire();
    release();
  }
}

async function repeated(tasks: number, body: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const began = performance.now();
    await Promise.all(Array.from({ length: tasks }, body));
    times.push(((performance.now() - began) * 1e6) / (COUNT * tasks));
  }
  if (total === 0) throw new Error("Nothing was done");
  return median(times.slice(1));
}
