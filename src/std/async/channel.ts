/** Channels and one-shots for tasks: those of `threadloom:std`, whose ends are awaited. They move to other threads as those do. */
import type { Address } from "../../base/brand.ts";
import { channel as blockingChannel, Receiver, Sender, syncChannel } from "../channel.ts";
import { counted } from "../count.ts";
import { crosses, crossing, type Crossing, type Handle } from "../handle.ts";
import { inspected } from "../inspect.ts";
import { noReceiver, noSender } from "../end.ts";
import {
  oneshot as blockingOneshot,
  type OneshotReceiver,
  type OneshotSender,
} from "../oneshot.ts";
import type { Taken } from "../select-case.ts";
import { awaitCase } from "../tasks/awaiting.ts";
import { makePromise, rejectPromise, resolvePromise, type TaskPromise } from "../tasks/promise.ts";
import { type Future, futureOf } from "./future.ts";

export class AsyncSender<T> implements Handle {
  readonly #inner: Sender<T>;

  constructor(inner: Sender<T>) {
    this.#inner = inner;
  }

  send(value: T): TaskPromise<void> {
    const sent = this.#inner.trySend(value);
    if (sent === "full") return awaitCase(this.#inner.case(value, () => undefined));
    const promise = makePromise<void>();
    if (sent === "sent") resolvePromise(promise, undefined);
    else rejectPromise(promise, noReceiver(this.#inner[crossing].object));
    return promise;
  }

  clone(): AsyncSender<T> {
    return new AsyncSender(this.#inner.clone());
  }

  drop(): void {
    this.#inner.drop();
  }

  [Symbol.dispose](): void {
    this.#inner.drop();
  }

  get [crossing](): Crossing {
    return { ...this.#inner[crossing], kind: "AsyncSender" };
  }

  [inspected](): string {
    return `Async${this.#inner[inspected]()}`;
  }
}

export class AsyncReceiver<T> implements Handle {
  readonly #inner: Receiver<T>;

  constructor(inner: Receiver<T>) {
    this.#inner = inner;
  }

  recv(): TaskPromise<T | undefined> {
    return this.#take((message) => (message.kind === "value" ? message.value : undefined));
  }

  #take<R>(then: (message: Taken<T>) => R): TaskPromise<R> {
    const received = this.#inner.tryRecv();
    if (received.kind === "empty") return awaitCase(this.#inner.case(then));
    const promise = makePromise<R>();
    resolvePromise(promise, then(received));
    return promise;
  }

  drop(): void {
    this.#inner.drop();
  }

  [Symbol.dispose](): void {
    this.#inner.drop();
  }

  [Symbol.asyncIterator](): { next(): TaskPromise<IteratorResult<T, undefined>> } {
    const resultOf = (message: Taken<T>): IteratorResult<T, undefined> =>
      message.kind === "value"
        ? { done: false, value: message.value }
        : { done: true, value: undefined };
    return {
      next: () => this.#take(resultOf),
    };
  }

  get [crossing](): Crossing {
    return { ...this.#inner[crossing], kind: "AsyncReceiver" };
  }

  [inspected](): string {
    return `Async${this.#inner[inspected]()}`;
  }
}

crosses(
  "AsyncSender",
  "moves",
  (object, end) => new AsyncSender(new Sender(object, end as Address)),
);
crosses(
  "AsyncReceiver",
  "moves",
  (object, end) => new AsyncReceiver(new Receiver(object, end as Address)),
);

export function channel<T>(capacity?: number): [AsyncSender<T>, AsyncReceiver<T>] {
  // Without a place to leave it, two tasks of one thread could never hand a message over.
  const [tx, rx] =
    capacity === undefined ? blockingChannel<T>() : syncChannel<T>(counted(capacity, "channel", 1));
  return [new AsyncSender(tx), new AsyncReceiver(rx)];
}

export function oneshot<T>(): [OneshotSender<T>, Future<T>] {
  const [tx, rx] = blockingOneshot<T>();
  return [tx, futureOf(() => receiving(rx))];
}

/** The promise of what a one-shot brings; rejected where its sender is gone. */
export function receiving<T>(rx: OneshotReceiver<T>): TaskPromise<T> {
  const { object } = rx[crossing];
  return awaitCase(
    rx.case((message) => {
      if (message.kind === "value") return message.value;
      throw noSender(object);
    }),
  );
}
