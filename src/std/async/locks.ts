/**
 * `Mutex`, `Semaphore` and `Notify` for tasks: a task that has to wait lets its thread's other tasks go on. The locks are those of
 * `threadloom:std`, by the same rules, and shared between threads as they are.
 */
import type { Address } from "../../base/brand.ts";
import { IGNORE_POISON, LockResult, MutexOperation } from "../../objects/mutex.ts";
import { notify as notifyKind, NotifyOperation } from "../../objects/notify.ts";
import { SemaphoreOperation } from "../../objects/semaphore.ts";
import { EventKind } from "../../trace/event.ts";
import {
  adopt,
  adoptedObject,
  crosses,
  crossing,
  type Crossing,
  type Handle,
  remember,
} from "../handle.ts";
import { inspected } from "../inspect.ts";
import { engine } from "../intrinsics.ts";
import { Mutex as BlockingMutex, MutexGuard } from "../mutex.ts";
import { Permit, Semaphore as BlockingSemaphore } from "../semaphore.ts";
import { makePromise, resolvePromise, type TaskPromise } from "../tasks/promise.ts";
import { Line } from "./line.ts";

/** The promise of what is there already. */
function ready<T>(value: T): TaskPromise<T> {
  const promise = makePromise<T>();
  resolvePromise(promise, value);
  return promise;
}

export class Mutex<T = void> implements Handle {
  readonly #mutex: BlockingMutex<T>;
  /** Tasks of this thread that wait for it; each thread has a handle of its own. */
  #line: Line<MutexGuard<T>> | undefined;

  constructor(value?: T) {
    const adopted = adoptedObject();
    this.#mutex =
      adopted === 0 ? new BlockingMutex(value) : adopt(adopted, () => new BlockingMutex<T>());
    const { object } = this[crossing];
    if (adopted === 0 && engine.traced) engine.mark(EventKind.lockForTasks, engine.idOf(object));
    remember(object, this);
  }

  lock(): TaskPromise<MutexGuard<T>> {
    const at = this[crossing].object;
    // An exception that passes through a task's block says nothing of other tasks: it poisons nothing that they would see.
    const taken = engine.perform(at, MutexOperation.TRY_LOCK, IGNORE_POISON);
    if (taken !== LockResult.REFUSED) return ready(new MutexGuard(this.#mutex));
    const operation = { operation: MutexOperation.LOCK, argument: IGNORE_POISON };
    const then = (): MutexGuard<T> => new MutexGuard(this.#mutex);
    return (this.#line ??= new Line({ object: at, ...operation, then })).come();
  }

  get [crossing](): Crossing {
    return { kind: "AsyncMutex", object: this.#mutex[crossing].object, detail: 0 };
  }

  [inspected](): string {
    return `Mutex(${engine.nameOf(this[crossing].object)})`;
  }
}

crosses("AsyncMutex", "shared", (object) => adopt(object, () => new Mutex()));

export class Semaphore implements Handle {
  readonly #semaphore: BlockingSemaphore;
  #line: Line<Permit> | undefined;

  constructor(permits: number) {
    const adopted = adoptedObject();
    this.#semaphore =
      adopted === 0
        ? new BlockingSemaphore(permits)
        : adopt(adopted, () => new BlockingSemaphore(0));
    remember(this[crossing].object, this);
  }

  acquire(): TaskPromise<Permit> {
    const permit = this.#semaphore.tryAcquire();
    if (permit !== undefined) return ready(permit);
    const wanted = { ...this[crossing], operation: SemaphoreOperation.ACQUIRE, argument: 1 };
    const then = (): Permit => new Permit(this.#semaphore, 1);
    return (this.#line ??= new Line({ ...wanted, then })).come();
  }

  get [crossing](): Crossing {
    return { kind: "AsyncSemaphore", object: this.#semaphore[crossing].object, detail: 0 };
  }

  [inspected](): string {
    return `Semaphore(${engine.nameOf(this[crossing].object)})`;
  }
}

crosses("AsyncSemaphore", "shared", (object) => adopt(object, () => new Semaphore(0)));

export class Notify implements Handle {
  readonly #at: Address;
  #line: Line<void> | undefined;

  constructor() {
    this.#at = adoptedObject() || engine.create(notifyKind);
    remember(this.#at, this);
  }

  notified(): TaskPromise<void> {
    const at = this.#at;
    if (engine.perform(at, NotifyOperation.COME) === 1) return ready(undefined);
    return (this.#line ??= new Line<void>({
      ...{ object: at, operation: NotifyOperation.AWAIT, argument: 0, then: () => undefined },
      left: () => engine.perform(at, NotifyOperation.LEAVE),
    })).come();
  }

  notifyOne(): void {
    engine.perform(this.#at, NotifyOperation.NOTIFY_ONE);
  }

  notifyAll(): void {
    engine.perform(this.#at, NotifyOperation.NOTIFY_ALL);
  }

  get [crossing](): Crossing {
    return { kind: "Notify", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `Notify(${engine.nameOf(this.#at)})`;
  }
}

crosses("Notify", "shared", (object) => adopt(object, () => new Notify()));
