import type { ThreadId } from "../../../src/base/brand.ts";
import { ChannelOperation as Operation } from "../../../src/objects/channel.ts";
import { ReceiveResult, SendResult } from "../../../src/objects/ends.ts";
import { type Marks, type Model, WAITS } from "./model.ts";

interface Waiting {
  readonly thread: ThreadId;
  /** The mark of the message that a sender offers. */
  readonly mark: number;
}

/** A queue with a limit; at capacity 0 it holds one message only between a send and the receive that follows it at once. */
export class ChannelModel implements Model {
  readonly #capacity: number;
  readonly #marks: Marks;
  readonly #queue: number[] = [];
  #senders: number;
  #receivers: number;
  /** At capacity 0: who waits for a partner. */
  #offers: Waiting[] = [];
  #asking: Waiting[] = [];

  constructor(capacity: number, ends: number, marks: Marks) {
    this.#capacity = capacity;
    this.#senders = ends;
    this.#receivers = ends;
    this.#marks = marks;
  }

  perform(thread: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    switch (operation) {
      case Operation.SEND:
      case Operation.TRY_SEND: {
        if (this.#receivers === 0) return this.#left(thread, SendResult.CLOSED);
        if (!this.#hasRoom(thread)) return operation === Operation.SEND ? WAITS : SendResult.FULL;
        this.#queue.push(this.#marks(a));
        return this.#left(thread, SendResult.SENT);
      }
      case Operation.RECEIVE:
      case Operation.TRY_RECEIVE: {
        const message = this.#queue.shift();
        if (message !== undefined) return this.#left(thread, { message });
        if (this.#senders === 0) return this.#left(thread, ReceiveResult.CLOSED);
        return operation === Operation.RECEIVE ? WAITS : ReceiveResult.EMPTY;
      }
      case Operation.CLONE_SENDER:
        this.#senders++;
        return null;
      case Operation.CLONE_RECEIVER:
        this.#receivers++;
        return null;
      case Operation.DROP_SENDER:
        this.#senders--;
        return null;
      case Operation.DROP_RECEIVER:
        return { isLast: --this.#receivers === 0 };
      case Operation.LENGTH:
        return this.#queue.length;
      default: {
        const message = this.#queue.shift();
        return message === undefined ? 0 : { message };
      }
    }
  }

  waits(thread: ThreadId, { operation, a }: { operation: number; a: number }): void {
    const list = operation === Operation.SEND ? this.#offers : this.#asking;
    list.push({ thread, mark: this.#marks(a) });
  }

  givesUp(thread: ThreadId, { operation }: { operation: number }): unknown {
    this.#left(thread, undefined);
    return operation === Operation.SEND ? SendResult.FULL : ReceiveResult.EMPTY;
  }

  /** At capacity 0 a sender meets a receiver that waits, or it waits itself and the oldest offer is taken. */
  #hasRoom(thread: ThreadId): boolean {
    if (this.#capacity !== 0) return this.#capacity < 0 || this.#queue.length < this.#capacity;
    return this.#asking.length > 0 || this.#offers[0]?.thread === thread;
  }

  /** The thread does not wait any more. */
  #left(thread: ThreadId, answer: unknown): unknown {
    this.#offers = this.#offers.filter((one) => one.thread !== thread);
    this.#asking = this.#asking.filter((one) => one.thread !== thread);
    return answer;
  }
}
