/**
 * What `std` stands on: the door to the engine that runs this thread. Everything in this room is ordinary blocking
 * TypeScript over these few calls; an engine installs itself before any of the person's code runs.
 */
import type { Address, Milliseconds, ObjectId, SiteId, ThreadId } from "../base/brand.ts";
import type { ObjectKind } from "../objects/object.ts";
import type { EventKind } from "../trace/event.ts";

export interface Intrinsics {
  /** The place of the operation under way, as compiled code has set it. */
  site: SiteId;
  readonly thread: ThreadId;
  /** The run's memory; replaced when it has grown. */
  readonly words: Int32Array;
  /** Whether anything is recorded: spares the making of names otherwise. */
  readonly traced: boolean;

  /** A block of at least `size` words, not cleared. */
  allocate(size: number): Address;
  release(block: Address): void;
  capacity(block: Address): number;

  /** A new object of this kind, at the current site. `name` indexes a string of the trace, -1: the site's name. */
  create(kind: ObjectKind, a?: number, b?: number, name?: number): Address;
  idOf(object: Address): ObjectId;
  /**
   * Performs an operation, blocking until it goes through. `low` and `high` carry further words of its arguments in and
   * of its result out.
   */
  perform(object: Address, operation: number, a?: number, b?: number): number;
  /** The same, but gives up after `timeout`: then the answer is what the kind's `cancel` gives. */
  performFor(object: Address, operation: number, a: number, b: number, timeout: Milliseconds): number;
  low: number;
  high: number;
  /** The waiter's node of this thread: it waits for one thing at a time. */
  readonly node: Address;

  sleep(duration: Milliseconds): void;
  yieldNow(): void;
  /** Records an event that is no operation: a mark. */
  mark(event: EventKind, argument: number): void;
  /** Index of a text in the trace's table of strings. */
  string(text: string): number;

  /** Starts a thread whose body is the encoded function `body`. Throws `TL2006` when there are too many. */
  start(body: Address, name: string | undefined): { readonly thread: ThreadId; readonly object: Address };
  nameOf(thread: ThreadId): string;
  readonly parallelism: number;

  /** Encodes into a block of the heap; throws `NotSendError`. `what` names the value in it. Moves what it moves. */
  encode(value: unknown, what: string, newOwner: ThreadId | -1): Address;
  /** Decodes a block that `encode` made. Does not release it. */
  decode(block: Address): unknown;

  /** A failed assertion, told at once: it is the verdict wherever it is caught. */
  assertionFailed(error: Error): void;
  /** The place of a site in words, `file.ts:14`; empty for no site. */
  placeOf(site: SiteId): string;
  /** True while an annotation's expression is evaluated: members that only annotations have may be read. */
  readonly evaluating: boolean;
}

/** The engine of this thread. On the model engine, which runs many threads in one isolate, it answers for the current one. */
export let engine: Intrinsics;

export function install(intrinsics: Intrinsics): void {
  engine = intrinsics;
}
