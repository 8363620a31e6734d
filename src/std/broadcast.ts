/** `broadcast`: every message to every subscriber. The rules are in `objects/broadcast.ts`. */
import type { Address, Milliseconds } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import {
  broadcast as broadcastKind,
  BroadcastOperation,
  BroadcastWord,
  LAGGED,
} from "../objects/broadcast.ts";
import { END_WORDS, EndSide, EndWord, linkEnd, ReceiveResult } from "../objects/ends.ts";
import { NodeWord } from "../objects/waiters.ts";
import { duration } from "./duration.ts";
import { End, FOREVER, noSender, type Received } from "./end.ts";
import { LaggedError, text } from "./errors.ts";
import { crosses } from "./handle.ts";
import { encodeHeld, readHeld, releaseHeld } from "./held.ts";
import { engine } from "./intrinsics.ts";
import { ReceiveCase, type SelectCase, type Taken } from "./select-case.ts";

export class BroadcastSender<T> extends End {
  protected override get kind(): "BroadcastSender" {
    return "BroadcastSender";
  }

  protected override get dropping(): number {
    return BroadcastOperation.DROP_SENDER;
  }

  protected override last(): void {
    // The subscribers see for themselves that it is closed.
  }

  send(value: T): number {
    const at = this.check();
    const receivers = engine.perform(at, BroadcastOperation.SEND, encodeHeld(value));
    releaseHeld(engine.low as Address);
    return receivers;
  }

  subscribe(): BroadcastReceiver<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, BroadcastOperation.SUBSCRIBE, end);
    return new BroadcastReceiver(at, end);
  }

  clone(): BroadcastSender<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, BroadcastOperation.CLONE_SENDER, end);
    return new BroadcastSender(at, end);
  }
}

export class BroadcastReceiver<T> extends End {
  protected override get kind(): "BroadcastReceiver" {
    return "BroadcastReceiver";
  }

  protected override get dropping(): number {
    return BroadcastOperation.DROP_RECEIVER;
  }

  /** With the last subscriber go the messages that nobody will receive. */
  protected override last(): void {
    for (let block = engine.low as Address; block !== 0;) {
      const next = engine.words[block + NodeWord.NEXT] as Address;
      releaseHeld(block);
      block = next;
    }
  }

  recv(): T {
    const at = this.check();
    const received = this.#receive(BroadcastOperation.RECEIVE, FOREVER);
    if (received.kind === "value") return received.value;
    throw noSender(at);
  }

  tryRecv(): Received<T> {
    return this.#receive(BroadcastOperation.TRY_RECEIVE, FOREVER);
  }

  recvFor(timeout: number): Received<T> {
    return this.#receive(BroadcastOperation.RECEIVE, duration(timeout, "recvFor"));
  }

  clone(): BroadcastReceiver<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, BroadcastOperation.CLONE_RECEIVER, end, this.#next);
    return new BroadcastReceiver(at, end);
  }

  case<R>(then: (message: Taken<T>) => R): SelectCase<R> {
    const source = {
      operation: BroadcastOperation.RECEIVE,
      at: () => this.check(),
      argument: () => this.end,
      second: () => this.#next,
      received: (came: number) => this.#received(came),
    };
    return new ReceiveCase(source, then);
  }

  [Symbol.iterator](): Iterator<T, undefined> {
    return {
      next: () => {
        const received = this.#receive(BroadcastOperation.RECEIVE, FOREVER);
        return received.kind === "value"
          ? { done: false, value: received.value }
          : { done: true, value: undefined };
      },
    };
  }

  #receive(operation: number, timeout: Milliseconds): Received<T> {
    const at = this.check();
    return this.#received(engine.performFor(at, operation, this.end, this.#next, timeout));
  }

  #received(came: number): Received<T> {
    if (came === ReceiveResult.EMPTY) return { kind: "empty" };
    if (came === ReceiveResult.CLOSED) return { kind: "closed" };
    if (came === LAGGED) throw this.#lagged(engine.low);
    return { kind: "value", value: readHeld(came as Address) };
  }

  #lagged(missed: number): LaggedError {
    const broadcast = engine.nameOf(this.check());
    return new LaggedError(text(RUNTIME_MESSAGES.lagged, { broadcast, missed }), missed);
  }

  /** The number of the message that it will receive next. */
  get #next(): number {
    return engine.words[this.end + EndWord.SEEN];
  }
}

crosses("BroadcastSender", "moves", (object, end) => new BroadcastSender(object, end as Address));
crosses(
  "BroadcastReceiver",
  "moves",
  (object, end) => new BroadcastReceiver(object, end as Address),
);

export function broadcast<T>(capacity: number): BroadcastSender<T> {
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST) {
    throw new RangeError(
      text(RUNTIME_MESSAGES.badBroadcast, { value: String(capacity), most: MOST }),
    );
  }
  const at = engine.create(broadcastKind, capacity, engine.allocate(capacity));
  const sending = engine.allocate(END_WORDS);
  linkEnd(engine.words, at + BroadcastWord.ENDS, sending, EndSide.SENDER, engine.thread);
  return new BroadcastSender<T>(at, sending);
}

/** The ring is made at once: 4 MB. */
const MOST = 1 << 20;
