/**
 * Channels: `channel` and `syncChannel`. The queue's rules are in `objects/channel.ts`; here are the two ends, who owns
 * them, and the values that messages carry.
 */
import type { Address, Milliseconds, ThreadId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import {
  channel as channelKind,
  ChannelOperation,
  ChannelWord,
  END_WORDS,
  EndSide,
  EndWord,
  linkEnd,
  ReceiveResult,
  SendResult,
} from "../objects/channel.ts";
import { duration } from "./duration.ts";
import { ChannelClosedError, text } from "./errors.ts";
import { crosses, crossing, type Crossing, Life } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { disown, own, reachable } from "./ownership.ts";

export type Received<T> = { kind: "value"; value: T } | { kind: "empty" } | { kind: "closed" };

const FOREVER = Infinity as Milliseconds;

/** What both ends have in common: a life, an owner, and that they move. */
abstract class End {
  readonly #at: Address;
  readonly #end: Address;
  readonly #life = new Life();

  constructor(at: Address, end: Address) {
    this.#at = at;
    this.#end = end;
    engine.words[end + EndWord.OWNER] = engine.thread + 1;
    own(this);
  }

  protected abstract readonly kind: "Sender" | "Receiver";
  protected abstract readonly dropping: number;

  drop(): void {
    if (!this.#life.alive) return;
    this.#life.end("dropped");
    disown(this);
    const left = engine.perform(this.#at, this.dropping, this.#end);
    engine.release(this.#end);
    if (left === 0) this.last(this.#at);
  }

  /** The last end of its side was dropped. */
  protected abstract last(at: Address): void;

  [Symbol.dispose](): void {
    this.drop();
  }

  get [crossing](): Crossing {
    return {
      kind: this.kind,
      object: this.#at,
      detail: this.#end,
      moves: {
        check: () => this.check(),
        belongsTo: (owner) => this.#belongsTo(owner),
        moved: () => this.#moved(),
      },
    };
  }

  [inspected](): string {
    return `${this.kind}(${engine.nameOf(this.#at)})`;
  }

  #belongsTo(owner: ThreadId | -1): void {
    engine.words[this.#end + EndWord.OWNER] = owner + 1;
  }

  #moved(): void {
    this.#life.end("moved");
    disown(this);
  }

  /** The channel, if this end may still be used. Throws `MovedError`. */
  protected check(): Address {
    this.#life.check(`The ${this.kind.toLowerCase()} of ${engine.nameOf(this.#at)}`);
    return this.#at;
  }
}

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
    if (this.#send(ChannelOperation.SEND, value, FOREVER) === SendResult.CLOSED) {
      throw new ChannelClosedError(
        text(RUNTIME_MESSAGES.noReceiver, { channel: engine.nameOf(at) }),
      );
    }
  }

  trySend(value: T): "sent" | "full" | "closed" {
    return said(this.#send(ChannelOperation.TRY_SEND, value, FOREVER));
  }

  sendFor(value: T, timeout: number): "sent" | "full" | "closed" {
    return said(this.#send(ChannelOperation.SEND, value, duration(timeout, "sendFor")));
  }

  clone(): Sender<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, ChannelOperation.CLONE_SENDER, end);
    return new Sender(at, end);
  }

  #send(operation: number, value: T, timeout: Milliseconds): number {
    const at = this.check();
    const { site } = engine;
    const message = engine.encode(value, "message");
    engine.site = site;
    // Before the message can be received, nobody owns what it carries; the receiver does as soon as it decodes it.
    engine.departing(-1);
    const result = engine.performFor(at, operation, message, 0, timeout);
    if (result === SendResult.SENT) engine.departed();
    else engine.stayed(message);
    return result;
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
  protected override last(at: Address): void {
    for (;;) {
      const message = engine.perform(at, ChannelOperation.DISCARD) as Address;
      if (message === 0) return;
      for (const carried of reachable([engine.decode(message)])) {
        if (carried instanceof End) carried.drop();
      }
      engine.release(message);
    }
  }

  recv(): T {
    const at = this.check();
    const received = this.#receive(ChannelOperation.RECEIVE, FOREVER);
    if (received.kind === "value") return received.value;
    throw new ChannelClosedError(text(RUNTIME_MESSAGES.noSender, { channel: engine.nameOf(at) }));
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
    if (message === ReceiveResult.EMPTY) return { kind: "empty" };
    if (message === ReceiveResult.CLOSED) return { kind: "closed" };
    const value = engine.decode(message as Address) as T;
    engine.release(message as Address);
    return { kind: "value", value };
  }
}

crosses("Sender", "moves", (object, end) => new Sender(object, end as Address));
crosses("Receiver", "moves", (object, end) => new Receiver(object, end as Address));

function create<T>(capacity: number): [Sender<T>, Receiver<T>] {
  const at = engine.create(channelKind, capacity);
  const sending = engine.allocate(END_WORDS);
  const receiving = engine.allocate(END_WORDS);
  linkEnd(engine.words, at, sending, EndSide.SENDER, engine.thread);
  linkEnd(engine.words, at, receiving, EndSide.RECEIVER, engine.thread);
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
