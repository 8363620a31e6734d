import type { ThreadId } from "../../../src/base/brand.ts";
import { ReceiveResult, SendResult } from "../../../src/objects/ends.ts";
import { WatchOperation as Operation } from "../../../src/objects/watch.ts";
import { type Marks, type Model, WAITS } from "./model.ts";

/** A variable with a version; each receiver remembers the version that it was given last. */
export class WatchModel implements Model {
  readonly #marks: Marks;
  readonly #seen = new Map<number, number>();
  #value: number;
  #version = 0;
  #senders = 1;
  #receivers: number;

  constructor(marks: Marks, first: number, receivers: number) {
    this.#marks = marks;
    this.#value = first;
    this.#receivers = receivers;
  }

  perform(_thread: ThreadId, wanted: { operation: number; a: number; b: number }): unknown {
    const { operation, a, b } = wanted;
    switch (operation) {
      case Operation.SEND:
        if (this.#receivers === 0) return SendResult.CLOSED;
        this.#value = this.#marks(a);
        this.#version++;
        return SendResult.SENT;
      case Operation.GET:
        return { value: this.#value };
      case Operation.CHANGED:
        if ((this.#seen.get(a) ?? 0) < this.#version) {
          this.#seen.set(a, this.#version);
          return { value: this.#value };
        }
        return this.#senders === 0 ? ReceiveResult.CLOSED : WAITS;
      case Operation.CLONE_RECEIVER:
        this.#seen.set(a, b);
        this.#receivers++;
        return null;
      case Operation.DROP_SENDER:
        this.#senders--;
        return null;
      default:
        this.#receivers--;
        return null;
    }
  }

  givesUp(): unknown {
    throw new Error("nobody gives up waiting for a change");
  }
}
