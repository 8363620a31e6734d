import type { ThreadId } from "../../../src/base/brand.ts";
import { ReceiveResult, SendResult } from "../../../src/objects/ends.ts";
import { OneshotOperation as Operation } from "../../../src/objects/oneshot.ts";
import { type Marks, type Model, WAITS } from "./model.ts";

/** A place for one message, between two ends that are used up. */
export class OneshotModel implements Model {
  readonly #marks: Marks;
  #message: number | undefined;
  #canCome = true;
  #canGo = true;

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  perform(_thread: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    switch (operation) {
      case Operation.SEND:
        this.#canCome = false;
        if (!this.#canGo) return SendResult.CLOSED;
        this.#message = this.#marks(a);
        return SendResult.SENT;
      case Operation.DROP_SENDER:
        this.#canCome = false;
        return null;
      case Operation.DROP_RECEIVER:
        this.#canGo = false;
        return this.#take() ?? 0;
      default: {
        const message = this.#take();
        if (message !== undefined) this.#canGo = false;
        if (message !== undefined) return message;
        if (!this.#canCome) return ReceiveResult.CLOSED;
        return operation === Operation.RECEIVE ? WAITS : ReceiveResult.EMPTY;
      }
    }
  }

  givesUp(): unknown {
    return ReceiveResult.EMPTY;
  }

  #take(): { message: number } | undefined {
    const message = this.#message;
    this.#message = undefined;
    return message === undefined ? undefined : { message };
  }
}
