import type { ThreadId } from "../../../src/base/brand.ts";
import { CondvarOperation as Operation } from "../../../src/objects/condvar.ts";
import { type Model, WAITS } from "./model.ts";

/** Who waits, in order, and who was notified. `choice`: which waiter the last `notifyOne` was told to take. */
export class CondvarModel implements Model {
  readonly #choice: () => number;
  #waiting: ThreadId[] = [];
  readonly #notified = new Set<ThreadId>();

  constructor(choice: () => number) {
    this.#choice = choice;
  }

  perform(thread: ThreadId, { operation }: { operation: number }): unknown {
    switch (operation) {
      case Operation.WAIT:
        this.#waiting.push(thread);
        return null;
      case Operation.AWAIT:
        return this.#notified.delete(thread) ? 1 : WAITS;
      case Operation.NOTIFY_ONE:
        for (const one of this.#waiting.splice(this.#choice(), 1)) this.#notified.add(one);
        return null;
      default:
        for (const one of this.#waiting.splice(0)) this.#notified.add(one);
        return null;
    }
  }

  givesUp(thread: ThreadId): unknown {
    this.#waiting = this.#waiting.filter((one) => one !== thread);
    return 0;
  }
}
