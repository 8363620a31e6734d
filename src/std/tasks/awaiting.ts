/**
 * What tasks wait for that another thread may have to bring: a message, a lock, the end of a thread. A thread whose tasks all wait
 * blocks in one `select` over those operations, for as long as until its next timer; as an event loop waits for its sources.
 */
import type { Milliseconds } from "../../base/brand.ts";
import { here } from "../activation.ts";
import { engine } from "../intrinsics.ts";
import { select } from "../select.ts";
import { type ObjectCase, type SelectCase, TimeoutCase, WrappedCase } from "../select-case.ts";
import { host } from "./host.ts";
import {
  makePromiseOf,
  rejectPromise,
  resolvePromise,
  type Source,
  type TaskPromise,
} from "./promise.ts";
import type { AwaitedOperation } from "./state.ts";

/** One operation. As a case of the thread's own select it settles its promise. */
export class Awaiting extends WrappedCase<unknown, true> implements Source, AwaitedOperation {
  readonly promise: TaskPromise<unknown> = makePromiseOf(this);
  readonly site = engine.site;
  readonly #givenUp: (() => void) | undefined;

  constructor(inner: ObjectCase<unknown>, givenUp: (() => void) | undefined) {
    super(inner);
    this.#givenUp = givenUp;
  }

  override finish(came: number): true {
    here.tasks.awaiting.delete(this);
    try {
      resolvePromise(this.promise, this.inner.finish(came));
    } catch (error) {
      rejectPromise(this.promise, error);
    }
    return true;
  }

  isPossible(): boolean {
    try {
      this.check();
      return true;
    } catch (error) {
      here.tasks.awaiting.delete(this);
      rejectPromise(this.promise, error);
      return false;
    }
  }

  abandon(): void {
    here.tasks.awaiting.delete(this);
    this.#givenUp?.();
  }
}

/**
 * The promise of what the case comes to, when the thread has nothing better to do than to wait for it. `givenUp`: called where nobody
 * wants it any more.
 */
export function awaitCase<T>(one: SelectCase<T>, givenUp?: () => void): TaskPromise<T> {
  const awaiting = new Awaiting(one as ObjectCase<unknown>, givenUp);
  here.tasks.awaiting.add(awaiting);
  host.awaitsTurn();
  return awaiting.promise;
}

/** Blocks until one of the operations has gone through, for `patience` at most. Answers whether something has come of it. */
export function awaitAny(patience: Milliseconds): boolean {
  const cases: SelectCase<boolean>[] = [];
  for (const one of [...here.tasks.awaiting]) {
    if (!one.isPossible()) return true;
    if (cases.length === 0) engine.site = one.site;
    cases.push(one as AwaitedOperation & ObjectCase<true>);
  }
  if (patience !== Infinity) cases.push(new TimeoutCase(patience, () => false));
  return select(cases);
}
