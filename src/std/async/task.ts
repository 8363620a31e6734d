/** `spawn`: a task of this thread that nobody need await. Its body begins when the code that runs now has come to its next await. */
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { here } from "../activation.ts";
import { CancelledError, text } from "../errors.ts";
import { type Job, State } from "../tasks/job.ts";
import {
  driven,
  makePromise,
  rejectPromise,
  resolvePromise,
  silence,
  stopWaiting,
  type TaskPromise,
  waitFor,
} from "../tasks/promise.ts";
import { driving } from "./abandon.ts";

const CANCELLED = text(TASK_MESSAGES.cancelled, {});

export interface TaskOptions {
  readonly name?: string;
}

/** A task as whoever spawned it has it: giving up to await it does not end it. */
export class Task<T> {
  readonly id: number;
  readonly name: string;
  readonly #promise: TaskPromise<T>;
  readonly #abort: () => void;

  constructor(name: string | undefined, promise: TaskPromise<T>, abort: () => void) {
    this.id = ++here.tasks.spawned;
    this.name = name ?? `task-${this.id}`;
    this.#promise = promise;
    this.#abort = abort;
    // It may fail before anybody awaits it: that is kept for whoever does.
    silence(promise);
  }

  abort(): void {
    this.#abort();
  }

  [driven](): TaskPromise<T> {
    return this.#promise;
  }

  then(onFulfilled?: unknown, onRejected?: unknown): unknown {
    return this.#promise.then(onFulfilled, onRejected);
  }
}

/** A body on its way: first to begin, then to come to something. */
export class Spawned<T> implements Job {
  readonly promise: TaskPromise<T> = makePromise<T>();
  readonly #body: () => PromiseLike<T> | T;
  readonly #ended: (() => void) | undefined;
  #running: TaskPromise<T> | undefined;
  #isCancelled = false;
  #over = false;

  /** `ended`: called when it has come to something. */
  constructor(body: () => PromiseLike<T> | T, ended?: () => void) {
    this.#body = body;
    this.#ended = ended;
  }

  /** Puts it in line. */
  begin(): this {
    here.tasks.enqueue(this, State.FULFILLED, undefined);
    return this;
  }

  perform(state: State, value: unknown): void {
    if (this.#over) return;
    if (this.#running === undefined) return this.#call();
    this.#end(state, value);
  }

  #call(): void {
    if (this.#isCancelled) return this.#end(State.REJECTED, new CancelledError(CANCELLED));
    try {
      const running = (this.#running = driving(this.#body() as PromiseLike<T>));
      waitFor(running, this);
    } catch (error) {
      this.#end(State.REJECTED, error);
    }
  }

  #end(state: State, value: unknown): void {
    this.#over = true;
    this.#ended?.();
    if (state === State.REJECTED) rejectPromise(this.promise, value);
    else resolvePromise(this.promise, value);
  }

  abort(): void {
    if (this.#over || this.#isCancelled) return;
    this.#isCancelled = true;
    const running = this.#running;
    if (running === undefined) return;
    // What it comes to when it has been unwound is what is told.
    stopWaiting(running, this);
    waitFor(running, this);
  }
}
