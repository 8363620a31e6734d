/** `watch`: the newest value, for whoever wants to see it. The rules are in `objects/watch.ts`. */
import type { Address } from "../base/brand.ts";
import {
  END_WORDS,
  EndSide,
  EndWord,
  linkEnd,
  ReceiveResult,
  SendResult,
} from "../objects/ends.ts";
import { watch as watchKind, WatchOperation, WatchWord } from "../objects/watch.ts";
import { End, noReceiver, noSender } from "./end.ts";
import { crosses } from "./handle.ts";
import { encodeHeld, readHeld, releaseHeld } from "./held.ts";
import { engine } from "./intrinsics.ts";

export class WatchSender<T> extends End {
  protected override get kind(): "WatchSender" {
    return "WatchSender";
  }

  protected override get dropping(): number {
    return WatchOperation.DROP_SENDER;
  }

  protected override last(): void {
    releaseHeld(engine.low as Address);
  }

  send(value: T): void {
    const at = this.check();
    const block = encodeHeld(value);
    const result = engine.perform(at, WatchOperation.SEND, block);
    if (result === SendResult.SENT) return releaseHeld(engine.low as Address);
    engine.release(block);
    throw noReceiver(at);
  }
}

export class WatchReceiver<T> extends End {
  protected override get kind(): "WatchReceiver" {
    return "WatchReceiver";
  }

  protected override get dropping(): number {
    return WatchOperation.DROP_RECEIVER;
  }

  protected override last(): void {
    releaseHeld(engine.low as Address);
  }

  get(): T {
    return readHeld(engine.perform(this.check(), WatchOperation.GET) as Address);
  }

  changed(): T {
    const at = this.check();
    const block = engine.perform(at, WatchOperation.CHANGED, this.end, this.#seen);
    if (block === ReceiveResult.CLOSED) throw noSender(at);
    return readHeld(block as Address);
  }

  clone(): WatchReceiver<T> {
    const at = this.check();
    const end = engine.allocate(END_WORDS);
    engine.perform(at, WatchOperation.CLONE_RECEIVER, end, this.#seen);
    return new WatchReceiver(at, end);
  }

  /** The number of the value that it has seen last. */
  get #seen(): number {
    return engine.words[this.end + EndWord.SEEN];
  }
}

crosses("WatchSender", "moves", (object, end) => new WatchSender(object, end as Address));
crosses("WatchReceiver", "moves", (object, end) => new WatchReceiver(object, end as Address));

export function watch<T>(initial: T): [WatchSender<T>, WatchReceiver<T>] {
  const at = engine.create(watchKind, encodeHeld(initial));
  const sending = engine.allocate(END_WORDS);
  const receiving = engine.allocate(END_WORDS);
  linkEnd(engine.words, at + WatchWord.ENDS, sending, EndSide.SENDER, engine.thread);
  linkEnd(engine.words, at + WatchWord.ENDS, receiving, EndSide.RECEIVER, engine.thread);
  return [new WatchSender<T>(at, sending), new WatchReceiver<T>(at, receiving)];
}
