/**
 * Those tasks of one thread that wait for the same of one object: a lock, a permit, a notification. They are served in the order in
 * which they came, as tokio has it, and are one case of the thread's select, however many: a case each would have every wake-up
 * look at all of them, and let who came after a `notifyAll` go instead of one who was there. Between threads the object's own
 * rules decide.
 */
import type { Address } from "../../base/brand.ts";
import { here } from "../activation.ts";
import { engine } from "../intrinsics.ts";
import { host } from "../tasks/host.ts";
import { makePromiseOf, resolvePromise, type Source, type TaskPromise } from "../tasks/promise.ts";
import type { AwaitedOperation } from "../tasks/state.ts";
import { OperationCase } from "./cases.ts";

class Waiting<T> implements Source {
  promise: TaskPromise<T> | undefined;
  readonly site = engine.site;
  readonly #line: Line<T>;

  constructor(line: Line<T>) {
    this.#line = line;
  }

  abandon(): void {
    this.#line.givenUp(this);
  }
}

/** What they wait for. */
interface Wanted<T> {
  readonly object: Address;
  readonly operation: number;
  readonly argument: number;
  /** What who is served gets. */
  readonly then: () => T;
  /** Somebody wants it no more. */
  readonly left?: () => void;
}

export class Line<T> extends OperationCase<true> implements AwaitedOperation {
  readonly #waiting = new Set<Waiting<T>>();
  readonly #then: () => T;
  readonly #left: (() => void) | undefined;

  constructor({ object, operation, argument, then, left }: Wanted<T>) {
    super(object, operation, argument, () => true);
    this.#then = then;
    this.#left = left;
  }

  /** Where who goes next came to wait. */
  get site(): AwaitedOperation["site"] {
    const [first] = this.#waiting;
    return first.site;
  }

  isPossible(): boolean {
    return true;
  }

  /** The promise of it for somebody more. */
  come(): TaskPromise<T> {
    const waiting = new Waiting(this);
    const promise = (waiting.promise = makePromiseOf<T>(waiting));
    this.#waiting.add(waiting);
    here.tasks.awaiting.add(this);
    host.awaitsTurn();
    return promise;
  }

  givenUp(waiting: Waiting<T>): void {
    this.#leave(waiting);
    this.#left?.();
  }

  override finish(): true {
    const [first] = this.#waiting;
    this.#leave(first);
    resolvePromise(first.promise!, this.#then());
    return true;
  }

  #leave(waiting: Waiting<T>): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) here.tasks.awaiting.delete(this);
  }
}
