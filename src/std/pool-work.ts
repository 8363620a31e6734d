/**
 * What the threads of a pool do: they take jobs until the pool is closed and nothing is left. A job is a message of the heap, a
 * function or a piece of `parallelMap`; it owns what it is given, as a thread does.
 */
import type { Address } from "../base/brand.ts";
import { JobOperation } from "../objects/job.ts";
import { PoolOperation } from "../objects/pool.ts";
import { ThreadOutcome } from "../objects/thread.ts";
import { NODE_WORDS } from "../objects/waiters.ts";
import { here } from "./activation.ts";
import { crosses, crossing, type Crossing } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { dropOwnedByJob } from "./ownership.ts";
import { type Body, runTask } from "./tasks/task.ts";

/** A job on its way: a list's node, then these. */
export const CarrierWord = { JOB: NODE_WORDS, MESSAGE: NODE_WORDS + 1 } as const;
export const CARRIER_WORDS = NODE_WORDS + 2;

/** What a message says: call this, or map these items, the first of which has this index. */
export type Work =
  | (() => unknown)
  | {
      readonly map: (item: unknown, index: number) => unknown;
      readonly items: readonly unknown[];
      readonly first: number;
    };

const isThenable = (value: unknown): boolean =>
  typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function";

function done(work: Work): unknown {
  if (typeof work === "function") return work();
  const { map, items, first } = work;
  const results: unknown[] = [];
  for (let index = 0; index < items.length; index++) results.push(map(items[index], first + index));
  return results;
}

/** A job that awaits something, and what the thread owned before it. */
interface Awaiting {
  readonly carrier: Address;
  readonly awaited: unknown;
  readonly keep: ReadonlySet<unknown>;
}

/** Runs the job; undefined if it has ended. */
function begin(pool: Address, carrier: Address): Awaiting | undefined {
  const { words } = engine;
  const message = words[carrier + CarrierWord.MESSAGE] as Address;
  const keep = new Set<unknown>(here.owned);
  engine.perform(words[carrier + CarrierWord.JOB] as Address, JobOperation.START);
  let value: unknown;
  try {
    const work = engine.decode(message) as Work;
    value = done(work);
  } catch (error) {
    end(pool, carrier, ThreadOutcome.PANICKED, error, keep);
    return undefined;
  }
  if (isThenable(value)) return { carrier, awaited: value, keep };
  end(pool, carrier, ThreadOutcome.RETURNED, value, keep);
  return undefined;
}

function end(
  pool: Address,
  carrier: Address,
  how: number,
  value: unknown,
  keep: ReadonlySet<unknown>,
): void {
  let outcome = how;
  let result = 0 as Address;
  if (outcome === ThreadOutcome.RETURNED) {
    try {
      result = engine.encode(value, "result");
    } catch (error) {
      outcome = ThreadOutcome.PANICKED;
      value = error;
    }
  }
  if (outcome === ThreadOutcome.PANICKED) result = exception(value);
  engine.departing(-1);
  engine.departed();
  dropOwnedByJob(keep);
  const { words } = engine;
  const job = words[carrier + CarrierWord.JOB] as Address;
  engine.release(words[carrier + CarrierWord.MESSAGE] as Address);
  if (outcome === ThreadOutcome.PANICKED) {
    engine.perform(pool, PoolOperation.PANICKED, carrier);
    engine.perform(job, JobOperation.END, outcome, result);
  } else {
    engine.perform(job, JobOperation.END, outcome, result);
    engine.release(carrier);
  }
}

function exception(value: unknown): Address {
  try {
    return engine.encode(value, "exception");
  } catch (error) {
    // What was thrown cannot cross: whoever joins gets what can be said of it.
    const message = value instanceof Error ? `${value.name}: ${value.message}` : typeof value;
    return engine.encode(new Error(message, { cause: error }), "exception");
  }
}

/** The thread's body: a promise, once a job has awaited something. */
function work(pool: Address, index: number): unknown {
  for (;;) {
    const carrier = engine.perform(pool, PoolOperation.TAKE, index) as Address;
    if (carrier === 0) break;
    const awaiting = begin(pool, carrier);
    if (awaiting !== undefined) return runTask(goOn(pool, index, awaiting));
  }
  engine.perform(pool, PoolOperation.LEAVE);
  return undefined;
}

function* goOn(pool: Address, index: number, first: Awaiting): Body<undefined> {
  let awaiting: Awaiting | undefined = first;
  for (;;) {
    if (awaiting !== undefined) {
      const { carrier, awaited, keep } = awaiting;
      let outcome: number = ThreadOutcome.RETURNED;
      let value: unknown;
      try {
        value = yield awaited;
      } catch (error) {
        outcome = ThreadOutcome.PANICKED;
        value = error;
      }
      end(pool, carrier, outcome, value, keep);
    }
    const next = engine.perform(pool, PoolOperation.TAKE, index) as Address;
    if (next === 0) break;
    awaiting = begin(pool, next);
  }
  engine.perform(pool, PoolOperation.LEAVE);
  return undefined;
}

/** The body of the pool's thread `index`, which crosses as the pool and a number. */
export function workerOf(pool: Address, index: number): () => unknown {
  const body = (): unknown => work(pool, index);
  const crossed: Crossing = { kind: "PoolWorker", object: pool, detail: index };
  Object.defineProperty(body, crossing, { value: crossed });
  return body;
}

// Not shared: each time it arrives it is another thread's.
crosses("PoolWorker", "moves", workerOf);
