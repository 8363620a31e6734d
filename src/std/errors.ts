/** The errors that programs can catch. Their texts come from the catalogue. */
import { tell, type Message } from "../base/catalogue/message.ts";

/** The sentence, the code and the remedy of a catalogue entry, as an error's message. */
export function text<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): string {
  const told = tell(entry, values);
  return `${told.message} ${told.remedy === undefined ? "" : `${told.remedy} `}[${told.code}]`;
}

/** What is said of something thrown that throws itself when it is asked what it is. */
export const UNTELLABLE = "something that cannot be shown";

export class AssertionError extends Error {
  override name = "AssertionError";
}

/** The thread that panicked, as `std/thread.ts` has it. */
export interface PanickedThread {
  readonly id: number;
  readonly name: string;
}

export class PanicError extends Error {
  override name = "PanicError";
  readonly thread: PanickedThread;

  constructor(message: string, thread: PanickedThread, cause: unknown) {
    super(message, { cause });
    this.thread = thread;
  }
}

export class TimeoutError extends Error {
  override name = "TimeoutError";
}

export class CancelledError extends Error {
  override name = "CancelledError";
}

/** A lock that can be taken although it is poisoned. */
export interface Recoverable<Guard> {
  lockPoisoned(): Guard;
}

export class PoisonError<Guard = unknown> extends Error {
  override name = "PoisonError";
  readonly #lock: Recoverable<Guard>;

  constructor(message: string, lock: Recoverable<Guard>) {
    super(message);
    this.#lock = lock;
  }

  /** Locks it all the same. */
  recover(): Guard {
    return this.#lock.lockPoisoned();
  }
}

export class ChannelClosedError extends Error {
  override name = "ChannelClosedError";
}

/** Why the network did not do it, as Node and the C library call it. */
export type NetworkErrorCode =
  "ECONNREFUSED" | "ECONNRESET" | "EADDRINUSE" | "EACCES" | "EADDRNOTAVAIL";

export class NetworkError extends Error {
  override name = "NetworkError";
  readonly code: string;

  constructor(message: string, code: NetworkErrorCode) {
    super(message);
    this.code = code;
  }
}

export class LaggedError extends Error {
  override name = "LaggedError";
  /** How many messages. */
  readonly missed: number;

  constructor(message: string, missed: number) {
    super(message);
    this.missed = missed;
  }
}

export class MovedError extends Error {
  override name = "MovedError";
}

export class NotSendError extends Error {
  override name = "NotSendError";
  /** The way from what was sent to what cannot cross: `job.items[3].handle`. */
  readonly path: string;

  constructor(message: string, path: string) {
    super(message);
    this.path = path;
  }
}
