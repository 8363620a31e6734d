/** `oneshot`: one message, once. The rules are in `objects/oneshot.ts`. */
import type { Address, Milliseconds } from "../base/brand.ts";
import { END_WORDS, EndSide, linkEnd, ReceiveResult, SendResult } from "../objects/ends.ts";
import { oneshot as oneshotKind, OneshotOperation, OneshotWord } from "../objects/oneshot.ts";
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
import { crosses } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { ReceiveCase, type SelectCase, type Taken } from "./select-case.ts";

export class OneshotSender<T> extends End {
  protected override get kind(): "OneshotSender" {
    return "OneshotSender";
  }

  protected override get dropping(): number {
    return OneshotOperation.DROP_SENDER;
  }

  protected override last(): void {
    // The receiver sees for itself that nothing will come.
  }

  send(value: T): void {
    const at = this.check();
    const { end } = this;
    const result = dispatch(at, OneshotOperation.SEND, value, end, FOREVER);
    this.spend("spent");
    engine.release(end);
    if (result === SendResult.CLOSED) throw noReceiver(at);
  }
}

export class OneshotReceiver<T> extends End {
  protected override get kind(): "OneshotReceiver" {
    return "OneshotReceiver";
  }

  protected override get dropping(): number {
    return OneshotOperation.DROP_RECEIVER;
  }

  protected override last(_at: Address, message: number): void {
    if (message !== 0) discard(message as Address);
  }

  recv(): T {
    const at = this.check();
    const received = this.#receive(OneshotOperation.RECEIVE, FOREVER);
    if (received.kind === "value") return received.value;
    throw noSender(at);
  }

  tryRecv(): Received<T> {
    return this.#receive(OneshotOperation.TRY_RECEIVE, FOREVER);
  }

  recvFor(timeout: number): Received<T> {
    return this.#receive(OneshotOperation.RECEIVE, duration(timeout, "recvFor"));
  }

  case<R>(then: (message: Taken<T>) => R): SelectCase<R> {
    const source = {
      operation: OneshotOperation.RECEIVE,
      at: () => this.check(),
      argument: () => this.end,
      received: (came: number) => this.#received(came),
    };
    return new ReceiveCase(source, then);
  }

  #receive(operation: number, timeout: Milliseconds): Received<T> {
    const at = this.check();
    return this.#received(engine.performFor(at, operation, this.end, 0, timeout));
  }

  /** What receiving has come to. */
  #received(message: number): Received<T> {
    const { end } = this;
    if (message === ReceiveResult.EMPTY) return { kind: "empty" };
    if (message === ReceiveResult.CLOSED) return { kind: "closed" };
    this.spend("spent");
    engine.release(end);
    return { kind: "value", value: unwrap(message as Address) };
  }
}

crosses("OneshotSender", "moves", (object, end) => new OneshotSender(object, end as Address));
crosses("OneshotReceiver", "moves", (object, end) => new OneshotReceiver(object, end as Address));

export function oneshot<T>(): [OneshotSender<T>, OneshotReceiver<T>] {
  const at = engine.create(oneshotKind);
  const sending = engine.allocate(END_WORDS);
  const receiving = engine.allocate(END_WORDS);
  const ends = at + OneshotWord.ENDS;
  linkEnd(engine.words, ends, sending, EndSide.SENDER, engine.thread);
  linkEnd(engine.words, ends, receiving, EndSide.RECEIVER, engine.thread);
  return [new OneshotSender<T>(at, sending), new OneshotReceiver<T>(at, receiving)];
}
