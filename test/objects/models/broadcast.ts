import type { ThreadId } from "../../../src/base/brand.ts";
import { BroadcastOperation as Operation } from "../../../src/objects/broadcast.ts";
import { ReceiveResult } from "../../../src/objects/ends.ts";
import { type Marks, type Model, WAITS } from "./model.ts";

interface Queue {
  readonly owner: ThreadId;
  readonly messages: number[];
  missed: number;
}

/** A queue of its own for each subscriber, from which the oldest fall out, and are counted. */
export class BroadcastModel implements Model {
  readonly #capacity: number;
  readonly #marks: Marks;
  /** By end. */
  readonly #queues = new Map<number, Queue>();
  #senders: number;

  constructor(
    capacity: number,
    senders: number,
    subscribers: readonly (readonly [end: number, owner: ThreadId])[],
    marks: Marks,
  ) {
    this.#capacity = capacity;
    this.#senders = senders;
    this.#marks = marks;
    for (const [end, owner] of subscribers) {
      this.#queues.set(end, { owner, messages: [], missed: 0 });
    }
  }

  perform(thread: ThreadId, { operation, a }: { operation: number; a: number }): unknown {
    switch (operation) {
      case Operation.SEND:
        for (const queue of this.#queues.values()) {
          queue.messages.push(this.#marks(a));
          if (queue.messages.length <= this.#capacity) continue;
          queue.messages.shift();
          queue.missed++;
        }
        return this.#queues.size;
      case Operation.SUBSCRIBE:
        this.#queues.set(a, { owner: thread, messages: [], missed: 0 });
        return null;
      case Operation.CLONE_RECEIVER: {
        // Who clones has one, or it could not tell which is meant.
        const [own] = [...this.#queues.values()].filter(({ owner }) => owner === thread);
        this.#queues.set(a, { ...own, messages: [...own.messages] });
        return null;
      }
      case Operation.CLONE_SENDER:
        this.#senders++;
        return null;
      case Operation.DROP_SENDER:
        this.#senders--;
        return null;
      case Operation.DROP_RECEIVER:
        this.#queues.delete(a);
        return null;
      default:
        return this.#receive(operation, a);
    }
  }

  givesUp(): unknown {
    return ReceiveResult.EMPTY;
  }

  #receive(operation: number, end: number): unknown {
    const queue = this.#queues.get(end)!;
    const { missed } = queue;
    queue.missed = 0;
    if (missed > 0) return { missed };
    const message = queue.messages.shift();
    if (message !== undefined) return { message };
    if (this.#senders === 0) return ReceiveResult.CLOSED;
    return operation === Operation.RECEIVE ? WAITS : ReceiveResult.EMPTY;
  }
}
