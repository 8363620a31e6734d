/**
 * A task: a call of an async function. The compiler makes its body a generator that yields what it awaits; here it is taken
 * up again with what that has come to (ECMA-262, 27.7.5). What is yielded by code of `std` is awaited just so.
 */
import type { SiteId } from "../../base/brand.ts";
import { here } from "../activation.ts";
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { CancelledError, text } from "../errors.ts";
import { engine } from "../intrinsics.ts";
import { AsyncCall, tellCallers } from "./callers.ts";
import { type Job, State } from "./job.ts";
import { taskMarks } from "./marks.ts";
import {
  awaitValue,
  makePromise,
  makePromiseOf,
  rejectPromise,
  resolvePromise,
  type Source,
  stopWaiting,
  type TaskPromise,
} from "./promise.ts";

const CANCELLED = text(TASK_MESSAGES.cancelled, {});

/** What a task runs: yields what it awaits. */
export type Body<T = unknown> = Generator<unknown, T, never>;

class Task extends AsyncCall implements Job, Source {
  readonly name: string;
  site = 0 as SiteId;
  readonly promise: TaskPromise<unknown> = makePromiseOf(this);
  readonly #body: Body;
  readonly #marks = taskMarks();
  /** What it waits for; none while it runs, and once what it waited for has come. */
  #awaited: TaskPromise<unknown> | undefined;
  #runs = false;
  #over = false;
  #cancelled = false;
  /** Its body is on its way out: what it still awaits, in a `finally`, it awaits as ever. */
  #unwinds = false;

  constructor(body: Body, name: string) {
    super();
    this.name = name;
    this.#body = body;
  }

  /** Runs the body up to where it awaits next, or to its end. */
  perform(state: State, value: unknown): void {
    if (this.#over) return;
    this.#awaited = undefined;
    const { tasks } = here;
    const isOutermost = tasks.running === undefined;
    for (;;) {
      this.#marks?.goesOn();
      let step: IteratorResult<unknown, unknown>;
      this.#runs = true;
      if (isOutermost) tasks.running = this;
      try {
        step = this.#step(state, value);
      } catch (error) {
        tellCallers(error, tasks.running);
        this.#end();
        rejectPromise(this.promise, error);
        return;
      } finally {
        if (isOutermost) tasks.running = undefined;
      }
      this.#runs = false;
      this.site = engine.site;
      if (step.done === true) {
        this.#end();
        if (this.#unwinds) rejectPromise(this.promise, new CancelledError(CANCELLED));
        else resolvePromise(this.promise, step.value);
        return;
      }
      this.#marks?.awaits();
      if (this.#cancelled && !this.#unwinds) continue;
      try {
        this.#awaited = awaitValue(step.value, this);
        this.#marks?.waits();
        return;
      } catch (error) {
        state = State.REJECTED;
        value = error;
      }
    }
  }

  #step(state: State, value: unknown): IteratorResult<unknown, unknown> {
    if (this.#cancelled && !this.#unwinds) {
      this.#unwinds = true;
      return this.#body.return(undefined);
    }
    return state === State.REJECTED ? this.#body.throw(value) : this.#body.next(value as never);
  }

  #end(): void {
    this.#runs = false;
    this.#over = true;
    this.#marks?.ends();
  }

  /**
   * Cancels it at its next await, or at the one where it stands: its body returns from there, so that each `finally` runs. What
   * it awaits is given up first, unless others wait for that as well.
   */
  abandon(): void {
    if (this.#over || this.#cancelled) return;
    this.#cancelled = true;
    if (this.#runs) return;
    const awaited = this.#awaited;
    this.#awaited = undefined;
    if (awaited === undefined) return;
    stopWaiting(awaited, this);
    here.tasks.enqueue(this, State.FULFILLED, undefined);
  }

  woken(): void {
    this.#marks?.woken();
  }
}

/** Begins a task at once, that of the function `name`, and gives the promise of what it comes to. */
export function runTask<T>(body: Body<T>, name = ""): TaskPromise<T> {
  const task = new Task(body, name);
  task.perform(State.FULFILLED, undefined);
  return task.promise;
}

/** The promise of a task that has failed before its first line: evaluating parameters is part of it. */
export function rejectedTask(error: unknown): TaskPromise<never> {
  const promise = makePromise<never>();
  rejectPromise(promise, error);
  return promise;
}

/** Begins a task whose body is yet to be made. */
export function runTaskOf<T>(make: () => Body<T>): TaskPromise<T> {
  let body: Body<T>;
  try {
    body = make();
  } catch (error) {
    return rejectedTask(error);
  }
  return runTask(body);
}
