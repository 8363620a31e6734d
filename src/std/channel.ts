/**
 * Channels: `channel` and `syncChannel`. The queue's rules are in `objects/channel.ts`; here are the two ends, and the values
 * that messages carry.
 */
import type { Address, Milliseconds } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { channel as channelKind, ChannelOperation, ChannelWord } from "../objects/channel.ts";
import { END_WORDS, EndSide, linkEnd, ReceiveResult, SendResult } from "../objects/ends.ts";
import { duration } from "./duration.ts";
import {
  discard,
  dispatch,
  End,
  FOREVER,
  noReceiver,
  noSender,
  type Received,
  unwrap,
} from "./end.ts";
import { text } from "./errors.ts";
import { crosses, crossing } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { ReceiveCase, type SelectCase, SendCase, type Taken } from "./select-case.ts";

export class Sender<T> extends End {
  protected override get kind(): "Sender" {
    return "Sender";
  }

  protected override get dropping(): number {
    return ChannelOperation.DROP_SENDER;
  }

  protected override last(): void {
    // The receivers see for themselves that it is closed.
  }

  send(value: T): void {
    const at = this.check();
    const result = dispatch(at, ChannelOperation.SEND, value, 0, FOREVER);
    if (result === SendResult.CLOSED) throw noReceiver(at);
  }

  trySend(value: T): "sent" | "full" | "closed" {
    return said(dispatch(this.check(), ChannelOperation.TRY_SEND, value, 0, FOREVER));
  }

  sendFor(value: T, timeout: number): "sent" | "full" | "closed" {
    const patience = duration(timeout, "sendFor");
    return said(dispatch(this.check(), ChannelOperation.SEND, value, 0, patience));
  }

  clone(): Sender<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, ChannelOperation.CLONE_SENDER, end);
    return new Sender(at, end);
  }

  case<R>(value: T, then: () => R): SelectCase<R> {
    return new SendCase(ChannelOperation.SEND, () => this.check(), value, then);
  }
}

function said(result: number): "sent" | "full" | "closed" {
  if (result === SendResult.SENT) return "sent";
  return result === SendResult.FULL ? "full" : "closed";
}

export class Receiver<T> extends End {
  protected override get kind(): "Receiver" {
    return "Receiver";
  }

  protected override get dropping(): number {
    return ChannelOperation.DROP_RECEIVER;
  }

  /** Nobody will receive what is queued: the ends that travel in it are dropped, as they would be with a thread. */
  protected override last(at: Address, left: number): void {
    while (left === 0) {
      const message = engine.perform(at, ChannelOperation.DISCARD) as Address;
      if (message === 0) return;
      discard(message);
    }
  }

  recv(): T {
    const at = this.check();
    const received = this.#receive(ChannelOperation.RECEIVE, FOREVER);
    if (received.kind === "value") return received.value;
    throw noSender(at);
  }

  tryRecv(): Received<T> {
    return this.#receive(ChannelOperation.TRY_RECEIVE, FOREVER);
  }

  recvFor(timeout: number): Received<T> {
    return this.#receive(ChannelOperation.RECEIVE, duration(timeout, "recvFor"));
  }

  clone(): Receiver<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, ChannelOperation.CLONE_RECEIVER, end);
    return new Receiver(at, end);
  }

  case<R>(then: (message: Taken<T>) => R): SelectCase<R> {
    const source = {
      operation: ChannelOperation.RECEIVE,
      at: () => this.check(),
      argument: (node: Address) => node,
      received: (came: number) => received<T>(came),
    };
    return new ReceiveCase(source, then);
  }

  /** For annotations: how many messages are queued. */
  get length(): number {
    if (!engine.evaluating) throw new TypeError("a Receiver has no length; use tryRecv");
    return engine.words[this[crossing].object + ChannelWord.COUNT];
  }

  [Symbol.iterator](): Iterator<T, undefined> {
    return {
      next: () => {
        const received = this.#receive(ChannelOperation.RECEIVE, FOREVER);
        return received.kind === "value"
          ? { done: false, value: received.value }
          : { done: true, value: undefined };
      },
    };
  }

  #receive(operation: number, timeout: Milliseconds): Received<T> {
    const at = this.check();
    const message = engine.performFor(at, operation, engine.node, 0, timeout);
    return received(message);
  }
}

/** What receiving has come to. */
function received<T>(came: number): Received<T> {
  if (came === ReceiveResult.EMPTY) return { kind: "empty" };
  if (came === ReceiveResult.CLOSED) return { kind: "closed" };
  return { kind: "value", value: unwrap(came as Address) };
}

crosses("Sender", "moves", (object, end) => new Sender(object, end as Address));
crosses("Receiver", "moves", (object, end) => new Receiver(object, end as Address));

function create<T>(capacity: number): [Sender<T>, Receiver<T>] {
  const at = engine.create(channelKind, capacity);
  const sending = engine.allocate(END_WORDS);
  const receiving = engine.allocate(END_WORDS);
  linkEnd(engine.words, at + ChannelWord.ENDS, sending, EndSide.SENDER, engine.thread);
  linkEnd(engine.words, at + ChannelWord.ENDS, receiving, EndSide.RECEIVER, engine.thread);
  return [new Sender<T>(at, sending), new Receiver<T>(at, receiving)];
}

export function channel<T>(): [Sender<T>, Receiver<T>] {
  return create(-1);
}

export function syncChannel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  if (!Number.isInteger(capacity) || capacity < 0 || capacity > 0x7fff_ffff) {
    throw new RangeError(text(RUNTIME_MESSAGES.badCapacity, { value: String(capacity) }));
  }
  return create(capacity);
}
