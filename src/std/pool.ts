/** `ThreadPool` and `parallelMap`: ordinary blocking code over a queue of jobs (`objects/pool.ts`). */
import type { Address, ThreadId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { job, JobOperation, JobWord } from "../objects/job.ts";
import { Head } from "../objects/object.ts";
import { pool, PoolOperation, PoolWord, SubmitResult } from "../objects/pool.ts";
import { NodeWord } from "../objects/waiters.ts";
import { counted } from "./count.ts";
import { ChannelClosedError, type PanicError, text } from "./errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { CARRIER_WORDS, CarrierWord, type Work, workerOf } from "./pool-work.ts";
import { JoinHandle, Thread } from "./thread.ts";

/** As many as may be alive at a time. */
const MOST_THREADS = 256;

/** The way to the result of a job. */
class JobHandle<T> extends JoinHandle<T> {
  protected override get kind(): string {
    return "JobHandle";
  }

  protected override get operations() {
    return { join: JobOperation.JOIN, isFinished: JobOperation.IS_FINISHED };
  }

  /** The thread that runs it, or has; while none does, one that stands for the pool. */
  override get thread(): Thread {
    const { object } = this[crossing];
    const runner = engine.words[object + JobWord.RUNNER] - 1;
    if (runner >= 0) return new Thread(engine.threadObject(runner as ThreadId), runner);
    return new Thread(0 as Address, -1, nameOf(engine.words[object + JobWord.POOL] as Address));
  }
}

crosses("JobHandle", "moves", (object, id) => new JobHandle(object, id));

function nameOf(at: Address): string {
  return engine.decode(engine.words[at + PoolWord.NAME] as Address) as string;
}

/** Submits to a pool, and closes one: for `parallelMap`, which knows of no panics but those of its own jobs. */
const submitting = Symbol("threadloom.submit");
const closing = Symbol("threadloom.close");

export class ThreadPool {
  readonly #at: Address;

  constructor(threads: number, options?: { name?: string; queue?: number }) {
    const adopted = adoptedObject();
    if (adopted !== 0) {
      this.#at = adopted;
      return;
    }
    counted(threads, "ThreadPool", 1, MOST_THREADS);
    const queue = options?.queue;
    const capacity = queue === undefined ? -1 : counted(queue, "ThreadPool", 1);
    const at = (this.#at = engine.create(pool, threads, capacity));
    const roster = engine.allocate(threads);
    engine.words.fill(0, roster, roster + threads);
    const name = engine.encode(String(options?.name ?? "pool"), "name");
    engine.departed();
    engine.words[at + PoolWord.ROSTER] = roster;
    engine.words[at + PoolWord.NAME] = name;
    remember(at, this);
  }

  submit<T>(body: () => T): JoinHandle<Awaited<T>> {
    if (typeof body === "function") return this[submitting]<Awaited<T>>(body);
    const told = { operation: "submit", expected: "a function", value: typeof body };
    throw new TypeError(text(RUNTIME_MESSAGES.notAnInteger, told));
  }

  shutdown(): void {
    const panic = this[closing]();
    if (panic !== undefined) throw panic;
  }

  [Symbol.dispose](): void {
    this.shutdown();
  }

  get [crossing](): Crossing {
    return { kind: "ThreadPool", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `ThreadPool(${engine.nameOf(this.#at)})`;
  }

  [submitting]<T>(work: Work): JoinHandle<T> {
    const at = this.#at;
    const message = engine.encode(work, "");
    const made = engine.create(job, at);
    const carrier = engine.allocate(CARRIER_WORDS);
    engine.words[carrier + CarrierWord.JOB] = made;
    engine.words[carrier + CarrierWord.MESSAGE] = message;
    engine.departing(-1);
    const result = engine.perform(at, PoolOperation.SUBMIT, carrier);
    if (result === SubmitResult.CLOSED) {
      engine.stayed(message);
      engine.release(carrier);
      const told = { pool: engine.nameOf(at) };
      throw new ChannelClosedError(text(RUNTIME_MESSAGES.poolClosed, told));
    }
    engine.departed();
    if (result !== SubmitResult.QUEUED)
      engine.start(workerOf(at, result - 1), `${nameOf(at)}-${result}`);
    return new JobHandle<T>(made, -1);
  }

  /** Waits for all jobs and ends the threads. Answers the panic of the earliest job that nobody has joined. */
  [closing](): PanicError | undefined {
    const at = this.#at;
    engine.perform(at, PoolOperation.CLOSE);
    engine.perform(at, PoolOperation.AWAIT_END);
    const failed = this.#earliestUndelivered();
    if (failed === undefined) return undefined;
    try {
      new JobHandle(failed, -1).join();
      return undefined;
    } catch (error) {
      return error as PanicError;
    }
  }

  #earliestUndelivered(): Address | undefined {
    const { words } = engine;
    let first: Address | undefined;
    let carrier = words[this.#at + PoolWord.PANICKED_FIRST];
    for (; carrier !== 0; carrier = words[carrier + NodeWord.NEXT]) {
      const failed = words[carrier + CarrierWord.JOB] as Address;
      if (words[failed + JobWord.DELIVERED] !== 0) continue;
      if (first === undefined || words[failed + Head.ID] < words[first + Head.ID]) first = failed;
    }
    return first;
  }
}

crosses("ThreadPool", "shared", (object) => adopt(object, () => new ThreadPool(1)));

/** Pieces for each thread, so that one that has less to do takes more of them. */
const PIECES = 4;

export function parallelMap<A, B>(
  items: readonly A[],
  map: (item: A, index: number) => B,
  options?: { threads?: number },
): B[] {
  const wanted = options?.threads ?? engine.parallelism;
  const threads = counted(wanted, "parallelMap", 1, MOST_THREADS);
  const { length } = items;
  if (length === 0) return [];
  const size = Math.ceil(length / Math.min(length, threads * PIECES));
  const pieces = Math.ceil(length / size);
  const workers = new ThreadPool(Math.min(threads, pieces), { name: "map" });
  const handles: JoinHandle<B[]>[] = [];
  const results: B[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for (let first = 0; first < length; first += size) {
      const piece = { map, items: items.slice(first, first + size), first } as unknown as Work;
      handles.push(workers[submitting]<B[]>(piece));
    }
    for (const handle of handles) for (const result of handle.join()) results.push(result);
  } catch (error) {
    failure = { error };
  }
  workers[closing]();
  if (failure !== undefined) throw failure.error;
  return results;
}
