/**
 * One end of something that carries messages, as a thread holds it: a life, an owner, and that it moves. What the ends of
 * channels, one-shots, watches and broadcasts have in common.
 */
import type { Address, Milliseconds, ThreadId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { EndWord, SendResult } from "../objects/ends.ts";
import { ChannelClosedError, text } from "./errors.ts";
import { crossing, type Crossing, Life } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { disown, own, reachable } from "./ownership.ts";

export type Received<T> = { kind: "value"; value: T } | { kind: "empty" } | { kind: "closed" };

export const FOREVER = Infinity as Milliseconds;

export abstract class End {
  readonly #at: Address;
  readonly #end: Address;
  readonly #life = new Life();

  constructor(at: Address, end: Address) {
    this.#at = at;
    this.#end = end;
    engine.words[end + EndWord.OWNER] = engine.thread + 1;
    own(this);
  }

  /** One that `crosses` was told. */
  protected abstract readonly kind: string;
  /** The operation that drops it: a = the end's block. */
  protected abstract readonly dropping: number;

  drop(): void {
    if (!this.#life.alive) return;
    this.spend("dropped");
    const result = engine.perform(this.#at, this.dropping, this.#end);
    engine.release(this.#end);
    this.last(this.#at, result);
  }

  /** It was dropped: `result` is what the operation answered. */
  protected abstract last(at: Address, result: number): void;

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
        belongsTo: (owner) => this.belongsTo(owner),
        moved: () => this.spend("moved"),
        end: this,
      },
    };
  }

  [inspected](): string {
    return `${this.kind}(${engine.nameOf(this.#at)})`;
  }

  protected belongsTo(owner: ThreadId | -1): void {
    engine.words[this.#end + EndWord.OWNER] = owner + 1;
  }

  /** This thread has it no more; any further use throws. */
  protected spend(how: "moved" | "dropped" | "spent"): void {
    this.#life.end(how);
    disown(this);
  }

  /** Whether it was dropped: what has moved is not over, but somebody else's. */
  protected get isOver(): boolean {
    return this.#life.dropped;
  }

  protected get end(): Address {
    return this.#end;
  }

  /** The object, if this end may still be used. Throws `MovedError`. */
  protected check(): Address {
    this.#life.check(`The ${this.side} of ${engine.nameOf(this.#at)}`);
    return this.#at;
  }

  /** Which end it is, in words. */
  protected get side(): string {
    return this.kind.endsWith("Sender") ? "sender" : "receiver";
  }
}

/** Sends a copy of `value` by an operation that takes the message's block as its first argument. Answers its result. */
export function dispatch(
  at: Address,
  operation: number,
  value: unknown,
  b: number,
  timeout: Milliseconds,
): number {
  const { site } = engine;
  const message = engine.encode(value, "message");
  engine.site = site;
  // Before the message can be received, nobody owns what it carries; the receiver does as soon as it decodes it.
  engine.departing(-1);
  const result = engine.performFor(at, operation, message, b, timeout);
  if (result === SendResult.SENT) engine.departed();
  else engine.stayed(message);
  return result;
}

/** The value of a message that was received and is nobody else's. */
export function unwrap<T>(message: Address): T {
  const value = engine.decode(message) as T;
  engine.release(message);
  return value;
}

/** Nobody will receive this message: the ends that travel in it are dropped, as they would be with a thread. */
export function discard(message: Address): void {
  for (const carried of reachable([engine.decode(message)])) {
    if (carried instanceof End) carried.drop();
  }
  engine.release(message);
}

export function noReceiver(at: Address): ChannelClosedError {
  return new ChannelClosedError(text(RUNTIME_MESSAGES.noReceiver, { channel: engine.nameOf(at) }));
}

export function noSender(at: Address): ChannelClosedError {
  return new ChannelClosedError(text(RUNTIME_MESSAGES.noSender, { channel: engine.nameOf(at) }));
}
