/**
 * Those tasks of one thread that wait for notifications of one `Notify`, in the order in which they came, as tokio has it. They are
 * one case of the thread's select, however many: a case each would have every wake-up look at all of them, and let who came after
 * a `notifyAll` go instead of one who was there.
 */
import type { Address } from "../../base/brand.ts";
import { NotifyOperation } from "../../objects/notify.ts";
import { here } from "../activation.ts";
import { engine } from "../intrinsics.ts";
import { host } from "../tasks/host.ts";
import { makePromiseOf, resolvePromise, type Source, type TaskPromise } from "../tasks/promise.ts";
import type { AwaitedOperation } from "../tasks/state.ts";
import { OperationCase } from "./cases.ts";

class Waiting implements Source {
  promise: TaskPromise<void> | undefined;
  readonly site = engine.site;
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  abandon(): void {
    this.#line.leave(this);
    engine.perform(this.#line.check(), NotifyOperation.LEAVE);
  }
}

export class Line extends OperationCase<true> implements AwaitedOperation {
  readonly #waiting = new Set<Waiting>();

  /** `at`: the `Notify`. */
  constructor(at: Address) {
    super(at, NotifyOperation.AWAIT, 0, () => true);
  }

  /** Where who goes next came to wait. */
  get site(): AwaitedOperation["site"] {
    const [first] = this.#waiting;
    return first.site;
  }

  isPossible(): boolean {
    return true;
  }

  /** The promise of a notification for somebody more. */
  come(): TaskPromise<void> {
    const waiting = new Waiting(this);
    const promise = (waiting.promise = makePromiseOf<void>(waiting));
    this.#waiting.add(waiting);
    here.tasks.awaiting.add(this);
    host.awaitsTurn();
    return promise;
  }

  leave(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) here.tasks.awaiting.delete(this);
  }

  override finish(): true {
    const [first] = this.#waiting;
    this.leave(first);
    resolvePromise(first.promise!, undefined);
    return true;
  }
}
