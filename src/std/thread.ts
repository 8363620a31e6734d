/** Threads: `spawn`, `scope`, join handles, and what a thread may do by itself. */
import type { Address, Milliseconds, ThreadId } from "../base/brand.ts";
import { tell } from "../base/catalogue/message.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { ThreadOperation, ThreadOutcome, ThreadWord } from "../objects/thread.ts";
import { here } from "./activation.ts";
import { duration } from "./duration.ts";
import { PanicError, text, UNTELLABLE } from "./errors.ts";
import { crosses, crossing, type Crossing, Life } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";

export class Thread {
  readonly id: number;
  readonly #object: Address;
  readonly #standsFor: string | undefined;

  /** `standsFor`: what it is called instead, for one that there is not yet (object 0, id -1). */
  constructor(object: Address, id: number, standsFor?: string) {
    this.#object = object;
    this.id = id;
    this.#standsFor = standsFor;
  }

  get name(): string {
    return this.#standsFor ?? engine.threadName(this.id as ThreadId);
  }

  unpark(): void {
    if (this.#object === 0) return;
    engine.perform(this.#object, ThreadOperation.UNPARK);
  }

  get [crossing](): Crossing {
    return { kind: "Thread", object: this.#object, detail: this.id };
  }

  [inspected](): string {
    return `Thread(${this.id}, ${this.name})`;
  }
}

crosses("Thread", "shared", (object, id) => new Thread(object, id));

function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    // Its own conversion throws, or it has none.
    return UNTELLABLE;
  }
}

/** What a thread's end gave: its value, or the panic that everybody who joins it is thrown. */
type Result<T> = { readonly value: T } | { readonly panic: PanicError };

export class JoinHandle<T> {
  readonly #thread: Thread;
  readonly #object: Address;
  readonly #life = new Life();
  #result: Result<T> | undefined;

  constructor(object: Address, id: number) {
    this.#object = object;
    this.#thread = new Thread(object, id);
  }

  get thread(): Thread {
    return this.#thread;
  }

  protected get kind(): string {
    return "JoinHandle";
  }

  /** Of what is joined. */
  protected get operations(): { readonly join: number; readonly isFinished: number } {
    return { join: ThreadOperation.JOIN, isFinished: ThreadOperation.IS_FINISHED };
  }

  get isFinished(): boolean {
    this.#check();
    return engine.perform(this.#object, this.operations.isFinished) === 1;
  }

  join(): T {
    this.#check();
    return this.#give(this.#wait(Infinity as Milliseconds)!);
  }

  joinFor(timeout: number): { done: true; value: T } | { done: false } {
    const limit = duration(timeout, "joinFor");
    this.#check();
    const result = this.#wait(limit);
    return result === undefined ? { done: false } : { done: true, value: this.#give(result) };
  }

  get [crossing](): Crossing {
    return {
      kind: this.kind,
      object: this.#object,
      detail: this.#thread.id,
      moves: {
        check: () => this.#check(),
        // Whoever has it may join: nobody waits for the owner of a join handle.
        belongsTo: () => undefined,
        moved: () => this.#life.end("moved"),
      },
    };
  }

  [inspected](): string {
    return `${this.kind}(${this.thread.name})`;
  }

  #check(): void {
    this.#life.check(`The join handle of ${this.thread.name}`);
  }

  #wait(timeout: Milliseconds): Result<T> | undefined {
    const outcome = engine.performFor(this.#object, this.operations.join, 0, 0, timeout);
    if (outcome === ThreadOutcome.RUNNING) return undefined;
    return (this.#result ??= this.#decode(outcome));
  }

  #decode(outcome: number): Result<T> {
    const block = engine.words[this.#object + ThreadWord.RESULT] as Address;
    const value = engine.decode(block);
    if (outcome === ThreadOutcome.RETURNED) return { value: value as T };
    const told = tell(RUNTIME_MESSAGES.threadPanicked, {
      thread: this.thread.name,
      reason: reasonOf(value),
    });
    return { panic: new PanicError(told.message, this.thread, value) };
  }

  #give(result: Result<T>): T {
    if ("panic" in result) throw result.panic;
    return result.value;
  }
}

crosses("JoinHandle", "moves", (object, id) => new JoinHandle(object, id));

export function spawn<T>(body: () => T, options?: { name?: string }): JoinHandle<Awaited<T>> {
  if (typeof body !== "function") {
    throw new TypeError(
      text(RUNTIME_MESSAGES.notAnInteger, {
        operation: "spawn",
        expected: "a function",
        value: typeof body,
      }),
    );
  }
  const { thread, object } = engine.start(body, options?.name);
  return new JoinHandle<Awaited<T>>(object, thread);
}

export function scope<R>(body: (s: { spawn: typeof spawn }) => R): R {
  const started: JoinHandle<unknown>[] = [];
  let unjoined: PanicError | undefined;
  const spawnScoped: typeof spawn = (threadBody, options) => {
    const handle = spawn(threadBody, options);
    const { object, detail } = handle[crossing];
    started.push(new JoinHandle(object, detail));
    return handle;
  };
  let result: R;
  try {
    result = body({ spawn: spawnScoped });
  } finally {
    for (const handle of started) {
      const panic = panicOf(handle);
      unjoined ??= panic;
    }
  }
  if (unjoined !== undefined) throw unjoined;
  return result;
}

/** Waits for the thread; its panic, unless somebody joined it before and so has dealt with that. */
function panicOf(handle: JoinHandle<unknown>): PanicError | undefined {
  const { object } = handle[crossing];
  const handled = engine.words[object + ThreadWord.DELIVERED] === 1;
  try {
    handle.join();
    return undefined;
  } catch (error) {
    return handled ? undefined : (error as PanicError);
  }
}

export function current(): Thread {
  return (here.self ??= new Thread(engine.threadObject(engine.thread), engine.thread)) as Thread;
}

/** The object of the thread that runs. */
export function ownObject(): Address {
  return current()[crossing].object;
}

export function park(timeout = Infinity): void {
  const limit = duration(timeout, "park");
  engine.performFor(ownObject(), ThreadOperation.PARK, 0, 0, limit);
}

export function sleep(time: number): void {
  engine.sleep(duration(time, "sleep"));
}

export function yieldNow(): void {
  engine.yieldNow();
}

export function availableParallelism(): number {
  return engine.parallelism;
}
