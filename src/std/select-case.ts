/** The cases of a `select`: what they are made of until it takes one. */
import type { Address, Milliseconds } from "../base/brand.ts";
import { SendResult } from "../objects/ends.ts";
import { noReceiver, type Received } from "./end.ts";
import { crossingOf } from "./handle.ts";
import { engine } from "./intrinsics.ts";

/** One way on. */
export abstract class SelectCase<R> {
  declare readonly result?: R;
}

/** Goes when nothing else has gone for so long. */
export class TimeoutCase<R> extends SelectCase<R> {
  readonly duration: Milliseconds;
  readonly then: () => R;

  constructor(duration: Milliseconds, then: () => R) {
    super();
    this.duration = duration;
    this.then = then;
  }
}

/** Goes when nothing else can at once. */
export class OtherwiseCase<R> extends SelectCase<R> {
  readonly then: () => R;

  constructor(then: () => R) {
    super();
    this.then = then;
  }
}

/** An operation on an object. */
export abstract class ObjectCase<R> extends SelectCase<R> {
  abstract readonly operation: number;
  /** The object, if the case may still be taken. Throws `MovedError`. */
  abstract check(): Address;
  /** The operation's first argument; `node`: room for a waiter's node. */
  abstract prepare(node: Address): Address;
  /** The operation's second argument. */
  second(): number {
    return 0;
  }
  /** It was taken, and comes to `came`: what moves with it, undefined if nothing went. */
  abstract departs(came: number): readonly object[] | undefined;
  /** It was not taken, or did not go: everything is as it was. `gone`: what moved with another case. */
  abstract stays(gone: readonly object[]): void;
  /** It was taken, and comes to `came`. */
  abstract finish(came: number): R;
}

/** Another case, of which something else is made when it was taken. */
export abstract class WrappedCase<Inner, R> extends ObjectCase<R> {
  protected readonly inner: ObjectCase<Inner>;

  constructor(inner: ObjectCase<Inner>) {
    super();
    this.inner = inner;
  }

  override get operation(): number {
    return this.inner.operation;
  }

  override check(): Address {
    return this.inner.check();
  }

  override prepare(node: Address): Address {
    return this.inner.prepare(node);
  }

  override second(): number {
    return this.inner.second();
  }

  override departs(came: number): readonly object[] | undefined {
    return this.inner.departs(came);
  }

  override stays(gone: readonly object[]): void {
    this.inner.stays(gone);
  }
}

const NOTHING: readonly object[] = [];

export class SendCase<T, R> extends ObjectCase<R> {
  readonly operation: number;
  readonly #at: () => Address;
  readonly #value: T;
  readonly #then: () => R;
  #block = 0 as Address;
  #handles = NOTHING;

  constructor(operation: number, at: () => Address, value: T, then: () => R) {
    super();
    this.operation = operation;
    this.#at = at;
    this.#value = value;
    this.#then = then;
  }

  override check(): Address {
    return this.#at();
  }

  override prepare(): Address {
    this.#block = engine.encode(this.#value, "message");
    this.#handles = engine.departing(-1);
    return this.#block;
  }

  override departs(came: number): readonly object[] | undefined {
    return came === SendResult.SENT ? this.#handles : undefined;
  }

  override stays(gone: readonly object[]): void {
    for (const handle of this.#handles) {
      if (!gone.includes(handle)) crossingOf(handle)?.moves?.belongsTo(engine.thread);
    }
    engine.release(this.#block);
  }

  override finish(came: number): R {
    if (came === SendResult.SENT) return this.#then();
    throw noReceiver(this.#at());
  }
}

/** Where a receive gets its message from. */
export interface Source<T> {
  readonly operation: number;
  /** The object. Throws `MovedError`. */
  at(): Address;
  /** The operation's first argument; `node`: room for a waiter's node. */
  argument(node: Address): Address;
  /** Its second argument, where it has one. */
  second?(): number;
  /** What the operation has come to. */
  received(came: number): Received<T>;
}

/** What a case that receives hands on. */
export type Taken<T> = Received<T> & { kind: "value" | "closed" };

export class ReceiveCase<T, R> extends ObjectCase<R> {
  readonly #source: Source<T>;
  readonly #then: (message: Taken<T>) => R;

  constructor(source: Source<T>, then: (message: Taken<T>) => R) {
    super();
    this.#source = source;
    this.#then = then;
  }

  override get operation(): number {
    return this.#source.operation;
  }

  override check(): Address {
    return this.#source.at();
  }

  override prepare(node: Address): Address {
    return this.#source.argument(node);
  }

  override second(): number {
    return this.#source.second?.() ?? 0;
  }

  override departs(): readonly object[] {
    return NOTHING;
  }

  override stays(): void {
    // Nothing was brought.
  }

  override finish(came: number): R {
    return this.#then(this.#source.received(came) as Taken<T>);
  }
}
