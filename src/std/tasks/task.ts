/**
 * A task: a call of an async function. The compiler makes its body a generator that yields what it awaits; here it is taken
 * up again with what that has come to (ECMA-262, 27.7.5). What is yielded by code of `std` is awaited just so.
 */
import { type Job, State } from "./job.ts";
import { taskMarks } from "./marks.ts";
import {
  awaitValue,
  makePromise,
  rejectPromise,
  resolvePromise,
  type TaskPromise,
} from "./promise.ts";

/** What a task runs: yields what it awaits. */
export type Body<T = unknown> = Generator<unknown, T, never>;

class Task implements Job {
  readonly promise = makePromise();
  readonly #body: Body;
  readonly #marks = taskMarks();

  constructor(body: Body) {
    this.#body = body;
  }

  /** Runs the body up to where it awaits next, or to its end. */
  perform(state: State, value: unknown): void {
    for (;;) {
      this.#marks?.goesOn();
      let step: IteratorResult<unknown, unknown>;
      try {
        step = state === State.REJECTED ? this.#body.throw(value) : this.#body.next(value as never);
      } catch (error) {
        this.#marks?.ends();
        rejectPromise(this.promise, error);
        return;
      }
      if (step.done === true) {
        this.#marks?.ends();
        resolvePromise(this.promise, step.value);
        return;
      }
      this.#marks?.awaits();
      try {
        awaitValue(step.value, this);
        this.#marks?.waits();
        return;
      } catch (error) {
        state = State.REJECTED;
        value = error;
      }
    }
  }

  woken(): void {
    this.#marks?.woken();
  }
}

/** Begins a task at once, and gives the promise of what it comes to. */
export function runTask<T>(body: Body<T>): TaskPromise<T> {
  const task = new Task(body);
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
